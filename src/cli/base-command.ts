/** The class that every command extends. */
import type { Interfaces } from '@oclif/core'
import { colorLevel } from './color.js'
import { globalFlags } from './flags.js'
import { type JsonDocument, toJson } from './json.js'
import { Command } from './oclif.js'
import { flushed, Output, onReaderGone, widthOf } from './output.js'
import { type GlobalValues, Session } from './session.js'
import { type Interruption, watchSignals } from './signals.js'
import { type System, thisSystem } from './system.js'
import { usageError } from './usage-errors.js'

/** What a command class works with: its arguments and flags, typed by their declarations, and the session. */
export interface Call<C extends typeof Command> {
  readonly args: Interfaces.InferredArgs<C['args']>
  readonly flags: Interfaces.InferredFlags<typeof globalFlags & C['flags']>
  /** All arguments as given, in their order: for commands that take any number (`strict = false`). */
  readonly words: readonly string[]
  readonly session: Session
}

/** How often progress is brought up to date while nothing is counted. */
const TICK_MS = 250

/**
 * A command declares its flags and three steps; everything else is done here, in the same way for all.
 *
 * ```ts
 * export default class Lookup extends BaseCommand<typeof Lookup, LookupDocument> {
 *   static override summary = 'Show everything known about one identifier.'
 *   static override examples = ['<%= config.bin %> <%= command.id %> USRC17607839']
 *   static override args = { id: Args.string({ required: true, description: 'ISRC, ISWC, …' }) }
 *
 *   protected async work({ args, session }: Call<typeof Lookup>): Promise<LookupDocument> {
 *     const { lookup } = await import('../lookup/index.js') // heavy rooms are loaded only when they are needed
 *     return lookup(session.workspaceRoot(), args.id)
 *   }
 *
 *   protected view(document: LookupDocument, out: Output): void {
 *     out.table(…)
 *   }
 * }
 * ```
 *
 * - `work` calls one function of a feature and returns the document of the command contract. It prints nothing; it
 *   throws the errors of `errors.ts`, which become a message or an error document and an exit code elsewhere.
 * - `view` prints the document for people; with --json it is not called and the document itself is printed.
 * - `verdict` says 1 when the document is what it was told to look for (`diff --exit-code`), so that the exit code is
 *   the same with and without --json.
 */
export abstract class BaseCommand<C extends typeof Command, D extends JsonDocument> extends Command {
  static override baseFlags = globalFlags

  protected abstract work(call: Call<C>): Promise<D>
  protected abstract view(document: D, out: Output, call: Call<C>): void | Promise<void>
  protected verdict(_document: D, _call: Call<C>): 0 | 1 {
    return 0
  }

  /** Runs the command and returns its exit code, 0 or 1. Throws what `work` throws, UsageError, CancelledError. */
  override async run(system: System = thisSystem()): Promise<number> {
    const { args, flags, words } = await this.#read()
    const interruption = watchSignals({ events: system.events, exit: (code) => system.exit(code) })
    const stopListening = onReaderGone(system.stdout, system.stderr, () => {
      void interruption.stop().then(() => system.exit(0))
    })
    try {
      const session = new Session(system, interruption, flags, this.#name(), `recital ${this.config.version}`)
      // The parser was given exactly this class's declarations.
      const call = { args, flags, words, session } as unknown as Call<C>
      const document = await this.#withProgress(session, interruption, call)
      await this.#print(document, call, flags, system)
      return this.verdict(document, call)
    } finally {
      stopListening()
      interruption.dispose()
    }
  }

  async #read(): Promise<{ args: unknown; flags: GlobalValues & { json?: boolean }; words: string[] }> {
    try {
      const { args, flags, argv } = await this.parse(this.ctor)
      return { args, flags: flags as GlobalValues & { json?: boolean }, words: argv.map(String) }
    } catch (error) {
      throw usageError(error, this.#name(), { ...this.ctor.baseFlags, ...this.ctor.flags })
    }
  }

  async #withProgress(session: Session, interruption: Interruption, call: Call<C>): Promise<D> {
    const ticking = setInterval(() => session.progress.tick(), TICK_MS)
    try {
      const document = await interruption.guard(this.work(call))
      session.progress.finish()
      return document
    } finally {
      clearInterval(ticking)
      session.progress.clear()
    }
  }

  async #print(document: D, call: Call<C>, flags: GlobalValues & { json?: boolean }, system: System): Promise<void> {
    const { stdout, env } = system
    const level = colorLevel(stdout, env, flags['no-color'])
    const out = new Output(stdout, { level, width: widthOf(stdout, flags.width) })
    if (flags.json === true) out.raw(toJson(document))
    else await this.view(document, out, call)
    // While this waits, a reader that left is still listened for.
    await flushed(stdout)
  }

  /** The command as people type it: `recital feed log`. */
  #name(): string {
    return `${this.config.bin} ${(this.id ?? '').replaceAll(':', ' ')}`
  }
}
