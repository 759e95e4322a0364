/** `recital lookup` through the real program: every spelling of an id, what was known when, and where the data ends. */
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LookupDocument } from '../../src/cli/views/lookup-document.js'
import { FIXTURES, placeForSuite, rowsOf } from '../support/cli.js'

const place = placeForSuite()
beforeAll(async () => {
  const society = path.join(FIXTURES, 'catalogue/society/2018-06-01')
  const service = path.join(FIXTURES, 'catalogue/service/2020-01-01')
  const label = place.delivery('label', {
    'feed.yaml': ['feed: test/label', 'published: 2019-03-01T10:00:00Z'],
    // 036000291452 is the specimen UPC-A of the GS1 standard.
    'recordings.csv': [
      'recording_id,title,isrc,upc,artist',
      'REC-1,Eight Hats,ZZRCL1800001,036000291452,The Placeholders',
      'ZZRCL1800002,Id that is an ISRC,,,',
    ],
  })
  await place.ingest(society, service, label)
})

/** Everything but the id as it was typed. */
const answerTo = async (id: string): Promise<Omit<LookupDocument, 'id' | 'readings'>> => {
  const { id: _id, readings: _readings, ...rest } = await place.lookup(id)
  return rest
}

const feeds = (answer: Pick<LookupDocument, 'relations'>, relation: string): string[] =>
  (answer.relations[relation] ?? []).map(({ source }) => source.feed)

describe('identifiers in any spelling', () => {
  it.each([
    ['ISRC', 'ZZRCL1800001', ['zz-rcl-18-00001', 'ISRC ZZ RCL 18 00001', ' ZZ-RCL-1800001 ']],
    ['ISWC', 'T9000000011', ['T-900.000.001-1', 't-900000001-1', 'ISWC T-900.000.001.1']],
    ['IPI name number', '00990000165', ['990000165', '00990.00.01.65', 'IPI 00990000165']],
    ['UPC', '00036000291452', ['036000291452', '0036000291452', '0 36000 29145 2']],
  ])('%s', async (_kind, canonical, spellings) => {
    const wanted = await answerTo(canonical)
    expect(Object.keys(wanted.relations).length).toBeGreaterThan(0)
    for (const spelling of spellings) expect(await answerTo(spelling), spelling).toEqual(wanted)
  })

  it('the same ISRC is the same recording in every feed, with works, claims and licences', async () => {
    const answer = await place.lookup('ZZRCL1800001')
    expect(feeds(answer, 'recordings')).toEqual(['streamland/rights', 'test/label'])
    expect(feeds(answer, 'works')).toEqual(['smba/works'])
    expect(rowsOf(answer, 'shares').length).toBe(8)
    expect(rowsOf(answer, 'licences').map(({ values }) => values.licence_id)).toContain('LIC-A')
  })

  it('a claimant by IPI: every feed that names it, and its claims alone', async () => {
    const answer = await place.lookup('00990000263')
    const claims = rowsOf(answer, 'shares')
    // B claims in S-01 and S-06 of the society's list.
    expect(claims.map(({ values }) => [values.work_id, values.party_id, values.share])).toEqual([
      ['S-01', 'B', 100],
      ['S-06', 'B', 60],
    ])
  })

  it('an id of a feed, and an id of a statement taken from an answer', async () => {
    const answer = await place.lookup('S-06')
    const [claim] = rowsOf(answer, 'shares')
    expect(claim).toBeDefined()
    const again = await place.lookup(claim?.statement ?? '')
    expect(again.readings).toMatchObject([{ as: 'statement' }])
    expect(again.relations).toEqual({ shares: [claim] })
    for (const relation of ['works', 'parties', 'licences']) {
      const row = rowsOf(answer, relation)[0]
      if (row !== undefined) expect((await place.lookup(row.statement)).relations).toEqual({ [relation]: [row] })
    }
  })

  it('what is no identifier and no id of a feed: exit 4, and where was looked', async () => {
    const error = await place.failure('lookup', 'ZZRCL1899999')
    expect(error).toMatchObject({ code: 'unknown-id', exitCode: 4 })
    expect(error.suggestions.join('\n')).toContain('3 feeds')
    expect(await place.failure('lookup', '')).toMatchObject({ exitCode: 4 })
  })
})

describe('--known', () => {
  it('takes days and instants; receipt counts, not publication', async () => {
    // The society's list was published on 2018-06-01 and received on 2018-06-05.
    expect((await place.failure('lookup', 'S-06', '--known', '2018-06-04')).exitCode).toBe(4)
    expect(feeds(await place.lookup('S-06', '--known', '2018-06-05'), 'works')).toEqual(['smba/works'])
    expect((await place.failure('lookup', 'REC-1', '--known', '2019-03-01T09:59:59Z')).exitCode).toBe(4)
    for (const instant of ['2019-03-01T10:00:00Z', '2019-03-01T12:00:00+02:00', '2019-03-01']) {
      expect(feeds(await place.lookup('REC-1', '--known', instant), 'recordings')).toEqual(['test/label'])
    }
  })

  it('is the last receipt unless said', async () => {
    expect((await place.lookup('S-06')).known).toBe('2020-01-01')
    expect(await place.lookup('S-06', '--known', '2020-01-01')).toEqual(await place.lookup('S-06'))
  })

  it.each([
    ['2020-01-02', 'known-too-late'],
    ['2020-01-01T00:00:01Z', 'known-too-late'],
    ['9999-12-31', 'known-too-late'],
    ['soon', 'known-unreadable'],
    ['2019-02-29', 'known-unreadable'],
    ['01/02/2019', 'known-unreadable'],
  ])('refuses %s', async (day, code) => {
    const error = await place.failure('lookup', 'S-06', '--known', day)
    expect(error).toMatchObject({ code, exitCode: 2 })
    if (code === 'known-too-late') expect(error.message).toContain('2020-01-01')
  })

  it('cannot go with --history', async () => {
    expect(await place.failure('lookup', 'S-06', '--known', '2019-01-01', '--history')).toMatchObject({ exitCode: 2 })
  })
})

describe('--limit', () => {
  it('cuts each relation and says which', async () => {
    const answer = await place.lookup('S-01', '--limit', '3')
    expect(rowsOf(answer, 'shares').length).toBe(3)
    expect(answer.cut).toContain('shares')
    const whole = await place.lookup('S-01')
    expect(whole.cut).toEqual([])
    expect(rowsOf(answer, 'shares')).toEqual(rowsOf(whole, 'shares').slice(0, 3))
    expect((await place.run('lookup', 'S-01', '--limit', '3')).stdout).toContain(
      'only the first are shown; raise --limit',
    )
    const exact = await place.lookup('S-01', '--limit', '8')
    expect([rowsOf(exact, 'shares').length, exact.cut.includes('shares')]).toEqual([8, false])
  })

  it.each(['0', '-1', 'many'])('refuses %s', async (limit) => {
    expect(await place.failure('lookup', 'S-01', `--limit=${limit}`)).toMatchObject({ exitCode: 2 })
  })
})

describe('the answer', () => {
  it('is the same bytes every time, whatever the machine is set to', async () => {
    const plain = await place.run('lookup', 'ZZRCL1800001')
    const json = await place.run('lookup', 'ZZRCL1800001', '--json')
    const env = { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', COLUMNS: '300' }
    expect((await place.start(['lookup', 'ZZRCL1800001'], env).ended).stdout).toBe(plain.stdout)
    expect((await place.start(['lookup', 'ZZRCL1800001', '--json', '--threads', '1'], env).ended).stdout).toBe(
      json.stdout,
    )
    expect(plain.stdout + json.stdout).not.toContain(place.folder)
  })

  it('names the file, the line, the digest and both dates of every row', async () => {
    const [row] = rowsOf(await place.lookup('S-06'), 'works')
    expect(row?.source).toMatchObject({
      feed: 'smba/works',
      file: '2018-06-01/works.csv',
      line: 6,
      published: '2018-06-01',
      received: '2018-06-05',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const { stdout } = await place.run('lookup', 'S-06')
    expect(stdout).toContain('2018-06-01/works.csv:6')
    expect(stdout).toContain(row?.source.sha256.slice(0, 12))
  })
})
