/** Deliveries over time through the real program: deltas, late arrivals, repeats, silence and withdrawal. */
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LookupDocument } from '../../src/cli/views/lookup-document.js'
import { renumbered, writeBwarm } from '../support/bwarm.js'
import { FIXTURES, Place, placeForTest, rowsOf } from '../support/cli.js'

const HEADER = 'work_id,party_id,share,share_kind,right,op'
const says = (party: string, share: string, op = '') => `W1,${party},${share},licensing,mech,${op}`

interface Sent {
  readonly published: string
  readonly received?: string
  readonly scope?: 'full' | 'delta'
  readonly more?: readonly string[]
  readonly rows: readonly string[]
}

/** Writes a delivery of shares of the work W1 with its feed.yaml; returns its folder. */
function write(place: Place, name: string, { published, received, scope, more = [], rows }: Sent): string {
  return place.delivery(name, {
    'feed.yaml': [
      'feed: test/shares',
      `published: ${published}`,
      ...(received === undefined ? [] : [`received: ${received}`]),
      ...(scope === undefined ? [] : [`scope: ${scope}`]),
      ...more,
    ],
    'shares.csv': [HEADER, ...rows],
  })
}

/** `A 50` for each share of W1 as known on a day (default: the last receipt), in order. */
async function known(place: Place, day?: string): Promise<string[]> {
  const { code, stdout } = await place.run('lookup', 'W1', '--json', ...(day === undefined ? [] : ['--known', day]))
  if (code === 4) return []
  return rowsOf(JSON.parse(stdout) as LookupDocument, 'shares').map(
    ({ values }) => `${values.party_id} ${values.share}`,
  )
}

const FIRST: Sent = { published: '2024-01-01', rows: [says('A', '50'), says('B', '50')] }
const DELTA: Sent = { published: '2024-02-01', scope: 'delta', rows: [says('A', '60'), says('B', '', 'delete')] }
/** Published between the two, received after them. */
const LATE: Sent = {
  published: '2024-01-15',
  received: '2024-03-01',
  rows: ['A', 'B', 'C'].map((party) => says(party, '7')),
}

describe('a delta', () => {
  it('changes and withdraws what it names, and is silent about the rest', async () => {
    const place = placeForTest()
    await place.snapshot(write(place, 'first', { ...FIRST, rows: [...FIRST.rows, says('C', '10')] }))
    const delta = write(place, 'delta', { ...DELTA, rows: [...DELTA.rows, says('D', '5'), says('E', '', 'delete')] })
    const { relations, scope } = await place.snapshot(delta)
    expect(scope).toBe('delta')
    // Four keys are named: A changes, B goes, D is new, E was never there.
    expect(relations.shares).toMatchObject({ rows: 4, created: 1, updated: 1, deleted: 1, unchanged: 0 })
    expect(await known(place)).toEqual(['A 60', 'C 10', 'D 5'])
    expect(await known(place, '2024-01-31')).toEqual(['A 50', 'B 50', 'C 10'])
  })
})

describe('the loading order', () => {
  const DELIVERIES: Readonly<Record<string, Sent>> = { first: FIRST, delta: DELTA, late: LATE }
  const ORDERS = [
    ['first', 'delta', 'late'],
    ['first', 'late', 'delta'],
    ['delta', 'first', 'late'],
    ['delta', 'late', 'first'],
    ['late', 'first', 'delta'],
    ['late', 'delta', 'first'],
  ]

  const histories: string[] = []
  beforeAll(async () => {
    for (const order of ORDERS) {
      const place = new Place()
      try {
        for (const name of order) await place.snapshot(write(place, name, DELIVERIES[name] ?? FIRST))
        histories.push((await place.run('lookup', 'W1', '--history', '--json')).stdout)
      } finally {
        place.remove()
      }
    }
  }, 180_000)

  it('changes nothing: three deliveries in all six orders give the same bytes', () => {
    const told = rowsOf(JSON.parse(histories[0] ?? '') as LookupDocument, 'shares').map(
      ({ values, known: when, source }) => [
        `${values.party_id} ${values.share}`,
        `${when.from} to ${when.to ?? 'open'}`,
        when.effective,
        source.file,
      ],
    )
    // At 2024-03-01 the last full publication is the late one, and the delta, published after it, still overrules it:
    // it says A 60 and that B is withdrawn. Of the late one only C is believed.
    expect(told.sort()).toEqual([
      ['A 50', '2024-01-01 to 2024-02-01', true, 'first/shares.csv'],
      ['A 60', '2024-02-01 to open', true, 'delta/shares.csv'],
      ['A 7', '2024-03-01 to 2024-03-01', false, 'late/shares.csv'],
      ['B 50', '2024-01-01 to 2024-02-01', true, 'first/shares.csv'],
      ['B 7', '2024-03-01 to 2024-03-01', false, 'late/shares.csv'],
      ['C 7', '2024-03-01 to open', true, 'late/shares.csv'],
    ])
    for (const [index, one] of histories.entries()) expect(one, ORDERS[index]?.join()).toBe(histories[0])
  })

  it('does not matter within one call either', async () => {
    const place = placeForTest()
    const paths = ['late', 'delta', 'first'].map((name) => write(place, name, DELIVERIES[name] ?? FIRST))
    const { snapshots } = await place.ingest(...paths)
    expect(snapshots.map(({ published, late }) => [published, late])).toEqual([
      ['2024-01-15', true],
      ['2024-02-01', false],
      ['2024-01-01', false],
    ])
    expect((await place.run('lookup', 'W1', '--history', '--json')).stdout).toBe(histories[0])
  })
})

describe('an older publication that arrives late', () => {
  it('is kept, is told as late, and never believed while a newer full one had been received', async () => {
    const place = placeForTest()
    await place.snapshot(write(place, 'first', { published: '2024-02-01', rows: [says('A', '50')] }))
    const late = write(place, 'late', { published: '2024-01-01', received: '2024-03-01', rows: [says('A', '99')] })
    const snapshot = await place.snapshot(late)
    expect(snapshot).toMatchObject({ late: true, receivedBasis: 'given' })
    expect(snapshot.relations.shares).toMatchObject({ rows: 1, created: 0, updated: 0, deleted: 0, late: 1 })
    expect(await known(place)).toEqual(['A 50'])
    const told = await place.run('lookup', 'W1', '--history')
    expect(told.stdout).toContain('late, not effective')
  })

  it('of two corrections of one day the last received stands', async () => {
    const place = placeForTest()
    for (const [name, hour, share] of [
      ['b', '15', '20'],
      ['a', '09', '10'],
    ] as const) {
      const published = `2024-01-01T${hour}:00:00Z`
      await place.snapshot(write(place, name, { published, rows: [says('A', share)] }))
    }
    expect(await known(place, '2024-01-01')).toEqual(['A 20'])
    expect(await known(place, '2024-01-01T12:00:00Z')).toEqual(['A 10'])
  })
})

describe('the same again', () => {
  it('is known already: nothing is published, byte for byte the same answer', async () => {
    const place = placeForTest()
    const delivery = write(place, 'first', FIRST)
    const first = await place.snapshot(delivery)
    const before = (await place.run('lookup', 'W1', '--history', '--json')).stdout
    const again = await place.ingest(delivery)
    expect(again.generation).toBe(null)
    expect(again.snapshots).toMatchObject([
      {
        id: first.id,
        alreadyKnown: true,
        relations: { shares: { rows: 2, created: 0, updated: 0, deleted: 0, unchanged: 2 } },
      },
    ])
    expect((await place.run('lookup', 'W1', '--history', '--json')).stdout).toBe(before)
    // The same content under another name of its folder is the same delivery all the same.
    expect((await place.snapshot(write(place, 'copy', FIRST))).alreadyKnown).toBe(true)
    // Twice in one call counts once.
    const twice = await place.ingest(write(place, 'x', DELTA), write(place, 'y', DELTA))
    expect(twice.snapshots).toMatchObject([
      { alreadyKnown: false, relations: { shares: { rows: 2, updated: 1, deleted: 1 } } },
      { alreadyKnown: true, relations: { shares: { rows: 2, updated: 0, deleted: 0 } } },
    ])
    expect((await place.status()).snapshots.length).toBe(2)
  })

  it('with a later date is a new delivery without a change', async () => {
    const place = placeForTest()
    await place.snapshot(write(place, 'first', FIRST))
    const second = await place.snapshot(write(place, 'second', { ...FIRST, published: '2024-05-01' }))
    expect(second.alreadyKnown).toBe(false)
    expect(second.relations.shares).toMatchObject({ rows: 2, created: 0, updated: 0, deleted: 0, unchanged: 2 })
    const rows = rowsOf(await place.lookup('W1', '--history'), 'shares')
    expect(rows.map(({ known: when, source }) => [when.from, when.to, source.file])).toEqual([
      ['2024-01-01', null, 'first/shares.csv'],
      ['2024-01-01', null, 'first/shares.csv'],
    ])
  })

  it('with all record ids of a BWARM dump new and its rows in another order is no change at all', async () => {
    const place = placeForTest()
    const tables = {
      parties: [
        { id: 'P1', ipi: '00990000165', name: 'Aurora Fable Music' },
        { id: 'P2', ipi: '00990000263', name: 'Birch Fiction Songs' },
      ],
      works: [
        { id: 'M1', iswc: 'T9000000011', title: 'Eight Hats' },
        { id: 'M2', iswc: 'T9000000022', title: 'Lighthouse' },
      ],
      shares: ['P1', 'P2'].flatMap((party) =>
        ['M1', 'M2'].map((work) => ({
          id: `S${work}${party}`,
          work,
          party,
          role: 'OriginalPublisher',
          share: '50',
          type: 'LicensingShare',
          rights: 'MechanicalRight',
          territories: 'US',
        })),
      ),
      recordings: [
        { id: 'R1', type: 'SoundRecording', isrc: 'ZZRCL1800001', title: 'Eight Hats', artist: 'The Placeholders' },
      ],
      links: [{ id: 'L1', work: 'M1', recording: 'R1' }],
    }
    writeBwarm(path.join(place.folder, 'one'), tables, { version: '2.1' })
    writeBwarm(path.join(place.folder, 'two'), renumbered(tables, 7), { version: '2.1' })
    const when = (published: string) => ['--feed', 'test/bwarm', '--published', published]
    const first = await place.snapshot(path.join(place.folder, 'one'), ...when('2024-01-07'))
    expect(
      Object.entries(first.relations)
        .map(([name, { created }]) => [name, created])
        .sort(),
    ).toEqual([
      ['links', 1],
      ['parties', 2],
      ['recordings', 1],
      ['shares', 4],
      ['works', 2],
    ])
    const second = await place.snapshot(path.join(place.folder, 'two'), ...when('2024-02-07'))
    for (const changes of Object.values(second.relations)) {
      expect(changes).toMatchObject({ created: 0, updated: 0, deleted: 0, unchanged: changes.rows })
    }
  })
})

describe('absence', () => {
  it('of all rows below the header of a full delivery withdraws them; of the file it is silence', async () => {
    const place = placeForTest()
    await place.snapshot(write(place, 'first', FIRST))
    const other = place.delivery('other', {
      'feed.yaml': ['feed: test/shares', 'published: 2024-02-01'],
      'works.csv': ['work_id,title', 'W1,One'],
    })
    expect(Object.keys((await place.snapshot(other)).relations)).toEqual(['works'])
    expect(await known(place)).toEqual(['A 50', 'B 50'])
    const { relations } = await place.snapshot(write(place, 'empty', { published: '2024-03-01', rows: [] }))
    expect(relations.shares).toMatchObject({ rows: 0, deleted: 2 })
    expect(await known(place)).toEqual([])
    expect(await known(place, '2024-02-28')).toEqual(['A 50', 'B 50'])
  })

  it('of a file withdraws where feed.yaml says that the relation is complete', async () => {
    const place = placeForTest()
    await place.snapshot(write(place, 'first', FIRST))
    const other = place.delivery('other', {
      'feed.yaml': ['feed: test/shares', 'published: 2024-02-01', 'complete: [shares]'],
      'works.csv': ['work_id,title', 'W1,One'],
    })
    expect((await place.snapshot(other)).relations.shares).toMatchObject({ rows: 0, deleted: 2 })
    expect(await known(place)).toEqual([])
  })

  it('of rows that feed.yaml announced withdraws nothing', async () => {
    const place = placeForTest()
    await place.snapshot(write(place, 'first', FIRST))
    const cut: Sent = { published: '2024-02-01', rows: [says('A', '55')], more: ['rows:', '  shares: 2'] }
    const { code, stderr, stdout } = await place.run('ingest', write(place, 'cut', cut), '--json')
    expect(code, stderr).toBe(0)
    const [snapshot] = JSON.parse(stdout).snapshots
    expect(snapshot).toMatchObject({ partial: true, relations: { shares: { rows: 1, updated: 1, deleted: 0 } } })
    expect(snapshot.findings[0].message).toMatch(/announces 2 rows of shares, 1 were found/)
    expect(stderr).toContain('not taken as withdrawn')
    expect(await known(place)).toEqual(['A 55', 'B 50'])
  })

  it('from a damaged BWARM dump withdraws nothing', async () => {
    const place = placeForTest()
    await place.snapshot(path.join(FIXTURES, 'catalogue/mlc-like/2022-04-11'), '--feed', 'mlc-like/bwarm')
    const damaged = path.join(FIXTURES, 'broken/bwarm-manifest-mismatch')
    const { partial, relations } = await place.snapshot(damaged, '--feed', 'mlc-like/bwarm')
    expect(partial).toBe(true)
    for (const { deleted } of Object.values(relations)) expect(deleted).toBe(0)
  })
})

describe('--dry-run', () => {
  it('tells what would change and publishes nothing', async () => {
    const place = placeForTest()
    await place.snapshot(write(place, 'first', FIRST))
    const document = await place.ingest(write(place, 'delta', DELTA), '--dry-run')
    expect(document).toMatchObject({ dryRun: true, generation: null })
    expect(document.snapshots[0]?.relations.shares).toMatchObject({ rows: 2, updated: 1, deleted: 1 })
    expect(await known(place)).toEqual(['A 50', 'B 50'])
    expect([place.names('generations'), place.names('snapshots').length, place.leftovers()]).toEqual([['1'], 1, []])
    const plain = await place.run('ingest', path.join(place.folder, 'delta'), '--dry-run')
    expect(plain.stdout).toContain('Dry run: nothing was published.')
    expect((await place.ingest(path.join(place.folder, 'delta'))).dryRun).toBe(false)
    expect(await known(place)).toEqual(['A 60'])
  })
})
