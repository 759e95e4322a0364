/** Chains of title, and records that would get one natural id. */
import { describe, expect, test } from 'vitest'
import { type BwarmTables, renumbered, writeBwarm } from '../../support/bwarm.js'
import fc from '../../support/property.js'
import { temporaryFolder } from '../../support/workspaces.js'
import { stageBwarm } from './kit.js'

const PARTIES = [
  { id: 'PW', ipi: '00045620792', name: 'Writer' },
  { id: 'PA', isni: '000000012146438X', name: 'Publisher A' },
  { id: 'PB', ipi: '00130046332', name: 'Publisher B' },
  { id: 'PC', name: 'Admin' },
]
const [A, B] = ['isni:000000012146438X', 'ipi:00130046332']

const share = (id: string, party: string, role: string, type: string, percent: string, before: string[] = []) => ({
  id,
  work: 'W',
  party,
  role,
  share: percent,
  type: [type],
  rights: ['MechanicalRight'],
  before,
})
const owner = (id: string, party: string, percent: string, before: string[] = []) =>
  share(id, party, 'OriginalPublisher', 'OriginalPublisherShare', percent, before)
const admin = (id: string, party: string, percent: string, before: string[] = []) =>
  share(id, party, 'RightsAdministrator', 'MusicalWorkCollectionShare', percent, before)

const tablesOf = (shares: BwarmTables[string]): BwarmTables => ({
  parties: PARTIES,
  works: [{ id: 'W', iswc: 'T0345246801', title: 'Song' }],
  shares,
})

async function chains(tables: BwarmTables) {
  const folder = temporaryFolder()
  const outcome = await stageBwarm(folder, writeBwarm(`${folder}/d`, tables, { version: '2.1' }))
  const rows = await outcome.rows('shares', 'party_id, share_kind AS kind, share_given AS share, chain')
  await outcome.close()
  return { rows, findings: outcome.findings }
}

describe('chain of title', () => {
  test('an administrator belongs to the chain of the publisher; two publishers of one writer have two chains', async () => {
    const { rows } = await chains(
      tablesOf([
        share('S1', 'PW', 'Composer', 'MusicalWorkManuscriptShare', '100'),
        owner('S2', 'PA', '60', ['S1']),
        owner('S3', 'PB', '40', ['S1']),
        admin('S4', 'PC', '60', ['S2']),
      ]),
    )
    expect(rows).toEqual([
      { party_id: 'ipi:00045620792', kind: 'manuscript', share: '100', chain: 'ipi:00045620792 writer manuscript' },
      { party_id: B, kind: 'ownership', share: '40', chain: `${B} publisher ownership` },
      { party_id: A, kind: 'ownership', share: '60', chain: `${A} publisher ownership` },
      { party_id: 'name:admin', kind: 'collection', share: '60', chain: `${A} publisher ownership` },
    ])
  })

  test('two equal slices of one publisher are two chains, each with its administrator', async () => {
    const { rows } = await chains(
      tablesOf([
        owner('S1', 'PA', '25'),
        owner('S2', 'PA', '25'),
        admin('S3', 'PB', '25', ['S1']),
        admin('S4', 'PC', '25', ['S2']),
      ]),
    )
    const labels = new Map(rows.map((row) => [`${row.party_id} ${row.chain}`, row]))
    expect(rows).toHaveLength(4)
    expect(labels.size).toBe(4)
    expect(new Set(rows.map(({ chain }) => chain))).toEqual(
      new Set([`${A} publisher ownership`, `${A} publisher ownership #2`]),
    )
  })

  test('without any preceding share nothing tells the slices apart: no chain, but for copyright control', async () => {
    const { rows } = await chains(
      tablesOf([
        owner('S1', 'PA', '50'),
        admin('S2', 'PB', '50'),
        { id: 'S3', work: 'W', share: '10', type: ['CopyrightControlShare'], rights: ['MechanicalRight'] },
      ]),
    )
    expect(rows.map(({ chain }) => chain)).toEqual([null, null, 'copyright-control'])
  })

  test('of several preceding shares the first by name counts', async () => {
    const { rows } = await chains(
      tablesOf([owner('S1', 'PA', '50'), owner('S2', 'PB', '50'), admin('S3', 'PC', '100', ['S1', 'S2'])]),
    )
    expect(rows.find(({ kind }) => kind === 'collection')?.chain).toBe(`${B} publisher ownership`)
  })

  test('circles end, are noted, and every share keeps a chain of its own', async () => {
    const { rows, findings } = await chains(
      tablesOf([admin('S1', 'PA', '50', ['S2']), admin('S2', 'PB', '50', ['S1'])]),
    )
    expect(rows.map(({ chain }) => chain)).toEqual([`${B} administrator collection`, `${A} administrator collection`])
    expect(findings).toContainEqual(expect.objectContaining({ code: 'circular-chain', occurrences: 2 }))
  })

  test('property: whatever derives from what, renumbering changes nothing', { timeout: 180_000 }, async () => {
    const ids = ['S0', 'S1', 'S2', 'S3', 'S4']
    const record = fc.record({
      party: fc.constantFrom('PA', 'PB', 'PC'),
      isOwner: fc.boolean(),
      share: fc.constantFrom('25', '50'),
      before: fc.subarray(ids, { maxLength: 2 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 5, maxLength: 5 }), fc.integer(), async (records, seed) => {
        const shares = records.map(({ party, isOwner, share: percent, before }, index) => {
          // Only earlier ones: a forest. Circles are covered above.
          const earlier = before.filter((id) => id < `S${index}`)
          return (isOwner ? owner : admin)(`S${index}`, party, percent, earlier)
        })
        const tables = tablesOf(shares)
        expect((await chains(renumbered(tables, seed))).rows).toEqual((await chains(tables)).rows)
      }),
      { numRuns: 3 },
    )
  })
})

describe('records with one natural id', () => {
  test('two works under one ISWC with different shares are two works', async () => {
    const folder = temporaryFolder()
    const tables = {
      parties: PARTIES,
      works: [
        { id: 'W1', iswc: 'T0345246801', title: 'Song' },
        { id: 'W2', iswc: 'T0345246801', title: 'Song (Remix)' },
      ],
      shares: [
        { ...owner('S1', 'PA', '100'), work: 'W1' },
        { ...owner('S2', 'PB', '100'), work: 'W2' },
      ],
    }
    const outcome = await stageBwarm(folder, writeBwarm(`${folder}/d`, tables, { version: '2.1' }))
    const works = (await outcome.rows('works', 'work_id')).map(({ work_id }) => work_id)
    expect(new Set(works).size).toBe(2)
    expect(works.every((id) => /^T0345246801#[0-9a-f]{8}$/.test(String(id)))).toBe(true)
    expect((await outcome.rows('shares', 'work_id')).map(({ work_id }) => work_id)).toEqual(works)
    await outcome.close()
  })

  test('recordings of one ISRC stay one while their works agree, and are told apart where they do not', async () => {
    const read = async (second: string) => {
      const folder = temporaryFolder()
      const tables = {
        works: [
          { id: 'W1', iswc: 'T0345246801', title: 'One' },
          { id: 'W2', iswc: 'T9110536293', title: 'Two' },
        ],
        recordings: [
          { id: 'R1', isrc: 'GBAAA9900303', title: 'One', artist: 'X' },
          { id: 'R2', isrc: 'GBAAA9900303', title: 'One (Edit)', artist: 'X' },
        ],
        links: [
          { id: 'K1', work: 'W1', recording: 'R1' },
          { id: 'K2', work: second, recording: 'R2' },
        ],
      }
      const outcome = await stageBwarm(folder, writeBwarm(`${folder}/d`, tables, { version: '2.1' }))
      const rows = await outcome.rows('links', 'recording_id')
      await outcome.close()
      return new Set(rows.map(({ recording_id }) => String(recording_id)))
    }
    expect(await read('W1')).toEqual(new Set(['GBAAA9900303']))
    expect((await read('W2')).size).toBe(2)
  })
})
