/**
 * Writes a made-up catalogue in the plain input format as two deliveries, `first/` and `second/`, of which the second has
 * one row in a hundred created, updated or deleted. The same rows and bytes for the same number of rows, always.
 *
 *   node bench/generate.js --rows 1e5 --out FOLDER [--samples 15]
 *
 * Prints one JSON document: `plan` (per relation what the deliveries hold), `isrcs` (some that can be looked up).
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'
import { relationSql, sampledRecordings } from './catalogue/relations.js'
import { DELETED, planOf, UPDATED } from './catalogue/sizes.js'
import { MACROS } from './catalogue/words.js'

/** Row numbers of each delivery with whether the row is changed in it. */
const SOURCES = {
  first: ({ rows }) => `SELECT range AS n, false AS changed FROM range(${rows})`,
  second({ rows, created, deleted }) {
    const all = `SELECT range AS n, range < ${rows} AND range % 1000 IN (${UPDATED}) AS changed FROM range(${rows + created})`
    return deleted === 0 ? all : `${all} WHERE range >= ${rows} OR range % 1000 NOT IN (${DELETED})`
  },
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`

/** Writes both deliveries below `folder`; returns the plan and `samples` ISRCs of it. Throws as `planOf` does. */
export async function generate(total, folder, samples) {
  const plan = planOf(total)
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' })
  const db = await instance.connect()
  for (const macro of MACROS) await db.run(macro)
  for (const [delivery, sourceOf] of Object.entries(SOURCES)) {
    mkdirSync(join(folder, delivery), { recursive: true })
    for (const [relation, counts] of Object.entries(plan)) {
      const rows = relationSql(relation, plan, sourceOf(counts))
      await db.run(`COPY (${rows}) TO ${quoted(join(folder, delivery, `${relation}.csv`))} (FORMAT csv, HEADER true)`)
    }
  }
  const numbers = `SELECT unnest([${sampledRecordings(plan, samples)}]::BIGINT[]) AS n, false AS changed`
  const sample = relationSql('recordings', plan, numbers)
  const isrcs = (await db.runAndReadAll(`SELECT isrc FROM (${sample})`)).getRowObjectsJson().map(({ isrc }) => isrc)
  db.closeSync()
  instance.closeSync()
  return { plan, isrcs }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: { rows: { type: 'string' }, out: { type: 'string' }, samples: { type: 'string', default: '15' } },
  })
  if (values.out === undefined) throw new Error('usage: node bench/generate.js --rows N --out FOLDER [--samples N]')
  console.log(JSON.stringify(await generate(Number(values.rows), values.out, Number(values.samples))))
}
