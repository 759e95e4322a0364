/** What the fuzzer found, each reduced to a few lines. */
import { describe, expect, it } from 'vitest'
import { bench, stage } from '../ingest/tables/kit.js'
import { temporaryFolder } from '../support/workspaces.js'
import { tryTogether } from './trial.js'

const verdictOf = async (files: Readonly<Record<string, string | Buffer>>) => {
  const trial = { scope: 'full' as const, files: Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) })) }
  const [verdict] = await tryTogether(`${temporaryFolder()}/trial`, [trial])
  return verdict
}

const stagedParties = async (files: Readonly<Record<string, string>>) => {
  const { rows } = await stage(bench(), files)
  return (rows.parties ?? []).map(({ party_id, extra }) => ({ party_id, extra }))
}

const LINKS = ['#WorkResourceLinkRecordId\tMusicalWorkRecordId\tResourceRecordId', 'K1\tW1\tR1', 'K2\tW2\tR2']

describe('found by fuzzing', () => {
  it('BWARM lines that end with CR alone: refused, not taken for more lines than the file has', async () => {
    const works = '#MusicalWorkRecordId\tISWC\tMusicalWorkTitle\nW1\t\tSong\n'
    const verdict = await verdictOf({ 'musicalworks.tsv': works, 'workresourcelinks.tsv': LINKS.join('\r') })
    expect(verdict).toEqual({ outcome: 'refused', code: 'unreadable-text' })
  })
  it('NUL in the name of a column: shown as U+FFFD, the column kept like any unknown one', async () => {
    const rows = await stagedParties({ 'parties.csv': 'party_id,name,no\0te\nP1,Ada,x\n' })
    expect(rows).toEqual([{ party_id: 'P1', extra: '{"no\ufffdte":"x"}' }])
  })

  it('NUL in a key of a JSON object: the column kept like any unknown one', async () => {
    const rows = await stagedParties({ 'parties.jsonl': '{"party_id":"P1","name":"Ada","no\\u0000te":"x"}\n' })
    expect(rows).toEqual([{ party_id: 'P1', extra: '{"no\ufffdte":"x"}' }])
  })
})
