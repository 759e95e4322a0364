/** The comparison of our changes with those that another system logged of the same two snapshots. */
import { type ChangeSet, changeColumn } from '../model/change-set.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { type Allowance, allowLine, isExpired, MISMATCH_CLASSES, type MismatchClass } from './allow.js'
import groups from './groups.sql'
import { type ComparedColumns, compareColumns, findParts, pairChanges } from './pairs.js'

export interface MismatchGroup {
  readonly class: MismatchClass
  /** The likely cause; null where the class says it all. */
  readonly cause: string | null
  readonly column: string | null
  /** What we say happened, or they where we say nothing. */
  readonly op: string
  /** Changes that it is found in. */
  readonly changes: number
  /** Of those, where somebody answers for it. */
  readonly allowed: number
  /** At most three: the key, our value and theirs (operations where the class is one of whole changes). */
  readonly examples: readonly { readonly key: string; readonly ours: string | null; readonly theirs: string | null }[]
  /** The line of an allow-list that would reconcile it, and how many changes would then still be unexplained. */
  readonly allowLine: string
  readonly unexplainedAfter: number
}

export interface OpCounts {
  readonly create: number
  readonly update: number
  readonly delete: number
}

/** changes = agreed + explained + unexplained. */
export interface Verification {
  readonly ours: OpCounts
  readonly theirs: OpCounts
  /** Changes of either side, paired by key. */
  readonly changes: number
  readonly agreed: number
  readonly explained: number
  readonly unexplained: number
  /** Every change that does not agree once, by the worst of what differs in it. */
  readonly classes: Readonly<Record<MismatchClass, number>>
  readonly groups: readonly MismatchGroup[]
  readonly columns: Pick<ComparedColumns, 'onlyOurs' | 'onlyTheirs'>
  /** Entries that count, with the changes that each of them touches; those without are of no use. */
  readonly allowances: readonly (Allowance & { readonly changes: number })[]
  /** Entries that no longer count. */
  readonly expired: readonly Allowance[]
}

export interface VerifyOptions {
  readonly allowances: readonly Allowance[]
  /** Calendar day by which entries expire. */
  readonly today: string
  /** The name by which people know their file. */
  readonly file: string
}

/**
 * Compares two change sets of one database, change by change, and says of each mismatch what it is.
 * Equal numbers of changes prove nothing: every one is paired by its key.
 * Throws InputError `other-key`.
 */
export async function verifyChanges(
  db: Evidence,
  ours: ChangeSet,
  theirs: ChangeSet,
  { allowances, today, file }: VerifyOptions,
): Promise<Verification> {
  const columns = compareColumns(ours, theirs, file)
  await pairChanges(db, ours, theirs, columns)
  await findParts(db, ours, theirs, columns)
  const live = allowances.filter((one) => !isExpired(one, today))
  const touched = await cover(db, ours, theirs, columns, live)
  const [sums] = await db.rows(
    `SELECT (SELECT count(*) FROM pairs) AS changes, count(*) AS mismatched, count(*) FILTER (open > 0) AS unexplained
     FROM (SELECT pair, count(*) FILTER (NOT covered) AS open FROM parts GROUP BY pair)`,
  )
  const [changes, mismatched, unexplained] = [sums?.changes, sums?.mismatched, sums?.unexplained].map(Number) as [
    number,
    number,
    number,
  ]
  return {
    ours: await opCounts(db, ours),
    theirs: await opCounts(db, theirs),
    changes,
    agreed: changes - mismatched,
    explained: mismatched - unexplained,
    unexplained,
    classes: await classCounts(db),
    groups: await mismatchGroups(db, unexplained),
    columns: { onlyOurs: columns.onlyOurs, onlyTheirs: columns.onlyTheirs },
    allowances: live.map((one, index) => ({ ...one, changes: touched[index] ?? 0 })),
    expired: allowances.filter((one) => isExpired(one, today)),
  }
}

async function opCounts(db: Evidence, { table }: ChangeSet): Promise<OpCounts> {
  const rows = await db.rows(`SELECT op, count(*) AS n FROM ${table} GROUP BY op`)
  const of = (op: string): number => Number(rows.find((row) => row.op === op)?.n ?? 0)
  return { create: of('create'), update: of('update'), delete: of('delete') }
}

/** The worst first: whoever differs in several ways counts by this. */
async function classCounts(db: Evidence): Promise<Record<MismatchClass, number>> {
  const order = MISMATCH_CLASSES.map((name, index) => `WHEN ${literal(name)} THEN ${index}`).join(' ')
  const rows = await db.rows(
    `SELECT worst, count(*) AS n FROM (SELECT pair, min(CASE class ${order} END) AS worst FROM parts GROUP BY pair) GROUP BY worst`,
  )
  return Object.fromEntries(
    MISMATCH_CLASSES.map((name, index) => [name, Number(rows.find((row) => Number(row.worst) === index)?.n ?? 0)]),
  ) as Record<MismatchClass, number>
}

/** Marks in `parts` what an entry answers for; returns for each entry how many changes it touches. */
async function cover(
  db: Evidence,
  ours: ChangeSet,
  theirs: ChangeSet,
  columns: ComparedColumns,
  live: readonly Allowance[],
): Promise<number[]> {
  await db.run('ALTER TABLE parts ADD COLUMN covered BOOLEAN DEFAULT false')
  const touched: number[] = []
  for (const one of live) {
    const where = [
      `class = ${literal(one.class)}`,
      ...(one.cause === undefined ? [] : [`cause = ${literal(one.cause)}`]),
      ...(one.column === undefined ? [] : [`lower(column_name) = lower(${literal(one.column)})`]),
      ...(one.op === undefined ? [] : [`op = ${literal(one.op)}`]),
      ...(one.key === undefined ? [] : [`pair IN (${keyed(ours, theirs, columns, one.key)})`]),
    ].join(' AND ')
    const [row] = await db.rows(`SELECT count(DISTINCT pair) AS n FROM parts WHERE ${where}`)
    touched.push(Number(row?.n ?? 0))
    await db.run(`UPDATE parts SET covered = true WHERE ${where}`)
  }
  return touched
}

/** SELECT of the pairs whose key has the values of an entry; a column that is not of the key matches nothing. */
function keyed(
  ours: ChangeSet,
  theirs: ChangeSet,
  { key }: ComparedColumns,
  wanted: Readonly<Record<string, string>>,
): string {
  const conditions = Object.entries(wanted).map(([name, value]) => {
    const column = key.find((one) => one.ours.toLowerCase() === name.toLowerCase())
    if (column === undefined) return 'false'
    const [own, other] = [quoted(changeColumn('key', column.ours)), quoted(changeColumn('key', column.theirs))]
    return `coalesce(o.${own}::VARCHAR, t.${other}::VARCHAR) = ${literal(value)}`
  })
  return `SELECT p.pair FROM pairs p LEFT JOIN ${ours.table} o ON o.position = p.ours
    LEFT JOIN ${theirs.table} t ON t.position = p.theirs WHERE ${conditions.join(' AND ')}`
}

async function mismatchGroups(db: Evidence, unexplained: number): Promise<MismatchGroup[]> {
  const rows = await db.rows(groups)
  return rows.map((row) => {
    const name = (value: unknown): string | null => (value === null ? null : String(value))
    const group = {
      class: MISMATCH_CLASSES.find((one) => one === row.class) ?? 'value',
      cause: name(row.cause),
      column: name(row.column_name),
      op: String(row.op),
    }
    const examples = (Array.isArray(row.examples) ? row.examples : []) as MismatchGroup['examples']
    return {
      ...group,
      changes: Number(row.pairs),
      allowed: Number(row.covered),
      examples: examples.map(({ key, ours, theirs }) => ({ key, ours, theirs })),
      allowLine: allowLine(group),
      unexplainedAfter: unexplained - Number(row.sole),
    }
  })
}
