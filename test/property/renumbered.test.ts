/** BWARM record ids hold inside one dump: the next dump with other ids and another order changes nothing. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type BwarmTables, renumbered, writeBwarm } from '../support/bwarm.js'
import { TestEvidence } from '../support/evidence.js'
import fc, { runs } from '../support/property.js'
import { deliver, type Files } from './deliver.js'

/** Valid by their check digits. */
const IPIS = ['00045620792', '00130046332', '']
const ISWCS = ['T0345246801', 'T9110536293', '']
const ISRCS = ['GBAAA9900303', 'USS1Z1412345', '']

const parties = fc.array(fc.record({ ipi: fc.constantFrom(...IPIS), name: fc.constantFrom('Ada', 'Bo', 'Bo') }), {
  minLength: 1,
  maxLength: 4,
})
const works = fc.array(
  fc.record({ iswc: fc.constantFrom(...ISWCS), title: fc.constantFrom('Song', 'Air', 'Tab\there') }),
  { minLength: 1, maxLength: 4 },
)
const recordings = fc.array(
  fc.record({
    isrc: fc.constantFrom(...ISRCS),
    title: fc.constantFrom('Song', 'Live'),
    artist: fc.constantFrom('Ada', ''),
    duration: fc.constantFrom('PT3M', ''),
  }),
  { maxLength: 3 },
)
const shares = fc.array(
  fc.record({
    work: fc.nat(3),
    party: fc.option(fc.nat(3), { nil: null }),
    before: fc.option(fc.nat(5), { nil: null }),
    role: fc.constantFrom('Composer', 'OriginalPublisher', 'RightsAdministrator', 'SubPublisher'),
    share: fc.constantFrom('', '50', '25', '33.333333'),
    type: fc.constantFrom('OriginalPublisherShare', 'MusicalWorkCollectionShare', 'MusicalWorkManuscriptShare'),
    right: fc.constantFrom('MechanicalRight', 'PerformingRight'),
    territories: fc.constantFrom('Worldwide', 'US'),
  }),
  { maxLength: 6 },
)
const links = fc.array(fc.record({ work: fc.nat(3), recording: fc.nat(2) }), { maxLength: 4 })

const dump: fc.Arbitrary<BwarmTables> = fc.record({ parties, works, recordings, shares, links }).map(
  (all): BwarmTables => ({
    parties: all.parties.map((row, n) => ({ id: `P${n}`, ...row })),
    works: all.works.map((row, n) => ({ id: `W${n}`, ...row })),
    recordings: all.recordings.map((row, n) => ({ id: `R${n}`, ...row })),
    shares: all.shares.map(({ work, party, before, type, right, territories, ...row }, n) => ({
      id: `S${n}`,
      work: `W${work % all.works.length}`,
      ...(party === null ? {} : { party: `P${party % all.parties.length}` }),
      // A record stands behind one of the same work that comes before it, so that chains end.
      ...(before !== null && before < n && all.shares[before]?.work === work ? { before: [`S${before}`] } : {}),
      ...row,
      type: [type],
      rights: [right],
      territories: [territories],
    })),
    links:
      all.recordings.length === 0
        ? []
        : all.links.map(({ work, recording }, n) => ({
            id: `K${n}`,
            work: `W${work % all.works.length}`,
            recording: `R${recording % all.recordings.length}`,
          })),
  }),
)

function written(folder: string, tables: BwarmTables): Files {
  mkdirSync(folder)
  writeBwarm(folder, tables, { version: '2.1' })
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]))
}

describe('a renumbered BWARM dump', { timeout: 240_000 }, () => {
  it('creates, updates and deletes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(dump, fc.nat(), async (tables, seed) => {
        const evidence = await TestEvidence.create()
        try {
          const first = written(join(evidence.folder, 'first'), tables)
          const second = written(join(evidence.folder, 'second'), renumbered(tables, seed))
          const { changes: created } = await deliver(evidence, first, {
            published: '2020-01-01',
            received: '2020-01-01',
          })
          expect(created.get('works')?.created).toBeGreaterThan(0)
          const { changes } = await deliver(evidence, second, { published: '2020-02-01', received: '2020-02-01' })
          for (const [relation, counts] of changes) {
            expect([relation, counts.created, counts.updated, counts.deleted]).toEqual([relation, 0, 0, 0])
          }
        } finally {
          await evidence.close()
        }
      }),
      runs(3),
    )
  })
})
