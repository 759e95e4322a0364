/** A provider withdraws everything: exactly the conflicts that rested on it change. */
import { expect, it } from 'vitest'
import type { ConflictsDocument } from '../../src/cli/views/conflicts-document.js'
import { writeDeliveries } from '../licensing/deliveries.js'
import { placeForTest } from '../support/cli.js'
import { deliveriesOf, World } from './worlds/world.js'

it('what rested on it disappears, what it left open appears, the rest stands', async () => {
  const place = placeForTest()
  const shared = new World(1).share('p1/x', 1, 60).share('p2/x', 2, 60, {}, { until: 1 })
  // Has nothing to do with the second provider.
  const own = new World(2).share('p1/x', 1, 60).share('p1/x', 2, 60)
  await place.json('ingest', ...writeDeliveries(place.folder, deliveriesOf([shared, own])))
  const { conflicts, disappeared, counts } = await place.json<ConflictsDocument>('conflicts', '--since', '2020-01-01')
  const told = (list: typeof conflicts | undefined) => list?.map(({ id, subject }) => `${id} ${subject.iswc}`).sort()
  expect(told(disappeared)).toEqual([`C-SHR-01 ${shared.iswc()}`])
  expect(told(conflicts)).toEqual([`C-SHR-03 ${shared.iswc()}`, `C-SNP-01 ${shared.iswc()}`])
  expect(counts['C-SHR-02']).toBe(0)
}, 120_000)
