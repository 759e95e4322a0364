import { describe, expect, it } from 'vitest'
import { TestEvidence, type TestRow, type TestSnapshot } from '../support/evidence.js'
import fc, { runs } from '../support/property.js'

/** A message about a release: everything that was said of it before is replaced by its titles; none is a purge. */
interface Message {
  unit: string
  spoken: string
  titles: string[]
}

interface Batch {
  received: string
  published: string
  sequence: number
  messages: Message[]
}

const newest = (messages: readonly Message[]): string =>
  messages
    .map(({ spoken }) => spoken)
    .sort()
    .at(-1) ?? ''

/** What is believed of each release at an instant: the last message about it that had been received. */
function contentAt(batches: readonly Batch[], instant: string): Set<string> {
  const heard = batches
    .filter(({ received }) => received <= instant)
    .flatMap((batch) => batch.messages.map((message) => ({ ...message, batch })))
    .sort(
      (a, b) =>
        a.spoken.localeCompare(b.spoken) ||
        a.batch.published.localeCompare(b.batch.published) ||
        a.batch.received.localeCompare(b.batch.received) ||
        a.batch.sequence - b.batch.sequence,
    )
  const last = new Map(heard.map((message) => [message.unit, message]))
  return new Set([...last.values()].flatMap(({ unit, titles }) => titles.map((title) => `${unit}|${title}`)))
}

const days = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((d) => `2020-01-${String(d).padStart(2, '0')}T00:00:00Z`)

const batches = fc
  .array(
    fc.record({
      received: days(10, 13),
      messages: fc.uniqueArray(
        fc.record({
          unit: fc.constantFrom('release:1', 'release:2'),
          spoken: days(1, 4),
          titles: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { maxLength: 2 }),
        }),
        // Two messages of one release at one instant in one delivery have no order that the sender gave them.
        { minLength: 1, maxLength: 3, selector: ({ unit, spoken }) => `${unit} ${spoken}` },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.map((batch, sequence): Batch => ({ ...batch, sequence, published: newest(batch.messages) })))

const toSnapshot = ({ received, published, sequence, messages }: Batch): TestSnapshot => ({
  received,
  published,
  sequence,
  scope: 'delta',
  byUnit: true,
  relations: ['recordings', 'takedowns'],
  rows: messages.flatMap(({ unit, spoken, titles }): TestRow[] =>
    titles.length === 0
      ? [{ relation: 'recordings' as const, unit, spoken, op: 'delete' as const, values: {} }]
      : titles.map((title) => ({
          relation: 'recordings' as const,
          unit,
          spoken,
          // The same recording may stand on both releases: each says it for itself.
          values: { recording_id: `r-${title}`, title },
        })),
  ),
})

async function believed(evidence: TestEvidence, instant: string): Promise<Set<string>> {
  const rows = await evidence.db.rows(
    `SELECT unit, title FROM statements.recordings
     WHERE known_from <= $instant::TIMESTAMP AND (known_to IS NULL OR known_to > $instant::TIMESTAMP)`,
    { instant: instant.replace('Z', '') },
  )
  expect(new Set(rows.map((row) => `${row.unit}|${row.title}`)).size).toBe(rows.length)
  return new Set(rows.map((row) => `${row.unit}|${row.title}`))
}

describe('fold of deliveries that replace units', () => {
  it('believes of each unit what was said last of it, by the time of saying and not of arrival, in any loading order', async () => {
    const loaded = batches.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    await fc.assert(
      fc.asyncProperty(loaded, async ([all, order]) => {
        const evidence = await TestEvidence.create()
        try {
          for (const batch of order) await evidence.load(toSnapshot(batch))
          for (const { received } of all) {
            expect(await believed(evidence, received)).toEqual(contentAt(all, received))
          }
        } finally {
          await evidence.close()
        }
      }),
      runs(20),
    )
  }, 240_000)
})
