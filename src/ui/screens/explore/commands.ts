/** What the keys of the investigation do while nothing is open above it. */
import { displayWidth } from '../../../cli/display-width.js'
import { VIEW_TITLES, viewsOf } from '../../../cli/views/explore-views.js'
import type { RelatedThing } from '../../../cli/views/related.js'
import type { KeyCommand } from '../../keys.js'
import { bodyRows, contentLines, layoutOfState } from './content.js'
import {
  commandOfPage,
  commandOfView,
  isCollected,
  type Page,
  pageOf,
  SEARCHING,
  type State,
  shownThing,
  visibleHits,
} from './state.js'

/** Columns of one step to the side. */
const SIDEWAYS = 20

type Deed = (state: State) => State

const DEEDS: Readonly<Record<KeyCommand<'explore'>, Deed>> = {
  search: (state) => toSearch(state),
  open: (state) => open(state),
  down: (state) => moved(state, 1),
  up: (state) => moved(state, -1),
  'page-down': (state) => moved(state, bodyRows(state) - 1),
  'page-up': (state) => moved(state, 1 - bodyRows(state)),
  first: (state) => moved(state, Number.NEGATIVE_INFINITY),
  last: (state) => moved(state, Number.POSITIVE_INFINITY),
  'next-tab': (state) => turned(state, 1),
  'previous-tab': (state) => turned(state, -1),
  'scroll-right': (state) => sideways(state, SIDEWAYS),
  'scroll-left': (state) => sideways(state, -SIDEWAYS),
  back: (state) => travelled(state, -1),
  forward: (state) => travelled(state, 1),
  'go-to': (state) => ({ ...state, overlay: { kind: 'go-to', text: '', problem: null } }),
  collect: (state) => collect(state),
  note: (state) =>
    shownThing(state) === null
      ? { ...state, notice: 'Nothing is chosen to note something on.' }
      : { ...state, overlay: { kind: 'note', text: '', isPrivileged: false } },
  'take-back': (state) => {
    const note = state.notes.at(-1)
    return note === undefined
      ? { ...state, notice: 'No note of this session is left to take back.' }
      : { ...state, task: { kind: 'take-back', note } }
  },
  timeline: (state) => toTimeline(state),
  copy: (state) => withShown(state, (id) => ({ ...state, task: { kind: 'copy', id } })),
  'copy-to-file': (state) =>
    withShown(state, (id) => ({
      ...state,
      overlay: { kind: 'file', format: 'id', text: 'id.txt', problem: null, id },
    })),
  split: (state) => ({ ...state, isSplit: !state.isSplit }),
  commands: (state) => ({ ...state, overlay: { kind: 'commands', top: 0 } }),
  export: (state) => ({ ...state, overlay: { kind: 'format' } }),
  help: (state) => ({ ...state, overlay: { kind: 'help', top: 0 } }),
  close: (state) => travelled(state, -1),
  leave: (state) => ({ ...state, task: { kind: 'leave' } }),
  suspend: (state) => ({ ...state, task: { kind: 'suspend' } }),
  redraw: (state) => ({ ...state, task: { kind: 'redraw' } }),
}

export const perform = (state: State, command: KeyCommand<'explore'> | null): State =>
  command === null ? state : DEEDS[command](state)

const withPage = (state: State, page: Page): State => ({
  ...state,
  pages: state.pages.map((one, place) => (place === state.place ? page : one)),
})

/** Opens a page after the one that is shown; what was forward of it is forgotten. */
const opened = (state: State, page: Page): State => ({
  ...state,
  pages: [...state.pages.slice(0, state.place + 1), page],
  place: state.place + 1,
})

const logged = (state: State, command: string): State =>
  state.log.at(-1) === command ? state : { ...state, log: [...state.log, command] }

function withShown(state: State, work: (id: string) => State): State {
  const shown = shownThing(state)
  return shown === null ? { ...state, notice: 'Nothing is chosen.' } : work(shown.thing.id)
}

function toTimeline(state: State): State {
  const shown = shownThing(state)
  if (shown?.thing.kind !== 'recording') return { ...state, notice: 'Only recordings have a timeline.' }
  const { id } = shown.thing
  const asked = pageOf(state).kind === 'search' ? logged(state, commandOfPage(state)) : state
  return logged({ ...asked, task: { kind: 'timeline', id } }, commandOfView(state, 'recording', id, 'timeline'))
}

/** Opens a thing in its first view. */
export function openThing(state: State, thing: RelatedThing): State {
  const { kind, id, title } = thing
  const view = viewsOf(kind)[0] ?? 'claims'
  const next = opened(state, { kind: 'thing', thing: { kind, id, title }, view, line: 0, column: 0 })
  return logged({ ...next, overlay: null }, commandOfView(state, kind, id, view))
}

function open(state: State): State {
  const page = pageOf(state)
  if (page.kind === 'thing') {
    const thing = page.view === 'related' ? contentLines(state).things[page.line] : undefined
    return thing === undefined
      ? { ...state, notice: 'Nothing to open here; Related lists where one can go.' }
      : openThing(state, thing)
  }
  const hit = visibleHits(state)[page.chosen]
  if (hit === undefined) return { ...state, notice: 'No hit is chosen.' }
  const asked = logged(state, commandOfPage(state))
  return openThing(asked, hit)
}

function toSearch(state: State): State {
  const page = pageOf(state)
  if (page.kind === 'search') return withPage(state, { ...page, isTyping: true })
  return opened(state, SEARCHING)
}

function moved(state: State, step: number): State {
  const page = pageOf(state)
  const within = (now: number, count: number) => Math.max(0, Math.min(Math.max(0, count - 1), now + step))
  if (page.kind === 'search')
    return withPage(state, { ...page, chosen: within(page.chosen, visibleHits(state).length) })
  const { lines, things } = contentLines(state)
  const count = page.view === 'related' ? things.length : lines.length - bodyRows(state) + 1
  return withPage(state, { ...page, line: within(page.line, count) })
}

function sideways(state: State, step: number): State {
  const page = pageOf(state)
  if (page.kind === 'search') return { ...state, notice: 'Enter opens the chosen hit.' }
  const { detail } = layoutOfState(state)
  const widest = Math.max(0, ...contentLines(state).lines.map(displayWidth))
  return withPage(state, { ...page, column: Math.max(0, Math.min(widest - detail, page.column + step)) })
}

function turned(state: State, step: 1 | -1): State {
  const page = pageOf(state)
  if (page.kind === 'search') return { ...state, notice: 'Enter opens the chosen hit.' }
  const views = viewsOf(page.thing.kind)
  const view = views[(views.indexOf(page.view) + step + views.length) % views.length] ?? page.view
  const { kind, id } = page.thing
  return logged(withPage(state, { ...page, view, line: 0, column: 0 }), commandOfView(state, kind, id, view))
}

function travelled(state: State, step: 1 | -1): State {
  const place = state.place + step
  if (state.pages[place] !== undefined) return { ...state, place }
  return { ...state, notice: step < 0 ? 'Nothing was open before this; q leaves.' : 'Nothing was open after this.' }
}

function collect(state: State): State {
  const shown = shownThing(state)
  if (shown === null) return { ...state, notice: 'Nothing is chosen to collect.' }
  const { thing, view } = shown
  const { kind, id, title } = thing
  const name = `${VIEW_TITLES[view]} of ${title}`
  if (isCollected(state, id, view)) {
    const collected = state.collected.filter((one) => one.thing.id !== id || one.view !== view)
    return { ...state, collected, notice: `Left out again: ${name}` }
  }
  const collected = [...state.collected, { thing: { kind, id, title }, view }]
  return { ...state, collected, notice: `Collected: ${name}; e writes the findings to a file` }
}
