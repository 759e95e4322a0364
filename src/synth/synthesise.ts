/** Writes a synthetic catalogue: deliveries that can be ingested, and the truth about them. */
import { rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { StoreError } from '../errors.js'
import type { Evidence } from '../store/duckdb.js'
import { errorCode } from '../store/files.js'
import { type RunningProcess, storeFileError } from '../store/workspace.js'
import { openScratch } from './database.js'
import { writeBwarm } from './output/bwarm.js'
import { beginFolder, SETTINGS_FILE } from './output/folder.js'
import { runJobs } from './output/jobs.js'
import type { Run, SynthReporter, WrittenDelivery } from './output/run.js'
import { byReceipt, catalogueSettings } from './output/settings.js'
import { writeTables } from './output/tables.js'
import { truthFiles } from './output/truth.js'
import { type Parameters, planOf } from './plan/index.js'

export interface SynthRequest extends Parameters {
  /** Absolute path of the folder to write, and how the user named it. */
  readonly folder: string
  readonly name: string
  readonly truth: boolean
}

export interface SynthContext {
  readonly limits: { readonly memoryBytes?: number; readonly threads?: number }
  readonly signal: AbortSignal
  readonly running: RunningProcess
  readonly reporter: SynthReporter
}

export interface SynthResult {
  /** In order of receipt. */
  readonly deliveries: readonly WrittenDelivery[]
  /** Rows of the truth, by file; empty without it. */
  readonly truth: Readonly<Record<string, number>>
  /** Bytes of all rows. */
  readonly bytes: number
}

/**
 * Writes the catalogue into a new or empty folder; the same bytes for the same parameters, whatever the threads.
 * Throws UsageError `not-empty`, StoreError `unwritable`, `disk-full`, CancelledError; nothing is left behind then.
 */
export async function synthesise(request: SynthRequest, context: SynthContext): Promise<SynthResult> {
  const plan = planOf(request)
  const unfinished = beginFolder(request.folder, request.name, context.running)
  try {
    const result = await writeAll({ plan, folder: unfinished.path, reporter: context.reporter }, request.truth, context)
    context.signal.throwIfAborted()
    unfinished.finish()
    return result
  } catch (error) {
    unfinished.discard()
    throw inWords(error, request.name)
  }
}

/** A failure to write as one that names the folder. The databases live in memory, and would name that. */
function inWords(error: unknown, name: string): unknown {
  if (error instanceof StoreError) return new StoreError(error.message, { ...error.details, file: name })
  return /^E[A-Z]+$/.test(errorCode(error)) ? storeFileError(error, name) : error
}

async function writeAll(run: Run, withTruth: boolean, context: SynthContext): Promise<SynthResult> {
  const { plan, folder, reporter } = run
  const spill = join(folder, 'spill')
  const deliveries = [...plan.deliveries]
    .sort(byReceipt)
    .map((one) => (one.feed.kind === 'mlc' && plan.format === 'bwarm' ? writeBwarm(run, one) : writeTables(run, one)))
  const truth = withTruth ? truthFiles(run) : []
  const jobs = [...deliveries.flatMap((one) => one.jobs), ...truth.map(({ job }) => job)]
  reporter.phase('writing', { total: jobs.length })
  const databases = await openAll(run, spill, context.limits)
  try {
    await runJobs(databases, jobs, context.signal)
  } finally {
    await Promise.all(databases.map((db) => db.close()))
    rmSync(spill, { recursive: true, force: true })
  }
  const written: WrittenDelivery[] = []
  for (const delivery of deliveries) written.push(await delivery.finish())
  writeFileSync(join(folder, SETTINGS_FILE), catalogueSettings(plan, withTruth))
  const sizes = [...written, ...truth.map((one) => one.written())].map(({ bytes }) => bytes)
  return {
    deliveries: written,
    truth: Object.fromEntries(truth.map((one) => [one.name, one.written().rows])),
    bytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
  }
}

/** Node runs that many calls of the databases at once; more databases would wait for one another. */
const MOST_THREADS = 4
const DEFAULT_MEMORY = 2 * 1024 ** 3

async function openAll({ plan, folder }: Run, spill: string, limits: SynthContext['limits']): Promise<Evidence[]> {
  const threads = Math.min(limits.threads ?? availableParallelism(), MOST_THREADS)
  const memoryBytes = Math.floor((limits.memoryBytes ?? DEFAULT_MEMORY) / threads)
  const databases: Evidence[] = []
  try {
    for (let index = 0; index < threads; index += 1) {
      databases.push(await openScratch(plan, { folder, spill: join(spill, String(index)), memoryBytes }))
    }
    return databases
  } catch (error) {
    await Promise.all(databases.map((db) => db.close()))
    throw error
  }
}
