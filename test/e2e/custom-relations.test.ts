/** Relations of one's own, through the real program. */
import { describe, expect, it } from 'vitest'
import { placeForTest } from '../support/cli.js'

describe('a custom relation that several feeds deliver', () => {
  it('is one relation where they define it alike, and refused where keys or columns differ', async () => {
    const place = placeForTest()
    const stock = place.delivery('stock', { 'stock.csv': ['id,shop,price', 'a,N,1', 'a,S,2'] })
    const mapping = (name: string, ...lines: string[]) => place.file(`${name}.yaml`, ['relation: stock', ...lines])
    const ingest = (feed: string, file: string) => [
      stock,
      '--feed',
      feed,
      '--mapping',
      file,
      '--received',
      '2024-01-01',
    ]
    const byShop = mapping('by-shop', 'key: [id, shop]', 'columns: [id, shop, price]')
    expect((await place.snapshot(...ingest('acme/stock', byShop))).relations.stock?.created).toBe(2)
    // In another order it is the same.
    const reordered = mapping('reordered', 'key: [shop, id]', 'columns: [price, id, shop]')
    expect((await place.snapshot(...ingest('beta/stock', reordered))).relations.stock).toMatchObject({ created: 2 })

    const byId = mapping('by-id', 'key: [id]', 'columns: [id, shop, price]')
    const refused = await place.failure('ingest', ...ingest('gamma/stock', byId))
    expect(refused).toMatchObject({ code: 'relation-differs', exitCode: 3 })
    expect(refused.message).toContain(
      'gamma/stock defines the relation stock with another key than acme/stock, beta/stock',
    )
    expect(refused.suggestions[0]).toContain('stock_stock')
    // A feed may not change its own mind either: the rows of before were told apart otherwise.
    const own = mapping('own', 'key: [id, shop]', 'columns: [id, shop, price]', 'types: {price: decimal}')
    const changed = await place.failure('ingest', ...ingest('acme/stock', own))
    expect(changed.message).toContain('with other columns than acme/stock, beta/stock')
    const { feeds, generation } = await place.status()
    expect([feeds.map(({ feed }) => feed), generation]).toEqual([['acme/stock', 'beta/stock'], 2])
    expect([place.names('snapshots').length, place.leftovers()]).toEqual([2, []])
  }, 120_000)
})
