/** Synthetic catalogues for tests: made in this process, read back with a database of their own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { parse } from 'yaml'
import { type Evidence, openEvidence, type Row } from '../../src/store/duckdb.js'
import { type SynthContext, type SynthResult, synthesise, synthParameters } from '../../src/synth/index.js'
import { folderForSuite } from '../support/workspaces.js'

export interface Made {
  readonly tracks: number
  readonly seed?: number
  readonly snapshots?: number
  readonly providers?: number
  readonly format?: 'tables' | 'bwarm'
  readonly threads?: number
  readonly truth?: boolean
}

export const context = (threads = 2, signal = new AbortController().signal): SynthContext => ({
  limits: { threads },
  signal,
  running: { pid: process.pid, startedAt: '', command: 'test', program: 'test', isAlive: () => false },
  reporter: { phase: () => undefined, advance: () => undefined },
})

/** Writes a catalogue into a folder that is not there yet. */
export function make(
  folder: string,
  { tracks, seed = 1, snapshots = 3, providers = 6, format = 'tables', threads, truth = true }: Made,
): Promise<SynthResult> {
  const parameters = synthParameters({
    tracks: String(tracks),
    seed: String(seed),
    snapshots: String(snapshots),
    providers: String(providers),
    format,
  })
  return synthesise({ ...parameters, folder, name: path.basename(folder), truth }, context(threads))
}

/** Files below a folder, with their contents, by path. */
export function filesBelow(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
  return new Map(names.map((name) => [name, readFileSync(path.join(folder, name))]))
}

export interface CatalogueDelivery {
  readonly folder: string
  readonly feed: string
  readonly published: string
  readonly received: string
}

interface CatalogueSettings {
  readonly numbers: {
    readonly works: { readonly stories: number; readonly hits: number; readonly all: number }
    readonly recordings: { readonly stories: number; readonly hits: number; readonly all: number }
  }
  readonly stories: readonly { readonly story: string; readonly instances: number; readonly firstWork: number }[]
  /** In order of receipt. */
  readonly deliveries: readonly CatalogueDelivery[]
}

/** A catalogue on disk and a database to read it with. */
export class Catalogue {
  constructor(
    readonly folder: string,
    readonly db: Evidence,
    readonly settings: CatalogueSettings,
  ) {}

  rows<T extends Row>(sql: string): Promise<T[]> {
    return this.db.rows<T>(sql)
  }

  async one<T extends Row>(sql: string): Promise<T> {
    const [row] = await this.db.rows<T>(sql)
    if (row === undefined) throw new Error('no row')
    return row
  }

  /** The file of a relation in a delivery; null where it has none. */
  fileOf(delivery: CatalogueDelivery, relation: string): string | null {
    const file = path.join(this.folder, delivery.folder, `${relation}.parquet`)
    return existsSync(file) ? file : null
  }

  feedFileOf(delivery: CatalogueDelivery): { rows?: Record<string, number>; sequence: number } {
    return parse(readFileSync(path.join(this.folder, delivery.folder, 'feed.yaml'), 'utf8'))
  }

  truth(name: string): string {
    return `read_parquet('${path.join(this.folder, 'truth', name)}')`
  }

  /** The deliveries that stand at the end of a day: of each feed the newest publication received by then. */
  standing(known: string): CatalogueDelivery[] {
    const newest = new Map<string, CatalogueDelivery>()
    for (const delivery of this.settings.deliveries) {
      const before = newest.get(delivery.feed)
      if (delivery.received <= known && (before === undefined || before.published < delivery.published))
        newest.set(delivery.feed, delivery)
    }
    return [...newest.values()]
  }

  /** SELECT of a relation's rows in these deliveries, beside the feed. */
  rowsOf(relation: string, deliveries: readonly CatalogueDelivery[]): string {
    const parts = deliveries.flatMap((delivery) => {
      const file = this.fileOf(delivery, relation)
      return file === null ? [] : [`SELECT '${delivery.feed}' AS feed, * FROM read_parquet('${file}')`]
    })
    return parts.join(' UNION ALL ')
  }

  /** Days on which something was received, in order. */
  get days(): string[] {
    return [...new Set(this.settings.deliveries.map(({ received }) => received))].sort()
  }
}

/** One catalogue for all tests of the `describe` (or file) that calls it. */
export function catalogueForSuite(made: Made): () => Catalogue {
  const parent = folderForSuite()
  let catalogue: Catalogue | undefined
  beforeAll(async () => {
    const folder = path.join(parent, 'catalogue')
    await make(folder, { threads: 1, ...made })
    const db = await openEvidence(':memory:', {
      mode: 'write',
      tempDirectory: path.join(parent, 'spill'),
      allowedDirectories: [folder],
      threads: 2,
    })
    catalogue = new Catalogue(folder, db, parse(readFileSync(path.join(folder, 'synth.yaml'), 'utf8')))
  }, 600_000)
  afterAll(() => catalogue?.db.close())
  return () => {
    if (catalogue === undefined) throw new Error('the catalogue was not made')
    return catalogue
  }
}
