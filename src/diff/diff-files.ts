/** The diff of two files: opened, matched, joined, classified, counted. */
import { InputError, InternalError } from '../errors.js'
import type { Evidence } from '../store/duckdb.js'
import { type Candidates, findCandidates, hasSingleKeys, keyedRows, type Plan } from './candidates.js'
import { findUnreadable } from './classify.js'
import { columnEquality, type FilePair, policyOf } from './equality.js'
import { type MatchedColumn, type MatchedColumns, matchColumns } from './match-columns.js'
import { findMultisetCandidates } from './multiset.js'
import type { Diff, DiffOptions } from './request.js'
import { emptyKeysError, type KeyFaults, keyFaults, refuseBadRows, repeatedKeysError } from './row-errors.js'
import { openSides, readSide, type Side } from './sides.js'
import { summarise } from './summary.js'
import { freshName } from './table-names.js'
import { type BothRows, columnsWay, haveSameLines, linesWay, type SideName, type Way } from './ways.js'
import type { Worked } from './worked.js'

type Sides = Readonly<Record<SideName, Side>>

/**
 * Compares two files by key and leaves every change as a change set in the database.
 * Counts add up: rows old = unchanged + updated + deleted, rows new = unchanged + updated + created. The same inputs give
 * the same change set whatever the order of rows and columns, the format, the threads and the memory.
 * Throws InputError: `duplicate-key`, `empty-key`, `missing-key`, `unreadable-row`, `not-of-type`, and as opening does;
 * UsageError for columns and types that do not exist; CancelledError.
 */
export async function diffFiles(db: Evidence, options: DiffOptions): Promise<Diff> {
  options.reporter?.phase('Read')
  const sides = await openSides(db, options)
  for (const side of [sides.old, sides.new]) if (side.opened.facts.bytes === 0) throw emptyFile(side)
  const byLines = mayCompareLines(sides, options) ? await compareLines(db, sides, options) : null
  const worked = byLines ?? (await compareColumns(db, sides, options))
  options.reporter?.advance({ rows: worked.rows.old + worked.rows.new })
  return summarise(db, worked, sides, options)
}

const emptyFile = ({ file }: Side): InputError =>
  new InputError(`${file.name} is empty: not even a header.`, {
    code: 'empty-file',
    file: file.name,
    suggestions: ['A snapshot without rows is a file with its header alone'],
  })

const mayCompareLines = ({ old, new: now }: Sides, { onDuplicate }: DiffOptions): boolean =>
  haveSameLines(old, now) && (onDuplicate ?? 'error') === 'error'

function planOf(
  way: (columns: MatchedColumns) => Way,
  columns: MatchedColumns,
  pair: FilePair,
  options: DiffOptions,
): Plan {
  const policy = policyOf(options)
  const known = new Map(columns.all.map((column) => [column.name, columnEquality(column, policy, pair)]))
  const equality = (column: MatchedColumn) => {
    const found = known.get(column.name)
    if (found === undefined) throw new InternalError(`no equality for ${column.name}`, { code: 'diff' })
    return found
  }
  return { way: way(columns), columns, equality }
}

/** Null wherever the lines alone cannot tell: the columns then say what is wrong, with its place. */
async function compareLines(db: Evidence, sides: Sides, options: DiffOptions): Promise<Worked | null> {
  const { old, new: now } = sides
  const columns = matchColumns(old.names, now.names, requestOf(options))
  const pair: FilePair = { typeOf: () => null, emptyEqualsNull: false }
  const plan = planOf(() => linesWay(old, now), columns, pair, options)
  const rows = { old: dataLines(old), new: dataLines(now) }
  options.reporter?.phase('Compare', { total: rows.old + rows.new })
  const candidates = await attempt(() => findCandidates(db, plan, rows))
  if (candidates === null) return null
  const isSure =
    (await hasSingleKeys(db, plan, candidates, rows)) && (await findUnreadable(db, plan, candidates)) === null
  if (isSure) return { plan, candidates, rows, duplicateKeys: { old: 0, new: 0 }, leftOut: { old: 0, new: 0 } }
  await db.run(`DROP TABLE ${candidates.table}`)
  return null
}

const dataLines = ({ opened }: Side): number => opened.facts.lines - 1 - opened.facts.emptyLines

/** Null where the database refuses the text of a file. */
async function attempt<T>(work: () => Promise<T | null>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Invalid Input Error')) return null
    throw error
  }
}

const requestOf = (options: DiffOptions) => ({ ...options, old: options.old, new: options.new })

async function compareColumns(db: Evidence, sides: Sides, options: DiffOptions): Promise<Worked> {
  const read = { old: await readSide(db, sides.old, options), new: await readSide(db, sides.new, options) }
  const columns = matchColumns(read.old.names, read.new.names, requestOf(options))
  const emptyEqualsNull = sides.old.hasNulls !== sides.new.hasNulls
  const pair: FilePair = {
    emptyEqualsNull,
    typeOf: (column, side) => read[side].types?.[(side === 'old' ? column.old : column.new) ?? -1] ?? null,
  }
  const planFor = (rows: BothRows): Plan =>
    planOf((matched) => columnsWay(rows, matched, emptyEqualsNull), columns, pair, options)
  const plan = planFor(read)
  const rows = { old: await countRows(db, read.old.from), new: await countRows(db, read.new.from) }
  options.reporter?.phase('Compare', { total: rows.old + rows.new })
  const onDuplicate = options.onDuplicate ?? 'error'
  if (onDuplicate === 'error') {
    const candidates = await findCandidates(db, plan, rows)
    if (candidates !== null && (await hasSingleKeys(db, plan, candidates, rows))) {
      await refuseUnreadable(db, plan, candidates, sides)
      return { plan, candidates, rows, duplicateKeys: { old: 0, new: 0 }, leftOut: { old: 0, new: 0 } }
    }
  }
  const faults = await refuseFaults(db, plan, sides, onDuplicate)
  const repeated = { old: faults.old.repeated, new: faults.new.repeated }
  if (onDuplicate === 'multiset') {
    const candidates = await findMultisetCandidates(db, plan)
    await refuseUnreadable(db, plan, candidates, sides)
    return { plan, candidates, rows, duplicateKeys: repeated, leftOut: { old: 0, new: 0 } }
  }
  const single: BothRows = {
    old: { ...read.old, from: await singleRows(db, plan, 'old', faults.old, onDuplicate) },
    new: { ...read.new, from: await singleRows(db, plan, 'new', faults.new, onDuplicate) },
  }
  const leftOut = { old: faults.old.extra, new: faults.new.extra }
  const kept = { old: rows.old - leftOut.old, new: rows.new - leftOut.new }
  const singlePlan = planFor(single)
  const candidates = await findCandidates(db, singlePlan, kept)
  if (candidates === null || !(await hasSingleKeys(db, singlePlan, candidates, kept))) {
    throw new InternalError('The rows of a diff do not add up.', { code: 'diff' })
  }
  await refuseUnreadable(db, singlePlan, candidates, sides)
  return { plan: singlePlan, candidates, rows: kept, duplicateKeys: repeated, leftOut }
}

const countRows = async (db: Evidence, from: string): Promise<number> =>
  Number((await db.rows(`SELECT count(*) AS n FROM ${from}`))[0]?.n)

async function refuseFaults(
  db: Evidence,
  plan: Plan,
  sides: Sides,
  onDuplicate: NonNullable<DiffOptions['onDuplicate']>,
): Promise<Record<SideName, KeyFaults>> {
  const faults = { old: await keyFaults(db, plan, 'old'), new: await keyFaults(db, plan, 'new') }
  const both = [faults.old, faults.new]
  if (onDuplicate === 'error') {
    const error = repeatedKeysError(both, plan, sides)
    if (error !== null) throw error
  }
  await refuseBadRows(db, plan, 'old', sides)
  await refuseBadRows(db, plan, 'new', sides)
  const error = emptyKeysError(both, plan, sides)
  if (error !== null) throw error
  return faults
}

/** The rows of a side with one row for each key, as a table. */
async function singleRows(
  db: Evidence,
  plan: Plan,
  side: SideName,
  faults: KeyFaults,
  onDuplicate: 'error' | 'first' | 'last',
): Promise<string> {
  if (faults.repeated === 0) return plan.way.rows(side)
  const keys = plan.columns.key.map((_, index) => `k${index}`).join(', ')
  const table = freshName(db, 'single_rows')
  await db.run(
    `CREATE TEMP TABLE ${table} AS SELECT ${plan.way.payload(side).join(', ')} FROM ${keyedRows(plan, side)}
     QUALIFY row_number() OVER (PARTITION BY ${keys} ORDER BY line ${onDuplicate === 'last' ? 'DESC' : 'ASC'}) = 1`,
  )
  return table
}

async function refuseUnreadable(db: Evidence, plan: Plan, candidates: Candidates, sides: Sides): Promise<void> {
  const bad = await findUnreadable(db, plan, candidates)
  if (bad === null) return
  const { file, opened } = sides[bad.side]
  const type = plan.equality(
    plan.columns.all.find(({ name }) => name === bad.column) ?? { name: bad.column, old: null, new: null },
  ).type
  throw new InputError(
    `${file.name}, ${opened.unit} ${bad.line}: ${bad.column} is ${JSON.stringify(bad.value)}, which cannot be read as ${type.toLowerCase()} (${bad.count} such).`,
    {
      code: 'not-of-type',
      file: file.name,
      ...(bad.line === null ? {} : { line: bad.line }),
      excerpt: bad.value,
      suggestions: [`If it stands for no value, say so with --null`, `Leave ${bad.column} out of --types`],
    },
  )
}
