/** Avro values as exact text, by their schema (Avro 1.11, with its logical types). */

export type AvroSchema = unknown

interface Fields {
  readonly [name: string]: unknown
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)

const DAY_MS = 86_400_000

/** A named type is defined once and then called by its name. */
export class AvroNames {
  readonly #types = new Map<string, Fields>()

  constructor(schema: AvroSchema) {
    this.#collect(schema, '')
  }

  resolve(schema: AvroSchema): AvroSchema {
    return typeof schema === 'string' ? (this.#types.get(schema) ?? schema) : schema
  }

  #collect(schema: AvroSchema, namespace: string): void {
    if (Array.isArray(schema)) for (const branch of schema) this.#collect(branch, namespace)
    if (!isFields(schema)) return
    const space = typeof schema.namespace === 'string' ? schema.namespace : namespace
    if (typeof schema.name === 'string' && typeof schema.type === 'string') {
      const full = schema.name.includes('.') || space === '' ? schema.name : `${space}.${schema.name}`
      this.#types.set(full, schema)
      this.#types.set(schema.name, schema)
    }
    for (const part of [schema.type, schema.items, schema.values]) this.#collect(part, space)
    if (Array.isArray(schema.fields)) for (const field of schema.fields) this.#collect(field, space)
  }
}

/** The branch of a union that a wrapped value is of, and the value; null for null. */
function unwrap(branches: readonly AvroSchema[], value: unknown, names: AvroNames): [AvroSchema, unknown] | null {
  if (value === null || !isFields(value)) return null
  const [entry] = Object.entries(value)
  if (entry === undefined) return null
  const [key, inner] = entry
  const filled = branches.map((branch) => names.resolve(branch)).filter((branch) => branch !== 'null')
  const isOf = (branch: AvroSchema): boolean => {
    if (!isFields(branch)) return branch === key
    return branch.name === undefined
      ? branch.type === key
      : key === branch.name || key.endsWith(`.${String(branch.name)}`)
  }
  return [filled.length === 1 ? filled[0] : filled.find(isOf), inner]
}

/** An instant as ISO text; a midnight is its day, as dates are often stored. */
function instantText(micros: bigint, zone: string): string {
  const millis = micros >= 0n ? micros / 1000n : -((-micros + 999n) / 1000n)
  const iso = new Date(Number(millis)).toISOString()
  if (iso.endsWith('T00:00:00.000Z') && micros % 1000n === 0n) return iso.slice(0, -14)
  const rest = (((micros % 1000n) + 1000n) % 1000n).toString().padStart(3, '0')
  const fraction = `${iso.slice(-4, -1)}${rest}`.replace(/0+$/, '')
  return `${iso.slice(0, -5)}${fraction === '' ? '' : `.${fraction}`}${zone}`
}

/** A two's-complement number of `scale` decimals. */
function decimalText(bytes: Buffer, scale: number): string {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  if ((bytes[0] ?? 0) >= 0x80) value -= 1n << BigInt(8 * bytes.length)
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const sign = value < 0n ? '-' : ''
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

/** The shortest text that is this 32-bit number. */
function floatText(value: number): string {
  for (let digits = 6; digits < 9; digits += 1) {
    const text = String(Number(value.toPrecision(digits)))
    if (Math.fround(Number(text)) === value) return text
  }
  return String(value)
}

function logicalText(schema: Fields, value: unknown): string | null {
  const isWhole = typeof value === 'number' || typeof value === 'bigint'
  switch (schema.logicalType) {
    case 'decimal':
      return Buffer.isBuffer(value) ? decimalText(value, Number(schema.scale ?? 0)) : null
    case 'date':
      return isWhole ? new Date(Number(value) * DAY_MS).toISOString().slice(0, -14) : null
    case 'timestamp-millis':
    case 'local-timestamp-millis':
      return isWhole ? instantText(BigInt(value) * 1000n, schema.logicalType === 'timestamp-millis' ? 'Z' : '') : null
    case 'timestamp-micros':
    case 'local-timestamp-micros':
      return isWhole ? instantText(BigInt(value), schema.logicalType === 'timestamp-micros' ? 'Z' : '') : null
    default:
      return null
  }
}

/** The text of a value; lists joined by `|`, records and maps as JSON; null for null. */
export function avroText(given: AvroSchema, value: unknown, names: AvroNames): string | null {
  const schema = names.resolve(given)
  if (Array.isArray(schema)) {
    const branch = unwrap(schema, value, names)
    return branch === null ? null : avroText(branch[0], branch[1], names)
  }
  if (value === null || value === undefined) return null
  if (isFields(schema)) {
    const logical = logicalText(schema, value)
    if (logical !== null) return logical
    if (schema.type === 'array' && Array.isArray(value)) {
      return value.map((item) => avroText(schema.items, item, names) ?? '').join('|')
    }
    if (schema.type === 'record' || schema.type === 'map') return JSON.stringify(plainValue(schema, value, names))
    return avroText(schema.type, value, names)
  }
  if (schema === 'float' && typeof value === 'number') return floatText(value)
  return Buffer.isBuffer(value) ? value.toString('utf8') : String(value)
}

/** A value inside a record or map: objects and lists keep their shape, all else is text. */
function plainValue(given: AvroSchema, value: unknown, names: AvroNames): unknown {
  const schema = names.resolve(given)
  if (Array.isArray(schema)) {
    const branch = unwrap(schema, value, names)
    return branch === null ? null : plainValue(branch[0], branch[1], names)
  }
  if (isFields(schema) && schema.type === 'record' && isFields(value) && Array.isArray(schema.fields)) {
    const fields = schema.fields.filter(isFields)
    return Object.fromEntries(fields.map(({ name, type }) => [name, plainValue(type, value[String(name)], names)]))
  }
  if (isFields(schema) && schema.type === 'map' && isFields(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainValue(schema.values, item, names)]))
  }
  if (isFields(schema) && schema.type === 'array' && Array.isArray(value)) {
    return value.map((item) => plainValue(schema.items, item, names))
  }
  return avroText(schema, value, names)
}
