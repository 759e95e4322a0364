/** Quarantine as people meet it: what ingest does with it, and how one gets out of it. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FeedLogDocument } from '../../src/cli/views/feed.js'
import type { FeedCheckDocument } from '../../src/cli/views/feed-check.js'
import { openEvidence } from '../../src/store/duckdb.js'
import { type Place, placeForTest } from '../support/cli.js'

const MAPPING = ['relation: tickets', 'key: [id]', 'columns: [id, price]', 'types: {price: decimal}']

const tickets = (place: Place, day: string, rows: readonly string[], more: readonly string[] = []) =>
  place.delivery(`tickets/${day}`, {
    'feed.yaml': ['feed: broker/tickets', `published: ${day}`, ...more],
    'tickets.csv': ['id,price', ...rows],
  })

const log = (place: Place) => place.json<FeedLogDocument>('feed', 'log', 'broker/tickets')

describe('a delivery that looks wrong', () => {
  it('stays out of the history, says so again, and is taken in on somebody’s word', async () => {
    const place = placeForTest()
    const mapping = ['--mapping', place.file('tickets.yaml', MAPPING)]
    await place.ingest(tickets(place, '2024-01-01', ['a,1', 'b,2']), ...mapping)
    const empty = tickets(place, '2024-01-02', [])
    const [dry] = (await place.ingest(empty, ...mapping, '--dry-run')).snapshots
    expect([dry?.verdict, dry?.quarantined, dry?.relations.tickets?.deleted]).toEqual(['quarantine', true, 0])
    expect((await log(place)).snapshots.length).toBe(1)

    const failure = await place.failure('ingest', empty, ...mapping)
    expect([failure.code, failure.exitCode]).toEqual(['quarantined', 3])
    expect((await place.failure('ingest', empty, ...mapping)).code).toBe('quarantined')
    expect((await place.failure('ingest', empty, ...mapping, '--by', 'A. Name')).exitCode).toBe(2)
    const blank = ['--accept-quarantine', ' ', '--by', 'A. Name']
    expect((await place.failure('ingest', empty, ...mapping, ...blank)).code).toBe('no-reason')
    const both = [empty, tickets(place, '2024-01-03', ['a,1'])]
    const word = ['--accept-quarantine', 'sold out', '--by', 'A. Name']
    expect((await place.failure('ingest', ...both, ...mapping, ...word)).code).toBe('one-delivery')
    expect((await place.status()).feeds[0]?.statements).toEqual({ tickets: 2 })

    const taken = await place.snapshot(empty, ...mapping, ...word)
    expect([taken.quarantined, taken.verdict, taken.relations.tickets?.deleted]).toEqual([false, 'quarantine', 2])
    expect((await place.status()).feeds[0]?.statements).toEqual({})
    expect((await log(place)).snapshots.at(-1)?.overrides).toMatchObject([{ reason: 'sold out', by: 'A. Name' }])
    expect(place.leftovers()).toEqual([])
  }, 240_000)

  it('is folded all the same where guards only warn: a header alone means none', async () => {
    const place = placeForTest()
    const parties = (day: string, rows: readonly string[], more: readonly string[] = []) =>
      place.delivery(day, {
        'feed.yaml': ['feed: label/parties', `published: ${day}`, ...more],
        'parties.csv': ['party_id,name', ...rows],
      })
    await place.ingest(parties('2024-01-01', ['a,Ann']))
    const told = await place.snapshot(parties('2024-01-02', []))
    expect([told.verdict, told.quarantined, told.relations.parties?.deleted]).toEqual(['quarantine', false, 1])
    await place.ingest(parties('2024-01-03', ['a,Ann']))
    const refused = await place.failure('ingest', parties('2024-01-04', [], ['guards: enforce']))
    expect(refused.code).toBe('quarantined')
    const again = await place.snapshot(parties('2024-01-05', []), '--guards', 'warn')
    expect([again.quarantined, again.relations.parties?.deleted]).toEqual([false, 1])
  }, 240_000)

  it('may be one that was taken in, once an older one arrives, and is none when that is gone again', async () => {
    const place = placeForTest()
    const mapping = [
      '--mapping',
      place.file('tickets.yaml', [...MAPPING, 'checks: {mass_delete: {quarantine: 50%, from: 2}}']),
    ]
    const small = await place.snapshot(tickets(place, '2024-01-02', ['a,1']), ...mapping)
    expect([small.verdict, small.quarantined]).toEqual(['accept', false])
    const older = await place.ingest(tickets(place, '2024-01-01', ['a,1', 'b,1', 'c,1']), ...mapping)
    expect(older.moved).toEqual([{ feed: 'broker/tickets', snapshot: small.id, quarantined: true }])
    expect((await place.status()).feeds[0]?.statements).toEqual({ tickets: 3 })
    const check = await place.run('feed', 'check', 'broker/tickets', '--fail-on', 'quarantine')
    expect([check.code, check.stdout.includes('2 rows deleted: 66.7 % of the 3 rows')]).toEqual([1, true])
    // Other settings for the same delivery are the last word on it, and make no other snapshot.
    const softer = place.file('softer.yaml', [
      ...MAPPING,
      'guards: warn',
      'checks: {mass_delete: {quarantine: 50%, from: 2}}',
    ])
    const back = await place.snapshot(path.join(place.folder, 'tickets/2024-01-02'), '--mapping', softer)
    expect([back.id, back.quarantined, back.relations.tickets?.deleted]).toEqual([small.id, false, 2])
  }, 240_000)

  it('tells at which place of which file a threshold is wrong', async () => {
    const place = placeForTest()
    const delivery = tickets(place, '2024-01-01', ['a,1'])
    const mapping = (checks: string) => place.file('tickets.yaml', [...MAPPING, `checks: ${checks}`])
    const refused = await place.failure('ingest', delivery, '--mapping', mapping('{owner: {column: prize}}'))
    expect(refused.message).toBe('tickets.yaml:5:26: prize is no column of tickets.')
    expect(refused.suggestions).toEqual(['Did you mean price?'])
    const word = await place.failure('ingest', delivery, '--mapping', mapping('{mass_change: {warn: lots}}'))
    expect(word.message).toContain('tickets.yaml:5:')
  }, 180_000)
})

describe('a workspace from before there were guards', () => {
  it('is read as it is, and raised by the next ingest, which judges what is there', async () => {
    const place = placeForTest()
    const mapping = ['--mapping', place.file('tickets.yaml', MAPPING)]
    await place.ingest(tickets(place, '2024-01-01', ['a,1', 'b,2']), ...mapping)
    const format = path.join(place.workspace, 'format')
    writeFileSync(format, '{"format":1,"writer":"recital 0.1.0"}\n')
    const db = await openEvidence(path.join(place.workspace, 'generations/1/evidence.duckdb'), {
      mode: 'write',
      tempDirectory: path.join(place.folder, 'spill'),
      allowedDirectories: [],
      threads: 1,
    })
    const tables = ['verdicts', 'guard_findings', 'overrides', 'relation_facts', 'column_facts', 'file_columns']
    for (const table of tables) await db.run(`DROP TABLE ${table}`)
    await db.run('CHECKPOINT')
    await db.close()

    const before = await place.json<FeedCheckDocument>('feed', 'check', 'broker/tickets')
    expect(before.snapshots.map(({ verdict, mode }) => [verdict, mode])).toEqual([[null, null]])
    const failure = await place.failure('ingest', tickets(place, '2024-01-02', []), ...mapping)
    expect(failure.examples?.[0]).toContain('header-only: tickets has a header and no rows; ')
    expect(JSON.parse(readFileSync(format, 'utf8'))).toMatchObject({ format: 2 })
    const after = await place.json<FeedCheckDocument>('feed', 'check', 'broker/tickets')
    expect(after.snapshots.map(({ verdict, quarantined }) => [verdict, quarantined])).toEqual([
      ['accept', false],
      ['quarantine', true],
    ])
  }, 180_000)
})
