/** What is planted in a synthetic catalogue is found, and nothing else of its kind is. */
import path from 'node:path'
import { expect, it } from 'vitest'
import type { ConflictJson, ConflictsDocument } from '../../src/cli/views/conflicts-document.js'
import { RULES } from '../../src/conflicts/index.js'
import { benchModule } from '../bench/kit.js'
import { placeForTest } from '../support/cli.js'

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

it('recall and precision are 1 for every id that is planted', async () => {
  const place = placeForTest()
  const ended = await place.run('synth', 'made', '--tracks', '1000', '--seed', '3', '--truth', '--quiet')
  expect(ended.code, ended.stderr).toBe(0)
  await place.json('ingest', path.join(place.folder, 'made/feeds'))
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
