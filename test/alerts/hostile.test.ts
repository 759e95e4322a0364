/** Conditions that would do more than look at a change, or work without end, are refused with their place. */
import { describe, expect, it } from 'vitest'
import { compileRules } from '../../src/alerts/compile/compile.js'
import type { InputError } from '../../src/errors.js'
import { conditions, database, rules, run, source, told } from './kit.js'

const at = database()
const shape = {
  key: ['id'],
  columns: [
    { name: 'id', type: 'VARCHAR' },
    { name: 'price', type: 'DECIMAL(10,2)' },
    { name: 'note', type: 'VARCHAR' },
    { name: 'day', type: 'DATE' },
  ],
}
const problemsOf = async (when: string, on = 'any'): Promise<readonly InputError[]> =>
  (await compileRules(at.db, conditions(on, when), shape)).problems

describe('a condition', () => {
  it.each([
    ['a query', "(SELECT count(*) FROM read_csv('/etc/passwd')) > 0"],
    ['a query in IN', "after.note IN (SELECT content FROM read_text('/etc/passwd'))"],
    ['EXISTS', 'EXISTS (SELECT 1)'],
    ['a second statement', 'true; DROP TABLE changes'],
    ['a second column', 'true, false'],
    ['FROM', 'true FROM duckdb_settings()'],
    ['WHERE', 'true WHERE 1 = 1'],
    ['UNION', 'true UNION SELECT false'],
    ['an alias', 'true AS x'],
    ['a window', 'row_number() OVER () = 1'],
    ['a star', 'COLUMNS(*) > 1'],
    ['a parameter', 'after.price > $1'],
    ['a lambda', "len(list_filter(changed, x -> x = 'a')) > 0"],
    ['an aggregate', 'sum(after.price) > 1'],
    ['a file', "read_text('/etc/passwd') = ''"],
    ['the clock', "current_date > DATE '2020-01-01'"],
    ['the clock as a function', "now() > TIMESTAMP '2020-01-01'"],
    ['the clock of the session', "today() > DATE '2020-01-01'"],
    ['chance', 'random() > 0.5'],
    ['a new id', "uuid()::VARCHAR = ''"],
    ['settings', "current_setting('memory_limit') = ''"],
    ['variables', "getvariable('x') = 1"],
    ['the environment', "getenv('HOME') = ''"],
    ['a long text', "repeat(after.note, 1000000000) = ''"],
    ['a long text by padding', "lpad(after.note, 1000000000, 'x') = ''"],
    ['padding as far as a column says', "lpad(after.note, after.price::INTEGER, 'x') = ''"],
    ['a long list', 'len(range(1000000000)) > 1'],
    ['format', "printf('%1000000000d', 1) = ''"],
    ['texts that multiply', `${'replace('.repeat(8)}after.note${", 'a', 'aaaaaaaaaa')".repeat(8)} = ''`],
    ['a pattern that tries for ever', "after.note LIKE '%_a%a%a%a%a%a%a%a%b'"],
    ['a pattern out of the data', 'after.note LIKE before.note'],
    ['an expression out of the data', 'regexp_matches(after.note, before.note)'],
    ['a function of another schema', 'system.main.getenv(after.note) = after.note'],
    ['a cast to a type of its own', 'after.note::foo IS NULL'],
    ['a name that is none', '"after.price" > 1'],
    ['nothing', ''],
    ['a comment alone', '-- true'],
    ['a number', 'after.price + 1'],
    ['a NUL', 'after.note = \0'],
  ])('must not hold %s', async (_, when) => {
    const problems = await problemsOf(when)
    expect(problems.length).toBeGreaterThan(0)
    for (const { details, message } of problems) {
      expect(message).toMatch(/^rules\.yaml:\d+:\d+: /)
      expect(details.line).toBe(2)
    }
  })

  it('must not be deep or long, and says so at once', async () => {
    expect(await problemsOf(`${'('.repeat(3000)}true${')'.repeat(3000)}`)).not.toEqual([])
    expect(await problemsOf(`${'NOT '.repeat(990)}true`)).not.toEqual([])
    expect(await problemsOf(Array.from({ length: 600 }, () => 'true').join(' OR '))).not.toEqual([])
    expect((await problemsOf(`after.note = '${'x'.repeat(5000)}'`))[0]?.message).toContain('longer than 4000')
  })

  it.each([
    "after.note LIKE '%fraud%' AND changed @> ['price']",
    "after.price BETWEEN before.price AND 2 * before.price OR op = 'create'",
    'after.day - before.day > 30 AND after.day <= snapshot.published + INTERVAL 30 DAY',
    "regexp_matches(after.note, '(a+)+$') AND coalesce(after.price, 0) > 1",
    "CASE WHEN op = 'update' AND after.price > 1 THEN true ELSE false END",
    'AFTER.Price > 1',
    "date_part('year', after.day) IN (2019, 2020) AND NOT after.note IS NULL",
    'after.price > 12345678901234567890.5',
  ])('may be %s', async (when) => {
    expect((await problemsOf(when)).map(({ message }) => message)).toEqual([])
  })

  it('is placed inside folded, quoted and plain texts', async () => {
    const set = rules(
      [
        'rules:',
        '  - id: folded',
        '    on: any',
        '    when: >',
        '      after.price > 1',
        '      and after.prise > 2',
        '  - id: quoted',
        '    on: any',
        "    when: 'after.note = ''it''''s'' and after.nope = 1'",
        '  - id: plain',
        '    on: any',
        '    when: after.price > 1 and random() > 2',
      ].join('\n'),
    )
    const { problems } = await compileRules(at.db, set, shape)
    expect(problems.map(({ details: { line, column } }) => [line, column])).toEqual([
      [6, 11],
      [9, 41],
      [12, 31],
    ])
    expect(problems[0]?.suggestions).toEqual(['Did you mean after.price?'])
  })

  it.each([
    ['after.note > 5', 'text-as-number'],
    ['after.note + 1 > 5', 'text-as-number'],
    ['after.note IN (1, 2)', 'text-as-number'],
    ['after.note = true', 'text-as-number'],
    ["after.day > 'someday'", 'wrong-type'],
    ['after.price', 'wrong-type'],
  ])('%s is of the wrong type', async (when, code) => {
    const problems = await problemsOf(when)
    expect(problems.map((problem) => problem.code)).toEqual([code])
  })
})

describe('names and messages', () => {
  it('never become SQL', async () => {
    const evil = 'x"; DROP TABLE t; --'
    const types = { id: 'VARCHAR', [evil]: 'VARCHAR' }
    const from = await source(
      at.db,
      [{ op: 'create', key: { id: "1'; --" }, after: { [evil]: "'); DROP TABLE t; --" } }],
      types,
    )
    await at.db.run('CREATE OR REPLACE TABLE t AS SELECT 1 AS one')
    const set = rules(`rules:
  - id: a
    on: create
    when: after."x""; DROP TABLE t; --" <> ''
    message: "'); DROP TABLE t; -- {after.\\"x\\"\\"; DROP TABLE t; --\\"} {key.id}"
    dedupe: {within: 1d, by: [key.id]}`)
    const result = await run(at.db, set, from, { whyNot: "1'; --" })
    expect(result.alerts.map(({ message }) => message)).toEqual(["'); DROP TABLE t; -- '); DROP TABLE t; -- 1'; --"])
    expect(await at.db.rows('SELECT one FROM t')).toEqual([{ one: 1 }])
  })

  it('cannot move the cursor', async () => {
    const from = await source(at.db, [{ op: 'create', key: { id: '1' }, after: { note: 'a\u001b[2Jb\u202ec\nd' } }], {
      id: 'VARCHAR',
      note: 'VARCHAR',
    })
    const set = rules('rules: [{id: a, on: create, when: "true or op = \'x\'", message: "{after.note}"}]')
    expect((await run(at.db, set, from)).alerts[0]?.message).toBe('a\\x1b[2Jb\\u202ec\\nd')
  })

  it('must be placeholders, not expressions', () => {
    const set = rules('rules: [{id: a, on: create, when: "op = \'x\'", message: "{1 + 1} {after.x"}]')
    expect(set.problems.map(({ message }) => message)).toEqual([
      'rules.yaml:1:57: a: {1 + 1} is not the name of a column.',
      'rules.yaml:1:65: a: a { without a }: write {{ for a brace.',
    ])
  })
})

it('a pattern that would be catastrophic elsewhere is linear here', async () => {
  const from = await source(at.db, [{ op: 'create', key: { id: '1' }, after: { note: `${'a'.repeat(50_000)}!` } }], {
    id: 'VARCHAR',
    note: 'VARCHAR',
  })
  const set = conditions('create', "regexp_matches(after.note, '(a+)+$')", "regexp_matches(after.note, '^(a|aa)+!$')")
  expect(told((await run(at.db, set, from)).alerts)).toEqual(['b 1'])
})
