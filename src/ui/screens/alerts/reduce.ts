/** Everything that can happen to the review of alerts. Pure: what has to be done outside is left in `task`. */
import type { CellChange } from '../../../alerts/index.js'
import type { Review } from '../../../cli/alerts/review.js'
import type { Size } from '../../../cli/terminal.js'
import type { KeyEvent } from '../../key-events.js'
import { commandOf, type KeyCommand } from '../../keys.js'
import { closed, onField, onPage } from '../../overlays.js'
import { type Field, fieldOf, type Item, itemsOf, NO_FILTER, type Overlay, type State, shownItems } from './state.js'

export type Action =
  | { readonly type: 'key'; readonly key: KeyEvent }
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'row'; readonly item: Item; readonly row: readonly CellChange[] }
  | { readonly type: 'reviewed'; readonly review: Review }
  | { readonly type: 'done'; readonly notice: string | null }

export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'key':
      return onKey({ ...state, notice: null }, action.key)
    case 'resized':
      return { ...state, size: action.size }
    case 'row':
      return { ...state, rows: new Map([...state.rows, [action.item, action.row]]) }
    case 'reviewed':
      return reviewed(state, action.review)
    case 'done':
      return { ...state, task: null, notice: action.notice }
  }
}

/** What the edit did comes into view: the filter that might hide it is taken away. */
function reviewed(state: State, review: Review): State {
  const { difference } = review
  const [plus, minus, other] = [difference?.added, difference?.removed, difference?.changed].map(
    (list) => list?.length ?? 0,
  )
  const isSame = plus === 0 && minus === 0 && other === 0
  const notice = isSame
    ? 'The edit changes no alert.'
    : `The edit adds ${plus}, removes ${minus} and changes ${other} of ${difference?.alerts.old} alerts.`
  const next = { ...state, review, items: itemsOf(review), rows: new Map(), task: null, notice, top: 0 }
  return isSame ? clamped(next) : { ...next, filter: NO_FILTER, chosen: 0 }
}

function onKey(state: State, key: KeyEvent): State {
  const command = commandOf('alerts', key.name)
  // These three work whatever is open; `q` is a letter where text is typed.
  if (command === 'suspend' || command === 'redraw' || key.name === 'ctrl+c') return perform(state, command)
  return state.overlay === null ? perform(state, command) : onOverlayKey(state, state.overlay, key)
}

const PAGE = 10

const DEEDS: Readonly<Record<KeyCommand<'alerts'>, (state: State) => State>> = {
  down: (state) => toItem(state, state.chosen + 1),
  up: (state) => toItem(state, state.chosen - 1),
  'page-down': (state) => toItem(state, state.chosen + PAGE),
  'page-up': (state) => toItem(state, state.chosen - PAGE),
  first: (state) => toItem(state, 0),
  last: (state) => toItem(state, shownItems(state).length - 1),
  edit: (state) => ({ ...state, task: { kind: 'edit' } }),
  filter: (state) => ({ ...state, overlay: { kind: 'filter', text: state.filter.words } }),
  'next-rule': (state) => nextOf(state, 'rule'),
  'next-severity': (state) => nextOf(state, 'severity'),
  'next-owner': (state) => nextOf(state, 'owner'),
  'no-filter': (state) => clamped({ ...state, filter: NO_FILTER }),
  'scroll-down': (state) => ({ ...state, top: state.top + 1 }),
  'scroll-up': (state) => ({ ...state, top: 0 }),
  commands: (state) => ({ ...state, overlay: { kind: 'commands', top: 0 } }),
  help: (state) => ({ ...state, overlay: { kind: 'help', top: 0 } }),
  close: (state) =>
    JSON.stringify(state.filter) === JSON.stringify(NO_FILTER)
      ? { ...state, task: { kind: 'leave' } }
      : clamped({ ...state, filter: NO_FILTER }),
  leave: (state) => ({ ...state, task: { kind: 'leave' } }),
  suspend: (state) => ({ ...state, task: { kind: 'suspend' } }),
  redraw: (state) => ({ ...state, task: { kind: 'redraw' } }),
}

const perform = (state: State, command: KeyCommand<'alerts'> | null): State =>
  command === null ? state : DEEDS[command](state)

function toItem(state: State, place: number): State {
  const chosen = Math.max(0, Math.min(shownItems(state).length - 1, place))
  return chosen === state.chosen ? state : { ...state, chosen, top: 0 }
}

const clamped = (state: State): State => ({
  ...state,
  chosen: Math.max(0, Math.min(shownItems(state).length - 1, state.chosen)),
})

/** The next of the values that are there, in the order of the alphabet; after the last, all. */
function nextOf(state: State, field: Field): State {
  const values = [...new Set(state.items.map((item) => fieldOf(item, field)))].sort()
  const now = state.filter[field]
  const next = now === null ? values[0] : values[values.indexOf(now) + 1]
  return { ...state, filter: { ...state.filter, [field]: next ?? null }, chosen: 0, top: 0 }
}

function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  if (overlay.kind !== 'filter') return onPage(state, overlay, key, (open) => perform(open, 'leave'))
  return onField(state, overlay, key, (words) => ({
    ...closed(state),
    filter: { ...state.filter, words },
    chosen: 0,
    top: 0,
  }))
}
