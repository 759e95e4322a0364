/**
 * Real series of snapshots with what really happened to them, through mappings and the built program. The expected counts
 * were worked out apart from it, by keys and trimmed texts.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FeedLogDocument } from '../../src/cli/views/feed.js'
import type { FeedCheckDocument } from '../../src/cli/views/feed-check.js'
import { type Place, PROJECT, placeForSuite } from '../support/cli.js'

const SERIES = path.join(PROJECT, '../shared/data/snapshots')
const hasSeries = existsSync(path.join(SERIES, 'dotgov-federal/001.csv'))

const number = (n: number): string => String(n).padStart(3, '0')

/** Lays out the deliveries of a series, each with its date of publication; returns their paths. */
function lay(place: Place, series: string, feed: string, published: readonly string[]): string[] {
  return published.map((instant, index) => {
    const name = `${feed.replace('/', '-')}/${number(index + 1)}`
    const content = readFileSync(path.join(SERIES, series, `${number(index + 1)}.csv`))
    return place.delivery(name, {
      'feed.yaml': [`feed: ${feed}`, `published: ${instant}`],
      [`${number(index + 1)}.csv`]: content,
    })
  })
}

/** Verdict and guards that saw more than a remark, by delivery; remarks in brackets. */
async function verdicts(place: Place, feed: string): Promise<Record<string, string>> {
  const log = await place.json<FeedLogDocument>('feed', 'log', feed)
  const check = await place.json<FeedCheckDocument>('feed', 'check', feed)
  const files = new Map(log.snapshots.map(({ id, files: [file] }) => [id, file?.name.slice(-7, -4) ?? '']))
  return Object.fromEntries(
    check.snapshots.map(({ id, verdict, guards }) => [
      files.get(id) ?? id,
      [
        String(verdict),
        ...guards.map(({ guard, level }) =>
          level === 'remark' ? `(${guard})` : level === 'warn' ? `${guard}?` : guard,
        ),
      ].join(' '),
    ]),
  )
}

/** What each delivery created, updated and deleted. */
async function changes(place: Place, feed: string): Promise<Record<string, number[]>> {
  const { snapshots } = await place.json<FeedLogDocument>('feed', 'log', feed)
  return Object.fromEntries(
    snapshots.map(({ files: [file], relations }) => [
      file?.name.slice(-7, -4) ?? '',
      Object.values(relations).flatMap(({ created, updated, deleted }) => [created, updated, deleted]),
    ]),
  )
}

const DOTGOV = [
  '2023-11-14T06:10:08+00:00',
  '2024-01-30T10:32:11-05:00',
  '2024-01-30T12:19:24-05:00',
  '2024-01-30T22:46:26+00:00',
  '2024-02-06T06:10:23+00:00',
  '2024-02-16T06:10:10+00:00',
  '2024-02-22T06:10:14+00:00',
  '2024-02-28T21:15:04+00:00',
  '2024-02-28T16:45:04-05:00',
  '2024-03-01T10:38:53+00:00',
  '2024-03-06T06:12:39+00:00',
  '2024-03-06T07:13:28-05:00',
  '2024-03-17T06:08:20+00:00',
]

const domains = (domain: string, organization: string) => [
  'relation: domains',
  'key: [domain]',
  'columns:',
  `  domain: ${domain}`,
  '  type: Domain Type',
  '  agency: Agency',
  `  organization: ${organization}`,
  '  city: City',
  '  state: State',
  '  contact: Security Contact Email',
  'checks:',
  '  owner: {column: agency, from: 20}',
]

describe.skipIf(!hasSeries)('the list of US federal domains', () => {
  const place = placeForSuite()

  it('is taken in but for the delivery without its first page and the one with a header alone', async () => {
    const deliveries = lay(place, 'dotgov-federal', 'cisa/dotgov', DOTGOV)
    const before = place.file('before.yaml', domains('lower("Domain Name")', 'Organization'))
    const after = place.file('after.yaml', domains('lower("Domain name")', 'Organization name'))
    expect((await place.run('ingest', ...deliveries.slice(0, 3), '--mapping', before)).code).toBe(0)
    const failure = await place.failure('ingest', ...deliveries.slice(3), '--mapping', after)
    expect([failure.code, failure.exitCode]).toEqual(['quarantined', 3])
    expect(failure.message).toContain('2 of 10 deliveries are in quarantine')
    expect(await verdicts(place, 'cisa/dotgov')).toEqual({
      '001': 'accept',
      '002': 'accept',
      '003': 'warn (same-content) header-drift?',
      '004': 'warn (same-content) header-drift?',
      '005': 'accept',
      '006': 'accept',
      '007': 'accept',
      '008': 'quarantine lost-block mass-change mass-delete mass-owner',
      '009': 'accept (same-content)',
      '010': 'accept',
      '011': 'quarantine header-only mass-change mass-delete mass-owner',
      '012': 'accept (same-content)',
      '013': 'accept',
    })
    expect(await changes(place, 'cisa/dotgov')).toEqual({
      '001': [1347, 0, 0],
      '002': [3, 66, 2],
      '003': [0, 0, 0],
      '004': [0, 0, 0],
      '005': [0, 16, 0],
      '006': [2, 6, 3],
      '007': [3, 1, 0],
      '008': [0, 0, 0],
      '009': [0, 0, 0],
      '010': [0, 0, 1],
      '011': [0, 0, 0],
      '012': [0, 0, 0],
      '013': [1, 17, 1],
    })
  }, 240_000)

  it('tells of the lost page once, with its place, and not a thousand times', async () => {
    const { snapshots } = await place.json<FeedCheckDocument>('feed', 'check', 'cisa/dotgov')
    const lost = snapshots.flatMap(({ guards }) => guards).find(({ guard }) => guard === 'lost-block')
    expect(lost?.seen).toBe('1,000 rows in one piece, from row 1 to 1,000')
    const mass = snapshots.flatMap(({ guards }) => guards).find(({ guard }) => guard === 'mass-delete')
    expect([mass?.rows, mass?.seen]).toEqual([{ seen: 1000, base: 1350 }, '1,000 of 1,350 rows, 74.1 %'])
  }, 180_000)

  it('is stopped where all keys change their case, and goes on once somebody takes that in', async () => {
    const deliveries = lay(place, 'dotgov-federal', 'cisa/unfolded', DOTGOV)
    const before = place.file('unfolded.yaml', domains('Domain Name', 'Organization'))
    const failure = await place.failure('ingest', ...deliveries.slice(0, 3), '--mapping', before)
    expect(failure.examples?.[0]).toBe(
      'key-drift: 1,348 of 1,348 keys of domains changed only by case or blanks: the same things, which would look deleted and created',
    )
    expect((await changes(place, 'cisa/unfolded'))['003']).toEqual([0, 0, 0])
    const third = deliveries[2] ?? ''
    const taken = ['--accept-quarantine', 'the provider changed the case', '--by', 'R. Reader']
    const known = await place.snapshot(third, '--mapping', before, ...taken)
    expect([known.quarantined, known.verdict, known.relations.domains?.created]).toEqual([false, 'quarantine', 1348])
    const log = await place.json<FeedLogDocument>('feed', 'log', 'cisa/unfolded')
    expect(log.snapshots.at(-1)?.overrides).toMatchObject([
      { reason: 'the provider changed the case', by: 'R. Reader' },
    ])
    expect((await place.run('feed', 'check', 'cisa/unfolded', '--fail-on', 'quarantine')).code).toBe(0)
    expect((await changes(place, 'cisa/unfolded'))['003']).toEqual([1348, 0, 1348])
  }, 240_000)
})

const GBFS = [
  '2025-04-01T12:20:03-04:00',
  '2025-04-10T09:13:38+02:00',
  '2025-04-14T16:35:26+02:00',
  '2025-04-17T15:02:42+02:00',
  '2025-07-21T15:51:00+02:00',
  '2025-07-29T09:20:12+02:00',
  '2025-07-30T13:13:14+02:00',
  '2025-07-31T15:36:27+02:00',
  '2025-08-04T12:34:03+02:00',
  '2025-09-29T10:46:11-05:00',
]

const systems = (relation: string, key: string) => [
  `relation: ${relation}`,
  `key: [${key}]`,
  'columns:',
  '  id: System ID',
  '  discovery: Auto-Discovery URL',
  '  country: Country Code',
  '  name: Name',
  '  location: Location',
  '  url: URL',
  '  versions: Supported Versions',
]

describe.skipIf(!hasSeries)('the catalogue of shared-mobility systems', () => {
  const place = placeForSuite()

  it('is refused while one key is on 37 rows, and named so', async () => {
    const deliveries = lay(place, 'gbfs-systems', 'gbfs/by-id', GBFS)
    const mapping = place.file('by-id.yaml', systems('systems', 'id'))
    const failure = await place.failure('ingest', ...deliveries, '--mapping', mapping)
    expect(failure.message).toContain('7 of 10 deliveries are in quarantine')
    expect(failure.examples?.[0]).toContain('2 keys are on several rows that differ; id HELBIZ-US is on 37')
    const seen = await verdicts(place, 'gbfs/by-id')
    expect(Object.values(seen).slice(0, 7)).toEqual(Array(7).fill('quarantine duplicate-key'))
    expect([seen['008'], seen['009'], seen['010']]).toEqual(['warn duplicate-key?', 'accept', 'warn gap? mass-change?'])
    const counts = await changes(place, 'gbfs/by-id')
    expect([counts['007'], counts['008'], counts['009'], counts['010']]).toEqual([
      [0, 0, 0],
      [1292, 0, 0],
      [1, 0, 1],
      [16, 88, 43],
    ])
  }, 240_000)

  it('is taken in by a key that tells its rows apart, with what is worth a look', async () => {
    const deliveries = lay(place, 'gbfs-systems', 'gbfs/by-url', GBFS)
    const mapping = place.file('by-url.yaml', systems('endpoints', 'id, discovery'))
    expect((await place.run('ingest', ...deliveries, '--mapping', mapping)).code).toBe(0)
    expect(await verdicts(place, 'gbfs/by-url')).toEqual({
      '001': 'accept',
      '002': 'warn header-drift?',
      '003': 'accept',
      '004': 'accept',
      '005': 'warn keys-reissued? mass-change?',
      '006': 'accept',
      '007': 'accept',
      '008': 'accept',
      '009': 'accept',
      '010': 'warn gap? mass-change?',
    })
    expect(await changes(place, 'gbfs/by-url')).toEqual({
      '001': [1185, 0, 0],
      '002': [0, 2, 0],
      '003': [68, 0, 24],
      '004': [12, 0, 11],
      '005': [119, 2, 48],
      '006': [30, 0, 4],
      '007': [2, 0, 0],
      '008': [0, 0, 37],
      '009': [1, 0, 1],
      '010': [16, 88, 43],
    })
  }, 240_000)
})

const KEV = [
  '2025-05-06T13:39:51-04:00',
  '2025-05-07T13:54:45-04:00',
  '2025-05-12T13:49:39-04:00',
  '2025-05-13T14:29:36-04:00',
  '2025-05-22T14:01:50-04:00',
  '2025-06-09T11:15:21-05:00',
  '2025-07-25T07:21:15-05:00',
]

describe.skipIf(!hasSeries)('the catalogue of exploited vulnerabilities', () => {
  const place = placeForSuite()

  it('is ordinary but for the weeks that are missing', async () => {
    const deliveries = lay(place, 'cisa-kev', 'cisa/kev', KEV)
    const names =
      'vendorProject product vulnerabilityName dateAdded shortDescription requiredAction dueDate knownRansomwareCampaignUse notes cwes'
    const mapping = place.file('kev.yaml', [
      'relation: vulnerabilities',
      'key: [cveID]',
      `columns: [cveID, ${names.split(' ').join(', ')}]`,
      'checks: {every: 1w, owner: {column: vendorProject, from: 50}}',
    ])
    expect((await place.run('ingest', ...deliveries, '--mapping', mapping)).code).toBe(0)
    expect(Object.values(await verdicts(place, 'cisa/kev'))).toEqual([
      ...Array(5).fill('accept'),
      'warn skipped?',
      'warn skipped?',
    ])
    const { snapshots } = await place.json<FeedCheckDocument>('feed', 'check', 'cisa/kev')
    expect(snapshots.at(-1)?.guards[0]?.message).toContain('with one every 7 days, 6 deliveries are missing')
    expect(Object.values(await changes(place, 'cisa/kev'))).toEqual([
      [1333, 0, 0],
      [2, 0, 0],
      [1, 17, 0],
      [5, 3, 0],
      [11, 1, 0],
      [9, 9, 1],
      [28, 3, 0],
    ])
  }, 240_000)
})
