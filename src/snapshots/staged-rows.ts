/** SQL over the archive of a snapshot: its typed rows with the hashes that the fold joins on. */
import type { Relation } from '../model/relations.js'
import { keyColumns, literal, quoted, relationColumns } from '../store/columns.js'
import { sqlContent, sqlSubject } from '../store/evidence/hashes.js'

/** A relation of a snapshot in the archive. */
export interface ArchivedRelation {
  readonly relation: Relation
  /** Absolute path of the Parquet file of typed rows. */
  readonly parquet: string
}

/**
 * The accepted rows of an archived relation.
 * One row per given row: row_no (position in the archive), subject, content_hi, content_lo, file, line, unit, spoken,
 * op, the stored columns, raw, extra.
 */
export function stagedRows({ relation, parquet }: ArchivedRelation, feed: string): string {
  const { hi, lo } = sqlContent(relation)
  const columns = relationColumns(relation).map(({ name }) => quoted(name))
  return `(SELECT file_row_number AS row_no, ${sqlSubject(relation, literal(feed))} AS subject,
    ${hi} AS content_hi, ${lo} AS content_lo, file, line, unit, TRY_CAST(spoken AS TIMESTAMP) AS spoken, op,
    ${[...columns, 'raw', 'extra'].join(', ')}
    FROM read_parquet(${literal(parquet)}, file_row_number = true) WHERE reject_reason IS NULL)`
}

/** Column list by which rows of one natural key are told from those of another. */
export const keyOf = (relation: Relation): readonly string[] => ['subject', ...keyColumns(relation).map(quoted)]

/** SQL condition: two aliases have the same natural key; nulls are equal to nulls only. */
export const sameKey = (relation: Relation, a: string, b: string): string =>
  keyOf(relation)
    .map((column, index) =>
      index === 0 ? `${a}.${column} = ${b}.${column}` : `${a}.${column} IS NOT DISTINCT FROM ${b}.${column}`,
    )
    .join(' AND ')
