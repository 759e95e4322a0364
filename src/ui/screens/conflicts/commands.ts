/** What the keys do while nothing is open above list and detail. */
import type { KeyCommand } from '../../keys.js'
import { detailTexts } from './detail.js'
import { chosenConflict, type Filter, layoutOfState, listed, NO_FILTER, ORDERS, rowsOf, type State } from './state.js'

type Deed = (state: State) => State

const DEEDS: Readonly<Record<KeyCommand<'conflicts'>, Deed>> = {
  down: (state) => moved(state, 1),
  up: (state) => moved(state, -1),
  'page-down': (state) => moved(state, pageOf(state)),
  'page-up': (state) => moved(state, -pageOf(state)),
  first: (state) => moved(state, -Number.MAX_SAFE_INTEGER),
  last: (state) => moved(state, Number.MAX_SAFE_INTEGER),
  open: (state) => aboutOne(state, () => ({ ...state, isOpen: !state.isOpen, top: 0 })),
  'next-row': (state) => toRow(state, 1),
  'previous-row': (state) => toRow(state, -1),
  decide: (state) => aboutOne(state, () => ({ ...state, overlay: { kind: 'verdict' } })),
  undo,
  source: (state) =>
    rowsOf(state, chosenConflict(state))[state.row]?.source == null
      ? { ...state, notice: 'There is no row with a source here.' }
      : { ...state, overlay: { kind: 'source', top: 0 } },
  search: (state) => ({ ...state, overlay: { kind: 'search', text: state.filter.text } }),
  severity: (state) =>
    filtered(state, {
      severity: state.filter.severity === null ? 1 : state.filter.severity === 4 ? null : state.filter.severity + 1,
    }),
  kind: (state) => filtered(state, { kind: state.filter.kind === null ? (chosenConflict(state)?.id ?? null) : null }),
  undecided: (state) =>
    filtered(state, {
      decided: ({ all: 'undecided', undecided: 'decided', decided: 'all' } as const)[state.filter.decided],
    }),
  sort: (state) => atStart({ ...state, order: ORDERS[(ORDERS.indexOf(state.order) + 1) % ORDERS.length] ?? 'gravity' }),
  split: (state) => ({ ...state, isSplit: !state.isSplit, top: 0 }),
  commands: (state) => ({ ...state, overlay: { kind: 'commands', top: 0 } }),
  export: (state) => ({ ...state, overlay: { kind: 'format' } }),
  help: (state) => ({ ...state, overlay: { kind: 'help', top: 0 } }),
  close,
  leave: (state) => ({ ...state, task: { kind: 'leave' } }),
  suspend: (state) => ({ ...state, task: { kind: 'suspend' } }),
  redraw: (state) => ({ ...state, task: { kind: 'redraw' } }),
}

export const perform = (state: State, command: KeyCommand<'conflicts'> | null): State =>
  command === null ? state : DEEDS[command](state)

const atStart = (state: State): State => ({ ...state, chosen: 0, row: 0, top: 0 })

export const filtered = (state: State, change: Partial<Filter>): State =>
  atStart({ ...state, filter: { ...state.filter, ...change } })

const aboutOne = (state: State, deed: () => State): State =>
  chosenConflict(state) === undefined ? { ...state, notice: 'There is no conflict here.' } : deed()

const pageOf = (state: State): number => {
  const { list, detail } = layoutOfState(state)
  return Math.max(1, (state.isOpen ? detail.rows : list.rows) - 1)
}

/** In the list to another conflict, in the detail to other lines of it. */
function moved(state: State, step: number): State {
  if (state.isOpen) {
    const { detail } = layoutOfState(state)
    const most = Math.max(0, detailTexts(state, detail.columns).length - detail.rows)
    return { ...state, top: Math.max(0, Math.min(most, state.top + step)) }
  }
  const chosen = Math.max(0, Math.min(listed(state).length - 1, state.chosen + step))
  return chosen === state.chosen ? state : { ...state, chosen, row: 0, top: 0 }
}

function toRow(state: State, step: 1 | -1): State {
  const rows = rowsOf(state, chosenConflict(state)).length
  if (rows === 0) return { ...state, notice: 'There is no row here.' }
  return { ...state, row: (state.row + step + rows) % rows }
}

/** The last decision that stands. */
function undo(state: State): State {
  const last = chosenConflict(state)?.decisions.at(-1)
  if (last === undefined) return { ...state, notice: 'Nothing has been decided about it.' }
  const draft = {
    key: chosenConflict(state)?.key ?? '',
    verdict: 'undone',
    undoes: last.id,
    reason: '',
    author: state.author,
  }
  return { ...state, overlay: { kind: 'decision', draft, asked: 'reason', text: '', problem: null } }
}

/** Out of the detail, then out of the filter, then out. */
function close(state: State): State {
  if (state.isOpen) return { ...state, isOpen: false, top: 0 }
  const isFiltered = JSON.stringify(state.filter) !== JSON.stringify(NO_FILTER)
  return isFiltered ? filtered(state, NO_FILTER) : { ...state, task: { kind: 'leave' } }
}
