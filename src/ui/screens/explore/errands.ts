/**
 * What the investigation needs of the world outside: hits, views, statuses, files, notes. A search that what is typed has
 * overtaken is interrupted; everything else is asked one after the other, as it shares one database, the most urgent first.
 */
import type { ExploreDesk } from '../../../cli/explore-desk.js'
import { commandText, VIEW_TITLES, viewCommand } from '../../../cli/views/explore-views.js'
import { RecitalError } from '../../../errors.js'
import type { Finding } from '../../../report/index.js'
import type { Store } from '../../store.js'
import { besideList } from './draw.js'
import type { Action } from './reduce.js'
import {
  type Collected,
  type KeptNote,
  type State,
  type Task,
  viewKey,
  wantedSearch,
  wantedStatus,
  wantedView,
} from './state.js'

export interface ErrandsOptions {
  readonly store: Store<State, Action>
  readonly desk: ExploreDesk
  /** Suspends the program; resolves when it runs again. */
  readonly suspend: () => Promise<void>
  readonly redraw: () => void
  readonly leave: () => void
  readonly copy: (text: string) => void
  /** Takes what cannot be told to the user on the screen: a fault of ours. */
  readonly fail: (fault: unknown) => void
}

/** Columns of what is written to a file. */
const REPORT_WIDTH = 120

export class Errands {
  readonly #options: ErrandsOptions
  readonly #stopListening: () => void
  #underway: Task | null = null
  #search: { readonly text: string; readonly stop: AbortController } | null = null
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
    this.#search?.stop.abort()
    await this.#asking
  }

  #look(): void {
    if (this.#isOver) return
    const state = this.#options.store.get()
    if (state.task !== null && state.task !== this.#underway) {
      this.#underway = state.task
      this.#perform(state.task, state).catch(this.#options.fail)
    }
    this.#lookForSearch(state)
    if (this.#asking !== null || this.#next(state) === null) return
    this.#asking = this.#answer()
      .catch(this.#options.fail)
      .finally(() => {
        this.#asking = null
        this.#look()
      })
  }

  #lookForSearch(state: State): void {
    const wanted = wantedSearch(state)
    if (wanted?.text === this.#search?.text) return
    this.#search?.stop.abort()
    this.#search = null
    if (wanted === null) return
    const stop = new AbortController()
    this.#search = { text: wanted.text, stop }
    this.#ask(wanted, stop).catch(this.#options.fail)
  }

  async #ask({ text, isTyping }: NonNullable<ReturnType<typeof wantedSearch>>, stop: AbortController): Promise<void> {
    const { store, desk } = this.#options
    try {
      const document = await desk.search(text, { isTyping, signal: stop.signal })
      if (!stop.signal.aborted)
        store.dispatch({ type: 'searched', searched: { text, isTyping, document, problem: null } })
    } catch (error) {
      if (stop.signal.aborted) return
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'searched', searched: { text, isTyping, document: null, problem: error.message } })
    } finally {
      if (this.#search?.stop === stop) this.#search = null
    }
  }

  /** What to ask the evidence next: the view that is open, what is beside the list, then the signs before the hits. */
  #next(state: State): (() => Promise<void>) | null {
    const view = wantedView(state)
    if (view !== null) return () => this.#view(view)
    const beside = wantedSearch(state) === null ? besideList(state) : null
    if (beside !== null && !state.views.has(viewKey(beside.thing.id, beside.view))) return () => this.#view(beside)
    const id = wantedStatus(state)
    return id === null ? null : () => this.#status(id)
  }

  async #answer(): Promise<void> {
    for (;;) {
      const next = this.#isOver ? null : this.#next(this.#options.store.get())
      if (next === null) return
      await next()
    }
  }

  async #view({ thing, view }: Collected): Promise<void> {
    const { store, desk } = this.#options
    const { id, kind } = thing
    try {
      const answer = await desk.view(kind, id, view)
      if (!this.#isOver) store.dispatch({ type: 'viewed', id, view, answer })
    } catch (error) {
      if (this.#isOver) return
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'viewed', id, view, answer: { problem: error.message } })
    }
  }

  async #status(id: string): Promise<void> {
    const { store, desk } = this.#options
    try {
      const status = await desk.status(id)
      if (!this.#isOver) store.dispatch({ type: 'status', id, status })
    } catch (error) {
      if (this.#isOver) return
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'status', id, status: null })
    }
  }

  async #perform(task: Task, state: State): Promise<void> {
    const { store, suspend, redraw, leave, copy } = this.#options
    switch (task.kind) {
      case 'leave':
      // Another screen takes the terminal; see show-explore.ts.
      case 'timeline':
        return leave()
      case 'redraw':
        redraw()
        return store.dispatch({ type: 'done', notice: null })
      case 'suspend':
        await suspend()
        return store.dispatch({ type: 'done', notice: null })
      case 'go-to':
        return this.#goTo(task.id)
      case 'copy':
        copy(task.id)
        return store.dispatch({
          type: 'done',
          notice: `Copied ${task.id}, if the terminal has a clipboard; Y writes it to a file`,
        })
      case 'take-back':
        return this.#takeBack(task.note)
      case 'note':
        return this.#note(task)
      case 'write':
        return this.#write(task, state)
    }
  }

  async #goTo(id: string): Promise<void> {
    const { store, desk } = this.#options
    try {
      store.dispatch({ type: 'found', thing: await desk.thing(id) })
    } catch (error) {
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'not-found', id, message: error.message })
    }
  }

  async #note({ id, text, isPrivileged }: Extract<Task, { kind: 'note' }>): Promise<void> {
    const { store, desk } = this.#options
    try {
      const number = await desk.note(id, text, isPrivileged)
      const notice = `Noted on ${id}${isPrivileged ? ', privileged' : ''}; u takes it back`
      store.dispatch({ type: 'noted', note: { number, id }, notice })
    } catch (error) {
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'done', notice: error.message })
    }
  }

  async #takeBack(note: KeptNote): Promise<void> {
    const { store, desk } = this.#options
    try {
      await desk.takeNoteBack(note.number)
      store.dispatch({
        type: 'taken-back',
        note,
        notice: `Taken back: note ${note.number} on ${note.id}; it stays on record`,
      })
    } catch (error) {
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'done', notice: error.message })
    }
  }

  async #write({ file }: Extract<Task, { kind: 'write' }>, state: State): Promise<void> {
    const { store, desk } = this.#options
    try {
      const findings: Finding[] = []
      for (const one of file.format === 'session' || file.format === 'id' ? [] : state.collected)
        findings.push(await this.#finding(one, state))
      await desk.write({ findings }, state.log, file)
      store.dispatch({ type: 'done', notice: `Wrote ${file.name}` })
    } catch (error) {
      if (!(error instanceof RecitalError)) throw error
      store.dispatch({ type: 'not-written', file, code: error.code, message: error.message })
    }
  }

  async #finding({ thing, view }: Collected, { views, circumstances }: State): Promise<Finding> {
    const { desk } = this.#options
    const { kind, id, title } = thing
    const known = views.get(viewKey(id, view))
    const answer = known === undefined || 'problem' in known ? await desk.view(kind, id, view) : known
    const lines = view === 'related' ? answer.things.map((one) => `${one.kind} ${one.id} ${one.title}`) : null
    const command = commandText(viewCommand(kind, id, view, circumstances))
    // The notes of a view of notes are told below it, without the privileged ones.
    const text = view === 'notes' ? [] : (lines ?? answer.lines(REPORT_WIDTH))
    return { kind, id, title, view: VIEW_TITLES[view], command, lines: text, notes: await desk.openNotes(id) }
  }
}
