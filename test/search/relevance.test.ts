/**
 * Whether what people mean is among the first three hits: two hundred questions as somebody would type them, with the
 * typing errors, missing accents and left-out words of hand-made questions, about real titles. The titles themselves are
 * not part of this repository: `relevance/queries.tsv` holds only the record that each question means.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRecords } from '../../src/ingest/index.js'
import { find, parseQuery, type SearchIndex } from '../../src/search/index.js'
import { PROJECT } from '../support/cli.js'
import { type IndexedEvidence, indexedEvidence } from './kit.js'

const MATCHING = path.join(PROJECT, '../shared/data/matching')
const SHS = path.join(MATCHING, 'shs/shs_dev_recordings.csv')
const MUSICBRAINZ = path.join(MATCHING, 'musicbrainz_20k_dev.csv')
const isThere = existsSync(SHS) && existsSync(MUSICBRAINZ)

const questionsOf = (name: string) =>
  readFileSync(path.join(import.meta.dirname, 'relevance', name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t') as [string, string])
const questions = questionsOf('queries.tsv')
/** Other scripts in Latin letters, guests, punctuation, left-out and misspelt names, parts of long classical titles. */
const harder = questionsOf('harder.tsv')

async function rowsOf(file: string): Promise<Record<string, string>[]> {
  const { records } = await readRecords(file, path.basename(file), { most: 100_000 })
  const [header, ...rows] = records
  return rows.map(({ cells }) => Object.fromEntries((header?.cells ?? []).map((name, at) => [name, cells[at] ?? ''])))
}

describe.skipIf(!isThere)(isThere ? 'real titles' : 'real titles (left out: ../shared/data is missing)', () => {
  let indexed: IndexedEvidence
  let index: SearchIndex
  beforeAll(async () => {
    const covers = (await rowsOf(SHS)).map((row) => ({ id: row.recording_id, title: row.title, artist: row.performer }))
    const tracks = (await rowsOf(MUSICBRAINZ))
      .filter(({ SourceID, title }) => SourceID === '5' && title !== '')
      .map((row) => ({ id: row.TID, title: row.title, artist: row.artist }))
    const rows = [...covers, ...tracks].map(({ id = '', title = '', artist = '' }) => ({
      relation: 'recordings' as const,
      values: { recording_id: id, title, artist },
    }))
    indexed = await indexedEvidence([{ rows }])
    index = indexed.index
  })
  afterAll(() => indexed?.close())

  it('finds what is meant within the first three hits for 95 of 100 questions', async () => {
    expect(questions.length).toBeGreaterThanOrEqual(200)
    const missed = await missedOf(index, questions)
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(questions.length * 0.05)
    const missedHarder = await missedOf(index, harder)
    expect(missedHarder.length, missedHarder.join('\n')).toBeLessThanOrEqual(harder.length * 0.05)
    // The same questions with one another's answers: nearly all must be missed.
    const shifted = questions.map(([, text], at): [string, string] => [questions.at(at - 50)?.[0] ?? '', text])
    expect((await missedOf(index, shifted)).length).toBeGreaterThan(questions.length * 0.95)
  })
})

/** Questions whose record is not among the first three hits, with what was found instead. */
async function missedOf(index: SearchIndex, all: readonly (readonly [string, string])[]): Promise<string[]> {
  const missed: string[] = []
  for (const [wanted, text] of all) {
    const { hits } = await find(index, { query: parseQuery(text), limit: 3 })
    // The first eight characters tell the covers apart.
    const isMeant = (id: string) => id === wanted || (wanted.startsWith('r') && id.startsWith(wanted))
    if (!hits.some(({ feeds }) => feeds.some(({ id }) => isMeant(id))))
      missed.push(`${wanted} ${text}: ${hits.map(({ title, by }) => `${title} / ${by}`).join(' | ')}`)
  }
  return missed
}
