/**
 * Answers the sampled questions of a made-up catalogue from its deliveries, without the program:
 *
 *   node bench/reference/run.js DIR
 *
 * Reads `DIR/truth/cells.parquet` (isrc, territory, day, known, right) and the deliveries below `DIR/feeds/`, and writes
 * `DIR/truth/expected.csv`: each question with its five buckets in percent, its status and its reason.
 */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { readCatalogue } from './catalogue.js'
import { cellsOf } from './folder.js'
import { cell, Facts, hasTables } from './index.js'

const QUESTION = ['isrc', 'territory', 'day', 'known', 'right']
const BUCKETS = ['licensed', 'exempt', 'unlicensed', 'unknown', 'disputed']

/** Percent with as many decimals as it has, at most six. */
function percent(millionths) {
  const digits = String(millionths).padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '')
}

/** The folders of deliveries, in order of their names. */
function deliveriesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /(^|[\\/])feed\.yaml$/.test(name))
    .sort()
    .map((name) => join(folder, name, '..'))
}

/** @param {string} dir @returns {Promise<number>} how many questions were answered */
async function run(dir) {
  if (!hasTables) throw new Error('the tables of territories are not there: ../shared/data/tis.csv')
  const questions = join(dir, 'truth', 'cells.parquet')
  if (!existsSync(questions)) throw new Error(`no questions: ${questions}`)
  const instance = await DuckDBInstance.create(':memory:')
  const db = await instance.connect()
  try {
    const asked = await cellsOf(
      db,
      `SELECT ${QUESTION.map((name) => `"${name}"`)} FROM '${questions.replaceAll("'", "''")}'`,
    )
    const isrcs = [...new Set(asked.map(({ isrc }) => isrc))]
    const facts = new Facts(await readCatalogue(db, deliveriesBelow(join(dir, 'feeds')), isrcs))
    const lines = asked.map((row) => {
      const { isrc, territory, day, known, right } = row
      const question = { recording: isrc, on: day, territory, right, ...(known === '' ? {} : { known }) }
      const answer = cell(facts, question)
      const amounts = BUCKETS.map((name) => percent(answer[name]))
      return [...QUESTION.map((name) => row[name]), ...amounts, answer.status, answer.reason ?? ''].join(',')
    })
    const header = [...QUESTION, ...BUCKETS, 'status', 'reason'].join(',')
    writeFileSync(join(dir, 'truth', 'expected.csv'), `${[header, ...lines].join('\n')}\n`)
    return lines.length
  } finally {
    db.closeSync()
    instance.closeSync()
  }
}

const [dir] = process.argv.slice(2)
if (dir === undefined) {
  console.error('usage: node bench/reference/run.js DIR')
  process.exitCode = 2
} else {
  try {
    console.error(`${await run(dir)} questions answered: ${join(dir, 'truth', 'expected.csv')}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
