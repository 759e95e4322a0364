/** What the browser needs of the world outside: pages of changes and files, one after the other, as they share one database. */
import type { DiffDesk } from '../../../cli/diff-desk.js'
import { RecitalError } from '../../../errors.js'
import type { Stage } from '../../stage.js'
import type { Store } from '../../store.js'
import type { Action } from './reduce.js'
import { PAGE, type PageQuestion, questionOf, type State, type Task } from './state.js'

export interface ErrandsOptions extends Stage {
  readonly store: Store<State, Action>
  readonly desk: Pick<DiffDesk, 'page' | 'write'>
}

export class Errands {
  readonly #options: ErrandsOptions
  readonly #stopListening: () => void
  #underway: Task | null = null
  /** What the database is doing for the screen. */
  #working: Promise<void> | null = null
  #isOver = false

  constructor(options: ErrandsOptions) {
    this.#options = options
    this.#stopListening = options.store.subscribe(() => this.#look())
    this.#look()
  }

  /** Asks nothing more; resolves when what is under way has ended. */
  async end(): Promise<void> {
    this.#isOver = true
    this.#stopListening()
    await this.#working
  }

  #look(): void {
    if (this.#isOver) return
    const { store, fail } = this.#options
    const { task } = store.get()
    if (task !== null && task !== this.#underway && task.kind !== 'write') {
      this.#underway = task
      this.#perform(task.kind).catch(fail)
    }
    if (this.#working !== null) return
    const next = this.#next(store.get())
    if (next === null) return
    const onFault = (fault: unknown): void => {
      // Asked again it would fail again.
      this.#isOver = true
      fail(fault)
    }
    this.#working = next.catch(onFault).finally(() => {
      this.#working = null
      this.#look()
    })
  }

  #next(state: State): Promise<void> | null {
    const { task } = state
    if (task?.kind === 'write' && task !== this.#underway) {
      this.#underway = task
      return this.#write(task)
    }
    const question = questionOf(state)
    return question === null ? null : this.#read(question)
  }

  async #read(question: PageQuestion): Promise<void> {
    const { store, desk } = this.#options
    try {
      const { changes, total } = await desk.page(question.number * PAGE, PAGE, question.filter)
      if (!this.#isOver) store.dispatch({ type: 'read', question, changes, total })
    } catch (error) {
      if (this.#isOver) return
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'not-read', question, message: error.message })
    }
  }

  async #perform(kind: 'leave' | 'redraw' | 'suspend'): Promise<void> {
    const { store, suspend, redraw, leave } = this.#options
    if (kind === 'leave') return leave()
    if (kind === 'redraw') redraw()
    else await suspend()
    store.dispatch({ type: 'done', notice: null })
  }

  async #write({ file, filter }: Extract<Task, { kind: 'write' }>): Promise<void> {
    const { store, desk } = this.#options
    try {
      await desk.write(file, filter)
      store.dispatch({ type: 'done', notice: `Wrote ${file.name}` })
    } catch (error) {
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'not-written', code: error.code, message: error.message })
    }
  }
}
