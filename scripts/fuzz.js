/**
 * Damages deliveries at random and checks that the ingest reads each or refuses it in words: never a crash, never a hang,
 * never a line unaccounted for. A failing input is kept as files.
 *
 *   npm run fuzz -- [--runs 10000] [--format tables|bwarm|cwr|ern|musicbrainz|all] [--seed 1] [--from 0] [--alone] [--keep DIR]
 *   npm run fuzz -- --replay FOLDER
 *
 * A run is one damaged delivery. Of BWARM and MusicBrainz, whose dumps have many files, it is one damaged file, and those
 * of four dozen runs are delivered together with a whole dump; `--alone` gives each run a delivery of its own.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const project = fileURLToPath(new URL('..', import.meta.url))
const CHILD = fileURLToPath(new URL('../test/fuzz/child.ts', import.meta.url))
const SQL_MODULES = new URL('sql-modules.js', import.meta.url).href
const FORMATS = ['tables', 'bwarm', 'cwr', 'ern', 'musicbrainz']
const BATCH = 40
const CROWD = 48
/**
 * Without a word for so long, a batch hangs, and one run alone: many times of what they take, since the machine may be
 * busy. What takes too much of the processor is found inside (`test/fuzz/trial.ts`).
 */
const SILENCE_MS = 900_000
const ALONE_MS = 180_000
/** A process is left after this many runs, so that memory lost to a fault would not add up. */
const RUNS_PER_PROCESS = 2000

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '10000' },
    format: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    alone: { type: 'boolean', default: false },
    keep: { type: 'string', default: join(tmpdir(), 'recital-fuzz-failures') },
    replay: { type: 'string' },
  },
})

const work = mkdtempSync(join(tmpdir(), 'recital-fuzz-'))
let child = null
process.on('exit', () => {
  child?.kill('SIGKILL')
  rmSync(work, { recursive: true, force: true, maxRetries: 5 })
})
/** What has been done of the format under way, told also when it is stopped. */
let underWay = null
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    underWay?.()
    process.exit(130)
  })
}

/** Runs a task in a process of its own; resolves to how it ended: null when well. */
function inChild(task, silence, onEvent) {
  return new Promise((done) => {
    let why = null
    child = spawn(process.execPath, ['--import', SQL_MODULES, '--import', 'tsx', CHILD, JSON.stringify(task)], {
      cwd: project,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const stop = () => {
      why = `hang: nothing for ${silence / 1000} s`
      child.kill('SIGKILL')
    }
    let timer = setTimeout(stop, silence)
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-4000)
    })
    createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(timer)
      timer = setTimeout(stop, silence)
      onEvent(JSON.parse(line))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      done(why ?? (code === 0 ? null : `the process ended with ${signal ?? code}: ${errors.trim()}`))
    })
  })
}

function report(format, { run, why, kept }) {
  console.log(`${format} run ${run} failed: ${why.split('\n').slice(0, 4).join('\n    ')}`)
  console.log(`  kept in ${kept}`)
  console.log(`  replay: npm run fuzz -- --replay ${kept}`)
}

async function fuzz(format, from, to, seed) {
  const crowded = !values.alone && (format === 'bwarm' || format === 'musicbrainz')
  const total = { runs: 0, read: 0, refused: 0, failed: 0 }
  const started = Date.now()
  const tellTotal = () => {
    const seconds = Math.round((Date.now() - started) / 1000)
    console.log(
      `${format}: ${total.runs} runs from ${from} with seed ${seed}: ${total.read} read, ${total.refused} refused, ${total.failed} failed; ${seconds} s`,
    )
  }
  underWay = tellTotal
  const shared = { format, seed, crowded, work: join(work, format), keep: resolve(values.keep) }
  const count = (event) => {
    if (event.done === undefined) return
    total.read += event.read
    total.refused += event.refused
    total.failed += event.failures.length
    for (const failure of event.failures) report(format, failure)
  }
  const batch = crowded ? CROWD : BATCH
  for (let at = from; at < to; ) {
    let open = null
    const task = { ...shared, from: at, to: Math.min(at + RUNS_PER_PROCESS, to), batch }
    const fault = await inChild(task, SILENCE_MS, (event) => {
      open = event.begin === undefined ? null : event
      if (event.done !== undefined) at = event.done
      total.runs = at - from
      count(event)
    })
    if (fault === null) at = task.to
    else if (open === null) throw new Error(fault)
    else {
      console.log(`${format} runs ${open.begin} to ${open.end}: ${fault}; now one by one`)
      await oneByOne(shared, open, count, total)
      at = open.end
    }
  }
  total.runs = to - from
  tellTotal()
  underWay = null
  return total.failed
}

/** The runs of a batch that a process died of, each in its own, to find which it was. */
async function oneByOne(shared, { begin, end }, count, total) {
  for (let run = begin; run < end; run += 1) {
    const task = { ...shared, crowded: false, from: run, to: run + 1, batch: 1 }
    const fault = await inChild(task, ALONE_MS, count)
    if (fault === null) continue
    total.failed += 1
    report(shared.format, { run, why: fault, kept: join(shared.keep, `${shared.format}-${shared.seed}-${run}`) })
  }
}

async function replay(folder) {
  let verdict = null
  const fault = await inChild({ replay: resolve(folder), work: join(work, 'replay') }, ALONE_MS, (event) => {
    verdict = event.verdict
  })
  console.log(fault ?? JSON.stringify(verdict, null, 2).replaceAll('\\n', '\n'))
  return fault !== null || verdict?.outcome === 'failed' ? 1 : 0
}

const formats = values.format === 'all' ? FORMATS : [values.format]
const [runs, from, seed] = [values.runs, values.from, values.seed].map(Number)
if (formats.some((format) => !FORMATS.includes(format)) || ![runs, from, seed].every(Number.isSafeInteger)) {
  console.error(`error: --format takes ${FORMATS.join(', ')} or all; --runs, --from and --seed take whole numbers`)
  process.exitCode = 2
} else if (values.replay !== undefined) process.exitCode = await replay(values.replay)
else {
  console.log(`${availableParallelism()} cores, Node ${process.version}; failing inputs go to ${resolve(values.keep)}`)
  let failed = 0
  for (const format of formats) failed += await fuzz(format, from, from + runs, seed)
  process.exitCode = failed === 0 ? 0 : 1
}
