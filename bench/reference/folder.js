/** A delivery folder of the plain input format: `feed.yaml` and one CSV or Parquet file per relation. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'yaml'
import { RELATION_NAMES } from './deliveries.js'

/** @typedef {import('./deliveries.js').Delivery} Delivery */

const quoted = (text) => `'${text.replaceAll("'", "''")}'`

/** What `feed.yaml` says, without rows. Throws when there is none. @param {string} folder @returns {Delivery} */
export function settingsOf(folder) {
  const file = join(folder, 'feed.yaml')
  if (!existsSync(file)) throw new Error(`no feed.yaml: ${folder}`)
  // Dates stay the text that they are.
  const said = parse(readFileSync(file, 'utf8'), { schema: 'failsafe' })
  return {
    feed: said.feed,
    ...(said.provider === undefined ? {} : { provider: said.provider }),
    ...(said.published === undefined ? {} : { published: said.published }),
    ...(said.received === undefined ? {} : { received: said.received }),
    ...(said.sequence === undefined ? {} : { sequence: Number(said.sequence) }),
    scope: said.scope ?? 'full',
    endDates: said.end_dates ?? 'exclusive',
    complete: said.complete ?? [],
    rows: Object.fromEntries(Object.entries(said.rows ?? {}).map(([name, rows]) => [name, Number(rows)])),
    relations: {},
  }
}

/** SQL that reads a file as text cells, one row each. Throws on other formats. @param {string} path */
function readerOf(path) {
  if (path.endsWith('.parquet')) return `read_parquet(${quoted(path)})`
  if (path.endsWith('.csv')) {
    return `read_csv(${quoted(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`
  }
  throw new Error(`the reference reads CSV and Parquet, not ${basename(path)}`)
}

/** The files of a delivery by relation, those of the relations that matter. @param {string} folder @returns {[string, string][]} relation and SQL */
export function filesOf(folder) {
  return readdirSync(folder)
    .filter((file) => RELATION_NAMES.includes(basename(file, extname(file))))
    .sort()
    .map((file) => [basename(file, extname(file)), readerOf(join(folder, file))])
}

/** The rows of a SELECT as text cells. @param {import('@duckdb/node-api').DuckDBConnection} db @param {string} select */
export async function cellsOf(db, select) {
  const result = await db.runAndReadAll(`SELECT COLUMNS(*)::VARCHAR FROM (${select})`)
  return result
    .getRowObjectsJson()
    .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? ''])))
}

/**
 * A whole delivery.
 * @param {string} folder
 * @returns {Promise<Delivery>}
 */
export async function readFolder(folder) {
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  try {
    const relations = {}
    for (const [relation, reader] of filesOf(folder)) {
      relations[relation] = await cellsOf(db, `SELECT * FROM ${reader}`)
    }
    return { ...settingsOf(folder), relations }
  } finally {
    db.closeSync()
    instance.closeSync()
  }
}
