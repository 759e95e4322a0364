/**
 * Stages damaged deliveries as `recital ingest` does, up to where the store would begin, and says of each whether it was
 * read, refused in words, or shows a fault of the program. Many are staged together, because opening a database and
 * typing rows costs the same for one as for fifty.
 */
import { isUtf8 } from 'node:buffer'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { InputError, UsageError } from '../../src/errors.js'
import { type Delivery, findDeliveries } from '../../src/ingest/deliveries.js'
import { findInRelation } from '../../src/ingest/findings.js'
import { READERS } from '../../src/ingest/format-readers.js'
import type { Format } from '../../src/ingest/request.js'
import { proveLines } from '../../src/ingest/stage-delivery.js'
import { type StagedFile, Staging } from '../../src/ingest/staging.js'
import { literal } from '../../src/store/columns.js'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'
import { countLineFeedLines, countLines, countRecords } from './count.js'
import type { SampleFile } from './samples.js'

export interface Trial {
  readonly files: readonly SampleFile[]
  readonly scope: 'full' | 'delta'
  /** Damaged files that a crowded delivery holds; a file that the reader refuses is then left out, and the rest read. */
  readonly crowd?: number
}

export type Verdict =
  /** `without`: files of a crowded delivery that were refused. */
  | { readonly outcome: 'read'; readonly without: number }
  | { readonly outcome: 'refused'; readonly code: string }
  | { readonly outcome: 'failed'; readonly why: string }

/**
 * More of the processor than this for one delivery of a few kilobytes is a hang; a crowd gets half a second more for each
 * file. Waiting counts for nothing: a machine may be busy, and who waits for ever is found by the one who waits for him.
 */
const HANG_MS = 10_000
const HANG_MS_PER_FILE = 500

function processorMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** A file that was read, with what the checks need to know about it. */
interface ReadFile {
  readonly trial: number
  readonly format: Format
  readonly file: StagedFile
}

const told = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))

function verdictOf(error: unknown): Verdict {
  if (error instanceof InputError || error instanceof UsageError) return { outcome: 'refused', code: error.code }
  return { outcome: 'failed', why: told(error) }
}

/** Verdicts in the order of the trials. `folder` is made, used for everything that is written, and removed. */
export async function tryTogether(folder: string, trials: readonly Trial[]): Promise<Verdict[]> {
  mkdirSync(join(folder, 'staged'), { recursive: true })
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: join(folder, 'spill'),
    allowedDirectories: [folder],
    memoryBytes: 1024 ** 3,
    threads: 1,
  })
  try {
    return await onDatabase(db, folder, trials)
  } catch (error) {
    if (trials.length === 1) return [verdictOf(error)]
  } finally {
    await db.close()
    rmSync(folder, { recursive: true, force: true })
  }
  // What all of them share failed: which one it was shows when each is alone.
  const alone: Verdict[] = []
  for (const trial of trials) alone.push(...(await tryTogether(folder, [trial])))
  return alone
}

async function onDatabase(db: Evidence, folder: string, trials: readonly Trial[]): Promise<Verdict[]> {
  const staging = await Staging.open(db, { folder: join(folder, 'staged'), endDates: 'exclusive' })
  const verdicts: Verdict[] = []
  const read: ReadFile[] = []
  for (const [index, trial] of trials.entries()) {
    const begun = processorMs()
    const before = staging.files.length
    try {
      const { files, without } = await readTrial(staging, join(folder, `trial-${index}`), trial)
      for (const { format, file } of files) read.push({ trial: index, format, file })
      verdicts.push({ outcome: 'read', without })
    } catch (error) {
      verdicts.push(verdictOf(error))
      read.splice(0, read.length, ...read.filter(({ file }) => file.index < before))
    }
    const took = processorMs() - begun
    if (took > HANG_MS + HANG_MS_PER_FILE * (trial.crowd ?? 0))
      verdicts[index] = { outcome: 'failed', why: `hang: ${Math.round(took)} ms` }
  }
  const staged = await staging.finish()
  for (const { relation, parquet } of staged) await findInRelation(db, relation, parquet, staging.findings)
  const rows = await countRows(
    db,
    folder,
    staged.map(({ parquet }) => parquet),
  )
  for (const one of read) {
    const fault = faultOf(one, rows)
    if (fault !== null) verdicts[one.trial] = { outcome: 'failed', why: `${one.file.source.name}: ${fault}` }
  }
  return verdicts
}

type FileOfFormat = Omit<ReadFile, 'trial'>

/** Reads a trial; of a crowd, what is left when those files are out that the reader refuses. */
async function readTrial(
  staging: Staging,
  folder: string,
  trial: Trial,
): Promise<{ files: FileOfFormat[]; without: number }> {
  const [delivered, temporary] = [join(folder, 'delivery'), join(folder, 'unpacked')]
  for (const one of [delivered, temporary]) mkdirSync(one, { recursive: true })
  for (const { name, content } of trial.files) writeFileSync(join(delivered, name), content)
  for (let without = 0; ; without += 1) {
    try {
      return { files: await readFolder(staging, delivered, temporary, trial), without }
    } catch (error) {
      const name = error instanceof InputError ? basename(error.details.file ?? '') : ''
      const isOfCrowd = trial.files.some((file) => file.name === name) && existsSync(join(delivered, name))
      if (without >= (trial.crowd ?? 0) || !isOfCrowd) throw error
      rmSync(join(delivered, name))
    }
  }
}

async function readFolder(
  staging: Staging,
  delivered: string,
  temporary: string,
  trial: Trial,
): Promise<FileOfFormat[]> {
  const signal = new AbortController().signal
  const found = await findDeliveries([delivered], {
    format: 'auto',
    mapping: null,
    mappingText: null,
    temporary,
    signal,
    onFile: () => undefined,
  })
  const read: FileOfFormat[] = []
  for (const delivery of found.deliveries) {
    const before = staging.files.length
    await readDelivery(staging, delivery, trial, signal)
    for (const file of staging.files.slice(before)) read.push({ format: delivery.format, file })
  }
  return read
}

const readDelivery = (staging: Staging, delivery: Delivery, { scope }: Trial, signal: AbortSignal) =>
  READERS[delivery.format](staging, delivery, { scope, threads: 1, signal, onFile: () => undefined })

/** What stands in the archive about one file. */
interface ArchivedRows {
  accepted: number
  acceptedLines: number
  rejects: number
  rejectedLines: number
  rejectsWithoutText: number
  first: number
  last: number
}

const NOTHING: ArchivedRows = {
  accepted: 0,
  acceptedLines: 0,
  rejects: 0,
  rejectedLines: 0,
  rejectsWithoutText: 0,
  first: 1,
  last: 0,
}

async function countRows(
  db: Evidence,
  folder: string,
  parquets: readonly string[],
): Promise<Map<number, ArchivedRows>> {
  const rejects = literal(join(folder, 'staged', 'rejects.parquet'))
  const parts = [
    ...parquets.map(
      (path) =>
        `SELECT file, line, true AS ok, '-' AS raw FROM read_parquet(${literal(path)}) WHERE reject_reason IS NULL`,
    ),
    `SELECT file, line, false AS ok, raw FROM read_parquet(${rejects})`,
  ]
  const rows = await db.rows(
    `SELECT file, count(*) FILTER (ok) AS accepted, count(DISTINCT line) FILTER (ok) AS accepted_lines,
       count(*) FILTER (NOT ok) AS rejects, count(DISTINCT line) FILTER (NOT ok) AS rejected_lines, count(*) FILTER (coalesce(raw, '') = '') AS textless,
       min(line) AS first, max(line) AS last FROM (${parts.join(' UNION ALL ')}) GROUP BY file`,
  )
  return new Map(
    rows.map((row) => [
      Number(row.file),
      {
        accepted: Number(row.accepted),
        acceptedLines: Number(row.accepted_lines),
        rejects: Number(row.rejects),
        rejectedLines: Number(row.rejected_lines),
        rejectsWithoutText: Number(row.textless),
        first: Number(row.first),
        last: Number(row.last),
      },
    ]),
  )
}

/** Lines or records counted here; null where only the format's own reader can tell. */
function countedHere({ format, file }: ReadFile): number | null {
  const bytes = readFileSync(file.source.path)
  if (format === 'ern') return isUtf8(bytes) && bytes[0] !== 0xff ? countRecords(bytes.toString('utf8')) : null
  const magic = bytes.subarray(0, 4).toString('latin1')
  if (magic === 'PAR1' || magic === 'Obj\x01') return null
  return format === 'cwr' ? countLineFeedLines(bytes) : countLines(bytes)
}

/** What is wrong with what became of a file; null when nothing is. */
function faultOf(read: ReadFile, rows: ReadonlyMap<number, ArchivedRows>): string | null {
  const { file, format } = read
  const { tally, lines } = file
  try {
    proveLines([file])
  } catch (error) {
    return told(error)
  }
  const isRefusedMessage = format === 'ern' && tally.header === 0
  const counted = countedHere(read)
  if (counted !== null && counted !== lines && !isRefusedMessage) return `${lines} lines, counted ${counted}`
  const found = rows.get(file.index) ?? NOTHING
  if (found.rejectsWithoutText > 0 && format !== 'ern') return 'a rejected line without its text'
  if (tally.rejected > 0 !== found.rejectedLines > 0) return `${tally.rejected} rejected, ${found.rejectedLines} kept`
  if (isRefusedMessage)
    return found.rejects === tally.rejected ? null : `${tally.rejected} rejected, ${found.rejects} kept`
  if (format === 'ern') return null
  if (found.rejectedLines !== tally.rejected) return `${tally.rejected} rejected, ${found.rejectedLines} lines kept`
  if (found.first < 1 || found.last > lines) return `rows on lines ${found.first} to ${found.last} of ${lines}`
  if (format !== 'tables') return null
  if (found.accepted !== tally.staged) return `${tally.staged} staged, ${found.accepted} rows`
  return found.acceptedLines === found.accepted ? null : 'two rows on one line'
}
