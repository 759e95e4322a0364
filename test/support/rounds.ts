/** A content that tells whether a generation is whole: generation n holds rounds 1 to n of 500 rows each. */
import type { Evidence } from '../../src/store/duckdb.js'
import type { NewGeneration } from '../../src/store/generations.js'

export const ROWS_PER_ROUND = 500

/** Adds the round of this generation, in two statements: a half-written round is possible before publication. */
export async function addRound({ evidence, number }: NewGeneration): Promise<void> {
  await evidence.run('CREATE TABLE IF NOT EXISTS rounds (round INTEGER, item INTEGER)')
  const half = ROWS_PER_ROUND / 2
  const sql = 'INSERT INTO rounds SELECT $number::INTEGER, range::INTEGER FROM range($from::BIGINT, $to::BIGINT)'
  await evidence.run(sql, { number, from: 0, to: half })
  await evidence.run(sql, { number, from: half, to: ROWS_PER_ROUND })
}

/** Rows of each round, in order of rounds. */
export async function rowsPerRound(evidence: Evidence): Promise<unknown[]> {
  const rows = await evidence.rows(
    'SELECT round, count(DISTINCT item) AS items, count(*) AS n FROM rounds GROUP BY round ORDER BY round',
  )
  return rows.map(({ round, items, n }) => [round, items, n])
}

/** What `rowsPerRound` gives for a whole generation. */
export const wholeRounds = (generation: number): unknown[] =>
  Array.from({ length: generation }, (_, index) => [index + 1, ROWS_PER_ROUND, ROWS_PER_ROUND])
