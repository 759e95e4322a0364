/** A short run of the fuzzer from a fixed seed; `npm run fuzz` makes long ones. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FORMATS } from '../../src/ingest/request.js'
import { temporaryFolder } from '../support/workspaces.js'
import { doRuns, loadSamples } from './run.js'

const RUNS = 48
/** Damaged files of a dump that are delivered together. */
const CROWD = 48

describe('damaged deliveries are read or refused, never a crash and never a line lost', { timeout: 240_000 }, () => {
  it.each(FORMATS)('%s', async (format) => {
    const folder = temporaryFolder()
    const work = join(folder, 'work')
    mkdirSync(work)
    const crowded = format === 'bwarm' || format === 'musicbrainz'
    const runs = {
      format,
      samples: await loadSamples(format, work),
      seed: 2024,
      work,
      keep: join(folder, 'kept'),
      crowded,
    }
    const total = { read: 0, refused: 0 }
    for (let at = 0; at < RUNS; at += CROWD) {
      const { read, refused, failures } = await doRuns(runs, at, at + CROWD)
      expect(failures).toEqual([])
      total.read += read
      total.refused += refused
    }
    expect(total.read + total.refused).toBe(RUNS)
    expect(total.read).toBeGreaterThan(RUNS / 4)
  })
})
