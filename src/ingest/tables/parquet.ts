/** Parquet into the staging database: every value as exact text. A "line" is a record, counted from 1. */
import { InputError, RecitalError } from '../../errors.js'
import { literal, quoted } from '../../store/columns.js'
import type { Row } from '../../store/duckdb.js'
import type { Staging } from '../staging.js'
import { columnNames } from './header.js'
import type { RawTable, TableFile } from './types.js'

/** `2019-06-01T12:00:00.5`, in UTC with `Z` where the type has a zone; a midnight is its day, as dates are often stored. */
function instantSql(value: string, hasZone: boolean): string {
  const text = `replace(${value}::VARCHAR, ' ', 'T')`
  const iso = hasZone ? `regexp_replace(${text}, '[+]00(:00)?$', 'Z')` : text
  return `CASE WHEN ${value} = date_trunc('day', ${value}) THEN left(${value}::VARCHAR, length(${value}::VARCHAR) - ${hasZone ? 12 : 9})
    ELSE ${iso} END`
}

/** SQL for the exact text of a value of a DuckDB type; lists joined by `|`, structures as JSON. */
export function textSql(value: string, type: string): string {
  if (type.endsWith('[]')) {
    return `array_to_string(list_transform(${value}, lambda v: ${textSql('v', type.slice(0, -2))}), '|')`
  }
  if (type === 'TIMESTAMP WITH TIME ZONE') return instantSql(value, true)
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(type)) return instantSql(value, false)
  if (/^(STRUCT|MAP|UNION)\(/.test(type)) return `to_json(${value})::VARCHAR`
  return `${value}::VARCHAR`
}

/** The database's own failure to read a file, as that of the input. */
function damaged(name: string, error: unknown): unknown {
  if (error instanceof RecitalError || !(error instanceof Error)) return error
  return new InputError(`The Parquet file ${name} is damaged or of a kind that is not read.`, {
    code: 'damaged',
    file: name,
    cause: error,
    suggestions: ['Ask for the file again or copy it again, and compare its size and check sum'],
  })
}

/**
 * Stages a Parquet file as text: DATE and TIMESTAMP in ISO form, DECIMAL and whole numbers in full, lists joined by `|`.
 * `lines` is the number of records that the file's footer states.
 * Throws InputError: `damaged`, `duplicate-column`.
 */
export async function readParquet(staging: Staging, { file }: TableFile): Promise<RawTable> {
  const { name, path } = file.source
  const scan = `read_parquet(${literal(path)}, file_row_number = true, binary_as_string = true)`
  const table = staging.freshTable('records')
  let columns: Row[]
  let records: number
  try {
    const described = await staging.db.rows(`DESCRIBE SELECT * FROM ${scan}`)
    columns = described.filter(({ column_name }) => column_name !== 'file_row_number')
    const [footer] = await staging.db.rows(`SELECT num_rows FROM parquet_file_metadata(${literal(path)})`)
    records = Number(footer?.num_rows)
    const cells = columns.map(
      ({ column_name, column_type }, index) =>
        `${textSql(quoted(String(column_name)), String(column_type))} AS c${index}`,
    )
    await staging.db.run(
      `CREATE TEMP TABLE ${table} AS SELECT ${['file_row_number + 1 AS line', ...cells].join(', ')} FROM ${scan}`,
    )
  } catch (error) {
    throw damaged(name, error)
  }
  const names = columnNames(
    columns.map(({ column_name }) => String(column_name)),
    name,
  )
  return tableOfRecords(table, names, records)
}

/** A raw table of records that are kept as text, for formats without lines. */
export function tableOfRecords(table: string, names: readonly string[], records: number): RawTable {
  const cells = names.map((_, index) => `, c${index}`).join('')
  const pairs = names.map((name, index) => `${literal(name)}, c${index}`).join(', ')
  return {
    names,
    select: `SELECT line, NULL::VARCHAR AS reject, json_object(${pairs})::VARCHAR AS reject_text${cells} FROM ${table}`,
    tally: { header: 0, staged: records, rejected: 0, continued: 0, blank: 0 },
    lines: records,
    findings: [],
  }
}
