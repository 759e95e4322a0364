/** A delivery that comes again: recognised without reading it, with the answer that reading it gives. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEvidence } from '../../src/store/duckdb.js'
import { type Place, placeForTest } from '../support/cli.js'

/** A refused line, a column that nobody knows, a wrong check digit, a reference that meets nothing. */
const files = (...settings: string[]) => ({
  'feed.yaml': ['feed: test/feed', 'published: 2024-01-01', 'received: 2024-01-03T10:00:00.25Z', ...settings],
  'works.csv': ['work_id,title,iswc,colour', 'W1,One,T-000.000.001-1,red', ',Nameless,,', 'W2,Two,,'],
  'shares.csv': [
    'work_id,party_id,share,share_kind,right,territories',
    'W1,P1,50,ownership,mech,XX',
    'W9,P9,120,ownership,mech,FR',
  ],
  'parties.csv': ['party_id,name', 'P1,Ann'],
})

/** Marks the remarks about a delivery as the evidence has them. */
async function mark(place: Place): Promise<void> {
  const tempDirectory = path.join(place.folder, 'spill')
  mkdirSync(tempDirectory)
  const file = path.join(place.workspace, `generations/${place.names('generations').at(-1)}/evidence.duckdb`)
  const db = await openEvidence(file, { mode: 'write', tempDirectory, allowedDirectories: [] })
  await db.run("UPDATE findings SET message = 'from the evidence: ' || message")
  await db.run('CHECKPOINT')
  await db.close()
}

describe('a delivery that is in the evidence', () => {
  it('is answered from there, just as if it were read; with another setting it is read', async () => {
    const place = placeForTest()
    const delivery = place.delivery('d', files())
    const limit = (text: string) => ['--max-rejects', text]
    const first = await place.snapshot(delivery, ...limit('50%'))
    expect(first.files.map(({ rejected }) => rejected)).toEqual([0, 0, 1])
    expect(new Set(first.findings.map(({ code }) => code))).toEqual(
      new Set(['check-digit', 'share-range', 'unknown-column', 'unknown-territory', 'unresolved-reference']),
    )
    const recognised = await place.ingest(delivery, ...limit('50%'))
    const read = await place.ingest(delivery, ...limit('60%'))
    expect(recognised).toEqual(read)
    expect(recognised.snapshots[0]).toMatchObject({ id: first.id, alreadyKnown: true, findings: first.findings })
    // What would be refused now is refused, known or not.
    expect((await place.failure('ingest', delivery, ...limit('0'))).code).toBe('too-many-rejects')

    await mark(place)
    const messages = async (...args: string[]) =>
      (await place.snapshot(delivery, ...args)).findings.map(({ message }) => message.startsWith('from the evidence'))
    expect(new Set(await messages(...limit('50%')))).toEqual(new Set([true]))
    // Read again, all but what was found out when it was folded comes from its files.
    const again = await messages(...limit('60%'))
    expect([again.includes(true), again.includes(false)]).toEqual([true, true])
  }, 240_000)

  it('is judged by the settings that it comes with, also when they go back to those of before', async () => {
    const place = placeForTest()
    const deliver = (...settings: string[]) =>
      place.snapshot(place.delivery('d', files(...settings)), '--max-rejects', '50%')
    const settings = ['checks: {levels: {empty: off}}', 'checks: {levels: {empty: warn}}'] as const
    await deliver(settings[0])
    const generations = []
    for (const setting of [settings[1], settings[0], settings[0]]) {
      expect((await deliver(setting)).alreadyKnown).toBe(true)
      generations.push((await place.status()).generation)
    }
    expect(generations).toEqual([2, 3, 3])
  }, 240_000)

  it('is told beside new ones, in the order given', async () => {
    const place = placeForTest()
    const limit = ['--max-rejects', '50%']
    const one = place.delivery('one', files())
    const two = place.delivery('two', { ...files(), 'feed.yaml': ['feed: test/other', 'published: 2024-02-01'] })
    const { id } = await place.snapshot(one, ...limit)
    const { snapshots, generation } = await place.ingest(two, one, ...limit)
    expect(snapshots.map(({ feed, alreadyKnown }) => [feed, alreadyKnown])).toEqual([
      ['test/other', false],
      ['test/feed', true],
    ])
    expect([snapshots[1]?.id, generation]).toEqual([id, 2])
  }, 240_000)
})
