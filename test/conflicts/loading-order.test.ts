/** What is told of conflicts, keys and order included, depends on the deliveries and not on the order in which they were loaded. */
import path from 'node:path'
import { expect, it } from 'vitest'
import type { ConflictsDocument } from '../../src/cli/views/conflicts-document.js'
import { FIXTURES, placeForTest } from '../support/cli.js'

const DELIVERIES = ['society/2018-06-01', 'attic/2019-05-01', 'service/2020-01-01']

async function conflictsAfter(deliveries: readonly string[]): Promise<Omit<ConflictsDocument, 'basis'>> {
  const place = placeForTest()
  for (const delivery of deliveries) {
    await place.ingest(path.join(FIXTURES, 'catalogue', delivery), '--max-rejects', '4')
  }
  const { basis: _, ...told } = await place.json<ConflictsDocument>('conflicts')
  return told
}

it('says the same, word for word, whatever was loaded first', async () => {
  const told = await conflictsAfter(DELIVERIES)
  expect(await conflictsAfter([...DELIVERIES].reverse())).toEqual(told)
  // Lines that were refused have no statement: they are called by their file. Lines 3 and 4 of the attic's shares.
  expect(
    told.conflicts.flatMap(({ id, subject: { kind, ...rest } }) =>
      kind === 'line' ? [{ conflict: id, ...rest }] : [],
    ),
  ).toEqual([
    { conflict: 'C-SHR-08', id: '2019-05-01/shares.csv:3', feed: 'attic/catalogue' },
    { conflict: 'C-DAT-03', id: '2019-05-01/shares.csv:4', feed: 'attic/catalogue' },
  ])
})
