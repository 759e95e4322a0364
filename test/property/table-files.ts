/** One table of text cells written as each kind of file that the plain input format takes. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
// A CommonJS package whose names Node does not see: all of it is the default export.
import avsc from 'avsc'
import { ZipFile } from 'yazl'
import { literal, quoted } from '../../src/store/columns.js'
import type { Evidence } from '../../src/store/duckdb.js'

/** Column names and rows of as many cells; '' is an empty cell. */
export interface TextTable {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

const quotedCell = (cell: string, delimiter: string): string =>
  /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell

/** RFC 4180: a quoted cell doubles its quotes. A row of one empty cell is written as `""`, or it would be a blank line. */
export function delimitedText({ names, rows }: TextTable, delimiter: string, eol = '\n'): string {
  return [names, ...rows]
    .map((cells) => cells.map((cell) => quotedCell(cell, delimiter)).join(delimiter) || '""')
    .map((line) => line + eol)
    .join('')
}

/** One object per line; an empty cell is null. */
export function jsonlText({ names, rows }: TextTable): string {
  return rows
    .map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] || null])))
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('')
}

/** Parquet of VARCHAR columns; an empty cell is NULL. `folder` must be allowed to the database. */
export async function parquetBytes(db: Evidence, folder: string, { names, rows }: TextTable): Promise<Buffer> {
  const [source, path] = [join(folder, 'table.json'), join(folder, 'table.parquet')]
  const cells = rows.map((row, line) => ({ line, c: row.map((cell) => (cell === '' ? null : cell)) }))
  writeFileSync(source, JSON.stringify(cells))
  const columns = names.map((name, at) => `c[${at + 1}] AS ${quoted(name)}`)
  await db.run(
    `COPY (SELECT ${columns.join(', ')} FROM read_json(${literal(source)}, format = 'array',
       columns = {'line': 'BIGINT', 'c': 'VARCHAR[]'}) ORDER BY line) TO ${literal(path)} (FORMAT parquet)`,
  )
  return readFileSync(path)
}

/** A whole number as Avro writes it: zigzag, seven bits per byte. */
function avroLong(value: number): Buffer {
  const bytes: number[] = []
  let rest = value * 2
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80)
  return Buffer.from([...bytes, rest])
}

const avroPart = (bytes: Buffer): Buffer => Buffer.concat([avroLong(bytes.length), bytes])

/** Avro object container file of one deflated block; an empty cell is null. Column names must be Avro names. */
export function avroBytes({ names, rows }: TextTable): Buffer {
  const schema = { type: 'record', name: 'row', fields: names.map((name) => ({ name, type: ['null', 'string'] })) }
  const type = avsc.Type.forSchema(schema as never)
  const records = rows.map((row) => type.toBuffer(Object.fromEntries(names.map((name, at) => [name, row[at] || null]))))
  const sync = Buffer.from('0123456789abcdef')
  const header = ['avro.schema', JSON.stringify(schema), 'avro.codec', 'deflate'].map((text) =>
    avroPart(Buffer.from(text)),
  )
  const block = Buffer.concat([avroLong(rows.length), avroPart(deflateRawSync(Buffer.concat(records))), sync])
  const blocks = rows.length === 0 ? [] : [block]
  return Buffer.concat([Buffer.from('Obj\x01'), avroLong(2), ...header, avroLong(0), sync, ...blocks])
}

/** A zip file of the given members. */
export function zipBytes(members: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const file = new ZipFile()
  // A fixed time: the same table gives the same bytes.
  const options = { mtime: new Date('2020-01-01T00:00:00Z') }
  for (const [name, content] of Object.entries(members)) file.addBuffer(Buffer.from(content), name, options)
  file.end()
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    file.outputStream.on('data', (piece: Buffer) => pieces.push(piece))
    file.outputStream.on('end', () => resolve(Buffer.concat(pieces)))
    file.outputStream.on('error', reject)
  })
}

/** The table in every kind of file, by file name; all are named after the relation. */
export async function allKinds(
  db: Evidence,
  folder: string,
  relation: string,
  table: TextTable,
): Promise<Readonly<Record<string, Buffer>>> {
  const csv = delimitedText(table, ',')
  return {
    [`${relation}.csv`]: Buffer.from(csv),
    [`${relation}.tsv`]: Buffer.from(delimitedText(table, '\t')),
    [`${relation}.jsonl`]: Buffer.from(jsonlText(table)),
    [`${relation}.parquet`]: await parquetBytes(db, folder, table),
    [`${relation}.avro`]: avroBytes(table),
    [`${relation}.csv.gz`]: gzipSync(csv),
    [`${relation}.zip`]: await zipBytes({ [`${relation}.csv`]: csv }),
  }
}
