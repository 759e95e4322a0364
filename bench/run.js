/**
 * Measures the built program: ingest beside a bare CTAS of the same files, look-ups and starts beside a bare Node.
 * Prints a table; times are never a pass or a fail. See README.md for what each row means.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bytesOf, measureIngest } from './measure/ingest.js'
import { killAll, runNode } from './measure/run-process.js'
import { measureLookup, measureStart } from './measure/start.js'
import { parseOptions, USAGE, UsageFault } from './options.js'
import { growthChart } from './report/growth-chart.js'
import { tableRows } from './report/rows.js'
import { sizeText, tableLines } from './report/text-table.js'

const project = fileURLToPath(new URL('..', import.meta.url))
const GENERATE = fileURLToPath(new URL('generate.js', import.meta.url))
/** From here on one ingest takes long enough to be steady, and repeating it too long. */
const LARGE = 1e7

const folders = new Set()

function removeFolder(folder) {
  // Again when a process that was just ended still wrote there.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  folders.delete(folder)
}

/** One size: its catalogue in a temporary folder, what was asked for measured on it, the folder removed. */
async function measureSize(rows, options, program) {
  const folder = mkdtempSync(join(resolve(options.temp ?? tmpdir()), 'recital-bench-'))
  folders.add(folder)
  try {
    console.error(`${sizeText(rows)} rows: writing two deliveries`)
    const generated = await runNode([GENERATE, '--rows', `${rows}`, '--out', folder, '--samples', `${options.samples}`])
    const catalogue = { folder, program, ...JSON.parse(generated.stdout) }
    const measured = { rows, csvBytes: bytesOf(join(folder, 'first')), ingest: null, lookup: null }
    if (options.only.has('ingest')) {
      console.error(`${sizeText(rows)} rows: ingest`)
      measured.ingest = await measureIngest(catalogue, options.repeats ?? (rows < LARGE ? 3 : 1))
    }
    if (options.only.has('lookup')) {
      console.error(`${sizeText(rows)} rows: lookup`)
      measured.lookup = await measureLookup(catalogue, options.samples)
    }
    return measured
  } finally {
    removeFolder(folder)
  }
}

/** What the figures depend on; `loadBefore`: processes that were busy in the minute before. */
function machine() {
  const all = cpus()
  return {
    cores: all.length,
    processor: all[0]?.model ?? null,
    memoryBytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    loadBefore: Math.round(loadavg()[0] * 10) / 10,
  }
}

function write(out, results, chart) {
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'results.json'), `${JSON.stringify(results, null, 2)}\n`)
  if (chart !== null) writeFileSync(join(out, 'growth.svg'), chart)
}

async function bench(options) {
  const host = machine()
  const program = resolve(options.program ?? join(project, 'bin/run.js'))
  const needsSizes = options.only.has('ingest') || options.only.has('lookup')
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  const start = options.only.has('start') ? await measureStart(program, options.samples) : null
  const sizes = []
  for (const rows of needsSizes ? options.sizes : []) sizes.push(await measureSize(rows, options, program))
  const table = tableRows({ sizes, start })
  const counts = sizes.map(({ rows }) => rows)
  const title =
    `recital ${version}, Node ${host.node.slice(1)}, ${host.platform}, ${host.cores} cores,` +
    ` load ${host.loadBefore.toFixed(1)} before`
  for (const line of [title, '', ...tableLines(table, counts)]) console.log(line)
  if (options.out === undefined) return
  const results = {
    kind: 'recital.bench',
    version: 1,
    program: version,
    machine: host,
    table,
    samples: { sizes, start },
  }
  write(resolve(options.out), results, growthChart(table, counts, title))
}

process.on('exit', () => {
  killAll()
  for (const folder of folders) removeFolder(folder)
})
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) console.log(USAGE)
  else await bench(options)
} catch (error) {
  const isUsage = error instanceof UsageFault
  console.error(`error: ${error.message}${isUsage ? `\n${USAGE}` : ''}`)
  process.exitCode = isUsage ? 2 : 1
}
