/** Worker threads that parse files. Each has a short queue; a thread that dies costs the one file it was reading. */
import { Worker } from 'node:worker_threads'
import { InternalError } from '../../errors.js'
import type { SourceFile } from '../reader.js'
import type { ParsedFile, ParseOrder, ParseReply } from './protocol.js'
import type { SinkCall } from './rows.js'

/** Files given to a thread ahead, so that it never waits for the calling thread. */
const QUEUE = 4
/** Files parsed ahead of delivery, per thread: bounds the memory that waiting results take. */
const AHEAD = 16

interface Thread {
  worker: Worker
  /** Indexes of the files given to it and not finished, the one being read first. */
  queue: number[]
  /** Its program has been loaded. */
  isReady: boolean
}

/** Parses a list of files, whose results are asked for in order. */
export class ParserPool {
  readonly #files: readonly SourceFile[]
  readonly #url: URL
  readonly #ahead: number
  readonly #threads = new Set<Thread>()
  readonly #parts = new Map<number, SinkCall[]>()
  readonly #finished = new Map<number, ParsedFile>()
  /** Files that a dead thread had not begun, to be given out again first. */
  readonly #returned: number[] = []
  #next = 0
  #wanted = 0
  #waiting: { resolve: (parsed: ParsedFile) => void; reject: (reason: Error) => void } | null = null
  #stopped: Error | null = null

  constructor(files: readonly SourceFile[], { threads, worker }: { threads: number; worker: URL }) {
    this.#files = files
    this.#url = worker
    this.#ahead = threads * AHEAD
    for (let started = 0; started < threads; started++) this.#start()
    this.#giveOut()
  }

  /** The result of a file; ask in the order of the list, each once. */
  async result(index: number): Promise<ParsedFile> {
    if (this.#stopped !== null) throw this.#stopped
    this.#wanted = index
    this.#giveOut()
    const parsed = this.#finished.get(index) ?? (await this.#wait())
    this.#finished.delete(index)
    return parsed
  }

  /** Makes the result that is waited for fail. */
  stop(reason: Error): void {
    this.#stopped = reason
    this.#waiting?.reject(reason)
    this.#waiting = null
  }

  async close(): Promise<void> {
    this.#stopped ??= new Error('the parsing threads have ended')
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()))
  }

  #wait(): Promise<ParsedFile> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  #start(): void {
    const thread: Thread = { worker: new Worker(this.#url), queue: [], isReady: false }
    this.#threads.add(thread)
    let reason = 'the parsing thread ended'
    thread.worker.on('message', (reply: ParseReply) => this.#receive(thread, reply))
    thread.worker.on('error', (error) => {
      reason = error.message
    })
    thread.worker.on('exit', () => this.#replace(thread, reason))
  }

  /** Gives out files in order, as far ahead of delivery as allowed. */
  #giveOut(): void {
    let progress = true
    while (progress) {
      progress = false
      for (const thread of this.#threads) {
        if (thread.queue.length < QUEUE && this.#giveTo(thread)) progress = true
      }
    }
  }

  #giveTo(thread: Thread): boolean {
    const index = this.#returned.shift() ?? this.#nextIndex()
    const file = index === null ? undefined : this.#files[index]
    if (index === null || file === undefined) return false
    thread.queue.push(index)
    const order: ParseOrder = { index, name: file.name, path: file.path }
    thread.worker.postMessage(order)
    return true
  }

  #nextIndex(): number | null {
    if (this.#next >= this.#files.length || this.#next >= this.#wanted + this.#ahead) return null
    return this.#next++
  }

  #receive(thread: Thread, reply: ParseReply): void {
    if (reply === 'ready') {
      thread.isReady = true
      return
    }
    const { index } = reply
    if ('calls' in reply) {
      const before = this.#parts.get(index)
      if (before === undefined) this.#parts.set(index, [...reply.calls])
      else for (const call of reply.calls) before.push(call)
      return
    }
    thread.queue = thread.queue.filter((queued) => queued !== index)
    const calls = this.#parts.get(index) ?? []
    this.#finish(index, 'failure' in reply ? { failure: reply.failure } : { calls, message: reply.message })
  }

  #finish(index: number, parsed: ParsedFile): void {
    this.#parts.delete(index)
    this.#finished.set(index, parsed)
    if (index === this.#wanted && this.#waiting !== null) {
      this.#waiting.resolve(parsed)
      this.#waiting = null
    }
    this.#giveOut()
  }

  /** A thread has died: the file it was reading fails, the others of its queue go to a new thread. */
  #replace(thread: Thread, reason: string): void {
    this.#threads.delete(thread)
    if (this.#stopped !== null) return
    if (!thread.isReady) {
      // Not the fault of any file: rejecting them all would blame the provider for it.
      this.stop(new InternalError(`a parsing thread did not start: ${reason}`, { code: 'parser-thread' }))
      return
    }
    const [guilty, ...innocent] = thread.queue
    this.#returned.unshift(...innocent)
    if (this.#next < this.#files.length || this.#returned.length > 0) this.#start()
    if (guilty === undefined) this.#giveOut()
    else this.#finish(guilty, { failure: `the parsing thread stopped: ${reason}` })
  }
}
