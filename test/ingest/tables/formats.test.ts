import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { Type, types } from 'avsc'
import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { literal } from '../../../src/store/columns.js'
import { type Bench, bench, onDatabase, pick, stage, stagePaths } from './kit.js'

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (reason: unknown) => reason,
  )

/** A Parquet file with the rows of a query. */
async function parquet(on: Bench, name: string, query: string): Promise<string> {
  const path = join(on.folder, name)
  await onDatabase(on, (db) => db.run(`COPY (${query}) TO ${literal(path)} (FORMAT parquet)`))
  return path
}

/** A whole number as Avro writes it: zigzag, seven bits per byte. */
function avroLong(value: number): Buffer {
  const bytes: number[] = []
  let rest = value * 2
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return Buffer.from([...bytes, rest])
}

const avroBytes = (bytes: Buffer): Buffer => Buffer.concat([avroLong(bytes.length), bytes])

/** An Avro object container file, built by hand: the library's own writer leaves logical types out of the header. */
function avro(schema: object, records: readonly object[], codec = 'deflate', options: object = {}): Buffer {
  const type = Type.forSchema(schema as never, { ...options })
  const sync = Buffer.from('0123456789abcdef')
  const metadata = { 'avro.schema': JSON.stringify(schema), 'avro.codec': codec }
  const entries = Object.entries(metadata).flatMap(([key, text]) =>
    [Buffer.from(key), Buffer.from(text)].map(avroBytes),
  )
  const blocks = [records.slice(0, 2), records.slice(2)].filter((block) => block.length > 0)
  const written = blocks.map((block) => {
    const data = Buffer.concat(block.map((record) => type.toBuffer(record)))
    return Buffer.concat([avroLong(block.length), avroBytes(codec === 'deflate' ? deflateRawSync(data) : data), sync])
  })
  return Buffer.concat([Buffer.from('Obj\x01'), avroLong(2), ...entries, avroLong(0), sync, ...written])
}

function zip(members: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const file = new ZipFile()
  for (const [name, content] of Object.entries(members)) file.addBuffer(Buffer.from(content), name)
  file.end()
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    file.outputStream.on('data', (piece: Buffer) => pieces.push(piece))
    file.outputStream.on('end', () => resolve(Buffer.concat(pieces)))
    file.outputStream.on('error', reject)
  })
}

describe('JSONL', () => {
  it('keeps numbers as written, nested values as JSON, and refuses what is no object', async () => {
    const { rows, rejects, files, findings } = await stage(bench(), {
      'shares.jsonl': [
        '{"work_id":"W1","share":1.10,"share_kind":"ownership","right":"mech","note":{"share":9.90}}',
        '{"Work_ID":12345678901234567890123,"share":"33.30","share_kind":"ownership","right":"mech","chain":null}',
        '',
        '{"work_id":"W3","share":NaN,"share_kind":"ownership","right":"mech"}',
        '{"work_id":"W4","share":1,"share_kind":"ownership","right":"mech",}',
        '["W5"]',
        '{"work_id":"W6","share":2',
        '{"work_id":"Nancy, }","share":50.00,"share_kind":"ownership","right":"mech"}',
        '{"work_id":"W8","work_id":"W9","share":5e1,"share_kind":"ownership","right":"mech"}',
      ].join('\n'),
    })
    expect(pick(rows.shares, 'line', 'work_id', 'share_given', 'extra')).toEqual([
      [1, 'W1', '1.10', '{"note":"{\\"share\\":9.9}"}'],
      [2, '12345678901234567890123', '33.30', null],
      [8, 'Nancy, }', '50.00', null],
    ])
    expect(pick(rejects, 'line', 'reason')).toEqual([
      [4, 'is not a JSON object'],
      [5, 'is not a JSON object'],
      [6, 'is not a JSON object'],
      [7, 'is not a JSON object'],
      [9, 'share is not a number'],
    ])
    expect(rejects[1]?.raw).toBe('{"work_id":"W4","share":1,"share_kind":"ownership","right":"mech",}')
    expect(files[0]?.tally).toEqual({ header: 0, staged: 3, rejected: 5, continued: 0, blank: 1 })
    expect(findings.map(({ code }) => code)).toEqual(['duplicate-key', 'truncated', 'unknown-column'])
  })

  it('takes the first of two equal keys, and says so', async () => {
    const { rows, findings } = await stage(bench(), {
      'works.jsonl': '{"work_id":"W1","title":"First","title":"Second"}\n',
    })
    expect(pick(rows.works, 'title')).toEqual([['First']])
    expect(findings).toMatchObject([{ code: 'duplicate-key', line: 1, occurrences: 1 }])
  })

  it('keeps a carriage return inside a refused line, and refuses a line too long, alone', async () => {
    const long = Buffer.from(`{"work_id":"W3","title":"${'x'.repeat(68_000_000)}"}\n`)
    const { rows, rejects, files } = await stage(bench(), {
      'works.jsonl': Buffer.concat([
        Buffer.from('{"work_id":"W1",\r"title":"One"}\n{"work_id":"W2"}\r{"title":"Two"}\n'),
        Buffer.from('{"work_id":"W9","title":"a\rb"}\n'),
        long,
        Buffer.from('\n{"work_id":"W4","title":"Four"}\n'),
      ]),
    })
    // A carriage return between the parts of an object is white space, inside a text it must be escaped (RFC 8259).
    expect(pick(rows.works, 'line', 'title')).toEqual([
      [1, 'One'],
      [6, 'Four'],
    ])
    expect(
      pick(rejects, 'line', 'reason', 'raw').map(([line, reason, raw]) => [line, reason, String(raw).slice(0, 40)]),
    ).toEqual([
      [2, 'is not a JSON object', '{"work_id":"W2"}\r{"title":"Two"}'],
      [3, 'is not a JSON object', '{"work_id":"W9","title":"a\rb"}'],
      [4, 'is a line of 68000027 bytes, too long for a row', `{"work_id":"W3","title":"${'x'.repeat(15)}`],
    ])
    expect(files[0]).toMatchObject({ lines: 6, tally: { header: 0, staged: 2, rejected: 3, continued: 0, blank: 1 } })
  })

  it('reads plain files whose names say that they are packed', async () => {
    const text = 'work_id,title\nW1,One\n'
    const { rows } = await stage(bench(), {
      'works.csv.gz': text,
      'works.2.csv.zst': text,
      'works.3.csv.gz': `${text}W2,"Two"\n`,
    })
    expect(pick(rows.works, 'file', 'work_id')).toEqual([
      [0, 'W1'],
      [1, 'W1'],
      [2, 'W1'],
      [2, 'W2'],
    ])
    const jsonl = await stage(bench(), { 'works.jsonl.gz': '{"work_id":"W1","title":"One"}\n' })
    expect(pick(jsonl.rows.works, 'work_id')).toEqual([['W1']])
  })

  it('refuses a file that holds the very text by which lines are told from cells', async () => {
    const error = await failure(stage(bench(), { 'works.jsonl': '{"work_id":"W1","title":"\x1f\x1e\x1d\x1c"}\n' }))
    expect(error).toMatchObject({ code: 'binary', details: { file: 'works.jsonl' } })
  })

  it('reads keys of any characters, odd line ends and Windows-1252', async () => {
    const { rows, findings, files } = await stage(bench(), {
      'works.jsonl': Buffer.from(
        '{"work_id":"W1","title":"Beyonc\xe9","a.b":1,"c\\"d":2,"e/~f":3,"":4}\r\n{"work_id":"W2","title":"x"}\n',
        'latin1',
      ),
    })
    expect(pick(rows.works, 'title', 'extra')).toEqual([
      ['Beyonc\u00e9', '{"a.b":"1","c\\"d":"2","e/~f":"3","column without name":"4"}'],
      ['x', null],
    ])
    expect(findings.map(({ code }) => code)).toEqual(['encoding', 'unknown-column'])
    expect(files[0]?.tally.staged).toBe(2)
  })

  it('is not an array', async () => {
    expect(await failure(stage(bench(), { 'works.json': '[{"work_id":"W1","title":"One"}]' }))).toMatchObject({
      code: 'json-array',
    })
  })
})

describe('Parquet', () => {
  it('gives the exact text of every type', async () => {
    const on = bench()
    const path = await parquet(
      on,
      'recordings.parquet',
      `SELECT 1::BIGINT + 9007199254740992 AS recording_id, 'One' AS title, 180000::INTEGER AS duration_ms,
        DATE '2019-06-01' AS release_date, ['a', 'b'] AS artist, 12.50::DECIMAL(9,2) AS price,
        TIMESTAMP '2019-06-01 12:00:00.25' AS at, TIMESTAMPTZ '2019-06-01 12:00:00+02' AS tz, '\\x61\\x62'::BLOB AS label,
        33.3::FLOAT AS f, true AS b, {'x': 1} AS s`,
    )
    const { rows, files } = await stagePaths(on, [path])
    expect(pick(rows.recordings, 'recording_id', 'duration_ms', 'release_date', 'artist', 'label')).toEqual([
      ['9007199254740993', 180000, '2019-06-01', 'a|b', 'ab'],
    ])
    expect(JSON.parse(String(rows.recordings?.[0]?.extra))).toEqual({
      price: '12.50',
      at: '2019-06-01T12:00:00.25',
      tz: '2019-06-01T10:00:00Z',
      f: '33.3',
      b: 'true',
      s: '{"x":1}',
    })
    expect(files[0]).toMatchObject({ lines: 1, tally: { header: 0, staged: 1 } })
  })

  it('takes a midnight for its day', async () => {
    const on = bench()
    const path = await parquet(
      on,
      'usage.parquet',
      `SELECT 'R1' AS recording_id, 'US' AS territory, 5 AS streams, TIMESTAMP '2019-06-01 00:00:00' AS period
       UNION ALL SELECT 'R2', 'US', 5, TIMESTAMP '2019-06-01 00:00:01'`,
    )
    const { rows, rejects } = await stagePaths(on, [path])
    expect(pick(rows.usage, 'line', 'period')).toEqual([[1, '2019-06-01']])
    expect(rejects).toMatchObject([{ line: 2, column: 'period', value: '2019-06-01T00:00:01' }])
  })

  it('that is cut is refused', async () => {
    const on = bench()
    const path = join(on.folder, 'works.parquet')
    writeFileSync(path, 'PAR1 and no more')
    expect(await failure(stagePaths(on, [path]))).toMatchObject({ code: 'damaged' })
  })
})

describe('Avro', () => {
  const longs = types.LongType.__with({
    fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
    toBuffer: (value: bigint) => {
      const bytes = Buffer.alloc(8)
      bytes.writeBigInt64LE(value)
      return bytes
    },
    fromJSON: BigInt,
    toJSON: String,
    isValid: (value: unknown) => typeof value === 'bigint',
    compare: () => 0,
  })
  const schema = {
    type: 'record',
    name: 'Recording',
    namespace: 'org.example',
    fields: [
      { name: 'recording_id', type: 'long' },
      { name: 'title', type: ['null', 'string'] },
      { name: 'release_date', type: ['null', { type: 'int', logicalType: 'date' }] },
      { name: 'artist', type: { type: 'array', items: 'string' } },
      { name: 'price', type: { type: 'bytes', logicalType: 'decimal', precision: 9, scale: 2 } },
      { name: 'at', type: { type: 'long', logicalType: 'timestamp-micros' } },
      { name: 'f', type: 'float' },
      { name: 'kind', type: { type: 'enum', name: 'Kind', symbols: ['A', 'B'] } },
      { name: 'other', type: ['null', 'Kind', { type: 'map', values: 'int' }] },
    ],
  }
  const record = (id: bigint, title: string | null) => ({
    recording_id: id,
    title: title === null ? null : { string: title },
    release_date: { int: 18048 },
    artist: ['a', 'b'],
    price: Buffer.from([0xfb, 0x1e]),
    at: 1559383200250000n,
    f: Math.fround(33.3),
    kind: 'B',
    other: { 'org.example.Kind': 'A' },
  })
  const typeHook = (given: unknown) =>
    given === 'long' || (given as { type?: unknown }).type === 'long' ? longs : undefined
  const options = { typeHook, wrapUnions: 'always' }

  // 18048 days after 1970-01-01 is 2019-06-01; 0xfb1e is -1250; 1559383200 s is 2019-06-01T10:00:00Z.
  it.each(['null', 'deflate'])('with codec %s gives the exact text of every type', async (codec) => {
    const records = [record(9007199254740993n, 'One'), record(-2n, null), record(3n, 'Three')]
    const { rows, rejects, files } = await stage(bench(), {
      'recordings.avro': avro(schema, records, codec, options),
    })
    expect(pick(rows.recordings, 'line', 'recording_id', 'title', 'release_date', 'artist')).toEqual([
      [1, '9007199254740993', 'One', '2019-06-01', 'a|b'],
      [3, '3', 'Three', '2019-06-01', 'a|b'],
    ])
    expect(JSON.parse(String(rows.recordings?.[0]?.extra))).toEqual({
      price: '-12.50',
      at: '2019-06-01T10:00:00.25Z',
      f: '33.3',
      kind: 'B',
      other: 'A',
    })
    expect(rejects).toMatchObject([{ line: 2, reason: 'title is missing' }])
    expect(files[0]).toMatchObject({ lines: 3, tally: { header: 0, staged: 2, rejected: 1 } })
  })

  it('that is cut anywhere, or packed otherwise, is refused', async () => {
    const records = Array.from({ length: 20 }, (_, index) => record(BigInt(index), 'x'))
    const whole = avro(schema, records, 'null', options)
    for (const length of [whole.length - 1, whole.length - 17, whole.length - 60, 300, 10]) {
      const cut = whole.subarray(0, length)
      expect(await failure(stage(bench(), { 'recordings.avro': cut })), `cut at ${length}`).toMatchObject({
        code: 'damaged',
      })
    }
    const snappy = Buffer.from(whole.toString('latin1').replace('\x08null', '\x0csnappy'), 'latin1')
    expect(await failure(stage(bench(), { 'recordings.avro': snappy }))).toMatchObject({ code: 'unsupported' })
  })
})

it('one table gives the same rows in every format', async () => {
  const cells = [
    ['W1', 'P1', '33.30', 'ownership', 'mech', 'x, "y"', '2019-06'],
    ['W2', '', '', 'ownership', 'perf', '\u591c|a;b', ''],
    ['W3', 'P3', '1000', 'collection', 'mech', ' \\N ', '2019-06-01'],
  ]
  const names = ['work_id', 'party_id', 'share', 'share_kind', 'right', 'memo', 'valid_from']
  const csvCell = (text: string) => `"${text.replaceAll('"', '""')}"`
  const rowsOf = (separator: string) => [names, ...cells].map((row) => row.map(csvCell).join(separator)).join('\n')
  const csv = `${rowsOf(',')}\n`
  const records = cells.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])))
  const fields = names.map((name) => ({ name, type: 'string' }))
  const on = bench()
  const values = cells.map((row) => `(${row.map((text) => literal(text)).join(', ')})`).join(', ')
  const path = await parquet(
    on,
    'shares.parquet',
    `SELECT * FROM (VALUES ${values}) AS t(${names.map((n) => `"${n}"`)})`,
  )
  const variants = {
    tsv: await stage(on, { 'shares.tsv': rowsOf('\t') }),
    jsonl: await stage(on, { 'shares.jsonl': records.map((record) => JSON.stringify(record)).join('\n') }),
    parquet: await stagePaths(on, [path]),
    avro: await stage(on, { 'shares.avro': avro({ type: 'record', name: 'Share', fields }, records) }),
    gz: await stage(on, { 'shares.csv.gz': gzipSync(csv) }),
    zip: await stage(on, { 'delivery.zip': await zip({ 'shares.csv': csv }) }),
    'gz in zip': await stage(on, { 'delivery.zip': await zip({ 'in/shares.csv.gz': gzipSync(csv) }) }),
    utf16: await stage(on, { 'shares.csv': Buffer.from(`\ufeff${csv}`, 'utf16le') }),
  }
  const plain = ({ rows }: Awaited<ReturnType<typeof stage>>) => rows.shares?.map(({ line: _, ...row }) => row)
  const expected = plain(await stage(on, { 'shares.csv': csv }))
  expect(expected?.map((row) => [row.work_id, row.share, row.share_given, row.extra])).toEqual([
    ['W1', '33.300000', '33.30', '{"memo":"x, \\"y\\""}'],
    ['W2', null, null, '{"memo":"\u591c|a;b"}'],
    ['W3', '1000.000000', '1000', '{"memo":" \\\\N "}'],
  ])
  for (const [name, variant] of Object.entries(variants)) expect(plain(variant), name).toEqual(expected)
})
