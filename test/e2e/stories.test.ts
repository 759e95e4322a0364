/** The stories of the fixtures, as a look-up tells them: who stated what, and when it was known. */
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LookupDocument } from '../../src/cli/views/lookup-document.js'
import { FIXTURES, placeForSuite, rowsOf } from '../support/cli.js'

const CATALOGUE = path.join(FIXTURES, 'catalogue')
/** The day of the last receipt. */
const TODAY = '2022-04-11'

/** `feed party share` for the mechanical shares of one kind, sorted; the party by its name where the answer has it. */
function shares(answer: LookupDocument, kind = 'licensing'): string[] {
  const names = new Map(
    rowsOf(answer, 'parties').map(({ source, values }) => [`${source.feed} ${values.party_id}`, String(values.name)]),
  )
  return rowsOf(answer, 'shares')
    .filter(({ values }) => values.share_kind === kind && values.right === 'mech')
    .map(({ source, values }) => {
      const party = names.get(`${source.feed} ${values.party_id}`) ?? values.party_id ?? 'nobody'
      return `${source.feed}: ${party} ${values.share}`
    })
    .sort()
}

describe('the stories', () => {
  const place = placeForSuite()
  const known = (isrc: string, day: string) => place.lookup(isrc, '--known', day)

  beforeAll(async () => {
    const paths = (...names: string[]) => names.map((name) => path.join(CATALOGUE, name))
    await place.ingest(
      ...paths('society/2018-06-01', 'society/2019-09-01', 'service/2020-01-01', 'service/2021-07-01'),
      ...paths('mlc-like/2022-01-10', 'mlc-like/2022-04-11', 'label-a/2019-01-20', 'label-b/2019-02-20'),
      ...paths('label-b/2021-01-15', 'publisher-cwr/2019-04-01', 'publisher-cwr/2019-10-01'),
    )
  })

  it.each(
    [
      'lookup ZZRCL1800001',
      'licensed ZZRCL1800003 --on 2020-02-10 --territory FR',
      'licensed ZZRCL1800003 --on 2020-02-10 --territory FR --known-curve',
      'timeline ZZRCL1800003 --territory FR',
      'streams ZZRCL1800003',
      'conflicts --recording ZZRCL1800001 --limit 3',
      'search fog',
      'status',
      'feed list',
      'feed log smba/works',
      'feed check smba/works',
    ].map((words) => [words]),
  )('%s has colours where they are wanted, and none of them as text', async (words) => {
    const { stdout, stderr } = await place.start(words.split(' '), { FORCE_COLOR: '1' }).ended
    expect(`${stdout}${stderr}`).toContain('\u001b[')
    expect(`${stdout}${stderr}`).not.toContain('\\x1b')
  })

  it('the 800 % song: eight claims of 100 stand beside each other, none is picked', async () => {
    const answer = await known('ZZRCL1800001', TODAY)
    const society = shares(answer).filter((line) => line.startsWith('smba/works: '))
    expect(society.length).toBe(8)
    expect(society.every((line) => line.endsWith(' 100'))).toBe(true)
    const dump = shares(answer).filter((line) => line.includes('bwarm'))
    expect(dump.map((line) => line.replace(/^.*: /, ''))).toEqual(['Aurora Fable Music 100'])
    expect(rowsOf(answer, 'works').map(({ values }) => values.iswc)).toContain('T9000000011')
  })

  it('the administrator nobody was told about: one name before the dump, two after', async () => {
    expect(shares(await known('ZZRCL1800002', '2021-12-31'))).toEqual(['smba/works: Kestrel Mock Administration 100'])
    const after = shares(await known('ZZRCL1800002', TODAY)).map((line) => line.replace(/^.*: /, ''))
    expect(after.sort()).toEqual(['Kestrel Mock Administration 100', 'Meadow Mock Administration 100'])
  })

  it('the withdrawn claim: known before the second dump, gone after it, and never overwritten', async () => {
    const before = shares(await known('ZZRCL1800004', '2022-02-01')).map((line) => line.replace(/^.*: /, ''))
    expect(before).toEqual(['Aurora Fable Music 75', 'Cobalt Pretend Publishing 25'])
    const after = shares(await known('ZZRCL1800004', TODAY)).map((line) => line.replace(/^.*: /, ''))
    // The second dump states the rest as unclaimed: room, nobody's claim.
    expect(after).toEqual(['Aurora Fable Music 75', 'nobody 25'])
    const history = rowsOf(await place.lookup('ZZRCL1800004', '--history'), 'shares')
    const withdrawn = history.filter(({ known: when }) => when.to !== null)
    expect(withdrawn.map(({ values, known: when }) => [values.share, when])).toEqual([
      [25, { from: '2022-01-10T06:00:00Z', to: '2022-04-11T06:00:00Z', effective: true }],
    ])
  })

  it('the retroactive deal: signed in June 2021, known from July 2021', async () => {
    const licences = async (day: string) =>
      rowsOf(await known('ZZRCL1800010', day), 'licences').filter(({ values }) => values.licence_id === 'LIC-R')
    expect(await licences('2021-06-30')).toEqual([])
    expect((await licences('2021-07-01')).map(({ values }) => [values.valid_from, values.signed_at])).toEqual([
      ['2020-01-01', '2021-06-15'],
    ])
  })

  it('the double delivery: two labels license one recording until one of them purges it', async () => {
    // JP is the album that holds the track.
    const masters = async (day: string) =>
      rowsOf(await known('ZZRCL1800008', day), 'licences')
        .filter(({ values }) => values.right === 'master')
        .map(({ values }) => String(values.territories))
        .sort()
    expect(await masters('2020-12-31')).toEqual(['DE|US', 'JP', 'WORLD|!DE'])
    expect(await masters('2021-01-15')).toEqual(['JP', 'WORLD|!DE'])
  })

  it('the 60-day gap: two licences of one licensor with a hole between them, and the streams in it', async () => {
    const answer = await known('ZZRCL1800003', TODAY)
    const licences = rowsOf(answer, 'licences').filter(({ values }) => String(values.licence_id).startsWith('LIC-G'))
    expect(licences.map(({ values }) => [values.licence_id, values.valid_from, values.valid_to])).toEqual([
      ['LIC-G1', '2018-01-01', '2020-01-01'],
      ['LIC-G2', '2020-03-01', null],
    ])
    const streams = rowsOf(answer, 'usage').filter(({ values }) => values.period === '2020-02-10')
    expect(streams.map(({ values }) => [values.territory, Number(values.streams)])).toEqual([['FR', 1200]])
  })

  it('the medley: two works with their weights, and the claims on both', async () => {
    const answer = await known('ZZRCL1800005', TODAY)
    expect(rowsOf(answer, 'links').map(({ values }) => [values.work_id, values.weight])).toEqual([
      ['T9000000055', 0.7],
      ['T9000000066', 0.3],
    ])
    expect(shares(answer).map((line) => line.replace(/^.*: /, ''))).toEqual([
      'Aurora Fable Music 100',
      'Aurora Fable Music 40',
      'Birch Fiction Songs 60',
    ])
  })

  it('the delta: the changed claim, the withdrawn one gone, the one not mentioned still there', async () => {
    const says = async (day: string) =>
      shares(await place.lookup('S-14', '--known', day)).map((line) => line.replace(/^.*: /, ''))
    expect(await says('2019-08-31')).toEqual([
      'Aurora Fable Music 50',
      'Cobalt Pretend Publishing 25',
      'Dune Makebelieve Music 25',
    ])
    expect(await says(TODAY)).toEqual(['Aurora Fable Music 75', 'Dune Makebelieve Music 25'])
  })

  it('the registration restated: the second one replaces the first as a whole', async () => {
    const owners = async (day: string) => {
      const rows = rowsOf(await place.lookup('T9000000124', '--known', day), 'shares')
      return rows
        .filter(({ values }) => values.share_kind === 'ownership' && values.right === 'mech' && values.share !== 0)
        .map(({ values }) => values.share)
    }
    expect(await owners('2019-09-30')).toEqual([100])
    expect(await owners('2020-01-01')).toEqual([50, 50])
  })
})
