/** Works or recordings looked at part by part, so that memory stays bounded. */
import type { Evidence } from '../../store/duckdb.js'
import { atOnce, type Need } from './room.js'

/** Works or recordings looked at together. */
const LOOKED_AT: Need = { bytesEach: 2_000, most: 1_000_000 }

export type OnPart = (done: number, of: number) => void

export const nobody: OnPart = () => undefined

interface Parts {
  readonly of: string
  readonly column: string
  readonly into: string
}

/** Gathers what each part makes into tables for all of them, by ranges of a hash, so that memory stays bounded. */
export async function eachPart(
  db: Evidence,
  { of, column, into }: Parts,
  work: () => Promise<void>,
  tables: Readonly<Record<string, string>>,
  onPart: OnPart = nobody,
): Promise<void> {
  const [counted] = await db.rows(`SELECT count(DISTINCT "${column}") AS n FROM ${of} AS o`)
  const all = Number(counted?.n)
  const parts = Math.max(1, Math.ceil(all / (await atOnce(db, LOOKED_AT))))
  for (let part = 0; part < parts; part++) {
    await db.run(`CREATE OR REPLACE TEMP TABLE ${into} AS
      SELECT * FROM ${of} AS o WHERE hash("${column}", 'part') % ${parts} = ${part}`)
    await work()
    for (const [made, table] of Object.entries(tables)) {
      await db.run(
        part === 0 ? `CREATE OR REPLACE TEMP TABLE ${table} AS FROM ${made}` : `INSERT INTO ${table} FROM ${made}`,
      )
    }
    onPart(Math.round((all * (part + 1)) / parts), all)
  }
  for (const made of Object.keys(tables)) await db.run(`DROP TABLE ${made}`)
}
