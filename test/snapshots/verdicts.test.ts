import { describe, expect, it, onTestFinished } from 'vitest'
import { type Judgement, loadJudgements } from '../../src/snapshots/index.js'
import { TestEvidence, type TestSnapshot } from '../support/evidence.js'
import fc from '../support/property.js'

/** Small bases, so that a handful of rows is a mass; pages of ten, so that counts are round. */
const CHECKS = {
  mass_change: { warn: { percent: 30 }, quarantine: { percent: 60 }, from: 2 },
  mass_delete: { warn: { percent: 20 }, quarantine: { percent: 50 }, from: 2 },
  rows_per_key: 3,
}

const IDS = ['A', 'B', 'C', 'D', 'E', 'F']

const day = fc.integer({ min: 1, max: 4 }).map((d) => `2020-01-0${d}T00:00:00Z`)
const history = fc
  .array(
    fc.record({
      published: day,
      received: day,
      scope: fc.constantFrom<'full' | 'delta'>('full', 'full', 'full', 'delta'),
      guards: fc.constantFrom<'warn' | 'enforce'>('enforce', 'enforce', 'warn'),
      isOverruled: fc.boolean(),
      ids: fc.subarray(IDS),
      name: fc.constantFrom('x', 'x', 'y'),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .map((all) =>
    all.map(
      ({ ids, name, isOverruled, ...one }, sequence): TestSnapshot => ({
        ...one,
        sequence,
        checks: CHECKS,
        ...(isOverruled && sequence === 1 ? { override: 'known' } : {}),
        relations: ['parties'],
        rows: ids.map((id) => ({ relation: 'parties', values: { party_id: id, name } })),
      }),
    ),
  )

let feeds = 0

/** All that is known in the end of a feed of its own, by the sequence numbers of its snapshots. */
async function outcome(evidence: TestEvidence, snapshots: readonly TestSnapshot[]) {
  feeds += 1
  const feed = `p1/${feeds}`
  for (const one of snapshots) await evidence.load({ ...one, feed })
  const { db } = evidence
  const numbers = await db.rows(
    `SELECT sequence, snapshot, snapshot_no FROM snapshots JOIN feeds USING (feed_no) WHERE feed = $feed ORDER BY sequence`,
    { feed },
  )
  const judgements = await loadJudgements(db, null)
  const sequences = new Map(numbers.map(({ snapshot, sequence }) => [String(snapshot), Number(sequence)]))
  const named = (text: string): string => text.replace(/2020-01-0\d-[0-9a-f]{12}/g, (id) => `#${sequences.get(id)}`)
  return {
    verdicts: numbers.map(({ sequence, snapshot_no }) => ({
      sequence: Number(sequence),
      judgement: JSON.parse(named(JSON.stringify(judgements.get(Number(snapshot_no)) ?? null))) as Judgement | null,
    })),
    changes: await db.rows(
      `SELECT s.sequence, r.* EXCLUDE (snapshot_no) FROM snapshot_relations r JOIN snapshots s USING (snapshot_no)
       JOIN feeds USING (feed_no) WHERE feed = $feed ORDER BY ALL`,
      { feed },
    ),
    statements: await db.rows(
      `SELECT p.party_id, p.name, p.known_from::VARCHAR AS f, p.known_to::VARCHAR AS t, s.sequence, c.sequence AS closed_by
       FROM statements.parties p JOIN snapshots s USING (snapshot_no) JOIN feeds f ON f.feed_no = s.feed_no
       LEFT JOIN snapshots c ON c.snapshot_no = p.closed_by WHERE f.feed = $feed ORDER BY ALL`,
      { feed },
    ),
  }
}

type Outcome = Awaited<ReturnType<typeof outcome>>

const heldOf = ({ verdicts }: Outcome): Set<number> =>
  new Set(verdicts.flatMap(({ sequence, judgement }) => (judgement?.held === true ? [sequence] : [])))

describe('verdicts', () => {
  it('depend on the set of snapshots and not on the loading order, and so does what stands because of them', async () => {
    const evidence = await TestEvidence.create()
    onTestFinished(() => evidence.close())
    let quarantines = 0
    const orders = history.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    await fc.assert(
      fc.asyncProperty(orders, async ([one, other]) => {
        const first = await outcome(evidence, one)
        expect(await outcome(evidence, other)).toEqual(first)
        quarantines += heldOf(first).size
      }),
      { numRuns: 8, seed: 7, endOnFailure: true },
    )
    // It would say nothing where nothing is ever held.
    expect(quarantines).toBeGreaterThan(3)
  }, 240_000)

  it('let history run as if what is in quarantine had never come', async () => {
    const evidence = await TestEvidence.create()
    onTestFinished(() => evidence.close())
    let quarantines = 0
    await fc.assert(
      fc.asyncProperty(history, async (snapshots) => {
        const all = await outcome(evidence, snapshots)
        const held = heldOf(all)
        quarantines += held.size
        const kept = snapshots.filter(({ sequence }) => !held.has(sequence ?? -1)).map(({ guards: _, ...one }) => one)
        expect(all.statements).toEqual((await outcome(evidence, kept)).statements)
      }),
      { numRuns: 6, seed: 11, endOnFailure: true },
    )
    expect(quarantines).toBeGreaterThan(0)
  }, 240_000)
})
