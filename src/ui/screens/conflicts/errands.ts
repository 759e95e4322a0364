/** What the screen needs of the world outside: decisions and files, one after the other. */
import type { ConflictsDesk } from '../../../cli/conflicts-desk.js'
import { RecitalError } from '../../../errors.js'
import type { Store } from '../../store.js'
import type { Action } from './reduce.js'
import type { Draft, State, Task } from './state.js'

export interface ErrandsOptions {
  readonly store: Store<State, Action>
  readonly desk: Pick<ConflictsDesk, 'decide' | 'undo' | 'write'>
  /** Suspends the program; resolves when it runs again. */
  readonly suspend: () => Promise<void>
  readonly redraw: () => void
  readonly leave: () => void
  /** Takes what cannot be told to the user on the screen: a fault of ours. */
  readonly fail: (fault: unknown) => void
}

/** Does what the screen wants done; returns what ends it, which resolves when the errand under way has ended. */
export function runErrands(options: ErrandsOptions): () => Promise<void> {
  const { store, fail } = options
  let underway: Task | null = null
  let work: Promise<void> = Promise.resolve()
  const stopListening = store.subscribe(() => {
    const state = store.get()
    if (state.task === null || state.task === underway) return
    underway = state.task
    work = perform(options, state.task, state).catch(fail)
  })
  return async () => {
    stopListening()
    await work
  }
}

async function perform(
  { store, desk, suspend, redraw, leave }: ErrandsOptions,
  task: Task,
  state: State,
): Promise<void> {
  if (task.kind === 'leave') return leave()
  try {
    if (task.kind === 'decide') return store.dispatch(await decided(desk, task.draft))
    if (task.kind === 'write') await desk.write(state.document, task.file)
    if (task.kind === 'suspend') await suspend()
    if (task.kind === 'redraw') redraw()
    store.dispatch({ type: 'done', notice: task.kind === 'write' ? `Wrote ${task.file.name}` : null })
  } catch (error) {
    if (!(error instanceof RecitalError)) throw error
    store.dispatch({ type: 'failed', code: error.code, message: error.message })
  }
}

async function decided(desk: ErrandsOptions['desk'], draft: Draft): Promise<Action> {
  const { key, verdict, identity, reason, author, undoes } = draft
  const standing =
    undoes === null
      ? await desk.decide({ key, verdict, identity, reason, author })
      : await desk.undo({ id: undoes, reason, author })
  const notice = undoes === null ? `Decided: ${verdict}. z undoes it.` : `Decision ${undoes} is undone.`
  return { type: 'decided', key, standing, notice }
}
