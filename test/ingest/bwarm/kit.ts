/** Reads BWARM (or other set-based) files into a staging area and gives back what a test compares. */

import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { BwarmResult } from '../../../src/ingest/bwarm/index.js'
import { readBwarm } from '../../../src/ingest/bwarm/index.js'
import { lineCount, type PlainFacts } from '../../../src/ingest/files/index.js'
import { type StagedFile, Staging } from '../../../src/ingest/staging.js'
import { openEvidence, type Row } from '../../../src/store/duckdb.js'

export interface ReadInput {
  readonly name: string
  readonly path: string
}

export interface ReadOutcome<Result> {
  readonly result: Result
  readonly files: readonly StagedFile[]
  readonly findings: readonly {
    code: string
    file: number
    line?: number
    value?: string
    occurrences: number
    message: string
  }[]
  /** Typed rows of a relation that were not refused. */
  rows(relation: string, columns: string): Promise<Row[]>
  rejects(): Promise<Row[]>
  close(): Promise<void>
}

export function factsOf(file: string): PlainFacts {
  const bytes = readFileSync(file)
  const lines = bytes.toString('latin1').split('\n')
  const endsWithNewline = bytes.length > 0 && bytes.at(-1) === 0x0a
  return {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    lines: lines.length - (lines.at(-1) === '' ? 1 : 0),
    longestLine: Math.max(...lines.map((line) => line.length)),
    isUtf8: isUtf8(bytes),
    hasCarriageReturn: bytes.includes(0x0d),
    hasNul: bytes.includes(0),
    hasQuote: bytes.includes(0x22),
    endsWithNewline,
    endsWithReturn: bytes.at(-1) === 0x0d,
    loneCarriageReturns: bytes.toString('latin1').match(/\r(?!\n)/g)?.length ?? 0,
    emptyLines: 0,
    carriageReturnLineFeeds: bytes.toString('latin1').match(/\r\n/g)?.length ?? 0,
  }
}

/** Stages files with a reader and types the rows; `folder` must be new. */
export async function stage<Result>(
  folder: string,
  inputs: readonly ReadInput[],
  read: (staging: Staging, files: { file: StagedFile; facts: PlainFacts }[]) => Promise<Result>,
  also: readonly string[] = [],
): Promise<ReadOutcome<Result>> {
  const archive = path.join(folder, 'staged')
  mkdirSync(archive, { recursive: true })
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: path.join(folder, 'spill'),
    allowedDirectories: [folder, ...also],
    threads: 2,
  })
  try {
    const staging = await Staging.open(db, { folder: archive, endDates: 'exclusive' })
    const files = inputs.map(({ name, path: file }) => {
      const facts = factsOf(file)
      const source = { name, path: file, sha256: facts.sha256, bytes: facts.bytes }
      return { file: staging.addFile(source, lineCount(facts)), facts }
    })
    const result = await read(staging, files)
    const staged = await staging.finish()
    const parquet = (name: string): string => path.join(archive, `${name}.parquet`)
    return {
      result,
      files: staging.files,
      findings: staging.findings.all() as ReadOutcome<Result>['findings'],
      rows: async (relation, columns) => {
        if (!staged.some(({ relation: { name } }) => name === relation)) return []
        return db.rows(
          `SELECT ${columns} FROM read_parquet('${parquet(relation)}') WHERE reject_reason IS NULL ORDER BY ALL`,
        )
      },
      rejects: () =>
        db.rows(`SELECT file, line, reason, raw FROM read_parquet('${parquet('rejects')}') ORDER BY file, line`),
      close: () => db.close(),
    }
  } catch (error) {
    await db.close()
    throw error
  }
}

/** Stages a BWARM delivery. */
export const stageBwarm = (
  folder: string,
  inputs: readonly ReadInput[],
  folderName?: string,
): Promise<ReadOutcome<BwarmResult>> =>
  stage(folder, inputs, (staging, files) => readBwarm(staging, files, folderName === undefined ? {} : { folderName }))

/** Sum of what became of the lines of a file. */
export const tallied = ({ tally }: StagedFile): number =>
  tally.header + tally.staged + tally.rejected + tally.continued + tally.blank
