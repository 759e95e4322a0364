/** References that meet nothing, through the real program: kept, and told once per relation and column. */
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Content, FIXTURES, type Place, placeForTest, rowsOf, type Snapshot } from '../support/cli.js'

/** relation.column, file and line of the first example, its value, and how many there are. */
const unmet = ({ findings }: Snapshot): unknown[] =>
  findings
    .filter(({ code }) => code === 'unresolved-reference')
    .map(({ relation, column, file, line, value, occurrences }) => [
      `${relation}.${column}`,
      `${file}:${line}`,
      value,
      occurrences,
    ])

const FEED = 'feed: test/rights'
const feedFile = (published: string, ...more: string[]): string[] => [FEED, `published: ${published}`, ...more]

/** Ids P1, P2, W1, R1, and whatever is added to them. */
const catalogue = (more: Readonly<Record<string, Content>> = {}) => ({
  'parties.csv': ['party_id,name', 'P1,Ada', 'P2,Ben'],
  'works.csv': ['work_id,title', 'W1,One'],
  'recordings.csv': ['recording_id,title', 'R1,One'],
  ...more,
})

const SHARES = 'work_id,party_id,share,share_kind,right'
const share = (work: string, party: string): string => `${work},${party},50,licensing,mech`

/** A share that names a party, in a delta of its own. */
async function shareOf(place: Place, party: string, published: string): Promise<Snapshot> {
  const files = { 'feed.yaml': feedFile(published, 'scope: delta'), 'shares.csv': [SHARES, share('W1', party)] }
  return place.snapshot(place.delivery(`share-${party}-${published}`, files))
}

describe('within one delivery', () => {
  it('ids of the feed and valid identifiers meet something, everything else is told with its first place', async () => {
    const place = placeForTest()
    const delivery = place.delivery('d', {
      'feed.yaml': feedFile('2024-01-01'),
      ...catalogue({
        'links.csv': [
          'recording_id,work_id',
          'R1,W1',
          'R1,W9',
          'GB-AAA-99-00303,T-034.524.680-1',
          // The check digit should be 1.
          'GBAAA9900309,T-034.524.680-2',
        ],
        'shares.csv': [SHARES, share('W1', 'P1'), share('W1', ''), share('W1', 'P7'), share('W8', '45620792')],
        'shares.part2.csv': [SHARES, share('W1', 'P7'), share('T0345246801', 'P8'), share('W1', 'I-000000229-7')],
        'usage.csv': ['recording_id,territory,period,streams', 'R1,US,2024-01,5', 'R5,US,2024-01,5', 'R6,US,2024-01,5'],
        'affiliations.csv': ['party_id,licensor_party_id,right', 'P1,P2,mech', 'P1,SOC,mech'],
        'licences.csv': [
          'licence_id,right,coverage,licensor_party_id,repertoire',
          'L1,mech,by-claim,P1,all',
          'L2,mech,by-work,P3,W1|R1| W4|T0345246801|R4',
          'L3,mech,whole-right,,Unproven',
        ],
      }),
    })
    const snapshot = await place.snapshot(delivery)
    expect(unmet(snapshot)).toEqual([
      ['affiliations.licensor_party_id', 'd/affiliations.csv:3', 'SOC', 1],
      ['licences.licensor_party_id', 'd/licences.csv:3', 'P3', 1],
      ['licences.repertoire', 'd/licences.csv:3', 'R4', 2],
      ['links.work_id', 'd/links.csv:3', 'W9', 2],
      ['shares.party_id', 'd/shares.csv:4', 'P7', 3],
      ['shares.work_id', 'd/shares.csv:5', 'W8', 1],
      ['usage.recording_id', 'd/usage.csv:3', 'R5', 2],
    ])
    const [party] = snapshot.findings.filter(({ relation }) => relation === 'shares')
    expect(party?.message).toBe('names no party that its feed had stated by then, and is no valid IPI: kept')
    // Kept: nothing of them is lost.
    expect(rowsOf(await place.lookup('W8'), 'shares').map(({ values }) => values.share)).toEqual([50])
  })

  it('a delivery without the relation that is referred to', async () => {
    const place = placeForTest()
    expect(unmet(await shareOf(place, '00045620792', '2024-01-01'))).toEqual([
      ['shares.work_id', 'share-00045620792-2024-01-01/shares.csv:2', 'W1', 1],
    ])
  })

  it('a refused row and a withdrawal refer to nothing', async () => {
    const place = placeForTest()
    const files = catalogue({
      'feed.yaml': feedFile('2024-01-01', 'scope: delta'),
      'shares.csv': [
        `${SHARES},op`,
        `${share('W1', 'P1')},`,
        'W9,P9,fifty,licensing,mech,',
        `${share('W7', 'P7')},delete`,
      ],
    })
    const snapshot = await place.snapshot(place.delivery('d', files), '--max-rejects', '1')
    expect(snapshot.relations.shares).toMatchObject({ created: 1 })
    expect(unmet(snapshot)).toEqual([])
  })
})

describe('across deliveries of a feed', () => {
  it('what an earlier one stated is met, until it is withdrawn; what another feed states is not', async () => {
    const place = placeForTest()
    const full = (published: string, parties: string[]) => ({
      'feed.yaml': feedFile(published),
      ...catalogue({ 'parties.csv': ['party_id,name', ...parties] }),
    })
    await place.snapshot(place.delivery('first', full('2024-01-01', ['P1,Ada', 'P2,Ben'])))
    await place.snapshot(
      place.delivery('other', {
        'feed.yaml': ['feed: test/other', 'published: 2024-01-01'],
        'parties.csv': ['party_id,name', 'X1,Eve'],
      }),
    )
    expect(unmet(await shareOf(place, 'P2', '2024-02-01'))).toEqual([])
    expect(unmet(await shareOf(place, 'X1', '2024-02-02'))).toHaveLength(1)
    // Without P2: the same reference now meets nothing.
    await place.snapshot(place.delivery('second', full('2024-03-01', ['P1,Ada'])))
    expect(unmet(await shareOf(place, 'P2', '2024-04-01'))).toEqual([
      ['shares.party_id', 'share-P2-2024-04-01/shares.csv:2', 'P2', 1],
    ])
  })

  it('a delta that withdraws the party that it refers to', async () => {
    const place = placeForTest()
    await place.snapshot(place.delivery('first', { 'feed.yaml': feedFile('2024-01-01'), ...catalogue() }))
    const delta = place.delivery('delta', {
      'feed.yaml': feedFile('2024-02-01', 'scope: delta'),
      'parties.csv': ['party_id,name,op', 'P2,,delete'],
      'shares.csv': [SHARES, share('W1', 'P2')],
    })
    expect(unmet(await place.snapshot(delta))).toEqual([['shares.party_id', 'delta/shares.csv:2', 'P2', 1]])
  })

  it('a late delivery is judged by what it says itself, although nobody believes it', async () => {
    const place = placeForTest()
    await place.snapshot(place.delivery('first', { 'feed.yaml': feedFile('2024-05-01'), ...catalogue() }))
    const late = place.delivery('late', {
      'feed.yaml': feedFile('2024-01-01', 'received: 2024-06-01'),
      ...catalogue({
        'parties.csv': ['party_id,name', 'P0,Old'],
        'shares.csv': [SHARES, share('W1', 'P0'), share('W1', 'P9')],
      }),
    })
    const snapshot = await place.snapshot(late)
    expect(snapshot.late).toBe(true)
    expect(unmet(snapshot)).toEqual([['shares.party_id', 'late/shares.csv:3', 'P9', 1]])
  })

  it('the order of loading changes what is told, and no statement', async () => {
    const places = [placeForTest(), placeForTest()]
    const told = await Promise.all(
      places.map(async (place, index) => {
        const full = () =>
          place.snapshot(place.delivery('first', { 'feed.yaml': feedFile('2024-01-01'), ...catalogue() }))
        if (index === 0) await full()
        const delta = unmet(await shareOf(place, 'P2', '2024-02-01'))
        if (index === 1) await full()
        return {
          delta: delta.length,
          shares: rowsOf(await place.lookup('W1'), 'shares').map(({ statement }) => statement),
        }
      }),
    )
    expect(told.map(({ delta }) => delta)).toEqual([0, 2])
    expect(told[1]?.shares).toEqual(told[0]?.shares)
  })

  it('a dry run tells the same, the same again what was told at first, and status counts it', async () => {
    const place = placeForTest()
    const files = { 'feed.yaml': feedFile('2024-01-01'), ...catalogue({ 'shares.csv': [SHARES, share('W1', 'P7')] }) }
    const delivery = place.delivery('d', files)
    const wanted = [['shares.party_id', 'd/shares.csv:2', 'P7', 1]]
    expect(unmet(await place.snapshot(delivery, '--dry-run'))).toEqual(wanted)
    expect(unmet(await place.snapshot(delivery))).toEqual(wanted)
    expect(unmet(await place.snapshot(delivery))).toEqual(wanted)
    const { snapshots } = await place.json<{ snapshots: { findings: number }[] }>('status')
    expect(snapshots.map(({ findings }) => findings)).toEqual([1])
  })
})

describe('formats other than tables', () => {
  it('BWARM tells such references by its own cells, once', async () => {
    const place = placeForTest()
    const { findings } = await place.snapshot(path.join(FIXTURES, 'catalogue/mlc-like/2022-01-10'))
    expect(findings.filter(({ code, relation }) => code === 'unresolved-reference' && relation !== null)).toEqual([])
  })

  it('the messages of a label and the registrations of a publisher refer to what they hold themselves', async () => {
    const place = placeForTest()
    for (const folder of ['label-a', 'publisher-cwr']) {
      const { snapshots } = await place.ingest(path.join(FIXTURES, 'catalogue', folder))
      expect(snapshots.length).toBeGreaterThan(0)
      expect(snapshots.flatMap(unmet)).toEqual([])
    }
  })
})
