/** The scratch databases in which rows are made: one per thread, each working through its statements alone. */
import { type Evidence, openEvidence } from '../store/duckdb.js'
import { constantMacros } from './constants.js'
import type { Plan } from './plan/index.js'
import prelude from './sql/prelude.sql'
import recordingFacts from './sql/recording_facts.sql'
import storyTables from './sql/story_tables.sql'
import workFacts from './sql/work_facts.sql'
import { storyRows } from './stories/tables.js'

export interface ScratchOptions {
  /** The folder that is written; nothing outside it is touched. */
  readonly folder: string
  readonly spill: string
  readonly memoryBytes: number | undefined
}

/**
 * Opens a database with the plan's macros and stories. It has a single thread, so that the bytes of a file hang on
 * nothing but its statement; several files are made at once in several of them.
 */
export async function openScratch(plan: Plan, options: ScratchOptions): Promise<Evidence> {
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: options.spill,
    allowedDirectories: [options.folder],
    memoryBytes: options.memoryBytes,
    threads: 1,
  })
  try {
    await db.run(constantMacros(plan))
    await db.run(prelude)
    await db.run(workFacts)
    await db.run(recordingFacts)
    await db.run(storyTables)
    await db.run(storyRows(plan.sizes.stories))
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
