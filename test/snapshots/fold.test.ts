import { describe, expect, it } from 'vitest'
import { TestEvidence, type TestSnapshot } from '../support/evidence.js'
import fc, { runs } from '../support/property.js'

interface ModelSnapshot {
  published: string
  received: string
  sequence: number
  scope: 'full' | 'delta'
  rows: { id: string; name: string }[]
  withdrawn: string[]
}

type Interval = { id: string; name: string; from: string; to: string | null }

/** Speaking order of the domain: published, received, sequence; sequences are unique here, so no hash is needed. */
const speaks = (a: ModelSnapshot, b: ModelSnapshot): number =>
  a.published.localeCompare(b.published) || a.received.localeCompare(b.received) || a.sequence - b.sequence

/** What is believed once everything received up to an instant is in: the definition of the domain, word by word. */
function contentAt(snapshots: readonly ModelSnapshot[], instant: string): Set<string> {
  const heard = snapshots.filter(({ received }) => received <= instant).sort(speaks)
  const base = heard.findLastIndex(({ scope }) => scope === 'full')
  let content = new Set<string>((heard[base]?.rows ?? []).map(({ id, name }) => `${id}|${name}`))
  for (const delta of heard.slice(base + 1)) {
    const mentioned = new Set([...delta.rows.map(({ id }) => id), ...delta.withdrawn])
    content = new Set([...content].filter((row) => !mentioned.has(row.split('|')[0] ?? '')))
    for (const { id, name } of delta.rows) content.add(`${id}|${name}`)
  }
  return content
}

function modelIntervals(snapshots: readonly ModelSnapshot[]): Interval[] {
  const instants = [...new Set(snapshots.map(({ received }) => received))].sort()
  const open = new Map<string, Interval>()
  const closed: Interval[] = []
  for (const instant of instants) {
    const content = contentAt(snapshots, instant)
    for (const [row, interval] of open) {
      if (content.has(row)) continue
      closed.push({ ...interval, to: instant })
      open.delete(row)
    }
    for (const row of content) {
      const [id = '', name = ''] = row.split('|')
      if (!open.has(row)) open.set(row, { id, name, from: instant, to: null })
    }
  }
  return [...closed, ...open.values()].sort(order)
}

const order = (a: Interval, b: Interval): number =>
  a.id.localeCompare(b.id) || a.name.localeCompare(b.name) || a.from.localeCompare(b.from)

const toSnapshot = (one: ModelSnapshot): TestSnapshot => ({
  published: one.published,
  received: one.received,
  sequence: one.sequence,
  scope: one.scope,
  relations: ['parties'],
  rows: [
    ...one.rows.map(({ id, name }) => ({ relation: 'parties' as const, values: { party_id: id, name } })),
    ...one.withdrawn.map((id) => ({ relation: 'parties' as const, values: { party_id: id }, op: 'delete' as const })),
  ],
})

async function storedIntervals(evidence: TestEvidence): Promise<Interval[]> {
  const rows = await evidence.db.rows(
    `SELECT party_id, name, known_from::VARCHAR AS f, known_to::VARCHAR AS t FROM statements.parties
     WHERE known_to IS NULL OR known_to > known_from ORDER BY party_id, name, known_from`,
  )
  const merged: Interval[] = []
  for (const row of rows) {
    const one = { id: String(row.party_id), name: String(row.name), from: day(row.f) ?? '', to: day(row.t) }
    const last = merged.at(-1)
    // Two deliveries of one instant may close and open again at that instant: known without a break.
    if (last !== undefined && last.id === one.id && last.name === one.name && last.to === one.from) last.to = one.to
    else merged.push(one)
  }
  return merged.sort(order)
}

const day = (value: unknown): string | null => (value === null ? null : `${String(value).slice(0, 10)}T00:00:00Z`)

/** The whole table but for numbers that follow the loading order. */
const everything = (evidence: TestEvidence) =>
  evidence.db.rows(
    `SELECT p.party_id, p.name, p.known_from::VARCHAR AS f, p.known_to::VARCHAR AS t, s.snapshot, c.snapshot AS closed_by, p.line
     FROM statements.parties p JOIN snapshots s USING (snapshot_no) LEFT JOIN snapshots c ON c.snapshot_no = p.closed_by
     ORDER BY ALL`,
  )

const dayOfJanuary = fc.integer({ min: 1, max: 5 }).map((d) => `2020-01-0${d}T00:00:00Z`)
const id = fc.constantFrom('A', 'B', 'C')
const history = fc
  .array(
    fc.record({
      published: dayOfJanuary,
      received: dayOfJanuary,
      scope: fc.constantFrom<'full' | 'delta'>('full', 'full', 'delta'),
      rows: fc.uniqueArray(fc.record({ id, name: fc.constantFrom('x', 'y') }), {
        maxLength: 4,
        selector: ({ id: key, name }) => `${key}|${name}`,
      }),
      withdrawn: fc.uniqueArray(id, { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((snapshots) =>
    snapshots.map((one, sequence): ModelSnapshot => {
      const named = new Set(one.rows.map(({ id: key }) => key))
      return { ...one, sequence, withdrawn: one.scope === 'full' ? [] : one.withdrawn.filter((key) => !named.has(key)) }
    }),
  )

async function fold(snapshots: readonly ModelSnapshot[]) {
  const evidence = await TestEvidence.create()
  try {
    for (const one of snapshots) await evidence.load(toSnapshot(one))
    return { intervals: await storedIntervals(evidence), rows: await everything(evidence) }
  } finally {
    await evidence.close()
  }
}

describe('fold of snapshots into statements', () => {
  it('knows a statement at just those instants at which it is in what is believed, and is the same in any loading order, sources included', async () => {
    const shuffled = history.chain((snapshots) =>
      fc.tuple(fc.constant(snapshots), fc.shuffledSubarray(snapshots, { minLength: snapshots.length })),
    )
    await fc.assert(
      fc.asyncProperty(shuffled, async ([one, other]) => {
        const folded = await fold(one)
        expect(folded.intervals).toEqual(modelIntervals(one))
        expect((await fold(other)).rows).toEqual(folded.rows)
      }),
      runs(12),
    )
  }, 240_000)
})
