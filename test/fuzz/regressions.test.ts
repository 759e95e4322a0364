/** What the fuzzer found, each reduced to a few lines. */
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { readCwr } from '../../src/ingest/cwr/index.js'
import type { Reject } from '../../src/ingest/reader.js'
import { Staging } from '../../src/ingest/staging.js'
import type { RelationName } from '../../src/model/relations.js'
import { openEvidence } from '../../src/store/duckdb.js'
import { bench, stage } from '../ingest/tables/kit.js'
import { avroBytes } from '../property/table-files.js'
import { temporaryFolder } from '../support/workspaces.js'
import { tryTogether } from './trial.js'

const verdictOf = async (files: Readonly<Record<string, string | Buffer>>) => {
  const trial = {
    scope: 'full' as const,
    files: Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) })),
  }
  const [verdict] = await tryTogether(`${temporaryFolder()}/trial`, [trial])
  return verdict
}

const stagedParties = async (files: Readonly<Record<string, string>>) => {
  const { rows } = await stage(bench(), files)
  return (rows.parties ?? []).map(({ party_id, extra }) => ({ party_id, extra }))
}

/** What a CWR file gives, but for findings. */
async function givenByCwr(content: Buffer): Promise<unknown[]> {
  const given: unknown[] = []
  const sink = {
    row: (...row: unknown[]) => given.push(row),
    reject: ({ line, reason }: Reject) => given.push([line, reason]),
    note: () => undefined,
  }
  await readCwr({ name: 'x', chunks: Readable.from([content]) }, sink)
  return given
}

/** What becomes of one line that gives these rows. */
async function refusedByTyping(rows: readonly [RelationName, Record<string, string>][]) {
  const folder = temporaryFolder()
  const db = await openEvidence(':memory:', { mode: 'write', tempDirectory: folder, allowedDirectories: [folder] })
  try {
    const staging = await Staging.open(db, { folder, endDates: 'exclusive' })
    await staging.openSinks()
    const file = staging.addFile({ name: 'x', path: '', sha256: '', bytes: 0 }, 1)
    file.tally.staged = 1
    for (const [relation, values] of rows) staging.sink(file).row(relation, { line: 1 }, values)
    await staging.finish()
    const rejects = await db.rows(`SELECT line, reason, raw FROM read_parquet('${folder}/rejects.parquet')`)
    return { rejects, tally: file.tally }
  } finally {
    await db.close()
  }
}

const LINKS = ['#WorkResourceLinkRecordId\tMusicalWorkRecordId\tResourceRecordId', 'K1\tW1\tR1', 'K2\tW2\tR2']

describe('found by fuzzing', () => {
  it('BWARM lines that end with CR alone: as many lines as there are ends', async () => {
    const works = '#MusicalWorkRecordId\tISWC\tMusicalWorkTitle\nW1\t\tSong\n'
    const verdict = await verdictOf({ 'musicalworks.tsv': works, 'workresourcelinks.tsv': LINKS.join('\r') })
    expect(verdict).toEqual({ outcome: 'read', without: 0 })
  })
  it('NUL in the name of a column: shown as U+FFFD, the column kept like any unknown one', async () => {
    const rows = await stagedParties({ 'parties.csv': 'party_id,name,no\0te\nP1,Ada,x\n' })
    expect(rows).toEqual([{ party_id: 'P1', extra: '{"no\ufffdte":"x"}' }])
  })

  it('NUL in a key of a JSON object: the column kept like any unknown one', async () => {
    const rows = await stagedParties({ 'parties.jsonl': '{"party_id":"P1","name":"Ada","no\\u0000te":"x"}\n' })
    expect(rows).toEqual([{ party_id: 'P1', extra: '{"no\ufffdte":"x"}' }])
  })
  it('an Avro schema with a field without a name: refused', async () => {
    const whole = avroBytes({ names: ['party_id', 'name'], rows: [['P1', 'Ada']] })
    const damaged = Buffer.from(whole.toString('latin1').replace('"name":"party_id"', '"nbme":"party_id"'), 'latin1')
    expect(await verdictOf({ 'parties.avro': damaged })).toEqual({ outcome: 'refused', code: 'damaged' })
  })
  it('a CWR writer named by no-break spaces: an unnamed party, as one named by blanks', async () => {
    const source = readFileSync('fixtures/catalogue/publisher-cwr/2019-04-01/CW190001HPM_000.V21', 'latin1')
    const withName = (fill: string) =>
      Buffer.from(
        source.replace(/^(SWR.{25}).{75}/m, (_, head) => head + fill.repeat(75)),
        'latin1',
      )
    const [blank, noBreak] = await Promise.all([' ', '\u00a0'].map((fill) => givenByCwr(withName(fill))))
    expect(blank?.length).toBeGreaterThan(0)
    expect(noBreak).toEqual(blank)
  })

  it('a row that typing refuses and whose reader kept no text: its cells are kept', async () => {
    const { rejects } = await refusedByTyping([['works', { work_id: 'W1', title: ' ' }]])
    expect(rejects).toEqual([{ line: 1, reason: 'title is missing', raw: '{"work_id":"W1"}' }])
  })

  it('a line that gives rows of two relations, both refused: one rejected line', async () => {
    const { tally } = await refusedByTyping([
      ['works', { work_id: 'W1' }],
      ['links', { work_id: 'W1' }],
    ])
    expect(tally).toEqual({ header: 0, staged: 0, rejected: 1, continued: 0, blank: 0 })
  })
})
