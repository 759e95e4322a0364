/** The tables reader: every file of a delivery into the staging area, each line accounted for. */
import { InputError, InternalError } from '../../errors.js'
import { RELATIONS, type Relation } from '../../model/relations.js'
import { unreadable } from '../files/chunks.js'
import type { Staging } from '../staging.js'
import { typedSelect } from '../typing.js'
import { readAvro } from './avro.js'
import { type Bound, bindByMapping, bindByName, givenSelect } from './bind.js'
import { relationOfColumns } from './contract-columns.js'
import { readCsv } from './csv.js'
import { readJsonl } from './jsonl.js'
import type { Mapping } from './mapping.js'
import { readParquet } from './parquet.js'
import type { RawTable, TableFile } from './types.js'

export interface TablesOptions {
  readonly scope: 'full' | 'delta'
  readonly mapping?: Mapping
  readonly signal?: AbortSignal
}

/**
 * Stages the given rows of table files, and sets the tally, the lines (where only the format knows them) and `partial`
 * of each. Unknown columns, odd encodings and quotes become findings. Rows that cannot be read are staged with the reason
 * and counted as rejected by `Staging.finish()`.
 * Throws InputError: `empty-file`, `missing-column`, `duplicate-column`, `unknown-relation`, `damaged`, `unsupported`,
 * or at the mapping's line; CancelledError.
 */
export async function readTables(staging: Staging, files: readonly TableFile[], options: TablesOptions): Promise<void> {
  for (const file of files) await readTable(staging, file, options)
}

async function readTable(staging: Staging, table: TableFile, options: TablesOptions): Promise<void> {
  const { file, facts } = table
  const { name } = file.source
  if (facts.bytes === 0) {
    throw new InputError(`${name} is empty: not even a header.`, {
      code: 'empty-file',
      file: name,
      suggestions: ['A relation without rows is a file with its header alone'],
    })
  }
  const raw = await readRaw(staging, table, options.signal)
  const bound = await bind(staging, table, raw, options)
  file.lines = raw.lines
  Object.assign(file.tally, raw.tally)
  file.columns = { relation: bound.relation.name, names: raw.names }
  const given = givenSelect(file.index, raw, bound)
  staging.declare(bound.relation)
  staging.give(bound.relation, given)
  if (raw.rejectText !== undefined) staging.textsOf(file, raw.rejectText)
  for (const { occurrences, ...finding } of raw.findings) {
    staging.findings.note(file.index, { ...finding, relation: bound.relation.name }, occurrences)
  }
  noteUnknown(staging, table, bound)
  if (raw.unfinishedLine !== undefined) await checkUnfinished(staging, table, bound.relation, given, raw.unfinishedLine)
}

/**
 * Reads a recognised table file into the staging database as text, its columns under the names of the source.
 * Throws InputError: `empty-file`, `duplicate-column`, `damaged`, `unsupported`, `unreadable`; CancelledError.
 */
export async function readRaw(staging: Staging, table: TableFile, signal: AbortSignal | undefined): Promise<RawTable> {
  const { kind, delimiter } = table.recognised
  try {
    switch (kind) {
      case 'csv':
        return await readCsv(staging, { ...table, delimiter: delimiter ?? ',', signal })
      case 'jsonl':
        return await readJsonl(staging, table, signal)
      case 'parquet':
        return await readParquet(staging, table)
      case 'avro':
        return await readAvro(staging, table, signal)
    }
  } catch (error) {
    throw ownError(error) ? unreadable(table.file.source.name, error) : error
  }
}

/** A failure of the system to read the file while the database was at it. */
const ownError = (error: unknown): boolean => error instanceof Error && error.message.startsWith('IO Error')

async function bind(
  staging: Staging,
  { file, recognised }: TableFile,
  raw: RawTable,
  { scope, mapping }: TablesOptions,
): Promise<Bound> {
  const options = { file: file.source.name, scope, headerLine: 1 }
  if (mapping !== undefined) return bindByMapping(staging.db, mapping, raw.names, options)
  const relation = recognised.relation ?? relationOfColumns(raw.names)
  if (relation !== null) {
    // Every line of a JSONL file may be refused before a single key is seen.
    const isBlind = recognised.kind === 'jsonl' && raw.names.length === 0
    if (isBlind) return { relation: RELATIONS[relation], values: new Map(), operation: null, unknown: [] }
    return bindByName(RELATIONS[relation], raw.names, options)
  }
  throw new InputError(`${file.source.name}: its columns do not tell which relation it holds.`, {
    code: 'unknown-relation',
    file: file.source.name,
    excerpt: raw.names.join(', ').slice(0, 200),
    suggestions: ['Name the file after its relation, e.g. shares.parquet', 'Say what it holds with --mapping'],
  })
}

function noteUnknown(staging: Staging, { file }: TableFile, { relation, unknown }: Bound): void {
  if (unknown.length === 0) return
  staging.findings.note(file.index, {
    code: 'unknown-column',
    relation: relation.name,
    value: unknown.join(', '),
    message: `${file.source.name}: columns that ${relation.name} does not have are kept beside its rows: ${unknown.join(', ')}`,
  })
}

/** A file that ends in the middle of a line whose row cannot be read was cut. */
async function checkUnfinished(
  staging: Staging,
  { file }: TableFile,
  relation: Relation,
  given: string,
  line: number,
): Promise<void> {
  const last = typedSelect(relation, `SELECT * FROM (${given}) WHERE line = ${line}`, staging.options.endDates)
  const rows = await staging.db.rows(`SELECT reject_reason FROM (${last})`)
  if (rows.length > 1) throw new InternalError('one line gave several rows', { code: 'line-count' })
  const reason = rows[0]?.reject_reason
  if (reason === null || reason === undefined) return
  file.partial = true
  staging.findings.note(file.index, {
    code: 'truncated',
    relation: relation.name,
    line,
    message: `${file.source.name} seems to be cut: its last line has no end and cannot be read (${String(reason)})`,
  })
}
