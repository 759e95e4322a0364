/**
 * The fuzzer's own process, so that a crash of a native library or an endless loop is seen from outside:
 * `tsx child.ts OPTIONS`, options as JSON. Writes a line of JSON before and after each batch.
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Format } from '../../src/ingest/request.js'
import { doRuns, keepTrial, loadSamples, type Runs, replay, trialOf } from './run.js'

interface Task {
  readonly replay?: string
  readonly format: Format
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly batch: number
  readonly crowded: boolean
  readonly work: string
  readonly keep: string
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task
const tell = (event: object): void => {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

mkdirSync(task.work, { recursive: true })
if (task.replay === undefined) await fuzz()
else tell({ verdict: await replay(task.replay, task.work) })

async function fuzz(): Promise<void> {
  const { format, seed, from, to, batch, crowded, work, keep } = task
  const runs: Runs = { format, seed, work, keep, crowded, samples: await loadSamples(format, work) }
  for (let at = from; at < to; at += batch) {
    const end = Math.min(at + batch, to)
    tell({ begin: at, end })
    const alone = end - at === 1 && !crowded
    // Kept before it runs: if this process dies of it, the input is there.
    const kept = alone ? keepTrial(runs, at, trialOf(format, runs.samples, seed, at), 'the process died of it') : null
    const tally = await doRuns(runs, at, end)
    if (kept !== null && tally.failures.length === 0) rmSync(kept.kept, { recursive: true })
    tell({ done: end, ...tally })
  }
  rmSync(join(work), { recursive: true, force: true })
}
