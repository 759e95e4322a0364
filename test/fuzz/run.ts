/** Runs of the fuzzer: damaged deliveries from seeds, their verdicts, and the failing ones kept for replay. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Format } from '../../src/ingest/request.js'
import { openEvidence } from '../../src/store/duckdb.js'
import { Chance } from './chance.js'
import { damaged } from './mutations.js'
import { type Sample, samplesOf } from './samples.js'
import { type Trial, tryTogether, type Verdict } from './trial.js'

/** Loads the samples of a format; `folder` must exist. */
export async function loadSamples(format: Format, folder: string): Promise<readonly Sample[]> {
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: join(folder, 'spill'),
    allowedDirectories: [folder],
    threads: 1,
  })
  try {
    return await samplesOf(format, db, folder)
  } finally {
    await db.close()
  }
}

/** The damaged delivery of one run: some of its files, mostly one, are damaged; one in fifty is missing. */
export function trialOf(format: Format, samples: readonly Sample[], seed: number, run: number): Trial {
  const chance = new Chance(seed, format, run)
  const sample = sampleOf(samples, chance)
  const chosen = new Set([chance.below(sample.files.length)])
  while (chosen.size < sample.files.length && chance.oneIn(3)) chosen.add(chance.below(sample.files.length))
  const files = sample.files.flatMap((file, index) => {
    if (sample.files.length > 1 && chance.oneIn(50)) return []
    return [chosen.has(index) ? { name: file.name, content: damaged(file.name, file.content, chance) } : file]
  })
  return { files, scope: chance.oneIn(2) ? 'full' : 'delta' }
}

function sampleOf(samples: readonly Sample[], chance: Chance): Sample {
  const sample = samples[chance.below(samples.length)]
  if (sample === undefined) throw new Error('there is no sample')
  return sample
}

/** Endings that do not change which table a file of a dump is named after. */
const ENDINGS = ['.txt', '.tsv', '.gz', '.txt.gz', '.tsv.gz'] as const
const MORE_ENDINGS = { bwarm: ['.tab', '.tab.gz'], musicbrainz: ['.copy', '.copy.gz'] } as const

/**
 * One delivery with a whole dump and beside it the damaged files of many runs, each one more file of its table: reading a
 * dump costs the same for few files as for many.
 */
export function crowdOf(format: Format, samples: readonly Sample[], seed: number, runs: readonly number[]): Trial {
  const shared = new Chance(seed, format, 'crowd', runs[0] ?? 0)
  const sample = sampleOf(samples, shared)
  const files = new Map(sample.files.map((file) => [file.name, file]))
  for (const run of runs) {
    const chance = new Chance(seed, format, run)
    const file = sample.files[chance.below(sample.files.length)]
    if (file === undefined) continue
    const stem = file.name.replace(/\.tsv$/, '')
    const endings = [...ENDINGS, ...(format === 'bwarm' ? MORE_ENDINGS.bwarm : MORE_ENDINGS.musicbrainz)]
    // Where all names of a table are taken, its header must tell.
    const name = endings.map((ending) => stem + ending).find((one) => !files.has(one)) ?? `${stem}-${run}.txt`
    files.set(name, { name, content: damaged(file.name, file.content, chance) })
  }
  return { files: [...files.values()], scope: 'full', crowd: runs.length }
}

export interface Failure {
  readonly run: number
  readonly why: string
  /** Folder that holds the failing input. */
  readonly kept: string
}

export interface Runs {
  readonly format: Format
  readonly samples: readonly Sample[]
  readonly seed: number
  /** Folder for everything that is written while running. */
  readonly work: string
  /** Folder for failing inputs. */
  readonly keep: string
  /** Damaged files of a dump are delivered together (see `crowdOf`). */
  readonly crowded: boolean
}

export interface Tally {
  read: number
  refused: number
  readonly failures: Failure[]
}

/** Keeps the input of a run as files, to be replayed. */
export function keepTrial(runs: Runs, run: number, trial: Trial, why: string): Failure {
  const kept = join(runs.keep, `${runs.format}-${runs.seed}-${run}`)
  mkdirSync(join(kept, 'delivery'), { recursive: true })
  for (const { name, content } of trial.files) writeFileSync(join(kept, 'delivery', name), content)
  writeFileSync(join(kept, 'scope'), trial.scope)
  writeFileSync(join(kept, 'why.txt'), `${why}\n`)
  return { run, why, kept }
}

/** A run from the folder that `keepTrial` made. */
export function keptTrial(kept: string): Trial {
  const folder = join(kept, 'delivery')
  const files = readdirSync(folder).map((name) => ({ name, content: readFileSync(join(folder, name)) }))
  return { files, scope: readFileSync(join(kept, 'scope'), 'utf8').trim() === 'delta' ? 'delta' : 'full' }
}

/** Does the runs from `from` to below `to` together. */
export async function doRuns(runs: Runs, from: number, to: number): Promise<Tally> {
  const { format, samples, seed, crowded } = runs
  const numbers = Array.from({ length: to - from }, (_, index) => from + index)
  const trials = crowded
    ? [crowdOf(format, samples, seed, numbers)]
    : numbers.map((run) => trialOf(format, samples, seed, run))
  const verdicts = await tryTogether(join(runs.work, `runs-${from}`), trials)
  const tally: Tally = { read: 0, refused: 0, failures: [] }
  for (const [index, trial] of trials.entries()) {
    const verdict = verdicts[index]
    const count = trial.crowd ?? 1
    if (verdict?.outcome === 'read') {
      tally.read += count - verdict.without
      tally.refused += verdict.without
    } else if (verdict?.outcome === 'refused') tally.refused += count
    else tally.failures.push(keepTrial(runs, from + index, trial, verdict?.why ?? 'no verdict'))
  }
  return tally
}

/** Replays a kept input. */
export async function replay(kept: string, work: string): Promise<Verdict> {
  const [verdict] = await tryTogether(join(work, 'replay'), [keptTrial(kept)])
  return verdict ?? { outcome: 'failed', why: 'no verdict' }
}
