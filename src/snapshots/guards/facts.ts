/** What there is to know of a relation of a snapshot by itself: taken once from its archive, and kept. */
import type { Relation } from '../../model/relations.js'
import { literal, quoted, storedColumns } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { type ArchivedRelation, keyOf, stagedRows } from '../staged-rows.js'

export interface RelationFacts {
  /** Rows as delivered; those that a delta withdraws apart. */
  readonly rows: number
  readonly withdrawn: number
  /** Rows without those that repeat another to the letter. */
  readonly distinctRows: number
  /** The same for the same rows in any order. */
  readonly fingerprint: string
  /** Keys with several differing rows, and the most rows that one key has (1 where there are none). */
  readonly repeatedKeys: number
  readonly rowsOnKey: number
  /** The key with the most rows and the first lines on which it stands; null where no key is repeated. */
  readonly widestKey: string | null
  readonly widestLines: string | null
  /** What the last judgement compared it with, and what had changed. */
  readonly compared: {
    readonly snapshot: string
    readonly created: number
    readonly updated: number
    readonly deleted: number
  } | null
}

export interface ColumnFacts {
  readonly column: string
  readonly nulls: number
  /** Different values; counted to a few percent in relations of more than a million rows. */
  readonly different: number
}

/** Up to so many rows, different values are counted exactly. */
const COUNTED_EXACTLY = 1_000_000
/** Lines of the widest key that are named. */
const LINES = 5

/** SQL text of a column's value, valid or not; NULL where there is none. */
function columnText(relation: Relation, name: string): string {
  const spec = relation.columns.find((column) => column.name === name)
  const stored =
    spec === undefined ? [] : storedColumns(spec).filter(({ counts, type }) => counts && type === 'VARCHAR')
  const names = stored.length === 0 ? [name] : stored.map((one) => one.name)
  return names.length === 1 ? quoted(names[0] ?? name) : `coalesce(${names.map(quoted).join(', ')})`
}

/** SQL text by which people know the key of a row. */
export const shownKey = (relation: Relation): string =>
  `concat_ws(' / ', ${relation.key.map((name) => `${columnText(relation, name)}::VARCHAR`).join(', ')})`

/** Takes the facts of a relation from the archive of its snapshot, and keeps them. */
export async function recordFacts(
  db: Evidence,
  { snapshotNo, feed }: { readonly snapshotNo: number; readonly feed: string },
  archived: ArchivedRelation,
): Promise<RelationFacts> {
  const { relation } = archived
  const rows = stagedRows(archived, feed)
  const [counted] = await db.rows(`SELECT count(*) AS n FROM ${rows}`)
  const different = Number(counted?.n) <= COUNTED_EXACTLY ? 'count(DISTINCT v)' : 'approx_count_distinct(v)'
  const columns = relation.columns.map(({ name }) => name)
  const [told] = await db.rows(
    `SELECT count(*) FILTER (op IS NULL) AS "rows", count(*) FILTER (op IS NOT NULL) AS withdrawn,
       concat_ws(':', count(*), coalesce(sum(content_hi), 0), coalesce(sum(content_lo), 0)) AS fingerprint,
       ${columns
         .map((name, index) => {
           const value = columnText(relation, name)
           return `count(*) FILTER (op IS NULL AND ${value} IS NULL) AS n${index},
             ${different.replace('v', value)} FILTER (op IS NULL) AS d${index}`
         })
         .join(', ')}
     FROM ${rows}`,
  )
  const repeated = await repeatedKeys(db, relation, rows)
  const facts: RelationFacts = {
    rows: Number(told?.rows ?? 0),
    withdrawn: Number(told?.withdrawn ?? 0),
    distinctRows: Number(told?.rows ?? 0) - repeated.equalRows,
    fingerprint: String(told?.fingerprint ?? ''),
    ...repeated,
    compared: null,
  }
  await db.run(
    `INSERT INTO relation_facts BY NAME SELECT ${snapshotNo} AS snapshot_no, $relation AS relation, $rows AS "rows",
       $withdrawn AS withdrawn, $distinctRows AS distinct_rows, $fingerprint AS fingerprint, $repeatedKeys AS repeated_keys,
       $rowsOnKey AS rows_on_key, $widestKey AS widest_key, $widestLines AS widest_lines`,
    {
      relation: relation.name,
      rows: facts.rows,
      withdrawn: facts.withdrawn,
      distinctRows: facts.distinctRows,
      fingerprint: facts.fingerprint,
      repeatedKeys: facts.repeatedKeys,
      rowsOnKey: facts.rowsOnKey,
      widestKey: facts.widestKey,
      widestLines: facts.widestLines,
    },
  )
  const values = columns.map(
    (name, index) =>
      `(${snapshotNo}, ${literal(relation.name)}, ${literal(name)}, ${Number(told?.[`n${index}`] ?? 0)}, ${Number(told?.[`d${index}`] ?? 0)})`,
  )
  await db.run(`INSERT INTO column_facts VALUES ${values.join(', ')}`)
  return facts
}

/** Keys on several rows. Equal rows count once, and a row of another unit is another matter. */
async function repeatedKeys(
  db: Evidence,
  relation: Relation,
  rows: string,
): Promise<Pick<RelationFacts, 'repeatedKeys' | 'rowsOnKey' | 'widestKey' | 'widestLines'> & { equalRows: number }> {
  const key = [...keyOf(relation), 'unit'].join(', ')
  const none = { repeatedKeys: 0, rowsOnKey: 1, widestKey: null, widestLines: null, equalRows: 0 }
  // A hash first: nearly always there are none, and the columns of the key need not be gathered.
  const [some] = await db.rows(
    `SELECT count(*) AS n FROM (SELECT hash(${key}) AS h FROM ${rows} WHERE op IS NULL GROUP BY h HAVING count(*) > 1)`,
  )
  if (Number(some?.n ?? 0) === 0) return none
  await db.run(
    `CREATE OR REPLACE TEMP TABLE repeated AS
     SELECT ${shownKey(relation)} AS shown, hash(${key}) AS h, count(*) AS n, count(DISTINCT (content_hi, content_lo)) AS d,
       list(line ORDER BY file, line)[:${LINES}] AS lines
     FROM ${rows} WHERE op IS NULL GROUP BY ALL HAVING count(*) > 1`,
  )
  const [sums] = await db.rows(
    'SELECT coalesce(sum(n - d), 0)::BIGINT AS equal_rows, count(*) FILTER (d > 1) AS keys FROM repeated',
  )
  const [widest] = await db.rows(
    `SELECT shown, d, array_to_string(lines, ', ') AS lines FROM repeated WHERE d > 1 ORDER BY d DESC, shown, h LIMIT 1`,
  )
  await db.run('DROP TABLE repeated')
  return {
    repeatedKeys: Number(sums?.keys ?? 0),
    rowsOnKey: Number(widest?.d ?? 1),
    widestKey: widest === undefined ? null : String(widest.shown),
    widestLines: widest === undefined ? null : String(widest.lines),
    equalRows: Number(sums?.equal_rows ?? 0),
  }
}

/** The facts that were taken of the snapshots of a feed: by snapshot number, then by relation. */
export async function loadFacts(db: Evidence, feedNo: number): Promise<Map<number, Map<string, RelationFacts>>> {
  const rows = await db.rows(
    `SELECT f.* FROM relation_facts f JOIN snapshots s USING (snapshot_no) WHERE s.feed_no = $feedNo`,
    { feedNo },
  )
  const facts = new Map<number, Map<string, RelationFacts>>()
  for (const row of rows) {
    const of = facts.get(Number(row.snapshot_no)) ?? new Map<string, RelationFacts>()
    of.set(String(row.relation), {
      rows: Number(row.rows),
      withdrawn: Number(row.withdrawn),
      distinctRows: Number(row.distinct_rows),
      fingerprint: String(row.fingerprint),
      repeatedKeys: Number(row.repeated_keys),
      rowsOnKey: Number(row.rows_on_key),
      widestKey: row.widest_key === null ? null : String(row.widest_key),
      widestLines: row.widest_lines === null ? null : String(row.widest_lines),
      compared:
        row.compared_with === null
          ? null
          : {
              snapshot: String(row.compared_with),
              created: Number(row.created),
              updated: Number(row.updated),
              deleted: Number(row.deleted),
            },
    })
    facts.set(Number(row.snapshot_no), of)
  }
  return facts
}

/** The facts about the columns of one relation of a snapshot, in the order of the relation. */
export async function columnFacts(db: Evidence, snapshotNo: number, relation: string): Promise<ColumnFacts[]> {
  const rows = await db.rows(
    'SELECT column_name, nulls, different FROM column_facts WHERE snapshot_no = $snapshotNo AND relation = $relation ORDER BY rowid',
    { snapshotNo, relation },
  )
  return rows.map((row) => ({
    column: String(row.column_name),
    nulls: Number(row.nulls),
    different: Number(row.different),
  }))
}
