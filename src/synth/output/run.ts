/** What one run writes, and how rows become files. */
import { literal } from '../../store/columns.js'
import type { Evidence, SqlParameters } from '../../store/duckdb.js'
import type { Plan } from '../plan/index.js'
import { asked, type DeliveredRelation } from '../relations.js'

export interface SynthReporter {
  phase(name: string, options?: { step?: number; of?: number; total?: number }): void
  advance(progress: { rows?: number; done?: number }): void
}

export interface Run {
  readonly plan: Plan
  /** The folder that is written, absolute. */
  readonly folder: string
  readonly reporter: SynthReporter
}

export interface WrittenDelivery {
  /** Below the catalogue's folder. */
  readonly folder: string
  readonly feed: string
  readonly published: string
  readonly received: string
  readonly relations: Readonly<Partial<Record<DeliveredRelation, number>>>
  readonly bytes: number
}

/** A SELECT with the values it may ask for. */
export interface Query {
  readonly sql: string
  readonly parameters: SqlParameters
}

/** Rows of a file are written in groups of this many: part of what the bytes are. */
const ROW_GROUP = 122_880

/** Writes the rows of a query as one Parquet file; returns how many. */
export async function copyToParquet(db: Evidence, { sql, parameters }: Query, file: string): Promise<number> {
  await db.run(
    `COPY (${sql}) TO ${literal(file)} (FORMAT parquet, ROW_GROUP_SIZE ${ROW_GROUP})`,
    asked(sql, parameters),
  )
  const [row] = await db.rows(`SELECT num_rows FROM parquet_file_metadata(${literal(file)})`)
  return Number(row?.num_rows)
}

/** Writes the rows of a query with a header line, cells separated by TAB and nothing quoted. */
export async function copyToTsv(db: Evidence, { sql, parameters }: Query, file: string): Promise<void> {
  await db.run(
    `COPY (${sql}) TO ${literal(file)} (FORMAT csv, HEADER true, DELIMITER '\t', QUOTE '', ESCAPE '', NULLSTR '')`,
    asked(sql, parameters),
  )
}

/** Writes several queries of the same columns, each with its own values, as one file; returns how many rows. */
export async function copyAllToParquet(db: Evidence, queries: readonly Query[], file: string): Promise<number> {
  const [first, ...rest] = queries
  if (first === undefined) return 0
  if (rest.length === 0) return copyToParquet(db, first, file)
  await db.run(`CREATE OR REPLACE TEMP TABLE gathered AS ${first.sql}`, asked(first.sql, first.parameters))
  for (const { sql, parameters } of rest) await db.run(`INSERT INTO gathered ${sql}`, asked(sql, parameters))
  const rows = await copyToParquet(db, { sql: 'FROM gathered', parameters: {} }, file)
  await db.run('DROP TABLE gathered')
  return rows
}
