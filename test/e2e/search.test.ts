/** Searching with the built program: index on demand, updated after an ingest, killed while it is made, notes, replay. */
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SearchDocument } from '../../src/cli/views/search-document.js'
import type { SearchListDocument } from '../../src/cli/views/search-list.js'
import { FIXTURES, type Place, placeForSuite, placeForTest } from '../support/cli.js'

const delivery = (name: string) => path.join(FIXTURES, 'catalogue', name)
const INDEX = ['search-documents.parquet', 'search.sqlite']
const filesOf = (place: Place, generation: number) =>
  readdirSync(path.join(place.workspace, `generations/${generation}`)).sort()

interface Reindexed {
  readonly how: string
  readonly documents: number
  readonly generation: string
}

describe('search', () => {
  const place = placeForSuite()

  it('makes the index when it is first asked, and answers as the contract says', async () => {
    expect((await place.failure('search', 'fog')).code).toBe('no-workspace')
    await place.ingest(delivery('society/2018-06-01'), delivery('society/2019-03-01'))
    const { kind, version, hits, basis } = await place.json<SearchDocument>(
      'search',
      'sixty',
      'days',
      '--kind',
      'work',
      '--limit',
      '1',
    )
    expect([kind, version, hits.length]).toEqual(['recital.search', 1, 1])
    // fixtures/catalogue/society/2018-06-01/works.csv, line 4.
    expect(hits[0]).toMatchObject({ kind: 'work', id: 'T9000000033', iswc: 'T9000000033', title: 'Sixty Days of Fog' })
    expect(typeof hits[0]?.score).toBe('number')
    expect(filesOf(place, Number(basis.generation))).toEqual(['evidence.duckdb', ...INDEX])
    expect((await place.json<Reindexed>('reindex')).how).toBe('kept')
  })

  it('brings it up to date after another ingest, also where nobody searched in between', async () => {
    await place.ingest(delivery('service/2020-01-01'))
    await place.ingest(delivery('service/2021-07-01'))
    const found = await place.json<SearchDocument>('search', 'ZZ-RCL-18-00003')
    // fixtures/catalogue/service/2020-01-01/recordings.csv, line 4, and society/2019-03-01.
    expect(found.hits).toHaveLength(1)
    expect(found.hits[0]?.feeds.map(({ feed, id }) => `${feed} ${id}`)).toEqual([
      'smba/works SR-03',
      'streamland/rights r3',
    ])
    const { documents } = await place.json<Reindexed>('reindex')
    const rebuilt = await place.json<Reindexed>('reindex', '--rebuild')
    expect([rebuilt.how, rebuilt.documents]).toEqual(['built', documents])
    expect(await place.json<SearchDocument>('search', 'ZZ-RCL-18-00003')).toEqual(found)
  })

  it('asks the evidence for licensing status', async () => {
    // fixtures/README.md: sixty days without a licence, from 2020-01-01 on.
    const gap = 'fog status:not-licensed territory:FR on:'
    const ids = async (on: string) =>
      (await place.json<SearchDocument>('search', `${gap}${on}`)).hits.map(({ id }) => id)
    const licensed = await place.json<{ status: string }>(
      'licensed',
      'ZZRCL1800003',
      '--on',
      '2020-02-01',
      '--territory',
      'FR',
    )
    expect(await ids('2020-02-01')).toEqual(licensed.status === 'not-licensed' ? ['ZZRCL1800003'] : [])
    const status = `fog status:${licensed.status} territory:FR on:2020-02-01`
    expect((await place.json<SearchDocument>('search', status)).hits.map(({ id }) => id)).toEqual(['ZZRCL1800003'])
    expect((await place.failure('search', 'fog status:not-licensed')).exitCode).toBe(2)
    expect((await place.json<SearchDocument>('search', 'fog territory:US')).examined).toBeGreaterThan(0)
  })

  it('looks up a list line by line, and writes it', async () => {
    const list = place.file('list.csv', ['Titel;ISRC', 'Sixty Days of Fogg;', 'Nothing of the Kind;'])
    const { counts, lines } = await place.json<SearchListDocument>('search', '--file', list, '--out', 'found.csv')
    expect(counts).toEqual({ lines: 2, certain: 0, likely: 1, none: 1 })
    expect(lines[0]?.candidates[0]?.id).toMatch(/^(ZZRCL1800003|T9000000033)$/)
    expect((await place.failure('search', '--file', list, '--out', 'found.csv')).code).toBe('file-exists')
    expect((await place.failure('search', 'x', '--file', list)).code).toBe('bad-flag')
  })

  it('keeps notes, and takes them back without losing them', async () => {
    await place.json('notes', 'add', 'ZZ-RCL-18-00003', 'asked the label')
    await place.json('notes', 'add', 'ZZRCL1800003', 'counsel doubts it', '--privileged')
    const notes = async (...args: string[]) =>
      (await place.json<{ notes: { number: number; text: string; privileged: boolean }[] }>('notes', 'list', ...args))
        .notes
    expect((await notes('zzrcl1800003')).map(({ text, privileged }) => [text, privileged])).toEqual([
      ['asked the label', false],
      ['counsel doubts it', true],
    ])
    await place.json('notes', 'withdraw', '1')
    expect((await notes()).map(({ number }) => number)).toEqual([2])
    expect((await place.failure('notes', 'withdraw', '1')).code).toBe('unknown-note')
    expect((await place.failure('notes', 'add', 'W1', ' ')).code).toBe('note-empty')
  })

  it('replays a session: the same bytes as the commands themselves', async () => {
    const session = place.file('session.txt', [
      '# a remark',
      '',
      "recital search 'sixty days' --limit 1",
      'recital lookup T9000000033',
      'recital lookup nobody',
    ])
    const replayed = await place.run('replay', session)
    expect(replayed.code).toBe(1)
    const alone = await Promise.all([
      place.run('search', 'sixty days', '--limit', '1'),
      place.run('lookup', 'T9000000033'),
    ])
    const [searched = '', looked = ''] = alone.map(({ stdout }) => stdout)
    expect(replayed.stdout).toContain(
      `$ recital search 'sixty days' --limit 1\n${searched}\n$ recital lookup T9000000033\n${looked}`,
    )
    const { steps } = JSON.parse((await place.run('replay', session, '--json')).stdout) as {
      steps: { exitCode: number; document: { kind?: string; error?: { code: string } } }[]
    }
    expect(steps.map(({ exitCode, document }) => [exitCode, document.kind ?? document.error?.code])).toEqual([
      [0, 'recital.search'],
      [0, 'recital.lookup'],
      [4, 'unknown-id'],
    ])
    for (const line of [
      'recital ingest x',
      'recital timeline x --html y',
      'rm -rf x',
      'recital lookup a | cat',
      "recital lookup 'a",
    ]) {
      expect((await place.failure('replay', place.file('bad.txt', [line]))).exitCode).toBe(2)
    }
  })

  it('explores in print where there is no terminal', async () => {
    const { stdout, code } = await place.run('explore', 'ZZRCL1800003', '--territory', 'FR', '--on', '2020-02-01')
    expect(code).toBe(0)
    expect(stdout).toContain('the mechanical right was licensed in France')
    expect(stdout).toContain('Printed by: recital licensed ZZRCL1800003 --on 2020-02-01 --territory FR --known')
    expect((await place.failure('explore')).code).toBe('query-empty')
  })
})

describe('an index whose maker is killed', () => {
  it('is not there, or whole; the next search makes it', async () => {
    const place = placeForTest()
    const rows = Array.from({ length: 30_000 }, (_, n) => `r${n},Title ${n % 977} of ${n},Artist ${n % 131}`)
    await place.ingest(
      place.delivery('big', {
        'feed.yaml': ['feed: p1/big', 'published: 2024-01-01', 'received: 2024-01-01'],
        'recordings.csv': ['recording_id,title,artist', ...rows],
      }),
    )
    const outcomes = new Set<string>()
    for (const wait of [150, 600, 1200, 2000]) {
      const { child, ended } = place.start(['reindex', '--rebuild'])
      await new Promise((resolve) => setTimeout(resolve, wait))
      child.kill('SIGKILL')
      await ended
      const files = filesOf(place, 1)
      outcomes.add(files.includes('search.sqlite') ? 'whole' : 'none')
      if (!files.includes('search.sqlite')) continue
      const { hits } = await place.json<SearchDocument>('search', 'title:29999')
      expect(hits.map(({ id }) => id)).toEqual(['r29999'])
    }
    expect(outcomes.has('none')).toBe(true)
    const { hits } = await place.json<SearchDocument>('search', 'title:29999')
    expect(hits.map(({ id }) => id)).toEqual(['r29999'])
    // What the killed ones left is cleared by the next writer, as everything that processes leave.
    await place.ingest(delivery('society/2018-06-01'))
    expect(place.names('tmp')).toEqual([])
    writeFileSync(path.join(place.workspace, 'generations/2/search.sqlite'), 'no index')
    writeFileSync(path.join(place.workspace, 'generations/2/search-documents.parquet'), '')
    expect((await place.json<SearchDocument>('search', 'fog')).hits.length).toBeGreaterThan(0)
  })
})
