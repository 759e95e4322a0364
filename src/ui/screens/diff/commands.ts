/** What the keys of the browser do while nothing is open above it. */
import type { ChangeFilter } from '../../../diff/index.js'
import type { KeyCommand } from '../../keys.js'
import { changeAt, changedColumns, filtered, layoutOfState, placed, type State } from './state.js'

type Deed = (state: State) => State

const OPS: readonly ChangeFilter['op'][] = [undefined, 'create', 'update', 'delete']

const DEEDS: Readonly<Record<KeyCommand<'diff'>, Deed>> = {
  down: (state) => move(state, 1),
  up: (state) => move(state, -1),
  'page-down': (state) => move(state, layoutOfState(state).list),
  'page-up': (state) => move(state, -layoutOfState(state).list),
  first: (state) => placed(state, 0),
  last: (state) => placed(state, (state.total ?? 1) - 1),
  open: (state) =>
    changeAt(state, state.cursor) === undefined ? state : { ...state, overlay: { kind: 'change', top: 0 } },
  operation: (state) => {
    const op = OPS[(OPS.indexOf(state.filter.op) + 1) % OPS.length]
    // Only updates change a column.
    return filtered(state, {
      ...state.filter,
      op,
      ...(op === 'create' || op === 'delete' ? { column: undefined } : {}),
    })
  },
  column: (state) =>
    changedColumns(state).length === 0
      ? { ...state, notice: 'No column differs in any update.' }
      : { ...state, overlay: { kind: 'columns', chosen: 0 } },
  key: (state) => ({ ...state, overlay: { kind: 'key', text: state.filter.key ?? '' } }),
  everything: (state) => filtered(state, {}),
  commands: (state) => ({ ...state, overlay: { kind: 'commands', top: 0 } }),
  export: (state) => ({ ...state, overlay: { kind: 'file', text: 'changes.jsonl', problem: null } }),
  help: (state) => ({ ...state, overlay: { kind: 'help', top: 0 } }),
  close: (state) => ({ ...state, task: { kind: 'leave' } }),
  leave: (state) => ({ ...state, task: { kind: 'leave' } }),
  suspend: (state) => ({ ...state, task: { kind: 'suspend' } }),
  redraw: (state) => ({ ...state, task: { kind: 'redraw' } }),
}

export const perform = (state: State, command: KeyCommand<'diff'> | null): State =>
  command === null ? state : DEEDS[command](state)

/** Before it is known how many changes there are, the cursor stays: it could not tell where they end. */
const move = (state: State, by: number): State => (state.total === null ? state : placed(state, state.cursor + by))
