/**
 * A diff in parts, for files that are much larger than the memory: both sides are cut by the hash of the key into files of
 * the same number, part n of one side is compared with part n of the other, and each finished part is kept as a file. A run
 * that is killed goes on with the parts it finds.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { findCandidates, hasSingleKeys, keyedRows, type Plan } from './candidates.js'
import { classified, findUnreadable } from './classify.js'
import { policyOf } from './equality.js'
import type { DiffOptions } from './request.js'
import type { Side } from './sides.js'
import type { SideName } from './ways.js'
import type { RowCounts } from './worked.js'

type Sides = Readonly<Record<SideName, Side>>

const DEFAULT_MEMORY = 4 * 1024 ** 3
/** Bytes of both files to each byte of memory, beyond which parts beat a join that spills. */
const SPILL_FACTOR = 4
const MOST_PARTS = 128
const FEWEST_WHEN_KEPT = 4
/** What a byte of Parquet becomes in memory. */
const PARQUET_FACTOR = 4

/** Into how many parts the work is cut; 1 is not at all. */
export function partsFor({ old, new: now }: Sides, options: DiffOptions): number {
  if (options.partitions !== undefined) return Math.max(1, Math.min(MOST_PARTS, options.partitions))
  const bytes = [old, now].reduce(
    (sum, { opened }) => sum + opened.facts.bytes * (opened.kind === 'parquet' ? PARQUET_FACTOR : 1),
    0,
  )
  const memory = options.memoryBytes ?? Math.min(DEFAULT_MEMORY, totalmem() / 2)
  const wanted = Math.min(MOST_PARTS, Math.ceil((2 * bytes) / memory))
  if (bytes > SPILL_FACTOR * memory) return wanted
  return options.resume === undefined ? 1 : Math.max(FEWEST_WHEN_KEPT, wanted)
}

/** Changes whenever the parts of an earlier version could not be used. */
const LAYOUT = 1

/** The folder of one job: the same inputs and options find it again. */
export async function jobFolder(
  db: Evidence,
  plan: Plan,
  sides: Sides,
  options: DiffOptions,
  parts: number,
): Promise<string> {
  const [engine] = await db.rows('SELECT version() AS version')
  const policy = policyOf(options)
  const said = JSON.stringify([
    LAYOUT,
    engine?.version ?? '',
    sides.old.opened.source.sha256,
    sides.new.opened.source.sha256,
    plan.way.name,
    parts,
    plan.columns.all,
    plan.columns.key,
    plan.columns.compared,
    plan.columns.ignored,
    { ...policy, types: [...policy.types], tolerance: [...policy.tolerance] },
  ])
  const id = createHash('sha256').update(said).digest('hex').slice(0, 16)
  return join(options.resume ?? options.folder, `recital-diff-${id}`)
}

export interface Parts {
  /** SELECT of what all parts amount to: see `classified`. */
  readonly select: string
  readonly rows: RowCounts
}

/** Null where a part shows that keys repeat or a value cannot be read: the caller finds out which. */
export async function compareInParts(
  db: Evidence,
  plan: Plan,
  {
    parts,
    folder,
    reporter,
  }: { readonly parts: number; readonly folder: string; readonly reporter: DiffOptions['reporter'] },
): Promise<Parts | null> {
  for (const side of ['old', 'new'] as const) await cut(db, plan, side, parts, folder, reporter)
  const done = join(folder, 'done')
  mkdirSync(done, { recursive: true })
  const rows = { old: 0, new: 0 }
  reporter?.phase('Compare', { total: parts })
  for (let part = 0; part < parts; part += 1) {
    const from = { old: partRows(plan, 'old', folder, part), new: partRows(plan, 'new', folder, part) }
    const own = { old: await countRows(db, from.old), new: await countRows(db, from.new) }
    rows.old += own.old
    rows.new += own.new
    const file = join(done, `${part}.parquet`)
    if (!existsSync(file) && !(await comparePart(db, plan, from, own, file))) return null
    reporter?.advance({ rows: own.old + own.new, done: 1 })
  }
  return { select: `SELECT * FROM read_parquet(${literal(join(done, '*.parquet'))})`, rows }
}

async function comparePart(
  db: Evidence,
  plan: Plan,
  from: Readonly<Record<SideName, string>>,
  rows: RowCounts,
  file: string,
): Promise<boolean> {
  const candidates = await findCandidates(db, plan, rows, from)
  if (candidates === null) return false
  const isSure =
    (await hasSingleKeys(db, plan, candidates, rows)) && (await findUnreadable(db, plan, candidates)) === null
  if (isSure) {
    const beside = file.replace(/\.parquet$/, '.tmp')
    await db.run(`COPY (${classified(plan, candidates)}) TO ${literal(beside)} (FORMAT parquet, COMPRESSION zstd)`)
    renameSync(beside, file)
  }
  await db.run(`DROP TABLE ${candidates.table}`)
  return isSure
}

/** Cuts one side, unless that was done and finished before. */
async function cut(
  db: Evidence,
  plan: Plan,
  side: SideName,
  parts: number,
  folder: string,
  reporter: DiffOptions['reporter'],
): Promise<void> {
  const target = join(folder, side)
  const mark = join(folder, `${side}.cut`)
  if (existsSync(mark)) return
  rmSync(target, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  reporter?.phase(side === 'old' ? 'Cut the old file' : 'Cut the new file')
  const keys = plan.columns.key.map((_, index) => `k${index}`).join(', ')
  const payload = plan.way.payload(side).map(quoted).join(', ')
  await db.run(
    `COPY (SELECT ${payload}, (hash(${keys}) % ${parts})::INTEGER AS part FROM ${keyedRows(plan, side)})
     TO ${literal(target)} (FORMAT parquet, COMPRESSION snappy, PARTITION_BY (part))`,
  )
  writeFileSync(mark, '', { flush: true })
}

const countRows = async (db: Evidence, from: string): Promise<number> =>
  Number((await db.rows(`SELECT count(*) AS n FROM ${from}`))[0]?.n)

/** SELECT in brackets of the payload of one part. */
function partRows(plan: Plan, side: SideName, folder: string, part: number): string {
  const own = join(folder, side, `part=${part}`)
  const payload = plan.way.payload(side).map(quoted).join(', ')
  const hasFiles = existsSync(own) && readdirSync(own).some((name) => name.endsWith('.parquet'))
  if (!hasFiles) return `(SELECT ${payload} FROM ${plan.way.rows(side)} LIMIT 0)`
  return `(SELECT ${payload} FROM read_parquet(${literal(join(own, '*.parquet'))}, hive_partitioning = false))`
}
