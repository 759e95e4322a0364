/**
 * Frames: the relations that conditions are evaluated over. Rules about single changes share the change set; a group rule
 * has one row per group that the changes touch, a snapshot rule one row.
 */
import { type ChangeSet, changeColumn } from '../../model/change-set.js'
import { literal, quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { writeExpression } from '../../store/expressions/parse.js'
import type { Aggregate } from '../compile/aggregates.js'
import { type CompiledRule, isCounted } from '../compile/compile.js'
import { groupColumn } from '../compile/scope.js'
import { type ChangeSource, instantSql } from './source.js'

export interface Frame {
  /** SQL to select from; has `position`, unique and in the order of keys or groups. */
  readonly from: string
  /** Temporary table to drop afterwards. */
  readonly table: string | null
}

/** The columns about the snapshot, the same in every row. */
function snapshotColumns({ feed, published, received }: ChangeSource): string[] {
  return [
    `${feed === null ? 'NULL::VARCHAR' : literal(feed)} AS ${quoted('snapshot.feed')}`,
    `${instantSql(published)} AS ${quoted('snapshot.published')}`,
    `${instantSql(received)} AS ${quoted('snapshot.received')}`,
  ]
}

/** The changes, with what is known about their snapshot. */
export function changeFrame(source: ChangeSource): Frame {
  const returned =
    source.returned === null
      ? 'NULL::BOOLEAN'
      : `CASE WHEN op <> 'delete' THEN position IN (SELECT position FROM ${source.returned}) END`
  const columns = [...snapshotColumns(source), `${returned} AS ${quoted('history.returned')}`]
  return { from: `(SELECT *, ${columns.join(', ')} FROM ${source.changes.table})`, table: null }
}

/**
 * Makes the frame of a group or snapshot rule, in the table named. One row per group that the changes touch, for a snapshot
 * one row; ordered by the values of the group. A row that changed its group counts as moved, not as created or deleted.
 */
export async function createCountedFrame(
  db: Evidence,
  compiled: CompiledRule,
  source: ChangeSource,
  table: string,
): Promise<Frame> {
  const { rule, condition } = compiled
  const groups = rule.groupBy
  const aggregates = await Promise.all(
    condition.aggregates.map(async (one) => ({ ...one, sql: await writeExpression(db, one.argument) })),
  )
  const names = groups.map((name) => quoted(groupColumn(name)))
  const changed = `SELECT ${[
    ...names,
    'count(*) AS changes',
    ...Object.entries(COUNTED).map(([name, filter]) => `count(*) FILTER (${filter}) AS ${name}`),
    ...aggregated(aggregates, ['before', 'after', 'both']),
  ].join(
    ', ',
  )} FROM (SELECT *, ${snapshotColumns(source).join(', ')} FROM (${members(source.changes, groups)}))${groupedBy(names)}`
  const joins = (['old', 'new'] as const).map((side) => rowsJoin(source, side, groups, aggregates))
  const position =
    names.length === 0
      ? '1::BIGINT'
      : `row_number() OVER (ORDER BY ${names.map((name) => `c.${name} NULLS FIRST`).join(', ')})`
  await db.run(`CREATE TEMP TABLE ${table} AS
    WITH changed AS (${changed}), old_side AS (${joins[0]?.select}), new_side AS (${joins[1]?.select}),
    counted AS (
      SELECT ${position} AS position, c.*, ${joins.map(({ columns }) => columns).join(', ')}
      FROM changed c ${joins.map(({ join }) => join).join(' ')})
    SELECT *, ${ratio('created', 'NULL')}, ${ratio('updated', '0')}, ${ratio('deleted', '0')}, ${snapshotColumns(source).join(', ')}
    FROM counted ORDER BY position`)
  return { from: table, table }
}

const COUNTED: Readonly<Record<string, string>> = {
  created: "op = 'create'",
  updated: "op = 'update' AND is_old AND is_new",
  deleted: "op = 'delete'",
  moved_in: "op = 'update' AND NOT is_old",
  moved_out: "op = 'update' AND NOT is_new",
}

const groupedBy = (names: readonly string[]): string => (names.length === 0 ? '' : ` GROUP BY ${names.join(', ')}`)

/** A part of the rows that there were before; a group that had none loses none. */
const ratio = (name: string, ofNothing: string): string =>
  `CASE WHEN old_rows > 0 THEN ${name}::DOUBLE / old_rows WHEN old_rows = 0 THEN ${ofNothing}::DOUBLE END AS ${name}_ratio`

/** One row per change and group that it touches: a row that moved between groups touches two. */
function members({ table }: ChangeSet, groups: readonly string[]): string {
  const side = (which: 'before' | 'after') =>
    groups.map((name) => `${quoted(changeColumn(which, name))} AS ${quoted(groupColumn(name))}`)
  const stays =
    groups
      .map(
        (name) => `${quoted(changeColumn('before', name))} IS NOT DISTINCT FROM ${quoted(changeColumn('after', name))}`,
      )
      .join(' AND ') || 'true'
  const select = (which: 'before' | 'after', old: string, now: string, where: string) =>
    `SELECT ${[...side(which), `${old} AS is_old`, `${now} AS is_new`, '*'].join(', ')} FROM ${table} WHERE ${where}`
  return `${select('after', `op = 'update' AND ${stays}`, 'true', "op <> 'delete'")}
    UNION ALL ${select('before', 'true', 'false', `op = 'delete' OR (op = 'update' AND NOT (${stays}))`)}`
}

type WrittenAggregate = Aggregate & { readonly sql: string }

const FILTERS: Readonly<Record<string, string>> = { before: 'is_old', after: 'is_new', both: 'is_old AND is_new' }

function aggregated(aggregates: readonly WrittenAggregate[], sides: readonly Aggregate['side'][]): string[] {
  return aggregates
    .filter(({ side }) => sides.includes(side))
    .map(({ name, isDistinct, sql, side, column }) => {
      const filter = FILTERS[side] === undefined ? '' : ` FILTER (${FILTERS[side]})`
      const value = `${name}(${isDistinct ? 'DISTINCT ' : ''}TRY(${sql}))${filter}`
      // Of no rows the sum is nothing; of rows without a value it is unknown.
      const known = name === 'sum' ? `CASE WHEN count(*)${filter} = 0 THEN 0 ELSE ${value} END` : value
      return `${known} AS ${quoted(column)}`
    })
}

/** The rows of a whole snapshot, counted for the groups that are touched. */
function rowsJoin(
  source: ChangeSource,
  side: 'old' | 'new',
  groups: readonly string[],
  aggregates: readonly WrittenAggregate[],
): { select: string; columns: string; join: string } {
  const rows = side === 'old' ? source.oldRows : source.newRows
  const own = aggregates.filter((one) => one.side === side)
  const count = `${side}_rows`
  if (rows === null) {
    const unknown = own.map(({ column, type }) => `NULL::${type === '' ? 'VARCHAR' : type} AS ${quoted(column)}`)
    return { select: 'SELECT 1', columns: [`NULL::BIGINT AS ${count}`, ...unknown].join(', '), join: '' }
  }
  const alias = side === 'old' ? 'o' : 'n'
  const values = groups.map((name) => `${quoted(name)} AS ${quoted(groupColumn(name))}`)
  const sided = source.changes.columns.map(({ name }) => `${quoted(name)} AS ${quoted(`${side}.${name}`)}`)
  const names = groups.map((name) => quoted(groupColumn(name)))
  const touched = names.map((name) => `r.${name} IS NOT DISTINCT FROM t.${name}`).join(' AND ')
  const only = names.length === 0 ? '' : ` r SEMI JOIN changed t ON ${touched}`
  const select = `SELECT ${[...names, 'count(*) AS counted', ...aggregated(own, [side])].join(', ')}
    FROM (SELECT ${[...values, ...sided, ...snapshotColumns(source)].join(', ')} FROM ${rows})${only}${groupedBy(names)}`
  const on = names.map((name) => `c.${name} IS NOT DISTINCT FROM ${alias}.${name}`).join(' AND ') || 'true'
  return {
    select,
    columns: [
      `coalesce(${alias}.counted, 0) AS ${count}`,
      ...own.map(({ name, column }) => ofNoRows(alias, name, column)),
    ].join(', '),
    join: `LEFT JOIN ${side}_side ${alias} ON ${on}`,
  }
}

/** A group without a row there sums and counts to nothing; it has no greatest value. */
const ofNoRows = (alias: string, name: string, column: string): string =>
  ['sum', 'count', 'count_if', 'countif'].includes(name)
    ? `CASE WHEN ${alias}.counted IS NULL THEN 0 ELSE ${alias}.${quoted(column)} END AS ${quoted(column)}`
    : `${alias}.${quoted(column)}`

/** Makes the frames of all rules: of one change set, and one for each group or snapshot rule. */
export async function createFrames(
  db: Evidence,
  rules: readonly CompiledRule[],
  source: ChangeSource,
  tableFor: (rule: CompiledRule) => string,
): Promise<ReadonlyMap<CompiledRule, Frame>> {
  const changes = changeFrame(source)
  const frames = new Map<CompiledRule, Frame>()
  for (const compiled of rules) {
    const frame = isCounted(compiled.rule)
      ? await createCountedFrame(db, compiled, source, tableFor(compiled))
      : changes
    frames.set(compiled, frame)
  }
  return frames
}
