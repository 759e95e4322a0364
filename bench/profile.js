/**
 * Tells what a command spends its time on: runs the program's sources as they are (as bin/dev.js does) and takes the time of
 * every statement that it gives to DuckDB.
 *
 *   node bench/profile.js COMMAND [ARGUMENT...]      node --cpu-prof bench/profile.js COMMAND ... for what is outside DuckDB
 *
 * Prints, on stderr when the command has ended, the statements that took longest: seconds, seconds of processors (all that
 * the process used meanwhile), how often, how they begin. Equal but for numbers and quoted texts counts as one. Statements
 * that run at the same time are counted in full each.
 */
import { register as registerHooks } from 'node:module'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'
import { manifestOf } from '../scripts/manifest.js'

const SHOWN = 25
const WIDTH = 150
/** Tables that are made with one call are told apart. */
const TABLE_AFTER_TABLE = /;\n(?=CREATE OR REPLACE TEMP TABLE)/

registerHooks('../scripts/sql-hooks.js', import.meta.url)
register()
const root = fileURLToPath(new URL('..', import.meta.url))
const source = (path) => import(new URL(`../src/${path}`, import.meta.url).href)

/** Statement → seconds, seconds of processors and calls. */
const spent = new Map()
const began = performance.now()

/** A statement without what differs from one call to the next, and without comments. */
const shapeOf = (sql) =>
  sql
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/'[^']*'/g, "''")
    .replaceAll(/\d+/g, '0')
    .replaceAll(/\s+/g, ' ')
    .trim()

function processorSeconds() {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

function count(sql, seconds, processor) {
  const shape = shapeOf(sql)
  const before = spent.get(shape) ?? { seconds: 0, processor: 0, calls: 0 }
  spent.set(shape, {
    seconds: before.seconds + seconds,
    processor: before.processor + processor,
    calls: before.calls + 1,
  })
}

const { OpenEvidence } = await source('store/duckdb-evidence.ts')
for (const name of ['run', 'rows', 'rowsAside']) {
  const original = OpenEvidence.prototype[name]
  OpenEvidence.prototype[name] = async function timed(sql, ...rest) {
    const parts = name === 'run' && rest[0] === undefined ? sql.split(TABLE_AFTER_TABLE) : []
    if (parts.length > 1) {
      let changed = 0
      for (const part of parts) changed = await this.run(part)
      return changed
    }
    const [from, processorFrom] = [performance.now(), processorSeconds()]
    try {
      return await original.call(this, sql, ...rest)
    } finally {
      // When writing, `rowsAside` calls `rows`, which counts it.
      if (name !== 'rowsAside' || this.mode === 'read') {
        count(sql, (performance.now() - from) / 1000, processorSeconds() - processorFrom)
      }
    }
  }
}

function tell() {
  const whole = (performance.now() - began) / 1000
  const lines = [...spent].sort(([, a], [, b]) => b.seconds - a.seconds)
  const all = lines.reduce((sum, [, { seconds }]) => sum + seconds, 0)
  const work = lines.reduce((sum, [, { processor }]) => sum + processor, 0)
  console.error(
    `${whole.toFixed(2)} s, ${all.toFixed(2)} s in statements; ` +
      `of processors ${processorSeconds().toFixed(2)} s, ${work.toFixed(2)} s in statements`,
  )
  for (const [shape, { seconds, processor, calls }] of lines.slice(0, SHOWN)) {
    const figures = [seconds, processor].map((figure) => `${figure.toFixed(2).padStart(9)} s`)
    console.error(`${figures.join('')} ${String(calls).padStart(6)} x  ${shape.slice(0, WIDTH)}`)
  }
}

process.on('exit', tell)

const { main } = await source('cli/main.ts')
await main({
  root,
  load: (path) => import(path),
  manifest: await manifestOf(root, './src/commands'),
})
