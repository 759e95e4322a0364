/** The publishing degree with rights weighted, for money only (domain.md 1.5, "Aggregation"). */
import type { Answer } from './answer.js'
import type { RecordingCase } from './ask.js'

/** Weights in millionths of 1, the degree in millionths of a percent. */
export interface Composite {
  readonly mech: bigint
  readonly perf: bigint
  readonly licensed: bigint
}

const SCALE = 1_000_000_000n

/**
 * The weighted degree where one set of weights covers the territory and day and both rights were asked for; null where
 * none does, or where feeds give different weights.
 */
export async function compositeOf(recording: RecordingCase, answer: Answer, on: string): Promise<Composite | null> {
  const mech = answer.rights.find(({ right }) => right === 'mech')
  const perf = answer.rights.find(({ right }) => right === 'perf')
  if (mech === undefined || perf === undefined) return null
  const rows = await recording.relation(
    `SELECT DISTINCT mech, perf FROM known_right_weights AS w
     WHERE (w.from_last IS NULL OR w.from_last <= $on::DATE) AND (w.to_first IS NULL OR w.to_first > $on::DATE)
       AND (w.territories IS NULL OR EXISTS (
         SELECT 1 FROM territory_cells AS t WHERE t.territories = w.territories
           AND (t."from" IS NULL OR t."from" <= $on::DATE) AND (t."to" IS NULL OR t."to" > $on::DATE)))`,
    { on },
  )
  const [row] = rows
  if (row === undefined || rows.length > 1) return null
  const [m, p] = [BigInt(String(row.mech)), BigInt(String(row.perf))]
  const sum = m * mech.licensed + p * perf.licensed
  return { mech: m / 1000n, perf: p / 1000n, licensed: (2n * sum + SCALE) / (2n * SCALE) }
}
