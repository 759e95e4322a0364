/** What there is to know of a relation of a snapshot by itself: taken once from its archive, and kept. */
import type { Relation } from '../../model/relations.js'
import { literal, quoted, storedColumns } from '../../store/columns.js'
import type { Evidence, Row } from '../../store/duckdb.js'
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
  /** Different values; to a few percent where there are more than some 20,000. */
  readonly different: number
}

/** Up to so many rows, all different values are counted one by one. */
const COUNTED_EXACTLY = 10_000
/**
 * In larger deliveries, columns of so many different values still are. Of the others a part of the values is counted, those
 * that a hash picks, the same in each delivery: so within a few percent, and the same for the same rows in any order.
 */
const FEW_VALUES = 20_000
const ONE_IN = 16
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
  const columns = relation.columns.map(({ name }) => name)
  const isLarge = await hasMoreRows(db, archived, COUNTED_EXACTLY)
  const [told] = await db.rows(factsSelect(archived, rows, isLarge ? 'approx_count_distinct' : 'count_distinct'))
  if (isLarge) Object.assign(told ?? {}, await differentValues(db, archived, rows, told ?? {}))
  const stated = Number(told?.rows ?? 0)
  // Keys by hash: nearly always there are as many as rows, and the columns of the keys need not be gathered.
  const repeated = Number(told?.keys ?? 0) === stated ? NO_REPEATED : await repeatedKeys(db, relation, rows)
  const facts: RelationFacts = {
    rows: stated,
    withdrawn: Number(told?.withdrawn ?? 0),
    distinctRows: stated - repeated.equalRows,
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

async function hasMoreRows(db: Evidence, { parquet }: ArchivedRelation, limit: number): Promise<boolean> {
  const [file] = await db.rows('SELECT num_rows AS n FROM parquet_file_metadata($parquet)', { parquet })
  return Number(file?.n) > limit
}

/** The different values of each column as `d0`, … from the estimates (HyperLogLog, off by up to a fifth) that came before. */
async function differentValues(
  db: Evidence,
  { relation }: ArchivedRelation,
  rows: string,
  estimates: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const counts = relation.columns.map(({ name }, index) => {
    const value = columnText(relation, name)
    const picked = `${ONE_IN} * count(DISTINCT ${value}) FILTER (hash(${value}) % ${ONE_IN} = 0)`
    const isFew = Number(estimates[`d${index}`] ?? 0) <= FEW_VALUES
    return `${isFew ? `count(DISTINCT ${value})` : picked} AS d${index}`
  })
  const [counted] = await db.rows(`SELECT ${counts.join(', ')} FROM ${rows} WHERE op IS NULL`)
  return counted ?? {}
}

/**
 * The SELECT of one row: rows, withdrawn, keys (with the unit that says them), fingerprint, and of each column by its place
 * the empty ones (n0, …) and the different values (d0, …). One pass; what withdraws, mostly nothing, is read by itself.
 */
function factsSelect(
  { relation }: ArchivedRelation,
  rows: string,
  different: 'count_distinct' | 'approx_count_distinct',
): string {
  const columns = relation.columns.map(({ name }, index) => {
    const value = columnText(relation, name)
    const values = different === 'count_distinct' ? `count(DISTINCT ${value})` : `approx_count_distinct(${value})`
    return `count(*) - count(${value}) AS n${index}, ${values} AS d${index}`
  })
  const sums = 'coalesce(sum(content_hi), 0) AS hi, coalesce(sum(content_lo), 0) AS lo'
  const key = [...keyOf(relation), 'unit'].join(', ')
  return `SELECT s.* EXCLUDE (hi, lo), w.withdrawn,
      concat_ws(':', s."rows" + w.withdrawn, s.hi + w.hi, s.lo + w.lo) AS fingerprint
    FROM (SELECT count(*) AS "rows", count(DISTINCT hash(${key})) AS keys, ${sums}, ${columns.join(', ')}
        FROM ${rows} WHERE op IS NULL) s,
      (SELECT count(*) AS withdrawn, ${sums} FROM ${rows} WHERE op IS NOT NULL) w`
}

const NO_REPEATED = { repeatedKeys: 0, rowsOnKey: 1, widestKey: null, widestLines: null, equalRows: 0 }

/** Keys on several rows. Equal rows count once, and a row of another unit is another matter. */
async function repeatedKeys(
  db: Evidence,
  relation: Relation,
  rows: string,
): Promise<Pick<RelationFacts, 'repeatedKeys' | 'rowsOnKey' | 'widestKey' | 'widestLines'> & { equalRows: number }> {
  const key = [...keyOf(relation), 'unit'].join(', ')
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
    of.set(String(row.relation), factsOf(row))
    facts.set(Number(row.snapshot_no), of)
  }
  return facts
}

/** The facts that were taken of one snapshot, by relation; none where it was never judged. */
export async function factsOfSnapshot(db: Evidence, snapshotNo: number): Promise<Map<string, RelationFacts>> {
  const rows = await db.rows('SELECT * FROM relation_facts WHERE snapshot_no = $snapshotNo', { snapshotNo })
  return new Map(rows.map((row) => [String(row.relation), factsOf(row)]))
}

const factsOf = (row: Row): RelationFacts => ({
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
