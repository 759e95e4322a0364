/** Avro object container files into the staging database: every value as exact text. A "line" is a record, from 1. */
import { createReadStream } from 'node:fs'
// A CommonJS package whose names Node does not see: all of it is the default export.
import avsc, { type Type } from 'avsc'
import { CancelledError, InputError, InternalError, RecitalError } from '../../errors.js'
import { quoted } from '../../store/columns.js'
import { RowAppender } from '../../store/row-appender.js'
import type { Staging } from '../staging.js'
import { damagedAvro, walkAvroBlocks } from './avro-blocks.js'
import { AvroNames, avroText } from './avro-text.js'
import { columnNames } from './header.js'
import { tableOfRecords } from './parquet.js'
import type { RawTable, TableFile } from './types.js'

const CODECS = ['null', 'deflate']

/** Whole numbers of 64 bits as bigint: a JavaScript number holds 53. */
const exactLong = avsc.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(value)
    return bytes
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (left: bigint, right: bigint) => (left < right ? -1 : Number(left > right)),
})

/** A long with a logical type is an object, which the library's registry of types does not look at. */
function exactLongs(schema: unknown): Type | undefined {
  const isLong =
    schema === 'long' || (typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'long')
  return isLong ? exactLong : undefined
}

interface Field {
  readonly name: string
  readonly type: unknown
}

const isField = (field: unknown): field is Field =>
  typeof field === 'object' && field !== null && 'name' in field && typeof field.name === 'string' && 'type' in field

function fieldsOf(schema: unknown, name: string): Field[] {
  const record = typeof schema === 'object' && schema !== null ? (schema as { type?: unknown; fields?: unknown }) : {}
  if (record.type === 'record' && Array.isArray(record.fields)) {
    if (!record.fields.every(isField)) throw damagedAvro(name, 'a field of its schema has no name')
    return record.fields
  }
  throw new InputError(`The Avro file ${name} does not hold records, so it is no table.`, {
    code: 'unsupported',
    file: name,
  })
}

function parseSchema(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damagedAvro(name, 'its schema is not JSON', error)
  }
}

/** The records as plain objects; every union value wrapped in an object that names its branch. */
async function* records(path: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
  const decoder = new avsc.streams.BlockDecoder({
    parseHook: (schema) => avsc.Type.forSchema(schema, { typeHook: exactLongs, wrapUnions: 'always' }),
  })
  const source = createReadStream(path)
  source.on('error', (error) => decoder.destroy(error))
  try {
    yield* source.pipe(decoder) as AsyncIterable<Readonly<Record<string, unknown>>>
  } finally {
    source.destroy()
  }
}

/**
 * Stages an Avro file as text: logical dates, timestamps and decimals in their usual forms, lists joined by `|`. `lines`
 * is the sum of the record counts of the file's blocks, walked without the decoder.
 * Throws InputError: `damaged`, `unsupported` (codec), `duplicate-column`; CancelledError.
 */
export async function readAvro(staging: Staging, { file }: TableFile, signal?: AbortSignal): Promise<RawTable> {
  const { name, path } = file.source
  const blocks = await walkAvroBlocks(path, name)
  if (!CODECS.includes(blocks.codec)) {
    throw new InputError(`The Avro file ${name} is packed with ${blocks.codec}, which is not read.`, {
      code: 'unsupported',
      file: name,
      suggestions: ['Write it with the codec deflate or null'],
    })
  }
  const schema = parseSchema(blocks.schema, name)
  const fields = fieldsOf(schema, name)
  const columns = columnNames(
    fields.map((field) => field.name),
    name,
  )
  const table = `${staging.options.prefix ?? ''}records of file ${file.index}`
  const appender = await RowAppender.create(staging.db, table, [
    { name: 'line', type: 'BIGINT' },
    ...columns.map((_, index) => ({ name: `c${index}`, type: 'VARCHAR' as const })),
  ])
  const avroNames = new AvroNames(schema)
  let count = 0
  try {
    for await (const record of records(path)) {
      if (signal?.aborted === true) throw new CancelledError('Cancelled.', { code: 'cancelled' })
      count += 1
      appender.append([count, ...fields.map((field) => avroText(field.type, record[field.name], avroNames))])
    }
  } catch (error) {
    throw error instanceof RecitalError
      ? error
      : damagedAvro(
          name,
          `record ${count + 1} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
          error,
        )
  } finally {
    appender.close()
  }
  if (count !== blocks.records) {
    const message = `${name}: ${count} records were read of ${blocks.records}`
    throw new InternalError(message, { code: 'record-count', file: name })
  }
  return tableOfRecords(quoted(table), columns, count)
}
