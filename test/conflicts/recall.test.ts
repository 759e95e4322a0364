/** What is planted in a synthetic catalogue is found, and nothing else of its kind is. */
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { ConflictJson, ConflictsDocument } from '../../src/cli/views/conflicts-document.js'
import { RULES } from '../../src/conflicts/index.js'
import { benchModule } from '../bench/kit.js'
import { placeForSuite } from '../support/cli.js'
import { compare, evidenceOf, isSmall } from './two-ways.js'

interface Compared {
  readonly id: string
  readonly told: number
  readonly missed: readonly { readonly story: string | null }[]
  readonly alarms: readonly ConflictJson[]
  /** Told of and found, but known from another day. */
  readonly late: readonly object[]
}

const { readTruth, readChance, compareWithTruth } = await benchModule<{
  readTruth(folder: string, known: string): Promise<readonly object[]>
  readChance(feeds: string): Promise<readonly object[]>
  compareWithTruth(
    truth: readonly object[],
    document: ConflictsDocument,
    chance: readonly object[],
  ): readonly Compared[]
}>('conflicts/truth.js')

const place = placeForSuite()

beforeAll(async () => {
  const ended = await place.run('synth', 'made', '--tracks', '1000', '--seed', '3', '--truth', '--quiet')
  expect(ended.code, ended.stderr).toBe(0)
  await place.ingest(path.join(place.folder, 'made/feeds'))
}, 240_000)

it('recall and precision are 1 for every id that is planted', async () => {
  const document = await place.json<ConflictsDocument>('conflicts', '--limit', '0')
  const truth = await readTruth(path.join(place.folder, 'made/truth'), document.known)
  const rows = compareWithTruth(truth, document, await readChance(path.join(place.folder, 'made/feeds')))
  // C-SNP-05, a mass change, is planted from 5,000 tracks on; rules.test.ts shows it.
  expect(rows.filter(({ told }) => told > 0).map(({ id }) => id)).toEqual(
    RULES.map(({ id }) => id)
      .filter((id) => id !== 'C-SNP-05')
      .sort(),
  )
  for (const { id, missed, alarms, late } of rows) {
    expect(missed, `${id} missed`).toEqual([])
    expect(alarms, `${id} not told of`).toEqual([])
    expect(late, `${id} known from another day`).toEqual([])
  }
}, 240_000)

const RECORDINGS = 3

it('both ways of working conflicts out tell the same of a recording', async () => {
  const db = await evidenceOf(place)
  const seen = new Set<string>()
  try {
    const rows =
      await db.rows(`SELECT min(isrc) AS isrc FROM statements.recordings WHERE isrc IS NOT NULL AND NOT contains(isrc, '|')
      GROUP BY hash(isrc) % ${RECORDINGS} ORDER BY isrc`)
    expect(rows.length).toBe(RECORDINGS)
    // What a party takes part in that has an ISNI with several IPI name numbers: no world of engines.test.ts shows C-PTY-01.
    const twice = await db.rows(`SELECT min(r.isrc) AS isrc FROM statements.recordings AS r JOIN statements.links AS l
        USING (feed_no, recording_id) JOIN statements.shares AS s USING (feed_no, work_id) JOIN statements.parties AS p
        ON p.feed_no = s.feed_no AND p.party_id = s.party_id
      WHERE NOT contains(r.isrc, '|') AND p.isni IN (SELECT isni FROM statements.parties WHERE isni IS NOT NULL
        GROUP BY isni HAVING count(DISTINCT ipi_name_number) > 1)`)
    for (const { isrc } of [...rows, ...twice]) {
      const asked = { kind: 'recording', id: String(isrc) } as const
      expect(await isSmall(db, asked)).toBe(true)
      for (const found of await compare(db, asked)) seen.add(found)
    }
  } finally {
    await db.close()
  }
  expect(seen).toContain('C-PTY-01')
}, 240_000)
