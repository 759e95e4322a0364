/**
 * What the screen needs of the world outside: answers and files. Answers are worked out one after the other, as they
 * share one database, and before each the screen is asked anew what it needs most: a question that nobody waits for any
 * more is never asked.
 */
import type { TimelineDesk } from '../../../cli/timeline.js'
import { RecitalError } from '../../../errors.js'
import type { Store } from '../../store.js'
import type { Action } from './reduce.js'
import { keyOf, questionsOf, type State, type Task } from './state.js'

export interface ErrandsOptions {
  readonly store: Store<State, Action>
  readonly desk: Pick<TimelineDesk, 'ask' | 'write'>
  /** Suspends the program; resolves when it runs again. */
  readonly suspend: () => Promise<void>
  readonly redraw: () => void
  readonly leave: () => void
  /** Takes what cannot be told to the user on the screen: a fault of ours. */
  readonly fail: (fault: unknown) => void
}

export class Errands {
  readonly #options: ErrandsOptions
  readonly #stopListening: () => void
  #underway: Task | null = null
  #asking: Promise<void> | null = null
  #isOver = false

  constructor(options: ErrandsOptions) {
    this.#options = options
    this.#stopListening = options.store.subscribe(() => this.#look())
    this.#look()
  }

  /** Asks nothing more; resolves when the question under way has ended. */
  async end(): Promise<void> {
    this.#isOver = true
    this.#stopListening()
    await this.#asking
  }

  #look(): void {
    if (this.#isOver) return
    const state = this.#options.store.get()
    if (state.task !== null && state.task !== this.#underway) {
      this.#underway = state.task
      this.#perform(state.task, state).catch(this.#options.fail)
    }
    if (this.#asking !== null || questionsOf(state).length === 0) return
    this.#asking = this.#answer()
      .catch(this.#options.fail)
      .finally(() => {
        this.#asking = null
        this.#look()
      })
  }

  async #answer(): Promise<void> {
    const { store, desk } = this.#options
    for (;;) {
      const [question] = this.#isOver ? [] : questionsOf(store.get())
      if (question === undefined) return
      try {
        const document = await desk.ask(question)
        if (!this.#isOver) store.dispatch({ type: 'answered', question, document })
      } catch (error) {
        if (this.#isOver) return
        if (!(error instanceof RecitalError)) throw error
        store.dispatch({ type: 'not-answered', question, message: error.message })
      }
    }
  }

  async #perform(task: Task, state: State): Promise<void> {
    const { store, suspend, redraw, leave } = this.#options
    switch (task.kind) {
      case 'leave':
        return leave()
      case 'redraw':
        redraw()
        return store.dispatch({ type: 'done', notice: null })
      case 'suspend':
        await suspend()
        return store.dispatch({ type: 'done', notice: null })
      case 'write':
        return this.#write(task, state)
    }
  }

  async #write({ file, question }: Extract<Task, { kind: 'write' }>, { answers }: State): Promise<void> {
    const { store, desk } = this.#options
    const document = answers.get(keyOf(question))
    if (document === undefined) return store.dispatch({ type: 'done', notice: null })
    try {
      await desk.write(document, file)
      store.dispatch({ type: 'done', notice: `Wrote ${file.name}` })
    } catch (error) {
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'not-written', code: error.code, message: error.message })
    }
  }
}
