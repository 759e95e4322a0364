/**
 * The yardstick of an ingest: DuckDB alone reads the same files into tables of a file database and checkpoints it, with
 * its own defaults and nothing checked.
 *
 *   node bench/bare-ctas.js FOLDER DATABASE
 */
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

const [folder, database] = process.argv.slice(2)
if (folder === undefined || database === undefined) throw new Error('usage: node bench/bare-ctas.js FOLDER DATABASE')
const instance = await DuckDBInstance.create(database)
const db = await instance.connect()
for (const file of readdirSync(folder).sort()) {
  const path = join(folder, file).replaceAll("'", "''")
  await db.run(`CREATE TABLE "${basename(file, '.csv')}" AS SELECT * FROM read_csv('${path}')`)
}
await db.run('CHECKPOINT')
db.closeSync()
instance.closeSync()
