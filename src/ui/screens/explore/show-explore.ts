import type { ExploreDesk } from '../../../cli/explore-desk.js'
import type { Terminal } from '../../../cli/terminal.js'
import { CancelledError, RecitalError } from '../../../errors.js'
import { onStage } from '../../stage.js'
import { Store } from '../../store.js'
import { showTimeline } from '../timeline/show-timeline.js'
import { Errands } from './errands.js'
import { exploreScreen } from './explore-screen.js'
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
    draw: (state: State) => exploreScreen(state, brush),
    onKey: (key: Extract<Action, { type: 'key' }>['key']): Action => ({ type: 'key', key }),
    onResize: (size: State['size']): Action => ({ type: 'resized', size }),
  }
  for (;;) {
    await onStage(terminal, play, (stage) => {
      const errands = new Errands({ ...stage, store, desk })
      return () => errands.end()
    })
    const { task, log } = store.get()
    if (task?.kind !== 'timeline') return log
    const notice = await lookAtTimeline(terminal, desk, task.id)
    store.dispatch({ type: 'done', notice })
    store.dispatch({ type: 'resized', size: terminal.size })
  }
}

/** Returns why there is nothing to look at, null when somebody looked. */
async function lookAtTimeline(terminal: Terminal, desk: ExploreDesk, id: string): Promise<string | null> {
  try {
    await showTimeline(terminal, await desk.timeline(id))
    return null
  } catch (error) {
    if (error instanceof RecitalError && !(error instanceof CancelledError)) return error.message
    throw error
  }
}
