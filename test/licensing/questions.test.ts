/**
 * The questions of domain.md 3.2 that have flags of their own, each worked out by hand from the examples and vectors of the
 * domain: first knowledge (Q6), the longest stretch (Q7), what a delivery changed (Q8), what was withdrawn (Q11), and what
 * rests on a row (Q12).
 */
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ImpactDocument } from '../../src/cli/views/impact.js'
import type { LicensedDocument } from '../../src/cli/views/licensed-document.js'
import type { TimelineDocument } from '../../src/cli/views/timeline-document.js'
import { ATOMS } from '../../src/model/territories/territory-set.js'
import { placeForSuite } from '../support/cli.js'
import { writeDeliveries } from './deliveries.js'
import { EXAMPLES, HISTORY, TIME_VECTORS } from './golden/index.js'
import { R1 } from './golden/scene.js'

const deliveriesOf = (name: string) => {
  const found = EXAMPLES.find((example) => example.name.startsWith(name))
  if (found === undefined) throw new Error(`There is no example ${name}.`)
  return found.deliveries
}

const asked = (on: string, territory: string) => [
  'licensed',
  R1,
  '--on',
  on,
  '--territory',
  territory,
  '--right',
  'mech',
]

describe('the history of the vectors', () => {
  const place = placeForSuite()
  beforeAll(async () => {
    const last = TIME_VECTORS.find(({ name }) => name === 'T14 gone from a full snapshot')?.deliveries ?? HISTORY
    await place.json('ingest', ...writeDeliveries(place.folder, last))
  }, 300_000)

  it('Q6 tells when each claim was first known, also one that was withdrawn since', async () => {
    const words = [...asked('2019-04-01', 'US'), '--known-curve']
    const { firstKnown = [] } = await place.json<LicensedDocument>(...words)
    const claims = firstKnown.flatMap(({ known, party, share }) => (party === null ? [] : [[known, party.name, share]]))
    expect(claims).toEqual([
      ['2019-01-10', 'A', 50],
      ['2019-07-10', 'B', 50],
    ])
    // Without licence data nothing else can be said of it, at any time.
    const statuses = firstKnown.flatMap(({ known, status }) => (status === null ? [] : [[known, status]]))
    expect(statuses).toEqual([['2019-01-10', 'undetermined']])
  })

  it('Q11 tells what was withdrawn since a date', async () => {
    const words = [...asked('2019-06-01', 'US'), '--known', '2020-03-01..2021-01-05']
    const { changes = [] } = await place.json<LicensedDocument>(...words)
    expect(changes.map(({ known, party, before, after }) => [known, party.name, before, after])).toEqual([
      ['2021-01-05', 'B', 75, null],
    ])
    const { stdout } = await place.run(...words)
    expect(stdout).toMatch(/2021-01-05 {2}p1\/x: B 75 % -> withdrawn \(mech\)/)
  })
})

describe('a gap of sixty days', () => {
  const place = placeForSuite()

  it('Q7 is the longest time without a break in which nothing was licensed', async () => {
    await place.json('ingest', ...writeDeliveries(place.folder, deliveriesOf('4 ')))
    const words = ['timeline', R1, '--territory', 'FR', '--right', 'mech', '--from', '2018-01-01']
    const { rights } = await place.json<TimelineDocument>(...words)
    // January has 31 days and February 2020 has 29; the second licence is open.
    expect(rights[0]?.longest).toEqual([
      { status: 'fully-licensed', from: '2020-03-01', to: null, days: null },
      { status: 'not-licensed', from: '2020-01-01', to: '2020-03-01', days: 60 },
    ])
    const { stdout } = await place.run(...words, '--no-input')
    expect(stdout).toContain('not licensed 60 days from 2020-01-01')
  }, 300_000)
})

describe('a retroactive licence', () => {
  const place = placeForSuite()
  let snapshots: { feed: string; snapshot: string; received: string }[] = []
  let licence = ''
  let claim = ''

  beforeAll(async () => {
    await place.json('ingest', ...writeDeliveries(place.folder, deliveriesOf('5 ')))
    const { rights, sources } = await place.json<LicensedDocument>(...asked('2020-05-01', 'FR'))
    snapshots = Object.values(sources)
    const [party] = rights[0]?.works[0]?.parties ?? []
    licence = party?.licences[0] ?? ''
    claim = party?.claims[0]?.statement ?? ''
  }, 300_000)

  const snapshotOf = (feed: string): string => snapshots.find((source) => source.feed === feed)?.snapshot ?? ''

  it('Q8 changed every country on a day after it began, and none on a day before', async () => {
    const document = await place.json<ImpactDocument>(
      'impact',
      snapshotOf('svc/x'),
      '--on',
      '2020-05-01',
      '--right',
      'mech',
    )
    expect(document.counts).toEqual({
      recordings: 1,
      changedRecordings: 1,
      changedCells: ATOMS.length,
      changedStatuses: ATOMS.length,
    })
    expect(
      document.changes?.map(({ recording, right, before, after }) => [
        recording.isrc,
        right,
        before.unlicensed,
        before.status,
        after.licensed,
        after.status,
      ]),
    ).toEqual([[R1, 'mech', 100, 'not-licensed', 100, 'fully-licensed']])
    const earlier = await place.json<ImpactDocument>('impact', snapshotOf('svc/x'), '--on', '2019-12-31')
    expect([earlier.counts.recordings, earlier.changes]).toEqual([1, []])
  }, 300_000)

  it('Q8 of the first delivery of claims, beside what the service had sent by then', async () => {
    const words = ['impact', snapshotOf('p1/x'), '--on', '2020-05-01', '--territory', 'FR', '--right', 'mech']
    const { changes } = await place.json<ImpactDocument>(...words)
    // The delivery has an empty licence file of its own: nothing was known before it, and no licence with it.
    expect(
      changes?.map(({ before, after }) => [before.status, before.unknown, after.status, after.unlicensed]),
    ).toEqual([['undetermined', 100, 'not-licensed', 100]])
  })

  it('Q12 finds the recording that rests on a claim or on a licence, and none before it was known', async () => {
    for (const id of [claim, licence]) {
      const { of, recordings } = await place.json<ImpactDocument>('impact', id)
      expect([of.kind, of.id, recordings.map(({ isrc }) => isrc)]).toEqual(['statement', id, [R1]])
    }
    const before = await place.json<ImpactDocument>('impact', licence, '--known', '2021-06-30')
    expect(before.recordings).toEqual([])
  })

  it('refuses what it cannot look up with a next step', async () => {
    const unknown = await place.run('impact', 'nothing-of-that-name')
    expect([unknown.code, unknown.stderr]).toEqual([4, expect.stringContaining('recital status')])
    const day = await place.run('impact', claim, '--on', '2020-05-01')
    expect([day.code, day.stderr]).toEqual([2, expect.stringContaining('--on goes with a delivery')])
    const known = await place.run('impact', snapshotOf('p1/x'), '--known', '2020-05-01')
    expect([known.code, known.stderr]).toEqual([2, expect.stringContaining('--known goes with a statement')])
  })

  it('is described', () => {
    const text = readFileSync('docs/licensing.md', 'utf8')
    for (let number = 1; number <= 12; number++) expect(text).toContain(`| Q${number} `)
  })
})
