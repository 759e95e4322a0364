/** Stages table files as `recital ingest` does and reads back what was staged. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHead } from '../../../src/ingest/files/chunks.js'
import { type PlainFacts, unpack } from '../../../src/ingest/files/index.js'
import type { LineTally } from '../../../src/ingest/reader.js'
import { Staging } from '../../../src/ingest/staging.js'
import {
  HEAD_BYTES,
  type Mapping,
  readTables,
  recogniseTable,
  type TableFile,
} from '../../../src/ingest/tables/index.js'
import { literal } from '../../../src/store/columns.js'
import { type Evidence, openEvidence, type Row } from '../../../src/store/duckdb.js'
import { temporaryFolder } from '../../support/workspaces.js'

export interface Bench {
  readonly folder: string
}

/** A temporary folder for the files of one test. */
export const bench = (): Bench => ({ folder: temporaryFolder() })

/** Runs work on a fresh database that may read and write the bench's folder. */
export async function onDatabase<T>({ folder }: Bench, work: (db: Evidence) => Promise<T>): Promise<T> {
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: join(folder, 'spill'),
    allowedDirectories: [folder],
    threads: 2,
  })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

export interface StagedTables {
  files: { name: string; lines: number; tally: LineTally; partial: boolean; facts: PlainFacts }[]
  /** Typed rows by relation, in order of file and line. */
  rows: Record<string, Row[]>
  rejects: Row[]
  findings: { code: string; line?: number | undefined; message: string; occurrences?: number | undefined }[]
}

export interface StageOptions {
  scope?: 'full' | 'delta'
  mapping?: Mapping
  endDates?: 'exclusive' | 'inclusive'
}

let runs = 0

/** Writes the given files into a folder of the bench. */
export function put(bench: Bench, files: Readonly<Record<string, string | Buffer>>): string[] {
  runs += 1
  const folder = join(bench.folder, `delivery-${runs}`)
  mkdirSync(folder)
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  })
}

/** Unpacks, recognises, reads and types files that are on disk already. */
export const stagePaths = (bench: Bench, paths: readonly string[], options: StageOptions = {}): Promise<StagedTables> =>
  onDatabase(bench, (db) => stageOn(db, bench, paths, options))

async function stageOn(
  db: Evidence,
  bench: Bench,
  paths: readonly string[],
  options: StageOptions,
): Promise<StagedTables> {
  runs += 1
  const out = join(bench.folder, `staged-${runs}`)
  mkdirSync(out)
  const staging = await Staging.open(db, { folder: out, endDates: options.endDates ?? 'exclusive' })
  const tables: TableFile[] = []
  for (const path of paths) {
    for await (const { source, facts } of unpack(path, bench.folder)) {
      const recognised = recogniseTable(source, facts, await readHead(source.path, HEAD_BYTES), options.mapping)
      if (recognised === null) throw new Error(`${source.name} was not recognised`)
      tables.push({ file: staging.addFile(source, facts.lines), facts, recognised })
    }
  }
  await readTables(staging, tables, {
    scope: options.scope ?? 'full',
    ...(options.mapping === undefined ? {} : { mapping: options.mapping }),
  })
  const rows: Record<string, Row[]> = {}
  for (const { relation, parquet } of await staging.finish()) {
    rows[relation.name] = await db.rows(
      `SELECT * EXCLUDE (reject_reason, reject_column, reject_value, reject_text) FROM read_parquet(${literal(parquet)})
       WHERE reject_reason IS NULL ORDER BY file, line`,
    )
  }
  const rejects = await db.rows(
    `SELECT * FROM read_parquet(${literal(join(out, 'rejects.parquet'))}) ORDER BY file, line, reason`,
  )
  const files = tables.map(({ file, facts }) => ({
    name: file.source.name,
    lines: file.lines,
    tally: file.tally,
    partial: file.partial,
    facts,
  }))
  return { files, rows, rejects, findings: staging.findings.all() }
}

/** Writes files and stages them. */
export const stage = (
  bench: Bench,
  files: Readonly<Record<string, string | Buffer>>,
  options: StageOptions = {},
): Promise<StagedTables> => stagePaths(bench, put(bench, files), options)

/** What a tally accounts for. */
export const accounted = ({ header, staged, rejected, continued, blank }: LineTally): number =>
  header + staged + rejected + continued + blank

/** The given columns of rows, in order. */
export const pick = (rows: readonly Row[] | undefined, ...columns: string[]): unknown[][] =>
  (rows ?? []).map((row) => columns.map((column) => row[column] ?? null))
