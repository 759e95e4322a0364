/** Each guard on a case that it must see and a near miss on which it must be silent, worked out by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Judgement, loadJudgements } from '../../src/snapshots/index.js'
import { TestEvidence, type TestRow, type TestSnapshot } from '../support/evidence.js'

let evidence: TestEvidence
let feeds = 0

beforeAll(async () => {
  evidence = await TestEvidence.create()
})
afterAll(() => evidence.close())

type Given = Partial<TestSnapshot> & { readonly day: string }

/** Loads a feed of its own, day by day, guards on watch; the judgements by day. */
async function judged(given: readonly Given[]): Promise<Judgement[]> {
  feeds += 1
  const ids: string[] = []
  for (const { day, ...more } of given) {
    const instant = day.includes('T') ? day : `${day}T00:00:00Z`
    ids.push(
      await evidence.load({
        feed: `p1/${feeds}`,
        published: instant,
        received: instant,
        scope: 'full',
        guards: 'enforce',
        relations: ['parties'],
        rows: [],
        ...more,
      }),
    )
  }
  const all = await loadJudgements(evidence.db, null)
  const numbers = await evidence.db.rows('SELECT snapshot, snapshot_no FROM snapshots')
  return ids.map((id) => {
    const found = all.get(Number(numbers.find(({ snapshot }) => snapshot === id)?.snapshot_no))
    if (found === undefined) throw new Error(`${id} was not judged`)
    return found
  })
}

const seen = (judgement: Judgement | undefined): string[] =>
  (judgement?.findings ?? []).map(({ guard, level }) => `${guard}:${level}`)

const only = (judgement: Judgement | undefined, guard: string) =>
  judgement?.findings.find((finding) => finding.guard === guard)

type Party = { id: string; name?: string; group?: string; isni?: string }

const party = ({ id, name = `Name ${id}`, group }: Party): TestRow => ({
  relation: 'parties',
  values: { party_id: id, name, ...(group === undefined ? {} : { group_id: group }) },
})

/** Parties numbered from one number to another, both of them among them. */
const parties = (from: number, to: number, more: (n: number) => Partial<Party> = () => ({})): TestRow[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => {
    const n = from + index
    return party({ id: `P${String(n).padStart(5, '0')}`, ...more(n) })
  })

describe('guards that look for what is missing', () => {
  it('empty, header-only: nothing where there was something, and not where there never was', async () => {
    const [, gone, header, back] = await judged([
      { day: '2020-01-01', rows: parties(1, 3) },
      { day: '2020-01-02', rows: [] },
      { day: '2020-01-03', rows: [], columns: ['party_id', 'name'] },
      { day: '2020-01-04', rows: parties(1, 3) },
    ])
    expect(seen(gone)).toEqual(['empty:quarantine'])
    expect(seen(header)).toEqual(['header-only:quarantine'])
    expect(header?.held).toBe(true)
    // What is in quarantine is no baseline: compared with the first day, nothing changed.
    expect(seen(back)).toEqual(['same-content:remark'])
    const [first, second] = await judged([{ day: '2020-01-01' }, { day: '2020-01-02' }])
    expect([seen(first), seen(second)]).toEqual([['empty:warn'], []])
  })

  it('rows that were refused are neither there nor missing', async () => {
    const refused: TestRow = { relation: 'parties', values: { name: 'Nobody' } }
    const [, next] = await judged([
      { day: '2020-01-01', rows: [...parties(1, 3), refused] },
      { day: '2020-01-02', rows: [...parties(1, 3, (n) => (n === 2 ? { name: 'Changed' } : {})), refused] },
    ])
    expect(seen(next)).toEqual([])
    const [{ rows, compared, updated } = {}] = await evidence.db.rows(
      `SELECT "rows", created || ' ' || deleted AS compared, updated FROM relation_facts
       WHERE snapshot_no = (SELECT max(snapshot_no) FROM snapshots)`,
    )
    expect([Number(rows), compared, Number(updated)]).toEqual([3, '0 0', 1])
  })

  it('counts different values: few of them exactly, many to a few percent, the same in any order of the rows', async () => {
    const rows = parties(1, 30_000, (n) => ({ name: `Name ${n % 12_000}`, group: `G${n % 300}` }))
    await judged([
      { day: '2020-01-01', rows },
      { day: '2020-01-02', rows: [...rows].reverse() },
    ])
    const facts = await evidence.db.rows(
      `SELECT column_name, list(different ORDER BY snapshot_no)::BIGINT[] AS found FROM column_facts
       WHERE snapshot_no > (SELECT max(snapshot_no) - 2 FROM snapshots) AND different > 0 GROUP BY column_name`,
    )
    const found = new Map(facts.map((row) => [row.column_name, (row.found as unknown[]).map(Number)]))
    expect([...found.keys()].sort()).toEqual(['group_id', 'name', 'party_id'])
    expect([found.get('group_id'), found.get('name')]).toEqual([
      [300, 300],
      [12_000, 12_000],
    ])
    const [ids = 0, reversed] = found.get('party_id') ?? []
    // 1,875 of them are expected to be picked; five standard deviations of that are a ninth.
    expect(Math.abs(ids - 30_000)).toBeLessThan(30_000 / 9)
    expect([reversed, ids % 16]).toEqual([ids, 0])
  }, 120_000)

  it('truncated: known to be cut', async () => {
    const [cut, whole] = await judged([
      { day: '2020-01-01', rows: parties(1, 3), partial: true },
      { day: '2020-01-02', rows: parties(1, 3) },
    ])
    expect([seen(cut), cut?.held]).toEqual([['truncated:quarantine'], true])
    expect(whole?.verdict).toBe('warn')
    expect(seen(whole)).toEqual(['rollback:warn'])
  })

  it('lost-block: deletions that stood together at an end or by the page, and not those spread about', async () => {
    const checks = { mass_delete: { from: 1_000_000 }, mass_change: { from: 1_000_000 } }
    const [, end, middle, spread] = await judged([
      { day: '2020-01-01', rows: parties(1, 950), checks },
      { day: '2020-01-02', rows: parties(121, 950), checks },
      { day: '2020-01-03', rows: [...parties(1, 300), ...parties(431, 950)], checks },
      { day: '2020-01-04', rows: [...parties(1, 300), ...parties(431, 950)].filter((_, n) => n % 5 !== 1), checks },
    ])
    expect(seen(end)).toEqual(['lost-block:quarantine'])
    expect(only(end, 'lost-block')?.seen).toBe('120 rows in one piece, from row 1 to 120')
    // In the middle and of no page's size: worth a look, but an owner's rows may have stood there.
    expect(seen(middle)).toEqual(['lost-block:warn'])
    expect(seen(spread)).toEqual([])
  })

  it('round-count: a multiple of a page, worse where it was more before; repeated-count: one number again and again', async () => {
    const checks = { page_sizes: [50], repeats: 3, levels: { 'lost-block': 'off' as const } }
    const [first, fell, odd] = await judged([
      { day: '2020-01-01', rows: parties(1, 150), checks },
      { day: '2020-01-02', rows: parties(1, 100), checks },
      { day: '2020-01-03', rows: parties(1, 149), checks },
    ])
    expect([seen(first), seen(fell), seen(odd)]).toEqual([['round-count:warn'], ['round-count:quarantine'], []])
    const days = await judged([
      { day: '2020-01-01', rows: parties(1, 120), checks },
      { day: '2020-01-02', rows: parties(2, 121), checks },
      { day: '2020-01-03', rows: parties(3, 122), checks },
      { day: '2020-01-04', rows: parties(3, 123), checks },
    ])
    expect(days.map(seen)).toEqual([[], [], ['repeated-count:warn'], []])
    // The same number for the same rows is no plateau.
    const still = await judged(
      ['01', '02', '03'].map((day) => ({ day: `2020-01-${day}`, rows: parties(1, 120), checks })),
    )
    expect(still.map(seen)).toEqual([[], ['same-content:remark'], ['same-content:remark']])
  })
})

describe('guards that look at dates', () => {
  const rows = (n: number) => parties(1, n)

  it('skipped: whole periods without a delivery, and not one that is merely late', async () => {
    const checks = { every: 24 }
    const [, late, missing] = await judged([
      { day: '2020-01-01', rows: rows(1), checks },
      { day: '2020-01-02T11:00:00Z', rows: rows(2), checks },
      { day: '2020-01-04T11:00:00Z', rows: rows(3), checks },
    ])
    expect(seen(late)).toEqual([])
    expect(only(missing, 'skipped')?.message).toContain('with one every 24 hours, 1 delivery is missing')
  })

  it('gap: far longer than usual, once there is a usual', async () => {
    const days = ['01', '02', '03', '04', '05', '06', '07', '10', '14']
    const found = await judged(days.map((day, n) => ({ day: `2020-01-${day}`, rows: rows(n + 1) })))
    // Six intervals of one day; three days are three times that and no more, four are more.
    expect(found.map(seen)).toEqual([[], [], [], [], [], [], [], [], ['gap:warn']])
    const early = await judged(['01', '02', '09'].map((day, n) => ({ day: `2020-01-${day}`, rows: rows(n + 1) })))
    expect(early.map(seen)).toEqual([[], [], []])
  })

  it('stale: received long after its publication', async () => {
    const [fresh, stale] = await judged([
      { day: '2020-01-01', received: '2020-01-03T00:00:00Z', rows: rows(1), checks: { stale_after: 48 } },
      { day: '2020-01-02', received: '2020-01-05T00:00:00Z', rows: rows(2), checks: { stale_after: 48 } },
    ])
    expect([seen(fresh), seen(stale)]).toEqual([[], ['stale:warn']])
  })

  it('out-of-order: a newer publication was received before; tie: the same dates, unless a number tells them apart', async () => {
    const [newer, older] = await judged([
      { day: '2020-01-05', rows: rows(3) },
      { day: '2020-01-02', received: '2020-01-06T00:00:00Z', rows: rows(2) },
    ])
    expect([seen(newer), seen(older)]).toEqual([[], ['out-of-order:warn']])
    const same = await judged([
      { day: '2020-01-01', rows: rows(1) },
      { day: '2020-01-01', rows: rows(2) },
    ])
    expect(same.map(seen)).toEqual([['tie:warn'], ['tie:warn']])
    const told = await judged([
      { day: '2020-01-01', rows: rows(1), sequence: 1 },
      { day: '2020-01-01', rows: rows(2), sequence: 2 },
    ])
    expect(told.map(seen)).toEqual([[], []])
  })
})

describe('guards that look at content', () => {
  it('same-content: as before in any order of rows; rollback: as some time before that', async () => {
    const [, same, other, back] = await judged([
      { day: '2020-01-01', rows: parties(1, 3) },
      { day: '2020-01-02', rows: parties(1, 3).reverse() },
      { day: '2020-01-03', rows: parties(1, 4) },
      { day: '2020-01-04', rows: parties(1, 3) },
    ])
    expect([seen(same), same?.verdict]).toEqual([['same-content:remark'], 'accept'])
    expect([seen(other), seen(back)]).toEqual([[], ['rollback:warn']])
  })

  it('header-drift: columns come, go or change their case, and not their order', async () => {
    const columns = ['party_id', 'name', 'Kind']
    const [, order, spelling, added] = await judged([
      { day: '2020-01-01', rows: parties(1, 1), columns },
      { day: '2020-01-02', rows: parties(1, 2), columns: [...columns].reverse() },
      { day: '2020-01-03', rows: parties(1, 3), columns: ['party_id', 'name', 'kind'] },
      { day: '2020-01-04', rows: parties(1, 4), columns: ['party_id', 'name', 'kind', 'city'] },
    ])
    expect(seen(order)).toEqual([])
    expect(only(spelling, 'header-drift')?.message).toBe(
      'names of columns of parties changed their case: Kind is now kind',
    )
    expect(only(added, 'header-drift')?.message).toBe('the columns of parties changed: with city')
  })

  it('key-drift: the same keys in another spelling; keys-reissued: the same rows by other keys', async () => {
    const named = (ids: readonly string[], name: (n: number) => string) =>
      ids.map((id, n) => party({ id, name: name(n), group: `G${n}` }))
    const [, drifted] = await judged([
      { day: '2020-01-01', rows: named(['Alpha', 'Beta', 'Gamma'], (n) => `n${n}`) },
      { day: '2020-01-02', rows: named(['ALPHA', 'be ta', 'Delta'], (n) => `n${n}`) },
    ])
    expect(seen(drifted)).toEqual(['key-drift:warn'])
    expect(only(drifted, 'key-drift')?.examples).toEqual(['Alpha → ALPHA', 'Beta → be ta'])
    const numbered = (stem: string, n: number) => Array.from({ length: n }, (_, index) => `${stem}${index}`)
    const [, reissued] = await judged([
      { day: '2020-01-01', rows: named(numbered('old', 10), (n) => `n${n}`) },
      { day: '2020-01-02', rows: named(numbered('new', 10), (n) => `n${n}`) },
    ])
    expect(seen(reissued)).toEqual(['keys-reissued:warn'])
    const [, few] = await judged([
      { day: '2020-01-01', rows: named(numbered('old', 9), (n) => `n${n}`) },
      { day: '2020-01-02', rows: named(numbered('new', 9), (n) => `n${n}`) },
    ])
    expect(seen(few)).toEqual([])
  })

  it('duplicate-key: one key on rows that differ, worse from ten; rows that are equal are one', async () => {
    const rows = (n: number) => Array.from({ length: n }, (_, index) => party({ id: 'A', name: `name ${index}` }))
    const [equal, two, ten] = await judged([
      { day: '2020-01-01', rows: [party({ id: 'A' }), party({ id: 'A' })] },
      { day: '2020-01-02', rows: rows(2) },
      { day: '2020-01-03', rows: rows(10) },
    ])
    expect([seen(equal), seen(two), seen(ten)]).toEqual([[], ['duplicate-key:warn'], ['duplicate-key:quarantine']])
    expect(only(two, 'duplicate-key')).toMatchObject({
      about: 'A',
      seen: '2 rows on one key',
      examples: ['A: lines 1, 2'],
    })
  })
})

describe('guards that look at masses', () => {
  const quiet = { 'lost-block': 'off', 'round-count': 'off' } as const
  const spread = (n: number, keep: (n: number) => boolean) => parties(1, n).filter((_, index) => keep(index))

  it('mass-delete and mass-change: beyond a part of a thousand rows; at the limit, or of fewer rows, nothing', async () => {
    // Every tenth of 1,000 rows is 100, which is 10 % and no more than the limit of quarantine; one more row is beyond.
    const checks = { levels: quiet }
    const [, at, beyond] = await judged([
      { day: '2020-01-01', rows: parties(1, 1000), checks },
      {
        day: '2020-01-02',
        rows: spread(1000, (n) => n % 10 !== 0),
        checks: { ...checks, mass_delete: { warn: { percent: 10 } } },
      },
      {
        day: '2020-01-03',
        rows: [...spread(1000, (n) => n % 10 !== 0), ...parties(2001, 2100)].filter((_, n) => n % 9 !== 0 || n > 899),
        checks,
      },
    ])
    expect(seen(at)).toEqual([])
    // Of 900 rows, a hundred are gone and a hundred are new; 900 is fewer than 1,000.
    expect(seen(beyond)).toEqual([])
    const [, many] = await judged([
      { day: '2020-01-01', rows: parties(1, 1000), checks },
      { day: '2020-01-02', rows: spread(1000, (n) => n % 10 !== 0 && n !== 1), checks },
    ])
    expect(seen(many)).toEqual(['mass-change:warn', 'mass-delete:quarantine'])
    expect(only(many, 'mass-delete')).toMatchObject({
      seen: '101 of 1,000 rows, 10.1 %',
      rows: { seen: 101, base: 1000 },
      threshold: '10 % of at least 1,000 rows',
    })
    const [, few] = await judged([
      { day: '2020-01-01', rows: parties(1, 999), checks },
      { day: '2020-01-02', rows: spread(999, (n) => n % 2 === 0), checks },
    ])
    expect(seen(few)).toEqual([])
  })

  it('counts rows where it is told a number of rows, whatever there were before', async () => {
    const checks = { mass_delete: { quarantine: { rows: 2 } } }
    const [, two, three] = await judged([
      { day: '2020-01-01', rows: parties(1, 9), checks },
      { day: '2020-01-02', rows: parties(1, 7), checks },
      { day: '2020-01-03', rows: parties(1, 4), checks },
    ])
    expect([seen(two), seen(three)]).toEqual([[], ['mass-delete:quarantine']])
    expect(only(three, 'mass-delete')?.threshold).toBe('2 rows')
  })

  it('mass-owner: the rows of one owner, by its own base; a renamed owner lost nothing', async () => {
    const checks = { owner: { column: 'group_id', from: 10 }, levels: quiet }
    const owned = (n: number) => ({ group: n <= 10 ? 'big' : 'small' })
    const [, gone, renamed] = await judged([
      { day: '2020-01-01', rows: parties(1, 15, owned), checks },
      { day: '2020-01-02', rows: parties(7, 15, owned), checks },
      { day: '2020-01-03', rows: parties(1, 15, (n) => ({ group: n <= 10 ? 'BIG Ltd' : 'small' })), checks },
    ])
    // Six of ten rows of one owner; the five of the other are too few to judge by.
    expect(seen(gone)).toEqual(['mass-owner:quarantine'])
    expect(only(gone, 'mass-owner')).toMatchObject({ about: 'big', message: '6 of the 10 rows of big are gone, 60 %' })
    expect(seen(renamed)).toEqual([])
    const [, small] = await judged([
      { day: '2020-01-01', rows: parties(1, 15, owned), checks },
      { day: '2020-01-02', rows: parties(1, 10, owned), checks },
    ])
    expect(seen(small)).toEqual([])
  })

  it('null-rate and distinct: a column that empties or collapses', async () => {
    const loose = { mass_change: { from: 1_000_000 }, null_rate: { from: 100 }, distinct: { from: 100 }, levels: quiet }
    const [, fuller, emptier, collapsed] = await judged([
      { day: '2020-01-01', rows: parties(1, 200, (n) => ({ group: `G${n % 20}` })), checks: loose },
      { day: '2020-01-02', rows: parties(1, 200, (n) => (n <= 20 ? {} : { group: `G${n % 20}` })), checks: loose },
      { day: '2020-01-03', rows: parties(1, 200, (n) => (n <= 61 ? {} : { group: `G${n % 20}` })), checks: loose },
      { day: '2020-01-04', rows: parties(1, 200, (n) => (n <= 61 ? {} : { group: `G${n % 9}` })), checks: loose },
    ])
    // 20 of 200 are ten points, which is the limit; 41 more are beyond it.
    expect(seen(fuller)).toEqual([])
    expect(seen(emptier)).toEqual(['null-rate:warn'])
    expect(only(emptier, 'null-rate')).toMatchObject({ about: 'group_id', seen: '30.5 % empty, before 10 %' })
    expect(seen(collapsed)).toEqual(['distinct:warn'])
    expect(only(collapsed, 'distinct')?.seen).toBe('9 different values, before 20')
  })

  it('judges a delta by what it touches, and lets settings say how much a guard weighs', async () => {
    const checks = {
      mass_change: { quarantine: { percent: 20 }, from: 10 },
      levels: { 'mass-change': 'remark' as const },
    }
    const touched = parties(1, 3, () => ({ name: 'new' }))
    const [, delta, softened] = await judged([
      { day: '2020-01-01', rows: parties(1, 10), checks: { mass_change: checks.mass_change } },
      { day: '2020-01-02', scope: 'delta', rows: touched, checks: { mass_change: checks.mass_change } },
      { day: '2020-01-03', scope: 'delta', rows: parties(1, 3, () => ({ name: 'newer' })), checks },
    ])
    expect([seen(delta), delta?.held]).toEqual([['mass-change:quarantine'], true])
    expect([seen(softened), softened?.verdict]).toEqual([['mass-change:remark'], 'accept'])
  })
})
