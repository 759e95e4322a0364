/** What one snapshot of the history changed, relation by relation, as a change set. */
import { NotFoundError } from '../errors.js'
import { type ChangedColumn, type ChangeSet, changeColumn } from '../model/change-set.js'
import type { Column, Relation } from '../model/relations.js'
import { keyColumns, quoted, relationColumns, storedColumns } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { statementsOf, storedRelations } from '../store/evidence/schema.js'
import { type FoundSnapshot, findSnapshot } from './find-snapshot.js'
import { keyOf, sameKey } from './staged-rows.js'

/** Names of the relations in which a snapshot created, updated or deleted anything, in order. */
export async function changedRelations(db: Evidence, feed: string, snapshot: string): Promise<string[]> {
  const found = await findSnapshot(db, feed, snapshot)
  const changed: string[] = []
  for (const relation of await storedRelations(db)) {
    const { opened, closed } = rowsChanged(relation, found)
    const some = await db.rows(`SELECT 1 AS n FROM (${opened} UNION ALL ${closed}) LIMIT 1`)
    if (some.length > 0) changed.push(relation.name)
  }
  return changed
}

/**
 * The change set of one relation of one snapshot: what its receipt created, updated and deleted against what stood
 * before, just as its ingest reported it. A late arrival that is believed at no instant changed nothing; neither did a
 * snapshot in quarantine.
 *
 * One row per change. The key is the relation's natural key. Rows of a key that has several differing rows are paired in
 * the order of their content, so that such a key may have several changes. The rows are whole, but in the columns of the
 * evidence: beside a date stands `<name>_last` where a date may be partial, beside an identifier `<name>_given` where the
 * text is no valid one, and the `unit` in feeds whose deliveries replace units. The table is temporary in `db`.
 *
 * Throws NotFoundError `unknown-feed`, `unknown-snapshot`, `unknown-relation`.
 */
export async function changesOfSnapshot(
  db: Evidence,
  feed: string,
  snapshot: string,
  relationName: string,
): Promise<ChangeSet> {
  const found = await findSnapshot(db, feed, snapshot)
  const relations = await storedRelations(db)
  const index = relations.findIndex(({ name }) => name === relationName)
  const relation = relations[index]
  if (relation === undefined) throw unknownRelation(relationName, relations)
  const columns = columnsOf(relation, found.byUnit)
  const table = `changes_of_snapshot_${found.snapshotNo}_${index}`
  await db.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${sqlChanges(relation, found, columns)}`)
  return { table, key: relation.key, columns }
}

function unknownRelation(name: string, relations: readonly Relation[]): NotFoundError {
  return new NotFoundError(`There are no statements of a relation ${name}.`, {
    code: 'unknown-relation',
    excerpt: name,
    suggestions: [`Relations: ${relations.map((relation) => relation.name).join(', ')}`],
  })
}

function columnsOf(relation: Relation, byUnit: boolean): ChangedColumn[] {
  const said = relationColumns(relation).filter(({ counts }) => counts)
  return [
    ...said.map(({ name, type }) => ({ name, type })),
    // The same row said by another unit is another statement.
    ...(byUnit ? [{ name: 'unit', type: 'VARCHAR' }] : []),
  ]
}

/** SELECTs of the statements that a snapshot opened and of those it closed; a late row, which it did both to, is neither. */
function rowsChanged(relation: Relation, { snapshotNo }: FoundSnapshot): { opened: string; closed: string } {
  const from = `FROM ${statementsOf(relation)} WHERE`
  return {
    opened: `SELECT * ${from} snapshot_no = ${snapshotNo} AND closed_by IS DISTINCT FROM ${snapshotNo}`,
    closed: `SELECT * ${from} closed_by = ${snapshotNo} AND snapshot_no <> ${snapshotNo}`,
  }
}

function sqlChanges(relation: Relation, found: FoundSnapshot, columns: readonly ChangedColumn[]): string {
  const { opened, closed } = rowsChanged(relation, found)
  const names = columns.map(({ name }) => quoted(name))
  const nth = `row_number() OVER (PARTITION BY ${keyOf(relation).join(', ')} ORDER BY ${names.join(', ')})`
  const numbered = (rows: string) => `SELECT *, true AS is_there, ${nth} AS nth FROM (${rows})`
  const key = relation.key.map((name) => ({ name, value: keyValue(relation, name) }))
  // Both ends of a partial date belong to the key; they decide last, so that the order is total.
  const ends = keyColumns(relation).map((name, index) => ({ alias: quoted(`end ${index}`), name: quoted(name) }))
  const changed = columns.map(
    ({ name }) =>
      `CASE WHEN b.${quoted(name)} IS DISTINCT FROM a.${quoted(name)} THEN '${name.replaceAll("'", "''")}' END`,
  )
  return `WITH before AS (${numbered(closed)}), after AS (${numbered(opened)}),
    paired AS (
      SELECT coalesce(a.nth, b.nth) AS nth,
        CASE WHEN b.is_there IS NULL THEN 'create' WHEN a.is_there IS NULL THEN 'delete' ELSE 'update' END AS op,
        list_filter([${changed.join(', ')}], name -> name IS NOT NULL) AS differing,
        ${[
          ...ends.map(({ alias, name }) => `coalesce(a.${name}, b.${name}) AS ${alias}`),
          ...key.map(({ name, value }) => `coalesce(${value('a')}, ${value('b')}) AS ${column('key', name)}`),
          ...columns.map(({ name }) => `b.${quoted(name)} AS ${column('before', name)}`),
          ...columns.map(({ name }) => `a.${quoted(name)} AS ${column('after', name)}`),
        ].join(', ')}
      FROM after a FULL JOIN before b ON ${sameKey(relation, 'a', 'b')} AND a.nth = b.nth)
    SELECT row_number() OVER (ORDER BY ${[...key.map(({ name }) => `${column('key', name)} NULLS FIRST`), ...ends.map(({ alias }) => alias), 'nth'].join(', ')}) AS position,
      op, CASE WHEN op = 'update' THEN differing ELSE []::VARCHAR[] END AS changed, * EXCLUDE (${['nth', 'op', 'differing', ...ends.map(({ alias }) => alias)].join(', ')})
    FROM paired ORDER BY position`
}

const column = (side: Parameters<typeof changeColumn>[0], name: string): string => quoted(changeColumn(side, name))

/** The value of a key column of an alias; an identifier that is no valid one counts as it was given. */
function keyValue(relation: Relation, name: string): (alias: string) => string {
  const spec = relation.columns.find((one): one is Column => one.name === name)
  const stored =
    spec === undefined ? [] : storedColumns(spec).filter(({ counts, type }) => counts && type === 'VARCHAR')
  const names = stored.length === 0 ? [name] : stored.map((one) => one.name)
  return (alias) => `coalesce(${names.map((one) => `${alias}.${quoted(one)}`).join(', ')})`
}
