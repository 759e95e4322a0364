import { describe, expect, it } from 'vitest'
import { benchModule } from './kit.js'

interface Delivery {
  readonly folder: string
  readonly feed: string
  readonly published: string
  readonly round: number
  readonly relations: Readonly<Record<string, number>>
}
interface Truth {
  instances(story: string): number
  changes(delivery: Delivery): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>
}

const { checkIngest } = await benchModule<{
  checkIngest(stdout: string, deliveries: readonly Delivery[], truth: Truth): Promise<void>
}>('support/check-ingest.js')

const delivery = (round: number): Delivery => ({
  folder: `feeds/society/${round}`,
  feed: 'society/works',
  published: '2021-07-01',
  round,
  relations: { shares: 500 },
})
const truth: Truth = {
  instances: (story) => (story === 'share-that-is-no-number' ? 3 : 0),
  changes: async () => ({ shares: { create: 1, update: 4, delete: 2 } }),
}
const document = (shares: object): string =>
  JSON.stringify({
    snapshots: [{ feed: 'society/works', published: '2021-07-01T00:00:00Z', relations: { shares } }],
  })

describe('what an ingest reports against the truth', () => {
  it('accepts all rows of a first snapshot but the refused ones, and the true changes of a later one', async () => {
    // 500 written, three of them refused.
    await checkIngest(document({ rows: 497, created: 497, updated: 0, deleted: 0 }), [delivery(1)], truth)
    await checkIngest(document({ rows: 497, created: 1, updated: 4, deleted: 2 }), [delivery(2)], truth)
  })

  it('refuses a lost row, an invented change, an absent relation and an absent delivery', async () => {
    const lost = document({ rows: 496, created: 496, updated: 0, deleted: 0 })
    await expect(checkIngest(lost, [delivery(1)], truth)).rejects.toThrow(
      'feeds/society/1, shares.rows: 497 by the truth, 496 ingested',
    )
    const invented = document({ rows: 497, created: 1, updated: 5, deleted: 2 })
    await expect(checkIngest(invented, [delivery(2)], truth)).rejects.toThrow(
      'shares.updated: 4 by the truth, 5 ingested',
    )
    const absent = document({}).replace('"shares":{}', '')
    await expect(checkIngest(absent, [delivery(1)], truth)).rejects.toThrow('undefined ingested')
    await expect(checkIngest('{"snapshots":[]}', [delivery(1)], truth)).rejects.toThrow('1 deliveries, 0 ingested')
  })
})
