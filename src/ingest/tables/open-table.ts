/** Any table by itself, for whoever reads files outside a delivery: recognised by content, whatever its columns are. */
import { isUtf8 } from 'node:buffer'
import { access, mkdtemp } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InputError } from '../../errors.js'
import type { Evidence } from '../../store/duckdb.js'
import { readHead, unreadable } from '../files/chunks.js'
import type { PlainFacts } from '../files/facts.js'
import { writeJsonArray } from '../files/json-array.js'
import { UnpackGuard } from '../files/limits.js'
import { headText } from '../files/physical-lines.js'
import { type UnpackedFile, unpack } from '../files/unpack.js'
import type { SourceFile } from '../reader.js'
import { Staging } from '../staging.js'
import { columnNames, firstRecord, plainHeader } from './header.js'
import { readRaw } from './read-tables.js'
import { HEAD_BYTES } from './recognise.js'
import type { RawTable, TableKind } from './types.js'

/** A table that can be read: its plain bytes and how they are laid out. */
export interface OpenedTable {
  readonly source: SourceFile
  readonly facts: PlainFacts
  readonly kind: TableKind
  /** Of a CSV file. */
  readonly delimiter?: string
  /** What a row is counted as: a line of text, or a record of a file without lines. */
  readonly unit: 'line' | 'record'
}

export interface OpenTableOptions {
  /** The name by which people know the file. */
  readonly name: string
  /** Folder for temporary files, which the caller removes. */
  readonly folder: string
  /** Columns that it should have: they tell what separates the cells. */
  readonly wanted: readonly string[]
  readonly signal?: AbortSignal
}

/** In order of preference where two serve equally well. */
const DELIMITERS = [',', '\t', ';', '|'] as const

/**
 * Recognises a table by its first bytes: Parquet, Avro, JSON Lines, one JSON array, else CSV; plain, gzip, or the only
 * member of a zip file. A file without a byte is a CSV file without columns.
 * Throws InputError: `unreadable`, `several-tables`, `damaged` and what `unpack` throws; CancelledError.
 */
export async function openTable(path: string, options: OpenTableOptions): Promise<OpenedTable> {
  const { name, folder, signal } = options
  await access(path).catch((error: unknown) => {
    const { message, details } = unreadable(name, error)
    throw new InputError(message, { ...details, suggestions: ['Check the path'] })
  })
  const found: UnpackedFile[] = []
  for await (const file of unpack(path, folder, signal === undefined ? { name } : { name, signal })) {
    found.push(file)
    if (found.length > 1) throw severalTables(name, found)
  }
  const [file] = found
  if (file === undefined) {
    throw new InputError(`${name} holds no file.`, { code: 'empty-file', file: name })
  }
  return recognised(file, options)
}

const severalTables = (name: string, found: readonly UnpackedFile[]): InputError =>
  new InputError(`${name} holds several files; one table is wanted.`, {
    code: 'several-tables',
    file: name,
    examples: found.map(({ source }) => source.name),
    suggestions: ['Unpack it and name one of its files'],
  })

async function recognised({ source, facts }: UnpackedFile, options: OpenTableOptions): Promise<OpenedTable> {
  const head = await readHead(source.path, HEAD_BYTES)
  const magic = head.subarray(0, 4).toString('latin1')
  if (magic === 'PAR1') return { source, facts, kind: 'parquet', unit: 'record' }
  if (magic === 'Obj\x01') return { source, facts, kind: 'avro', unit: 'record' }
  const text = headText(head, facts.isUtf8 || isUtf8(head))
  const start = text.trimStart()
  if (start.startsWith('{')) return { source, facts, kind: 'jsonl', unit: 'line' }
  if (/^\[\s*[{\]]/.test(start)) return asLines(source, options)
  return { source, facts, kind: 'csv', delimiter: delimiterOf(text, options.wanted), unit: 'line' }
}

async function asLines(source: SourceFile, { name, folder }: OpenTableOptions): Promise<OpenedTable> {
  // Of its own: two files may have the same name, and the same content.
  const target = join(await mkdtemp(join(folder, 'array-')), `${basename(source.path)}.jsonl`)
  const facts = await writeJsonArray(source.path, name, target, new UnpackGuard(name, folder, {}))
  return {
    source: { ...source, path: target },
    facts: { ...facts, sha256: source.sha256 },
    kind: 'jsonl',
    unit: 'record',
  }
}

/** The delimiter that gives most of the wanted columns, then most cells. */
function delimiterOf(text: string, wanted: readonly string[]): string {
  const names = new Set(wanted.map((name) => name.toLowerCase()))
  let best = { delimiter: ',' as string, hits: 0, cells: 0 }
  for (const delimiter of DELIMITERS) {
    const cells = firstRecord(text, delimiter) ?? firstRecord(text.split(/\r\n|\n|\r/)[0] ?? '', delimiter) ?? []
    const hits = cells.filter((cell) => names.has(cell.trim().toLowerCase())).length
    const isBetter = hits > best.hits || (hits === best.hits && cells.length > best.cells)
    if (isBetter) best = { delimiter, hits, cells: cells.length }
  }
  return best.delimiter
}

export interface ReadTableOptions {
  readonly folder: string
  /** Begins the names of the tables made; no two readings of one database may share it. */
  readonly prefix: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Reads an opened table into temporary tables of a database: every value as exact text, each row with its place.
 * Throws InputError as `readRaw` does; CancelledError.
 */
export async function readOpenedTable(
  db: Evidence,
  { source, facts, kind, delimiter }: OpenedTable,
  { folder, prefix, signal }: ReadTableOptions,
): Promise<RawTable> {
  const staging = await Staging.open(db, { folder, endDates: 'exclusive', prefix })
  const file = staging.addFile(source, facts.lines)
  const recognised = { kind, relation: null, ...(delimiter === undefined ? {} : { delimiter }) }
  return readRaw(staging, { file, facts, recognised }, signal)
}

/**
 * The names of the columns of an opened CSV file whose first line is a whole record; null when it is not one.
 * Throws InputError `header-too-long`, `duplicate-column`.
 */
export async function plainCsvHeader({ source, facts, delimiter = ',' }: OpenedTable): Promise<string[] | null> {
  const header = await plainHeader(source.path, { facts, delimiter, name: source.name })
  return header === null ? null : columnNames(header.cells, source.name)
}
