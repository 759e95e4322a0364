/** Every class and cause of a mismatch on change sets made by hand. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ChangeOp, type ChangeSet, changeColumn } from '../../src/model/change-set.js'
import { quoted } from '../../src/store/columns.js'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'
import { readAllowances, verifyChanges } from '../../src/verify/index.js'
import { temporaryFolder } from '../support/workspaces.js'

type Row = Readonly<Record<string, string | null>>
type Change = readonly [op: ChangeOp, before: Row | null, after: Row | null]

async function database(): Promise<Evidence> {
  const folder = temporaryFolder()
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: folder,
    allowedDirectories: [folder],
    threads: 1,
  })
  onTestFinished(() => db.close())
  return db
}

const text = (value: string | null | undefined): string =>
  value === null || value === undefined ? 'NULL' : `'${value.replaceAll("'", "''")}'`

/** A change set with the key `id`, its positions in the order given. */
async function changeSet(
  db: Evidence,
  table: string,
  columns: Readonly<Record<string, string>>,
  changes: readonly Change[],
): Promise<ChangeSet> {
  const names = Object.keys(columns)
  const sides = [
    ...['id'].map((name) => ['key', name] as const),
    ...names.map((name) => ['before', name] as const),
    ...names.map((name) => ['after', name] as const),
  ]
  await db.run(
    `CREATE TABLE ${table} (position BIGINT, op VARCHAR, changed VARCHAR[], ${sides
      .map(([side, name]) => `${quoted(changeColumn(side, name))} ${columns[name]}`)
      .join(', ')})`,
  )
  for (const [index, [op, before, after]] of changes.entries()) {
    const cell = (side: string, name: string) =>
      text(side === 'key' ? (after ?? before)?.[name] : side === 'before' ? before?.[name] : after?.[name])
    const cells = sides.map(([side, name]) => cell(side, name))
    await db.run(`INSERT INTO ${table} VALUES (${index + 1}, '${op}', [], ${cells.join(', ')})`)
  }
  return { table, key: ['id'], columns: names.map((name) => ({ name, type: columns[name] ?? 'VARCHAR' })) }
}

const TEXT = { id: 'VARCHAR', v: 'VARCHAR' }

const created = (id: string, v: string | null): Change => ['create', null, { id, v }]

async function verified(
  ours: readonly Change[],
  theirs: readonly Change[],
  options: {
    columns?: Readonly<Record<string, string>>
    theirColumns?: Readonly<Record<string, string>>
    allow?: string
    today?: string
  } = {},
) {
  const db = await database()
  const own = await changeSet(db, 'ours', options.columns ?? TEXT, ours)
  const other = await changeSet(db, 'theirs', options.theirColumns ?? TEXT, theirs)
  const allowances = options.allow === undefined ? [] : readAllowances(options.allow, 'allow.yaml')
  return verifyChanges(db, own, other, { allowances, today: options.today ?? '2024-01-01', file: 'theirs.jsonl' })
}

type Verified = Awaited<ReturnType<typeof verified>>

/** Class, cause and number of changes of each group, in the order shown. */
const groups = ({ groups: all }: Verified) =>
  all.map((one) => `${one.class}${one.cause === null ? '' : `:${one.cause}`} ${one.op} ${one.changes}`)

describe('verification', () => {
  it.each([
    ['null-empty', '', null],
    ['null-empty', 'NULL', null],
    ['blanks', 'floor', 'floor '],
    ['case', 'Floor', 'floor'],
    ['unicode', 'caf\u00e9', 'cafe\u0301'],
    ['number', '1.0', '1'],
    ['number', '007', '7'],
    ['date-time', '2024-01-01', '2024-01-01T00:00:00Z'],
    ['date-time', '2024-01-01T01:00:00+01:00', '2024-01-01 00:00:00Z'],
    ['several', 'Floor', ' floor'],
  ])('calls it representation (%s): %j and %j', async (cause, ours, theirs) => {
    const answer = await verified([created('a', ours)], [created('a', theirs)])
    expect(groups(answer)).toEqual([`representation:${cause} create 1`])
    expect([answer.agreed, answer.unexplained]).toEqual([0, 1])
  })

  it.each([
    ['missing-ours', null, 'x'],
    ['missing-theirs', 'x', ''],
    ['other-number', '1.0', '1.01'],
    ['other-number', '99999999999999999999', '99999999999999999998'],
    ['time-zone', '2024-01-01T10:00:00Z', '2024-01-01T12:00:00Z'],
    ['other-date', '2024-01-01', '2024-01-02'],
    ['other-text', 'floor', 'balcony'],
    // Exponents and words are no numbers: nothing is taken as equal on a guess.
    ['other-text', '1e2', '100'],
  ])('calls it another value (%s): %j and %j', async (cause, ours, theirs) => {
    expect(groups(await verified([created('a', ours)], [created('a', theirs)]))).toEqual([`value:${cause} create 1`])
  })

  it('is not taken in by equal counts: every row differs, and each is told', async () => {
    const answer = await verified(
      [created('a', '1'), created('b', '1'), ['delete', { id: 'c', v: '1' }, null]],
      [created('x', '1'), created('y', '1'), ['delete', { id: 'z', v: '1' }, null]],
    )
    expect([answer.ours, answer.theirs]).toEqual([
      { create: 2, update: 0, delete: 1 },
      { create: 2, update: 0, delete: 1 },
    ])
    expect([answer.changes, answer.agreed, answer.unexplained]).toEqual([6, 0, 6])
    expect(groups(answer)).toEqual([
      'only-ours create 2',
      'only-theirs create 2',
      'only-ours delete 1',
      'only-theirs delete 1',
    ])
    expect(answer.groups[0]?.examples.map(({ key }) => key)).toEqual(['a', 'b'])
    // Without its two creations, four of the six are left.
    expect(answer.groups[0]?.unexplainedAfter).toBe(4)
  })

  it('tells another operation of one key, and pairs keys that are written in another way', async () => {
    const answer = await verified(
      [created('a', '1'), ['update', { id: '007', v: '1' }, { id: '007', v: '2' }]],
      [
        ['update', { id: 'a', v: '0' }, { id: 'a', v: '1' }],
        ['update', { id: '7', v: '1' }, { id: '7', v: '2' }],
      ],
    )
    expect(groups(answer)).toEqual(['operation create 1', 'representation:key update 1'])
    expect(answer.groups[1]?.examples).toEqual([{ key: '007 = 7', ours: 'update', theirs: 'update' }])
    // Two keys that one spelling could mean are no pair.
    const torn = await verified([created('A', '1'), created('a', '1')], [created('a ', '1')])
    expect(torn.classes).toMatchObject({ 'only-ours': 2, 'only-theirs': 1, representation: 0 })
  })

  it('compares numbers by value where our column is one, and leaves columns of one side out, once told', async () => {
    const answer = await verified([created('a', '15')], [['create', null, { id: 'a', v: '15.00', note: 'x' }]], {
      columns: { id: 'VARCHAR', v: 'DECIMAL(28,10)' },
      theirColumns: { id: 'VARCHAR', v: 'VARCHAR', note: 'VARCHAR' },
    })
    expect([answer.agreed, answer.unexplained, answer.columns]).toEqual([1, 0, { onlyOurs: [], onlyTheirs: ['note'] }])
  })

  it('explains by the allow-list until its day, and only what every part of a change is covered by', async () => {
    const ours: Change[] = [['update', { id: 'a', v: 'x' }, { id: 'a', v: 'Y' }], created('b', 'x'), created('c', 'x')]
    const theirs: Change[] = [['update', { id: 'a', v: 'x ' }, { id: 'a', v: 'y' }]]
    const entry = (more: string) => `  - {${more}, owner: desk, reason: known, expires: 2024-06-30}\n`
    const allow = `allow:\n${entry('class: representation, cause: blanks')}${entry('class: only-ours, key: {id: b}')}`
    const before = await verified(ours, theirs, { allow, today: '2024-06-30' })
    // The update differs by blanks before and by case after; the second is not allowed.
    expect([before.explained, before.unexplained]).toEqual([1, 2])
    expect(before.allowances.map(({ changes }) => changes)).toEqual([1, 1])
    const caseToo = `${allow}${entry('class: representation, cause: case, column: V')}`
    expect((await verified(ours, theirs, { allow: caseToo, today: '2024-06-30' })).unexplained).toBe(1)
    const after = await verified(ours, theirs, { allow: caseToo, today: '2024-07-01' })
    expect([after.explained, after.unexplained, after.expired.length]).toEqual([0, 3, 3])
    // Each group says what its line would leave: the update hangs on two groups, so neither alone mends it.
    expect(after.groups.map((one) => [one.cause, one.unexplainedAfter])).toEqual([
      [null, 1],
      ['blanks', 3],
      ['case', 3],
    ])
  })

  it('refuses an allow-list without owner, reason or day, and change sets by another key', async () => {
    const refusal = (entry: string) => {
      try {
        readAllowances(`allow:\n  - {${entry}}\n`, 'allow.yaml')
      } catch (error) {
        return (error as Error).message
      }
      return null
    }
    expect(refusal('class: value, owner: a, reason: b, expires: 2024-01-01')).toBe(null)
    expect(refusal('class: value, owner: a, reason: b')).toContain('allow.yaml:2:')
    expect(refusal('class: value, owner: a, reason: b, expires: soon')).toContain('must be a date')
    expect(refusal('class: values, owner: a, reason: b, expires: 2024-01-01')).toContain('must be one of')
    expect(refusal('class: value, owner: "", reason: b, expires: 2024-01-01')).toContain('must not be empty')
    const db = await database()
    const ours = await changeSet(db, 'ours', TEXT, [])
    const theirs = { ...(await changeSet(db, 'theirs', TEXT, [])), key: ['v'] }
    const options = { allowances: [], today: '2024-01-01', file: 'theirs.jsonl' }
    await expect(verifyChanges(db, ours, theirs, options)).rejects.toMatchObject({ code: 'other-key' })
  })
})
