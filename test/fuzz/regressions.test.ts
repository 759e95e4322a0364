/** What the fuzzer found, each reduced to a few lines. */
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../support/workspaces.js'
import { tryTogether } from './trial.js'

const verdictOf = async (files: Readonly<Record<string, string | Buffer>>) => {
  const trial = { scope: 'full' as const, files: Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) })) }
  const [verdict] = await tryTogether(`${temporaryFolder()}/trial`, [trial])
  return verdict
}

const LINKS = ['#WorkResourceLinkRecordId\tMusicalWorkRecordId\tResourceRecordId', 'K1\tW1\tR1', 'K2\tW2\tR2']

describe('found by fuzzing', () => {
  it('BWARM lines that end with CR alone: refused, not taken for more lines than the file has', async () => {
    const works = '#MusicalWorkRecordId\tISWC\tMusicalWorkTitle\nW1\t\tSong\n'
    const verdict = await verdictOf({ 'musicalworks.tsv': works, 'workresourcelinks.tsv': LINKS.join('\r') })
    expect(verdict).toEqual({ outcome: 'refused', code: 'unreadable-text' })
  })
})
