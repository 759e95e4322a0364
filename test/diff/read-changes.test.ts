/** Files of changes, of our own making and of others', as change sets. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columnType, readChanges } from '../../src/diff/index.js'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'

const folder = mkdtempSync(join(tmpdir(), 'recital-changes-'))
let db: Evidence

beforeAll(async () => {
  db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: join(folder, 'spill'),
    allowedDirectories: [folder],
    threads: 1,
  })
})
afterAll(async () => {
  await db.close()
  rmSync(folder, { recursive: true, force: true })
})

async function changesIn(name: string, text: string, options: { key?: string[]; types?: Record<string, string> } = {}) {
  const path = join(folder, name)
  writeFileSync(path, text)
  const types = new Map(Object.entries(options.types ?? {}).map(([column, type]) => [column, columnType(type)]))
  const key = options.key === undefined ? {} : { key: options.key }
  const changes = await readChanges(db, { path, name, folder, types, ...key })
  return { ...changes, rows: await db.rows(`SELECT * FROM ${changes.table} ORDER BY position`) }
}

const OURS = `${[
  {
    op: 'update',
    key: { id: '2' },
    before: { id: '2', price: '1.10' },
    after: { id: '2', price: '2' },
    changed: ['price'],
  },
  { op: 'create', key: { id: '10' }, before: null, after: { id: '10', price: null }, changed: [] },
  { op: 'delete', key: { id: '3' }, before: { id: '3', price: '' }, after: null, changed: [] },
]
  .map((event) => JSON.stringify(event))
  .join('\n')}\n`

const OURS_ROWS = [
  {
    position: 1,
    op: 'create',
    changed: [],
    'key.id': '10',
    'before.id': null,
    'before.price': null,
    'after.id': '10',
    'after.price': null,
  },
  {
    position: 2,
    op: 'update',
    changed: ['price'],
    'key.id': '2',
    'before.id': '2',
    'before.price': '1.10',
    'after.id': '2',
    'after.price': '2',
  },
  {
    position: 3,
    op: 'delete',
    changed: [],
    'key.id': '3',
    'before.id': '3',
    'before.price': '',
    'after.id': null,
    'after.price': null,
  },
]

describe('readChanges', () => {
  it('reads our JSON Lines, in the order of the keys as text', async () => {
    const { key, columns, rows } = await changesIn('ours.jsonl', OURS)
    expect(key).toEqual(['id'])
    expect(columns).toEqual([
      { name: 'id', type: 'VARCHAR' },
      { name: 'price', type: 'VARCHAR' },
    ])
    expect(rows).toEqual(OURS_ROWS)
  })

  it('reads the same as one JSON array, however it is laid out', async () => {
    const events = OURS.trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect((await changesIn('array.json', JSON.stringify(events, null, 2))).rows).toEqual(OURS_ROWS)
    expect((await changesIn('dense.json', JSON.stringify(events))).rows).toEqual(OURS_ROWS)
  })

  it('keeps digits as they were written and orders numbers by value where a type is declared', async () => {
    const lines = [
      '{"op":"update","key":{"id":10},"before":{"id":10,"price":1.10,"note":"a 1.50"},"after":{"id":10,"price":1e2,"note":"9007199254740993"}}',
      '{"op":"create","key":{"id":9},"before":null,"after":{"id":9,"price":9007199254740993}}',
    ]
    const text = await changesIn('digits.jsonl', lines.join('\n'))
    expect(
      text.rows.map((row) => [row['key.id'], row['before.price'], row['after.price'], row['before.note'], row.changed]),
    ).toEqual([
      ['10', '1.10', '1e2', 'a 1.50', ['price', 'note']],
      ['9', null, '9007199254740993', null, []],
    ])
    const typed = await changesIn('digits.jsonl', lines.join('\n').replace('1e2', '100'), {
      types: { id: 'integer', price: 'decimal(20,2)' },
    })
    expect(typed.rows.map((row) => [row['key.id'], row['before.price'], row['after.price']])).toEqual([
      [9, null, '9007199254740993.00'],
      [10, '1.10', '100.00'],
    ])
  })

  it('reads Debezium envelopes: payloads, keys beside them, tombstones; several events of a key become one', async () => {
    const lines = [
      { schema: {}, payload: { op: 'r', before: null, after: { id: 1, n: 'a' }, source: {}, ts_ms: 5 } },
      null,
      { op: 'u', before: { id: 1, n: 'a' }, after: { id: 1, n: 'b' } },
      { op: 'u', before: { id: 2, n: 'x' }, after: { id: 2, n: 'y' } },
      { op: 'u', before: { id: 2, n: 'y' }, after: { id: 2, n: 'x' } },
      { op: 'd', before: { id: 3, n: 'gone' }, after: null },
      { op: 'c', before: null, after: { id: 3, n: 'back' } },
      { op: 'c', before: null, after: { id: 4, n: 'brief' } },
      { op: 'd', before: { id: 4, n: 'brief' }, after: null },
    ]
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    const { rows } = await changesIn('debezium.jsonl', text.replace(/^null$/m, ''), { key: ['id'] })
    expect(rows.map((row) => [row.op, row['key.id'], row['before.n'], row['after.n'], row.changed])).toEqual([
      ['create', '1', null, 'b', []],
      ['update', '3', 'gone', 'back', ['n']],
    ])
    await expect(changesIn('debezium.jsonl', text.replace(/^null$/m, ''))).rejects.toMatchObject({ code: 'key-needed' })
  })

  it('reads CSV and Parquet as they are written', async () => {
    const csv =
      'op,key.id,before.id,before.price,after.id,after.price,changed\r\nupdate,2,2,1.10,2,2,"[""price""]"\r\ncreate,10,,,10,"4,5",[]\r\n'
    const { rows } = await changesIn('changes.csv', csv)
    expect(rows.map((row) => [row.op, row['key.id'], row['before.price'], row['after.price'], row.changed])).toEqual([
      ['create', '10', null, '4,5', []],
      ['update', '2', '1.10', '2', ['price']],
    ])
    const path = join(folder, 'changes.parquet')
    await db.run(`COPY (SELECT 'update' AS op, {'id': 7} AS key, {'id': 7, 'p': 1.10::DECIMAL(9,2)} AS before, {'id': 7, 'p': 2.20::DECIMAL(9,2)} AS after, ['p'] AS changed
      UNION ALL SELECT 'delete', {'id': 3}, {'id': 3, 'p': 4::DECIMAL(9,2)}, NULL, []) TO '${path}' (FORMAT parquet)`)
    const changes = await readChanges(db, { path, name: 'changes.parquet', folder })
    expect(changes.columns).toEqual([
      { name: 'id', type: 'INTEGER' },
      { name: 'p', type: 'DECIMAL(9,2)' },
    ])
    expect(
      await db.rows(`SELECT op, "key.id", "before.p", "after.p", changed FROM ${changes.table} ORDER BY position`),
    ).toEqual([
      { op: 'delete', 'key.id': 3, 'before.p': '4.00', 'after.p': null, changed: [] },
      { op: 'update', 'key.id': 7, 'before.p': '1.10', 'after.p': '2.20', changed: ['p'] },
    ])
  })

  it('names file and line of what is no change', async () => {
    const bad = (text: string) => changesIn('bad.jsonl', text)
    await expect(bad('{"op":"create","key":{"id":1},"after":{"id":1}}\n{"op":"merge"}\n')).rejects.toMatchObject({
      code: 'change-event',
      details: { file: 'bad.jsonl', line: 2 },
    })
    await expect(bad('{"op":"create","key":{"id":1},"after":{"id":1}}\n{"op":')).rejects.toMatchObject({
      code: 'change-event',
      details: { line: 2 },
    })
    await expect(bad('{"op":"delete","key":{"id":1},"before":null}\n')).rejects.toMatchObject({
      code: 'change-event',
      message: expect.stringContaining('before'),
    })
    await expect(
      bad('{"op":"create","key":{"id":1},"after":{"id":1}}\n{"op":"create","key":{"no":1},"after":{"no":1}}\n'),
    ).rejects.toMatchObject({ code: 'change-event', details: { line: 2 } })
    await expect(changesIn('bad.csv', 'id,price\n1,2\n')).rejects.toMatchObject({ code: 'change-event' })
    await expect(changesIn('bad.json', '[{"op":"create","key":{"id":1},"after":{"id":1}},')).rejects.toMatchObject({
      code: 'damaged',
    })
    await expect(
      changesIn('typed.jsonl', '{"op":"create","key":{"id":"x"},"after":{"id":"x"}}', { types: { id: 'integer' } }),
    ).rejects.toMatchObject({ code: 'not-of-type', details: { line: 1 } })
  })
})
