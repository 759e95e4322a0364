/** The stories of the fixtures as conflicts: the right id, magnitude, time and next step, worked out by hand from fixtures/README.md. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { ConflictJson, ConflictsDocument } from '../../src/cli/views/conflicts-document.js'
import type { DecideDocument } from '../../src/cli/views/decide.js'
import { FIXTURES, placeForSuite } from '../support/cli.js'
import { compare, evidenceOf } from './two-ways.js'

const codeOf = ({ subject }: ConflictJson): string => subject.iswc ?? subject.isrc ?? subject.id

describe('the stories of the fixtures', () => {
  const place = placeForSuite()
  let today: ConflictsDocument
  const of = (document: ConflictsDocument, id: string, code: string): ConflictJson[] =>
    document.conflicts.filter((conflict) => conflict.id === id && codeOf(conflict) === code)

  beforeAll(async () => {
    const paths = (...names: string[]) => names.map((name) => path.join(FIXTURES, 'catalogue', name))
    await place.ingest(
      ...paths('society/2018-06-01', 'society/2019-09-01', 'service/2020-01-01', 'service/2021-07-01'),
      ...paths('mlc-like/2022-01-10', 'mlc-like/2022-04-11', 'label-a/2019-01-20', 'label-b/2019-02-20'),
      ...paths('label-b/2021-01-15', 'publisher-cwr/2019-04-01', 'publisher-cwr/2019-10-01'),
    )
    today = await place.json<ConflictsDocument>('conflicts')
  }, 240_000)

  it('the 800 % song: eight claims of 100 in one feed, and since the dump in two', () => {
    const [alone] = of(today, 'C-SHR-02', 'T9000000011')
    expect(alone).toMatchObject({
      severity: 2,
      right: 'mech',
      territories: ['WORLD'],
      paymentOnly: false,
      knownFrom: '2018-06-05',
      knownTo: null,
    })
    expect(alone?.magnitude).toMatchObject({ total: 800, over: 700 })
    expect(alone?.statements.map((statement) => today.sources[statement]?.line).sort()).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9,
    ])
    expect(alone?.next).toContain('200 % notation')
    const [both] = of(today, 'C-SHR-01', 'T9000000011')
    expect(both).toMatchObject({ severity: 1, territories: ['US'], knownFrom: '2022-01-10T06:00:00Z' })
    expect(both?.magnitude).toMatchObject({ total: 800, over: 700 })
    expect(both?.next).toContain('chain of title')
  })

  it('the administrator nobody was told about: two names since the dump', () => {
    const [administrators] = of(today, 'C-PTY-03', 'T9000000022')
    expect(administrators).toMatchObject({
      severity: 1,
      territories: ['US'],
      from: '2018-01-01',
      to: null,
      knownFrom: '2022-01-10T06:00:00Z',
    })
    expect(administrators?.magnitude).toMatchObject({ total: 200, over: 100 })
    expect(administrators?.parties.length).toBe(2)
    expect(administrators?.next).toContain('letter of direction')
  })

  it('the 60-day gap: 31 days of January and 29 of February, with 1,200 streams', () => {
    const [gap] = of(today, 'C-DAT-02', 'T9000000033')
    expect(gap).toMatchObject({
      from: '2020-01-01',
      to: '2020-03-01',
      magnitude: { total: 60, over: 60, streams: 1200 },
    })
    expect(gap?.next).toContain('holdover')
    expect(today.conflicts.filter(({ id }) => id === 'C-LIC-06')).toMatchObject([
      {
        subject: { id: 'LIC-G1' },
        territories: ['FR'],
        from: '2020-01-01',
        to: '2020-03-01',
        magnitude: { streams: 1200 },
      },
    ])
  })

  it('the withdrawn claim: 25 percent, since the second dump; nothing else vanished', () => {
    expect(today.conflicts.filter(({ id }) => id.startsWith('C-SNP-0'))).toMatchObject([
      {
        id: 'C-SNP-01',
        subject: { iswc: 'T9000000044' },
        territories: ['US'],
        magnitude: { total: 25, over: 25 },
        knownFrom: '2022-04-11T06:00:00Z',
      },
    ])
  })

  it('the hidden duplicate: 60 + 60 read as one work', () => {
    const [twins] = of(today, 'C-ID-03', 'T9000000077')
    expect(twins?.magnitude).toMatchObject({ total: 120, over: 20 })
    for (const iswc of ['T9000000077', 'T9000000088']) {
      expect(of(today, 'C-SHR-03', iswc)[0]?.magnitude).toMatchObject({ total: 60, over: -40 })
    }
  })

  it('the retroactive deal: 366 days of 2020 and 181 of 2021', () => {
    expect(today.conflicts.filter(({ id }) => id === 'C-DAT-04')).toMatchObject([
      { subject: { id: 'LIC-R' }, magnitude: { total: 547 } },
    ])
  })

  it('nothing is found in the medley, "World excl. DE", kinds kept apart', () => {
    const found = today.conflicts.filter(({ severity }) => severity < 3).map(codeOf)
    for (const code of ['T9000000055', 'T9000000066', 'T9000000099', 'T9000000113', 'ZZRCL1800005'])
      expect(found).not.toContain(code)
  })

  it('the label double delivery stood until the purge', async () => {
    const then = await place.json<ConflictsDocument>('conflicts', '--known', '2020-12-31', '--id', 'C-LIC-07')
    expect(then.conflicts).toMatchObject([
      {
        subject: { isrc: 'ZZRCL1800008' },
        right: 'master',
        territories: ['US'],
        from: '2019-03-01',
        magnitude: { total: 2 },
        knownFrom: '2019-02-20T08:30:00Z',
        knownTo: '2021-01-15T08:30:00Z',
      },
    ])
    const since = await place.json<ConflictsDocument>('conflicts', '--since', '2020-12-31', '--severity', '1')
    expect(since.disappeared?.map(({ id, subject }) => [id, subject.isrc])).toEqual([['C-LIC-07', 'ZZRCL1800008']])
    expect(since.conflicts.map(({ id }) => id)).toContain('C-PTY-03')
    expect(since.conflicts.map(({ id }) => id)).not.toContain('C-LNK-01')
  })

  it.each([
    ['--work', 'T9000000011'],
    ['--recording', 'ZZRCL1800004'],
    ['--work', 'T-900.000.003-3'],
  ])('%s %s: the same as the whole catalogue says of it', async (flag, id) => {
    const focused = await place.json<ConflictsDocument>('conflicts', flag, id, '--limit', '0')
    expect(focused.conflicts.length).toBeGreaterThan(0)
    const subjects = new Set(focused.conflicts.map(codeOf))
    expect(focused.conflicts).toEqual(today.conflicts.filter((conflict) => subjects.has(codeOf(conflict))))
  })

  it('--party: what it takes part in', async () => {
    const { conflicts } = await place.json<ConflictsDocument>('conflicts', '--party', '00990001064')
    expect(conflicts.map(({ id }) => id)).toEqual(expect.arrayContaining(['C-PTY-03', 'C-SHR-01']))
    expect(new Set(conflicts.filter(({ severity }) => severity === 1).map(codeOf))).toEqual(new Set(['T9000000022']))
  })

  it('filters and exit codes', async () => {
    const failing = await place.run(
      'conflicts',
      '--severity',
      '1',
      '--territory',
      'US',
      '--right',
      'mech',
      '--feed',
      'smba/works',
      '--fail-on',
      '1',
      '--json',
    )
    expect(failing.code).toBe(1)
    const { conflicts, counts } = JSON.parse(failing.stdout) as ConflictsDocument
    expect(conflicts.every(({ severity, right }) => severity === 1 && right !== 'master')).toBe(true)
    expect(counts['C-SHR-01']).toBe(2)
    expect((await place.run('conflicts', '--work', 'T9000000146', '--fail-on', '1')).code).toBe(0)
  })

  it('refuses what makes no sense', async () => {
    expect(await place.failure('conflicts', '--id', 'C-SHR-99')).toMatchObject({ code: 'unknown-rule', exitCode: 2 })
    expect(await place.failure('conflicts', '--feed', 'smba/work')).toMatchObject({ code: 'unknown-feed', exitCode: 4 })
    expect(await place.failure('conflicts', '--work', 'T9000000011', '--party', 'x')).toMatchObject({
      code: 'several-subjects',
      exitCode: 2,
    })
    expect(await place.failure('conflicts', '--work', 'T9999999999')).toMatchObject({
      code: 'unknown-work',
      exitCode: 4,
    })
    expect(await place.failure('conflicts', '--known', '2030-01-01')).toMatchObject({
      code: 'known-too-late',
      exitCode: 2,
    })
  })

  it('a decision is shown beside its conflict until it is undone, and stays in the record', async () => {
    const [conflict] = of(today, 'C-SHR-02', 'T9000000011')
    const key = conflict?.key ?? ''
    const decide = (...args: string[]) =>
      place.json<DecideDocument>('decide', ...args, '--author', 'M. Case', '--at', '2022-05-01')
    await decide(key, 'explained', '--reason', 'Registered eight times')
    const shown = await place.json<ConflictsDocument>('conflicts', '--work', 'T9000000011', '--id', 'C-SHR-02')
    expect(shown.conflicts[0]?.decisions).toEqual([
      {
        id: 1,
        at: '2022-05-01',
        author: 'M. Case',
        verdict: 'explained',
        identity: null,
        reason: 'Registered eight times',
      },
    ])
    await decide('--undo', '1', '--reason', 'It was another song')
    const after = await place.json<ConflictsDocument>('conflicts', '--work', 'T9000000011', '--id', 'C-SHR-02')
    expect(after.conflicts[0]?.decisions).toEqual([])
    const { decisions } = await place.json<DecideDocument>('decide')
    expect(decisions.map(({ verdict, undone }) => [verdict, undone])).toEqual([
      ['explained', true],
      ['undone', false],
    ])
    expect(await place.failure('decide', '--undo', '1', '--reason', 'x', '--author', 'y')).toMatchObject({
      code: 'already-undone',
    })
    expect(await place.failure('decide', key, 'explained', '--author', 'y')).toMatchObject({ code: 'no-reason' })
    expect(await place.failure('decide', 'C-SHR-02', 'explained')).toMatchObject({ code: 'key-unreadable' })
  })

  it('writes the same bytes twice, and nothing over what is there', async () => {
    const files = ['--html', 'a.html', '--csv', 'a.csv', '--markdown', 'a.md']
    const bytes = () => ['a.html', 'a.csv', 'a.md'].map((name) => readFileSync(path.join(place.folder, name), 'utf8'))
    expect((await place.run('conflicts', '--work', 'T9000000011', ...files)).code).toBe(0)
    const first = bytes()
    expect(await place.failure('conflicts', ...files)).toMatchObject({ code: 'file-exists', exitCode: 2 })
    expect((await place.run('conflicts', '--work', 'T9000000011', ...files, '--overwrite')).code).toBe(0)
    expect(bytes()).toEqual(first)
    expect(first[1]).toContain(
      'C-SHR-02,Overclaim within one provider,2,Eight Hats (Moon Session) T9000000011,mech,WORLD',
    )
    expect(first[2]).toContain('shares.csv:2')
    expect(existsSync(path.join(place.folder, '.a.html.0.tmp'))).toBe(false)
  })

  it('are told the same by both ways of working them out: at an earlier date of knowledge, of a change, of a part', async () => {
    const db = await evidenceOf(place)
    onTestFinished(() => db.close())
    const stated = async (relation: string, column: string) =>
      (
        await db.rows(`SELECT DISTINCT ${column} AS code FROM statements.${relation} WHERE ${column} IS NOT NULL
          AND NOT contains(${column}, '|') ORDER BY code`)
      ).map(({ code }) => String(code))
    const recordings = await stated('recordings', 'isrc')
    expect(recordings.length).toBeGreaterThan(2)
    for (const id of recordings.slice(0, 3)) await compare(db, { kind: 'recording', id })
    const [work = ''] = await stated('works', 'iswc')
    await compare(db, { kind: 'work', id: work }, { known: '2021-12-31' })
    await compare(db, { kind: 'work', id: work }, { since: '2021-12-31', territory: 'US', right: 'mech' })
    const [feed] = (await db.rows('SELECT feed FROM feeds ORDER BY feed')).map((row) => String(row.feed))
    await compare(db, { kind: 'party', id: (await stated('parties', 'ipi_name_number'))[0] ?? '' }, { feed })
  }, 240_000)
})
