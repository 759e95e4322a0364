/** Everything that can happen to the investigation. Pure: what has to be done outside is left in `task` and `wanted…`. */
import type { ExploreFile, Status, ViewAnswer } from '../../../cli/explore-desk.js'
import type { Size } from '../../../cli/terminal.js'
import type { ViewName } from '../../../cli/views/explore-views.js'
import type { RelatedThing } from '../../../cli/views/related.js'
import type { KeyEvent } from '../../key-events.js'
import { commandOf } from '../../keys.js'
import { edited } from '../../typing.js'
import { openThing, perform } from './commands.js'
import { onOverlayKey } from './overlays.js'
import { type KeptNote, pageOf, type Searched, type SearchPage, type State, viewKey } from './state.js'

export type Action =
  | { readonly type: 'key'; readonly key: KeyEvent }
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'searched'; readonly searched: Searched }
  | {
      readonly type: 'viewed'
      readonly id: string
      readonly view: ViewName
      readonly answer: ViewAnswer | { readonly problem: string }
    }
  | { readonly type: 'status'; readonly id: string; readonly status: Status | null }
  | { readonly type: 'found'; readonly thing: RelatedThing }
  | { readonly type: 'not-found'; readonly id: string; readonly message: string }
  | { readonly type: 'noted' | 'taken-back'; readonly note: KeptNote; readonly notice: string }
  | { readonly type: 'done'; readonly notice: string | null }
  | { readonly type: 'not-written'; readonly file: ExploreFile; readonly code: string; readonly message: string }

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'key':
      return onKey({ ...state, notice: null }, action.key)
    case 'resized':
      return { ...state, size: action.size }
    case 'searched':
      return { ...state, searched: action.searched }
    case 'viewed':
      return { ...state, views: new Map([...state.views, [viewKey(action.id, action.view), action.answer]]) }
    case 'status':
      return { ...state, statuses: new Map([...state.statuses, [action.id, action.status]]) }
    case 'found':
      return openThing({ ...state, task: null }, action.thing)
    case 'not-found':
      return { ...state, task: null, overlay: { kind: 'go-to', text: action.id, problem: action.message } }
    case 'noted':
    case 'taken-back': {
      const { note, notice } = action
      const views = new Map([...state.views].filter(([key]) => key !== viewKey(note.id, 'notes')))
      const others = state.notes.filter(({ number }) => number !== note.number)
      return { ...state, task: null, views, notice, notes: action.type === 'noted' ? [...others, note] : others }
    }
    case 'done':
      return { ...state, task: null, notice: action.notice }
    case 'not-written':
      return notWritten(state, action)
  }
}

function notWritten(state: State, { file, code, message }: Extract<Action, { type: 'not-written' }>): State {
  const { format, name, text: id } = file
  const isThere = code === 'file-exists'
  return {
    ...state,
    task: null,
    overlay: isThere ? { kind: 'overwrite', file } : { kind: 'file', format, text: name, problem: message, id },
  }
}

function onKey(state: State, key: KeyEvent): State {
  const command = commandOf('explore', key.name)
  // These work whatever is open; `q` is a letter where text is typed.
  if (command === 'suspend' || command === 'redraw' || key.name === 'ctrl+c') return perform(state, command)
  if (state.overlay !== null) return onOverlayKey(state, state.overlay, key)
  const page = pageOf(state)
  return page.kind === 'search' && page.isTyping ? onTyping(state, page, key) : perform(state, command)
}

/** Keys that leave the question and go to the hits. */
const TO_HITS = new Set(['enter', 'down', 'tab', 'escape'])

function onTyping(state: State, page: SearchPage, key: KeyEvent): State {
  if (TO_HITS.has(key.name)) {
    return page.text.trim() === '' && key.name !== 'escape'
      ? { ...state, notice: 'Type a title, an artist, a writer or an identifier; q leaves once you have pressed Esc.' }
      : withSearch(state, { ...page, isTyping: false })
  }
  const text = edited(page.text, key)
  return text === null ? state : withSearch(state, { ...page, text, chosen: 0 })
}

const withSearch = (state: State, page: SearchPage): State => ({
  ...state,
  pages: state.pages.map((one, place) => (place === state.place ? page : one)),
})
