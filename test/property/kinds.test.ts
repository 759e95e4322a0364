/** The kind of file, and the order of what is in it, say nothing: the same table gives the same statements. */
import { describe, expect, it } from 'vitest'
import { TestEvidence } from '../support/evidence.js'
import fc, { runs } from '../support/property.js'
import { deliver, type Files, statementsAt } from './deliver.js'
import { allKinds, delimitedText } from './table-files.js'
import { SHARE_COLUMNS, shareRows, tableOf } from './tables.js'

/** Delivers each of the files as a feed of its own and gives what each then says. */
async function statementsByFeed(
  deliveries: (evidence: TestEvidence) => Promise<Readonly<Record<string, Files>>>,
): Promise<Map<string, string[]>> {
  const evidence = await TestEvidence.create()
  try {
    const said = new Map<string, string[]>()
    for (const [feed, files] of Object.entries(await deliveries(evidence))) {
      const { record } = await deliver(evidence, files, { feed })
      expect(record.files.map(({ rejected }) => rejected)).toEqual(record.files.map(() => 0))
      said.set(feed, await statementsAt(evidence, { feed }))
    }
    return said
  } finally {
    await evidence.close()
  }
}

describe('the same table', { timeout: 240_000 }, () => {
  it('as CSV, TSV, JSONL, Parquet, Avro, gzip and zip gives the same statements', async () => {
    await fc.assert(
      fc.asyncProperty(shareRows, async (rows) => {
        const found = await statementsByFeed(async ({ db, folder }) => {
          const kinds = await allKinds(db, folder, 'shares', tableOf(rows))
          return Object.fromEntries(Object.entries(kinds).map(([name, content]) => [name, { [name]: content }]))
        })
        const csv = found.get('shares.csv') ?? []
        expect(csv.length).toBeGreaterThan(0)
        for (const [name, statements] of found) expect([name, statements]).toEqual([name, csv])
      }),
      runs(8),
    )
  })

  it('with its rows, columns and files in another order gives the same statements', async () => {
    const shuffled = shareRows.chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        moved: fc.shuffledSubarray(rows, { minLength: rows.length }),
        names: fc.shuffledSubarray([...SHARE_COLUMNS], { minLength: SHARE_COLUMNS.length }),
        cut: fc.integer({ min: 0, max: rows.length }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(shuffled, async ({ rows, moved, names, cut }) => {
        const [first, second] = [moved.slice(0, cut), moved.slice(cut)]
        const inTwo = {
          'shares-2.csv': delimitedText(tableOf(first, names), ','),
          'shares-1.tsv': delimitedText(tableOf(second), '\t', '\r\n'),
        }
        const whole = { 'shares.csv': delimitedText(tableOf(rows), ',') }
        const said = await statementsByFeed(async () => ({ whole, inTwo }))
        expect(said.get('whole')?.length).toBeGreaterThan(0)
        expect(said.get('inTwo')).toEqual(said.get('whole'))
      }),
      runs(8),
    )
  })
})
