/** The built program as people run it: a real process on a workspace of its own, in a folder that is removed afterwards. */
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import type { IngestDocument } from '../../src/cli/views/ingest-document.js'
import type { LookupDocument, LookupRow } from '../../src/cli/views/lookup-document.js'
import { plainEnvironment, startProcess } from '../e2e/kit/program.js'

export const PROJECT = path.resolve(import.meta.dirname, '../..')
export const FIXTURES = path.join(PROJECT, 'fixtures')
const BINARY = path.join(PROJECT, 'bin/run.js')

export type Running = ReturnType<typeof startProcess>
export type Ended = Awaited<Running['ended']>

/** What a failing command prints with --json. */
export interface Failure {
  readonly code: string
  readonly message: string
  readonly suggestions: readonly string[]
  readonly exitCode: number
  readonly examples?: readonly string[]
}

/** Part of what `recital status --json` prints. */
export interface Status {
  readonly generation: number
  readonly feeds: readonly { readonly feed: string; readonly statements: Readonly<Record<string, number>> }[]
  readonly snapshots: readonly { readonly id: string; readonly feed: string; readonly received: string }[]
}

/** Bytes, or lines of which each is ended by a line feed. */
export type Content = Buffer | string | readonly string[]

/** A folder with deliveries and a workspace, and the program run in it. */
export class Place {
  #folder: string | undefined

  /** Made when it is first used: nothing cleans up after tests that are left out. */
  get folder(): string {
    this.#folder ??= realpathSync(mkdtempSync(path.join(tmpdir(), 'recital-e2e-')))
    return this.#folder
  }

  /** The `.recital` folder; not there before the first ingest. */
  get workspace(): string {
    return path.join(this.folder, '.recital')
  }

  remove(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Writes a file below the folder; returns its absolute path. */
  file(name: string, content: Content): string {
    const target = path.join(this.folder, name)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, Array.isArray(content) ? content.map((line) => `${line}\n`).join('') : (content as string))
    return target
  }

  /** Writes the files of a delivery; returns the absolute path of its folder. */
  delivery(name: string, files: Readonly<Record<string, Content>>): string {
    for (const [file, content] of Object.entries(files)) this.file(`${name}/${file}`, content)
    return path.join(this.folder, name)
  }

  start(args: readonly string[], env: Record<string, string> = {}): Running {
    const surroundings = plainEnvironment({ RECITAL_WORKSPACE: this.folder, ...env })
    return startProcess([BINARY, ...args], { cwd: this.folder, env: surroundings })
  }

  run(...args: string[]): Promise<Ended> {
    return this.start(args).ended
  }

  /** The document of a command that must succeed. */
  async json<T>(...args: string[]): Promise<T> {
    const ended = await this.run(...args, '--json')
    if (ended.code !== 0) throw new Error(`recital ${args.join(' ')}: ${ended.code}\n${ended.stdout}${ended.stderr}`)
    return JSON.parse(ended.stdout) as T
  }

  /** The document of a command that must fail. */
  async failure(...args: string[]): Promise<Failure> {
    const ended = await this.run(...args, '--json')
    const { error } = JSON.parse(ended.stdout) as { error?: Failure }
    if (error === undefined) throw new Error(`recital ${args.join(' ')} did not fail`)
    if (error.exitCode !== ended.code)
      throw new Error(`exit code ${ended.code}, but the document says ${error.exitCode}`)
    return error
  }

  ingest(...args: string[]): Promise<IngestDocument> {
    return this.json('ingest', ...args)
  }

  /** Ingests one delivery; its entry in the document. */
  async snapshot(...args: string[]): Promise<Snapshot> {
    const { snapshots } = await this.ingest(...args)
    const [only, ...others] = snapshots
    if (only === undefined || others.length > 0) throw new Error(`${snapshots.length} snapshots instead of one`)
    return only
  }

  lookup(...args: string[]): Promise<LookupDocument> {
    return this.json('lookup', ...args)
  }

  status(): Promise<Status> {
    return this.json('status')
  }

  /** What half-done work may leave behind in the workspace, as paths; empty when it is tidy. */
  leftovers(): string[] {
    const temporary = this.names('tmp').map((name) => `tmp/${name}`)
    const writer = this.names('.').filter((name) => name === 'writer.pid')
    return [...temporary, ...writer]
  }

  /** Names in a folder of the workspace; none where it is not there. */
  names(folder: string): string[] {
    try {
      return readdirSync(path.join(this.workspace, folder)).sort()
    } catch {
      return []
    }
  }
}

export type Snapshot = IngestDocument['snapshots'][number]

/** A place for one test. */
export function placeForTest(): Place {
  const place = new Place()
  onTestFinished(() => place.remove())
  return place
}

/** A place for all tests of the `describe` (or file) that calls it. */
export function placeForSuite(): Place {
  const place = new Place()
  afterAll(() => place.remove())
  return place
}

/** The rows of one relation of a look-up. */
export const rowsOf = (document: LookupDocument, relation: string): LookupRow[] => document.relations[relation] ?? []
