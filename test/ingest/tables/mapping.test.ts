import { describe, expect, it } from 'vitest'
import type { RecitalError } from '../../../src/errors.js'
import { readMapping } from '../../../src/ingest/tables/index.js'
import { bench, pick, stage } from './kit.js'

const failure = async (work: () => unknown): Promise<RecitalError> => {
  try {
    await work()
  } catch (error) {
    return error as RecitalError
  }
  throw new Error('nothing was refused')
}

const INVENTORY = `relation: inventory
key: [id]
columns:
  id: Ticket Id
  price: CAST(replace(Price, ',', '.') AS DECIMAL(12,2))
  quantity: qty
  section: upper(trim("Row" || '-' || seat))
types: {price: "decimal(12,2)", quantity: integer}
`

describe('a custom relation', () => {
  it('takes columns by name and by expression; what is not mapped is kept', async () => {
    const { rows, rejects, findings } = await stage(
      bench(),
      {
        'export.csv':
          'Ticket Id;Price;qty;row;seat;note\nT1;12,50;2;a;7;x\n;1;1;b;1;\nT3;free;1;c;3;\nT4;1,00;few;d;4;\n',
      },
      { mapping: readMapping(INVENTORY, 'inventory.yaml') },
    )
    expect(pick(rows.inventory, 'line', 'id', 'price', 'price_given', 'quantity', 'section', 'extra')).toEqual([
      [2, 'T1', '12.5000000000', '12.50', 2, 'A-7', '{"note":"x"}'],
      [4, 'T3', null, null, 1, 'C-3', null],
    ])
    expect(pick(rejects, 'line', 'reason')).toEqual([
      [3, 'id is missing'],
      [5, 'quantity is not a whole number'],
    ])
    expect(findings).toMatchObject([{ code: 'unknown-column', value: 'note' }])
  })

  it('keeps decimals exactly and refuses those it would round', async () => {
    const mapping = readMapping(
      'relation: prices\nkey: id\ncolumns: [id, price]\ntypes: {price: decimal}\n',
      'prices.yaml',
    )
    const { rows, rejects } = await stage(
      bench(),
      { 'p.csv': 'id,price\n1,-0.1234567890\n2,123456789012345678.5\n3,0.12345678901\n4,1e3\n' },
      { mapping },
    )
    expect(pick(rows.prices, 'id', 'price')).toEqual([
      ['1', '-0.1234567890'],
      ['2', '123456789012345678.5000000000'],
    ])
    expect(pick(rejects, 'line')).toEqual([[4], [5]])
  })

  it('is read from JSONL as from CSV, with the operation of a delta', async () => {
    const mapping = readMapping(
      `${INVENTORY}  `.replace('columns:', "columns:\n  op: CASE WHEN note = 'gone' THEN 'delete' END"),
      'm',
    )
    const { rows } = await stage(
      bench(),
      {
        'x.jsonl':
          '{"Ticket Id":"T1","Price":"1,5","qty":2,"row":"a","seat":7,"note":"gone"}\n{"Ticket Id":"T2","Price":"2","qty":1,"row":"b","seat":1,"note":"here"}\n',
      },
      { mapping, scope: 'delta' },
    )
    expect(pick(rows.inventory, 'id', 'price_given', 'section', 'op')).toEqual([
      ['T1', '1.50', 'A-7', 'delete'],
      ['T2', '2.00', 'B-1', null],
    ])
  })
})

describe('a mapping to a known relation', () => {
  const text =
    'relation: works\ncolumns:\n  work_id: SONG CODE\n  title: TITLE\n  iswc: ISWC\nend_dates: inclusive\nfeed: acme/songs\n'

  it('renames columns', async () => {
    const mapping = readMapping(text, 'songs.yaml')
    expect(mapping).toMatchObject({ isCustom: false, endDates: 'inclusive', feed: 'acme/songs' })
    const { rows } = await stage(
      bench(),
      { 'SONGS.TXT': 'SONG CODE\tTITLE\tISWC\n1\tOne\tT-034.524.680-1\n' },
      { mapping },
    )
    expect(pick(rows.works, 'work_id', 'title', 'iswc')).toEqual([['1', 'One', 'T0345246801']])
  })

  it.each([
    ['an unknown column', text.replace('iswc:', 'iswcs:'), 5, 'Did you mean iswc?'],
    ['an unknown key', `${text}scopes: full\n`, 8, 'Did you mean scope?'],
    ['a wrong scope', `${text}scope: partial\n`, 8, undefined],
    ['an own type', `${text}types: {title: text}\n`, 8, undefined],
    ['a missing column', 'relation: works\ncolumns: {work_id: id}\n', 2, undefined],
    ['broken YAML', 'relation: [works\n', 2, undefined],
    ['no relation', 'columns: {a: b}\n', 1, undefined],
  ])('with %s is refused with its place', async (_, bad, line, suggestion) => {
    const error = await failure(() => readMapping(bad, 'songs.yaml'))
    expect(error).toMatchObject({ exitCode: 3, details: { file: 'songs.yaml', line } })
    expect(error.message).toMatch(new RegExp(`^songs.yaml:${line}:\\d+: `))
    if (suggestion !== undefined) expect(error.suggestions).toContain(suggestion)
  })
})

describe('expressions', () => {
  const read = (expression: string) => () =>
    stage(
      bench(),
      { 'x.csv': 'id,name,day\n1,One,2019-06-01\n' },
      {
        mapping: readMapping(
          `relation: things\nkey: id\ncolumns:\n  id: id\n  v: ${JSON.stringify(expression)}\n`,
          'm.yaml',
        ),
      },
    )

  it.each([
    ["name || ' & ' || id", 'One & 1'],
    ["CASE WHEN id = '1' THEN 'first' ELSE name END", 'first'],
    ["coalesce(nullif(name, 'One'), 'none')", 'none'],
    ['CAST(day AS DATE) + INTERVAL 1 DAY', '2019-06-02 00:00:00'],
    ["regexp_replace(day, '-', '', 'g')", '20190601'],
    ["split_part(day, '-', 1)", '2019'],
    ['CAST(name AS INTEGER)', null],
    ["lpad(id, 5, '0')", '00001'],
    ['NAME', 'One'],
    ['name -- a remark', 'One'],
    ["day BETWEEN '2019-01-01' AND '2020-01-01'", 'true'],
  ])('%s is read', async (expression, expected) => {
    const { rows } = await read(expression)()
    expect(pick(rows.things, 'v')).toEqual([[expected]])
  })

  it.each([
    'nam',
    'name) FROM x --',
    '(SELECT 1)',
    'count(*)',
    'row_number() OVER ()',
    '*',
    '$1',
    '?',
    'list_transform([name], x -> x)',
    'name, id',
    'name AS n',
    'name; DROP TABLE x',
    'now()',
    'current_date',
    'random()',
    'repeat(name, 1000000000)',
    "lpad(name, 1000000000, 'x')",
    'lpad(name, CAST(id AS INTEGER), id)',
    "getenv('HOME')",
    "read_text('/etc/passwd')",
    "current_setting('threads')",
    'sum(DISTINCT CAST(id AS INTEGER))',
    'id * 2',
    'name FROM read_csv_auto(1)',
  ])('%s is refused at its line', async (expression) => {
    expect(await failure(read(expression))).toMatchObject({ exitCode: 3, details: { file: 'm.yaml', line: 5 } })
  })
})
