import type { ExploreDesk } from '../../../cli/explore.js'
import type { Terminal } from '../../../cli/terminal.js'
import { onStage } from '../../stage.js'
import { Store } from '../../store.js'
import { Errands } from './errands.js'
import { ExploreScreen } from './explore-screen.js'
import { type Action, reduce } from './reduce.js'
import { openingState, type State } from './state.js'

/**
 * Investigates until the user leaves; returns the commands that print what was looked at. Throws the CancelledError of a
 * signal.
 */
export async function showExplore(terminal: Terminal, desk: ExploreDesk): Promise<readonly string[]> {
  const store = new Store<State, Action>(openingState(desk, terminal.size), reduce)
  const brush = { colors: terminal.colors, isUnicode: terminal.unicode }
  const play = {
    store,
    draw: (state: State) => <ExploreScreen state={state} brush={brush} />,
    onKey: (key: Extract<Action, { type: 'key' }>['key']): Action => ({ type: 'key', key }),
    onResize: (size: State['size']): Action => ({ type: 'resized', size }),
  }
  await onStage(terminal, play, (stage) => {
    const errands = new Errands({ ...stage, store, desk })
    return () => errands.end()
  })
  return store.get().log
}
