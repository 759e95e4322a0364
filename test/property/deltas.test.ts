/** A full delivery and the delta that lists what it changes leave the same body of statements. */
import { describe, expect, it } from 'vitest'
import { TestEvidence } from '../support/evidence.js'
import fc, { runs } from '../support/property.js'
import { deliver, statementsAt } from './deliver.js'
import { delimitedText } from './table-files.js'

interface Party {
  readonly party_id: string
  readonly name: string
  readonly kind: string
}

const party = fc.record({
  party_id: fc.constantFrom('A', 'B', 'C', 'D', '007', '7'),
  name: fc.constantFrom('Ada', 'Bo', 'Ada ', 'ada', '"x"\ny'),
  kind: fc.constantFrom('', 'writer', 'publisher'),
})

/** Rows without equal ones; several differing rows of one key may be there. */
const content = fc.uniqueArray(party, { maxLength: 8, selector: (row) => JSON.stringify(row) })

const keysOf = (rows: readonly Party[]): string[] => [...new Set(rows.map(({ party_id }) => party_id))]
const rowsOf = (rows: readonly Party[], key: string): string[] =>
  rows
    .filter(({ party_id }) => party_id === key)
    .map((row) => JSON.stringify(row))
    .sort()

const COLUMNS = ['op', 'party_id', 'name', 'kind'] as const
const csv = (rows: readonly (Party & { op?: string })[]): string =>
  delimitedText({ names: COLUMNS, rows: rows.map((row) => COLUMNS.map((name) => row[name] ?? '')) }, ',')

/** The delta between two contents: all rows of each key that differs, and a withdrawal of each key that is gone. */
function deltaOf(before: readonly Party[], after: readonly Party[]): (Party & { op: string })[] {
  const changed = keysOf(after).filter((key) => rowsOf(before, key).join() !== rowsOf(after, key).join())
  const gone = keysOf(before).filter((key) => !keysOf(after).includes(key))
  return [
    ...after.filter(({ party_id }) => changed.includes(party_id)).map((row) => ({ ...row, op: 'update' })),
    ...gone.map((party_id) => ({ party_id, name: '', kind: '', op: 'delete' })),
  ]
}

const DAYS = ['2020-01-01', '2020-02-01', '2020-03-01']

describe('a full delivery and the delta that lists its changes', { timeout: 240_000 }, () => {
  it('leave the same statements after each delivery', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(content, content, content), async (contents) => {
        const evidence = await TestEvidence.create()
        try {
          for (const [index, rows] of contents.entries()) {
            const dates = { published: DAYS[index], received: DAYS[index] }
            const before = contents[index - 1] ?? []
            const full = await deliver(evidence, { 'parties.csv': csv(rows) }, { ...dates, feed: 'full' })
            const files = { 'parties.csv': csv(index === 0 ? rows : deltaOf(before, rows)) }
            const delta = await deliver(evidence, files, {
              ...dates,
              feed: 'delta',
              scope: index === 0 ? 'full' : 'delta',
            })
            const [ours, theirs] = [full, delta].map(({ changes }) => changes.get('parties'))
            for (const count of ['created', 'updated', 'deleted'] as const) {
              expect([index, count, theirs?.[count]]).toEqual([index, count, ours?.[count]])
            }
          }
          for (const [index, rows] of contents.entries()) {
            const instant = `${DAYS[index]} 12:00:00`
            const said = await statementsAt(evidence, { instant, feed: 'full' })
            // Blanks at the end of a name say nothing: such rows are equal.
            const distinct = new Set(rows.map((row) => JSON.stringify({ ...row, name: row.name.trim() })))
            expect(said).toHaveLength(distinct.size)
            expect(await statementsAt(evidence, { instant, feed: 'delta' })).toEqual(said)
          }
        } finally {
          await evidence.close()
        }
      }),
      runs(8),
    )
  })
})
