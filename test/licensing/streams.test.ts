/** Streams counted for one recording: under the ids of the feeds that describe it, and under its ISRC in feeds that do not. */
import { expect, it } from 'vitest'
import type { StreamsDocument } from '../../src/cli/views/streams.js'
import { placeForTest } from '../support/cli.js'
import { writeDeliveries } from './deliveries.js'
import { isrcOf } from './numbers.js'

const [OURS, OTHER] = [isrcOf(1), isrcOf(2)]
const played = (recording_id: string, territory: string, streams: string) => ({
  recording_id,
  territory,
  period: '2019-06',
  streams,
})

it('counts what a feed states by ISRC without describing the recording', async () => {
  const place = placeForTest()
  const deliveries = writeDeliveries(place.folder, [
    {
      feed: 'label/catalogue',
      published: '2019-07-01',
      received: '2019-07-10',
      relations: {
        recordings: [{ recording_id: 'L-1', title: 'Ours', isrc: OURS }],
        usage: [played('L-1', 'FR', '40'), played('L-2', 'FR', '3')],
      },
    },
    {
      feed: 'dsp/usage',
      published: '2019-07-01',
      received: '2019-07-10',
      relations: { usage: [played(OURS, 'DE', '100'), played(OTHER, 'DE', '7'), played('L-1', 'DE', '9')] },
    },
    {
      // Calls another recording by what is our ISRC.
      feed: 'shop/usage',
      published: '2019-07-01',
      received: '2019-07-10',
      relations: {
        recordings: [{ recording_id: OURS, title: 'Other', isrc: OTHER }],
        usage: [played(OURS, 'DE', '5')],
      },
    },
    {
      feed: 'society/links',
      published: '2019-07-01',
      received: '2019-07-10',
      relations: {
        links: [{ recording_id: OURS, work_id: 'W-1' }],
        usage: [played(OURS, 'AT', '2')],
      },
    },
  ])
  await place.json('ingest', ...deliveries)
  for (const id of [OURS, 'L-1']) {
    const { periods } = await place.json<StreamsDocument>('streams', id)
    // 3, 5, 7 and 9 are another recording's: an id of a feed says nothing in another feed.
    expect(periods.map(({ territory, streams }) => [territory, streams])).toEqual([
      ['AT', 2],
      ['DE', 100],
      ['FR', 40],
    ])
  }
})
