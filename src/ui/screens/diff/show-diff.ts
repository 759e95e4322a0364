import type { DiffDesk } from '../../../cli/diff-desk.js'
import type { Terminal } from '../../../cli/terminal.js'
import { onStage } from '../../stage.js'
import { Store } from '../../store.js'
import { diffScreen } from './diff-screen.js'
import { Errands } from './errands.js'
import { type Action, reduce } from './reduce.js'
import { openingState, type State } from './state.js'

/** Looks at the changes of a diff until the user leaves. Throws the CancelledError of a signal. */
export async function showDiff(terminal: Terminal, desk: DiffDesk): Promise<void> {
  const store = new Store<State, Action>(openingState(desk, terminal.size), reduce)
  const brush = { colors: terminal.colors, isUnicode: terminal.unicode }
  const play = {
    store,
    draw: (state: State) => diffScreen(state, brush),
    onKey: (key: Extract<Action, { type: 'key' }>['key']): Action => ({ type: 'key', key }),
    onResize: (size: State['size']): Action => ({ type: 'resized', size }),
  }
  await onStage(terminal, play, (stage) => {
    const errands = new Errands({ ...stage, store, desk })
    return () => errands.end()
  })
}
