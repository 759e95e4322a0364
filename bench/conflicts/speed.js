/**
 * How long the conflicts of a workspace take, as ratios: all rules of severity 1 and 2 over the catalogue to one scan of its statements, and
 * one recording in a cold process to a bare node.
 *
 *   node bench/conflicts/speed.js WORKSPACE RECORDING [--rounds 3]
 */
import { spawnSync } from 'node:child_process'
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

/** Seconds of the processor that a program takes, and on the clock. On a busy machine only the first can be compared. */
function spent(...args) {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>/dev/null'
  const { stderr, status } = spawnSync('bash', ['-c', script, 'bash', process.execPath, ...args], {
    env,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`exit code ${status}: ${args.join(' ')}`)
  const [clock, user, system] = stderr.trim().split(' ').map(Number)
  return { cpu: user + system, clock }
}

/** The least of some rounds: what others do on the machine only makes it more. */
const least = (rounds) => ({
  cpu: Math.min(...rounds.map(({ cpu }) => cpu)),
  clock: Math.min(...rounds.map(({ clock }) => clock)),
})

const measured = (...args) => least(Array.from({ length: Number(values.rounds) }, () => spent(...args)))

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
    const before = process.cpuUsage()
    for (const [table] of tables)
      await connection.run(`SELECT bit_xor(hash(t)) FROM (SELECT COLUMNS(*) FROM statements."${table}") AS t`)
    const { user, system } = process.cpuUsage(before)
    rounds.push({ cpu: (user + system) / 1e6, clock: Number(process.hrtime.bigint() - start) / 1e9 })
  }
  connection.disconnectSync()
  instance.closeSync()
  return least(rounds)
}

const scan = await scanSeconds()
const asked = ['conflicts', '--limit', '1', '--json', '-q', '--memory', '3GB', '--workspace', workspace]
const all = measured(binary, ...asked, '--severity', '1,2')
const bare = measured('-e', '0')
const one = measured(binary, 'conflicts', '--recording', recording, '--json', '--workspace', workspace)
const line = (what, { cpu, clock }, unit, of) =>
  console.log(
    `${what}: ${cpu.toFixed(2)} s of the processor, ${clock.toFixed(2)} s on the clock${of === undefined ? '' : `; ${(cpu / of.cpu).toFixed(1)} and ${(clock / of.clock).toFixed(1)} ${unit}`}`,
  )
line('one scan of all statements', scan)
line('severity 1 and 2, whole catalogue', all, 'scans', scan)
line('bare node', bare)
line('one recording, cold', one, '× bare node', bare)
