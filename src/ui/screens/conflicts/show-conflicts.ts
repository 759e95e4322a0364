import type { ConflictsDesk } from '../../../cli/conflicts-desk.js'
import type { Terminal } from '../../../cli/terminal.js'
import { onStage } from '../../stage.js'
import { Store } from '../../store.js'
import { conflictsScreen } from './conflicts-screen.js'
import { runErrands } from './errands.js'
import { type Action, reduce } from './reduce.js'
import { openingState, type State } from './state.js'

/** Looks through conflicts until the user leaves. Throws the CancelledError of a signal. */
export async function showConflicts(terminal: Terminal, desk: ConflictsDesk): Promise<void> {
  const store = new Store<State, Action>(openingState(desk, terminal.size), reduce)
  const brush = { colors: terminal.colors, isUnicode: terminal.unicode }
  const play = {
    store,
    draw: (state: State) => conflictsScreen(state, brush),
    onKey: (key: Extract<Action, { type: 'key' }>['key']): Action => ({ type: 'key', key }),
    onResize: (size: State['size']): Action => ({ type: 'resized', size }),
  }
  await onStage(terminal, play, (stage) => runErrands({ ...stage, store, desk }))
}
