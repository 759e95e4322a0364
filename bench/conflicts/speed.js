/**
 * How long the conflicts of a workspace take, as ratios: all rules of severity 1 and 2 over the catalogue to one scan of its statements, and
 * one recording in a cold process to a bare node.
 *
 *   node bench/conflicts/speed.js WORKSPACE RECORDING [--rounds 3]
 */
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' } },
})
const [workspace, recording] = positionals
if (workspace === undefined || recording === undefined) throw new Error('give a workspace and a recording')
const binary = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env

const seconds = (work) => {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e9
}

/** The quickest of some rounds: what others do on the machine only makes it slower. */
const quickest = (work) => Math.min(...Array.from({ length: Number(values.rounds) }, () => seconds(work)))

const node = (...args) =>
  execFileSync(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'ignore'], maxBuffer: 2 ** 30 })

/** One scan that reads every value of every statement. */
async function scanSeconds() {
  const generations = join(workspace, '.recital/generations')
  const last = readdirSync(generations)
    .sort((a, b) => Number(a) - Number(b))
    .at(-1)
  const instance = await DuckDBInstance.create(join(generations, last, 'evidence.duckdb'), {
    access_mode: 'READ_ONLY',
    threads: '2',
  })
  const connection = await instance.connect()
  const tables = (
    await connection.runAndReadAll("SELECT table_name FROM information_schema.tables WHERE table_schema = 'statements'")
  ).getRows()
  const rounds = []
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const start = process.hrtime.bigint()
    for (const [table] of tables)
      await connection.run(`SELECT bit_xor(hash(t)) FROM (SELECT COLUMNS(*) FROM statements."${table}") AS t`)
    rounds.push(Number(process.hrtime.bigint() - start) / 1e9)
  }
  connection.disconnectSync()
  instance.closeSync()
  return Math.min(...rounds)
}

const scan = await scanSeconds()
const all = quickest(() =>
  node(binary, 'conflicts', '--severity', '1,2', '--limit', '1', '--json', '-q', '--workspace', workspace),
)
const bare = quickest(() => node('-e', '0'))
const one = quickest(() => node(binary, 'conflicts', '--recording', recording, '--json', '--workspace', workspace))
console.log(
  `scan of all statements ${scan.toFixed(2)} s; severity 1 and 2 ${all.toFixed(1)} s = ${(all / scan).toFixed(1)} scans`,
)
console.log(
  `bare node ${bare.toFixed(3)} s; one recording, cold ${one.toFixed(2)} s = ${(one / bare).toFixed(1)} × bare node`,
)
