/**
 * Measures the built program on synthetic catalogues of several sizes, each thing beside the least that the machine needs for
 * it. Prints a table; times are never a pass or a fail. See README.md for what each row means.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MEASURES } from './measures.js'
import { parseOptions, USAGE, UsageFault } from './options.js'
import { growthChart } from './report/growth-chart.js'
import { tableRows } from './report/rows.js'
import { sizeText, tableLines } from './report/text-table.js'
import { builtCommands, measureOnce } from './support/cycle.js'
import { killAll } from './support/run-process.js'

const project = fileURLToPath(new URL('..', import.meta.url))
const folders = new Set()

function removeFolder(folder) {
  // Again when a process that was just ended still wrote there.
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  folders.delete(folder)
}

/** Where a size is measured: a temporary folder, which is removed, or one that is kept. */
function folderOf(tracks, { keep, temp }) {
  if (keep === undefined) {
    const folder = mkdtempSync(join(resolve(temp ?? tmpdir()), 'recital-bench-'))
    folders.add(folder)
    return folder
  }
  const folder = join(resolve(keep), String(tracks))
  mkdirSync(folder, { recursive: true })
  return folder
}

/** One size, as often as asked. */
async function measureSize(tracks, options) {
  const measured = { tracks, runs: {}, leftOut: {} }
  for (let repeat = 0; repeat < options.repeats; repeat += 1) {
    const folder = folderOf(tracks, options)
    try {
      const { runs, leftOut } = await measureOnce(tracks, folder, options)
      for (const [name, figures] of Object.entries(runs))
        measured.runs[name] = [...(measured.runs[name] ?? []), figures]
      Object.assign(measured.leftOut, leftOut)
    } finally {
      if (folders.has(folder)) removeFolder(folder)
    }
  }
  return measured
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

/** What was left out, a line for each measure and reason, with the sizes. */
function notesOf(sizes) {
  const notes = new Map()
  for (const { tracks, leftOut } of sizes) {
    for (const [name, reason] of Object.entries(leftOut)) {
      const note = `${name}: ${reason}`
      notes.set(note, [...(notes.get(note) ?? []), sizeText(tracks)])
    }
  }
  return [...notes].map(([note, at]) => (note.endsWith('version') ? note : `${note} at ${at.join(', ')}: left out`))
}

/** The table, what it was made of, and the picture, for the sizes that are done. */
function resultsOf(options, host, sizes) {
  const { version } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  const { snapshots, providers, seed, repeats, samples } = options
  const measures = MEASURES.filter(({ name }) => sizes.some(({ runs }) => name in runs))
  const rows = tableRows(measures, sizes)
  const tracks = sizes.map((size) => size.tracks)
  const title =
    `recital ${version}, Node ${host.node.slice(1)}, ${host.platform}, ${host.cores} cores,` +
    ` load ${host.loadBefore.toFixed(1)} before; ${providers} providers, ${snapshots} snapshots of each`
  const notes = notesOf(sizes)
  const results = {
    kind: 'recital.bench',
    version: 2,
    program: version,
    machine: host,
    catalogue: { snapshots, providers, seed },
    repeats,
    samples,
    table: rows.map(({ isDrawn: _, ...row }) => row),
    notes,
    sizes,
  }
  const lines = [title, '', ...tableLines(rows, tracks), ...(notes.length === 0 ? [] : ['', ...notes])]
  return { results, lines, chart: growthChart(rows, tracks, title) }
}

/** Prints the table of the sizes that are done. */
let tell = () => undefined

async function bench(options) {
  const host = machine()
  const sizes = []
  const known = { ...options, took: new Map(), commands: builtCommands() }
  tell = () => {
    if (sizes.length > 0) for (const line of resultsOf(options, host, sizes).lines) console.log(line)
  }
  try {
    for (const tracks of options.sizes) {
      sizes.push(await measureSize(tracks, known))
      // After each: large sizes take long, and may be stopped.
      const { results, chart } = resultsOf(options, host, sizes)
      if (options.out !== undefined) write(resolve(options.out), results, chart)
    }
  } finally {
    tell()
  }
}

process.on('exit', () => {
  killAll()
  for (const folder of folders) removeFolder(folder)
})
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => {
    tell()
    process.exit(code)
  })
}

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) console.log(USAGE)
  else await bench(options)
} catch (error) {
  const isUsage = error instanceof UsageFault
  console.error(`error: ${error.message}${isUsage ? `\n${USAGE}` : ''}`)
  process.exitCode = isUsage ? 2 : 1
}
