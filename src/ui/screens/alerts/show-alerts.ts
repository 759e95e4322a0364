import { problemOf, type ReviewDesk } from '../../../cli/alerts/review.js'
import type { Terminal } from '../../../cli/terminal.js'
import { onStage, type Stage } from '../../stage.js'
import { Store } from '../../store.js'
import { alertsScreen } from './alerts-screen.js'
import { type Action, reduce } from './reduce.js'
import { openingState, type State, wantedRow } from './state.js'

/**
 * Reviews alerts until the user leaves. For an edit the screen is taken down, the editor gets the terminal, and the screen
 * comes back with what the edit did. Throws the CancelledError of a signal.
 */
export async function showAlerts(terminal: Terminal, desk: ReviewDesk): Promise<void> {
  const store = new Store<State, Action>(openingState(desk, desk.first, terminal.size), reduce)
  const brush = { colors: terminal.colors, isUnicode: terminal.unicode }
  const play = {
    store,
    draw: (state: State) => alertsScreen(state, brush),
    onKey: (key: Extract<Action, { type: 'key' }>['key']): Action => ({ type: 'key', key }),
    onResize: (size: State['size']): Action => ({ type: 'resized', size }),
  }
  for (;;) {
    await onStage(terminal, play, (stage) => beside(store, desk, stage))
    if (store.get().task?.kind !== 'edit') return
    const problem = desk.edit()
    store.dispatch({ type: 'resized', size: terminal.size })
    if (problem !== null) store.dispatch({ type: 'done', notice: problem })
    else await reviewAgain(store, desk)
  }
}

async function reviewAgain(store: Store<State, Action>, desk: ReviewDesk): Promise<void> {
  try {
    store.dispatch({ type: 'reviewed', review: await desk.again() })
  } catch (error) {
    store.dispatch({ type: 'done', notice: `Still as before the edit: ${problemOf(error)}` })
  }
}

/** Fetches the rows behind alerts, one at a time, and does what keys ask for. Returns what ends it. */
function beside(store: Store<State, Action>, desk: ReviewDesk, stage: Stage): () => Promise<void> {
  let [isOver, isAtTask]: [boolean, boolean] = [false, false]
  let asking: Promise<void> | null = null
  const fetchRows = async (): Promise<void> => {
    for (let item = wantedRow(store.get()); item !== undefined && !isOver; item = wantedRow(store.get())) {
      store.dispatch({ type: 'row', item, row: await desk.change(item.alert) })
    }
  }
  const perform = async (): Promise<void> => {
    const { task } = store.get()
    if (task === null || isAtTask) return
    // The edit is done when the stage is down: until then the task stays.
    if (task.kind === 'leave' || task.kind === 'edit') return stage.leave()
    isAtTask = true
    if (task.kind === 'redraw') stage.redraw()
    else await stage.suspend()
    isAtTask = false
    store.dispatch({ type: 'done', notice: null })
  }
  const look = (): void => {
    if (isOver) return
    perform().catch(stage.fail)
    if (asking !== null || wantedRow(store.get()) === undefined) return
    asking = fetchRows()
      .catch(stage.fail)
      .finally(() => {
        asking = null
      })
  }
  const stopListening = store.subscribe(look)
  look()
  return async () => {
    isOver = true
    stopListening()
    await asking
  }
}
