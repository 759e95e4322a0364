#!/usr/bin/env node
/**
 * Search, measured: how fast the index is made, how large it is, how long questions take.
 *   node bench/search/run.js [--documents 1e5,1e6,1e7] [--samples 200] [--temp FOLDER]
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import { makeCatalogue, named } from './make.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const program = join(here, '../../bin/run.js')
const text = { type: 'string' }
const { values } = parseArgs({ options: { documents: text, samples: text, temp: text } })
const sizes = (values.documents ?? '1e5').split(',').map(Number)
const samples = Number(values.samples ?? 200)
if (![...sizes, samples].every((number) => Number.isSafeInteger(number) && number > 0)) {
  console.error('usage: node bench/search/run.js [--documents 1e5,1e6] [--samples 200] [--temp FOLDER]')
  process.exit(2)
}

const run = (args, cwd) =>
  execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

function seconds(work) {
  const begun = performance.now()
  work()
  return (performance.now() - begun) / 1000
}

/** The least that any index of these words costs: one FTS5 table, one transaction, in the order of the rows. */
function bareInsert(path, count) {
  const db = new Database(path)
  db.pragma('journal_mode = OFF')
  db.pragma('synchronous = OFF')
  db.exec("CREATE VIRTUAL TABLE words USING fts5(title, artist, content = '')")
  const insert = db.prepare('INSERT INTO words (rowid, title, artist) VALUES (?, ?, ?)')
  db.exec('BEGIN')
  for (let number = 0; number < count; number += 1) {
    const { title, artist } = named(number, count)
    insert.run(BigInt(number + 1), title, artist)
  }
  db.exec("INSERT INTO words (words) VALUES ('optimize')")
  db.exec('COMMIT')
  db.close()
}

const folder = mkdtempSync(join(values.temp ?? tmpdir(), 'recital-bench-search-'))
try {
  for (const count of sizes) {
    const place = join(folder, String(count))
    await makeCatalogue(join(place, 'delivery'), count)
    run([program, 'ingest', 'delivery', '--quiet'], place)
    const bare = seconds(() => bareInsert(join(place, 'bare.sqlite'), count))
    const built = seconds(() => run([program, 'reindex', '--rebuild', '--quiet'], place))
    const index = join(place, '.recital/generations/1/search.sqlite')
    if (!existsSync(index)) throw new Error('no index was made')
    console.log(`${count} documents: bare FTS5 ${Math.round(count / bare)}/s, index ${Math.round(count / built)}/s`)
    console.log(`  (${(built / bare).toFixed(1)} x), ${Math.round(statSync(index).size / count)} bytes per document`)
    const ask = [
      '--import',
      'tsx',
      '--import',
      join(here, 'hooks.js'),
      join(here, 'ask.js'),
      index,
      String(count),
      String(samples),
    ]
    const warm = JSON.parse(run(ask, join(here, '../..')))
    for (const [kind, { p50, p95, worst }] of Object.entries(warm)) {
      console.log(
        `  ${kind.padEnd(28)} warm p50 ${p50.toFixed(1)} ms  p95 ${p95.toFixed(1)} ms  worst ${worst.toFixed(1)} ms`,
      )
    }
    const node = Math.min(...[1, 2, 3, 4, 5].map(() => seconds(() => run(['-e', '0'], place))))
    const cold = Math.min(
      ...[1, 2, 3, 4, 5].map(() => seconds(() => run([program, 'search', 'bobo', '--quiet'], place))),
    )
    console.log(`  a search from a cold process: ${(cold / node).toFixed(1)} x bare node`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
