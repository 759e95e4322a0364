/**
 * The physical floors: the least that must be done with the same files, by DuckDB with nothing checked.
 *
 *   node bench/floor.js load DATABASE FILE...   each file into a table of a file database, then a checkpoint
 *   node bench/floor.js scan FILE...            every value of each file read, none kept
 *   node bench/floor.js write FOLDER FILE...    each Parquet file read and written again
 *   node bench/floor.js tables DATABASE         every value of the statements in an evidence file read, none kept
 *
 * CSV files are read as their texts, as a program must that may not guess.
 */
import { mkdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

/** What the program takes unless it is told otherwise; DuckDB itself would take most of the machine's. */
const MEMORY = '4GB'

const quoted = (text) => `'${text.replaceAll("'", "''")}'`

const reader = (file) =>
  extname(file) === '.csv'
    ? `read_csv(${quoted(file)}, header = true, all_varchar = true)`
    : `read_parquet(${quoted(file)})`

async function withDatabase(path, work, options = {}) {
  const instance = await DuckDBInstance.create(path, { memory_limit: MEMORY, ...options })
  const db = await instance.connect()
  await work(db)
  db.closeSync()
  instance.closeSync()
}

/** max() must look at every value, and keeps one. */
const scan = (db, source) => db.run(`SELECT max(COLUMNS(*)) FROM ${source}`)

const KINDS = {
  load: (database, ...files) =>
    withDatabase(database, async (db) => {
      for (const [index, file] of files.entries()) {
        await db.run(`CREATE TABLE t${index} AS SELECT * FROM ${reader(file)}`)
      }
      await db.run('CHECKPOINT')
    }),
  scan: (...files) =>
    withDatabase(':memory:', async (db) => {
      for (const file of files) await scan(db, reader(file))
    }),
  write: (folder, ...files) =>
    withDatabase(':memory:', async (db) => {
      mkdirSync(folder)
      for (const [index, file] of files.entries()) {
        await db.run(
          `COPY (SELECT * FROM ${reader(file)}) TO ${quoted(join(folder, `${index}.parquet`))} (FORMAT parquet)`,
        )
      }
    }),
  tables: (database) =>
    withDatabase(
      database,
      async (db) => {
        const tables = await db.runAndReadAll(
          `SELECT table_name FROM duckdb_tables() WHERE schema_name = 'statements' ORDER BY table_name`,
        )
        for (const [table] of tables.getRows()) await scan(db, `statements."${table}"`)
      },
      { access_mode: 'READ_ONLY' },
    ),
}

const [kind, ...args] = process.argv.slice(2)
if (!(kind in KINDS)) throw new Error(`usage: node bench/floor.js ${Object.keys(KINDS).join('|')} ...`)
await KINDS[kind](...args)
