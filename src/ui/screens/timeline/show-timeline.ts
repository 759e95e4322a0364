import type { Terminal } from '../../../cli/terminal.js'
import type { TimelineDesk } from '../../../cli/timeline.js'
import { onStage } from '../../stage.js'
import { Store } from '../../store.js'
import { Errands } from './errands.js'
import { type Action, reduce } from './reduce.js'
import { openingState, type State } from './state.js'
import { timelineScreen } from './timeline-screen.js'

/** Looks at the timeline of one recording until the user leaves. Throws the CancelledError of a signal. */
export async function showTimeline(terminal: Terminal, desk: TimelineDesk): Promise<void> {
  const store = new Store<State, Action>(openingState(desk, terminal.size), reduce)
  const brush = { colors: terminal.colors, isUnicode: terminal.unicode }
  const play = {
    store,
    draw: (state: State) => timelineScreen(state, brush),
    onKey: (key: Extract<Action, { type: 'key' }>['key']): Action => ({ type: 'key', key }),
    onResize: (size: State['size']): Action => ({ type: 'resized', size }),
  }
  await onStage(terminal, play, (stage) => {
    const errands = new Errands({ ...stage, store, desk })
    return () => errands.end()
  })
}
