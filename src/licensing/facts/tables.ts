/**
 * The facts that a degree is worked out from, as tables that the relations in `sql/` read: one row per statement, with
 * shares in millionths of a percent, weights in billionths of 1, days half-open and NULL where open. Partial dates have
 * a first and a last possible day. One recording's facts are copied from what was gathered; a catalogue's are views.
 */

/** A column, its type and what it is made of. */
export interface FactColumn {
  readonly name: string
  readonly type: string
  /** Stored column, by default the one of the same name; null for what has no stored column. */
  readonly stored: string | null
  /** Stands where nothing is stored. */
  readonly otherwise?: string
  /** Decimals of a stored decimal number, of which the column has the last ones as its units. */
  readonly decimals?: number
}

const column = (name: string, type = 'VARCHAR', stored: string | null = name): FactColumn => ({ name, type, stored })

const dates: readonly FactColumn[] = [
  column('from_first', 'DATE', 'valid_from'),
  column('from_last', 'DATE', 'valid_from_last'),
  column('to_first', 'DATE', 'valid_to'),
  column('to_last', 'DATE', 'valid_to_last'),
]

/** Empty means WORLD (contract 1). */
const territories: FactColumn = { ...column('territories'), otherwise: 'WORLD' }

const billionths = (name: string): FactColumn => ({ ...column(name, 'BIGINT'), decimals: 9 })

/** SQL for the value of a column, from SQL for the stored one. */
export function sqlFactValue({ otherwise, decimals, type }: FactColumn, stored: string): string {
  const [digits, units] = [decimals === 9 ? 28 : 18, `1${'0'.repeat(decimals ?? 0)}`]
  const value =
    decimals === undefined ? stored : `CAST(CAST(${stored} AS DECIMAL(${digits},${decimals})) * ${units} AS BIGINT)`
  return `CAST(${otherwise === undefined ? value : `coalesce(${value}, '${otherwise}')`} AS ${type})`
}

/** The fact tables with their own columns; each has `row_id`, `feed`, `known_from` and `known_to` besides. */
export const FACT_TABLES = {
  recordings: [column('recording_id'), column('isrc')],
  works: [column('work_id'), column('iswc')],
  parties: [
    column('party_id'),
    column('ipi_name_number'),
    column('ipi_base_number'),
    column('isni'),
    column('group_id'),
  ],
  links: [
    column('recording_id'),
    column('recording_as', 'VARCHAR', null),
    column('work_id'),
    column('work_as', 'VARCHAR', null),
    billionths('weight'),
    column('duration_ms', 'BIGINT'),
    ...dates,
  ],
  shares: [
    column('work_id'),
    column('work_as', 'VARCHAR', null),
    column('party_id'),
    column('party_as', 'VARCHAR', null),
    { ...column('share', 'BIGINT'), decimals: 6 },
    column('kind', 'VARCHAR', 'share_kind'),
    column('right'),
    column('role'),
    column('chain'),
    territories,
    ...dates,
    column('status'),
  ],
  licences: [
    column('right'),
    column('coverage'),
    column('licensor_id', 'VARCHAR', 'licensor_party_id'),
    column('licensor_as', 'VARCHAR', null),
    territories,
    ...dates,
    column('repertoire_kind', 'VARCHAR', null),
  ],
  repertoire: [column('item', 'VARCHAR', null), column('isrc', 'VARCHAR', null), column('iswc', 'VARCHAR', null)],
  affiliations: [
    column('party_id'),
    column('party_as', 'VARCHAR', null),
    column('licensor_id', 'VARCHAR', 'licensor_party_id'),
    column('licensor_as', 'VARCHAR', null),
    column('right'),
    territories,
    ...dates,
  ],
  takedowns: [territories, ...dates],
  right_weights: [territories, billionths('mech'), billionths('perf'), ...dates],
} as const satisfies Record<string, readonly FactColumn[]>

export type FactTable = keyof typeof FACT_TABLES

export const FACT_TABLE_NAMES = Object.keys(FACT_TABLES) as FactTable[]

/** A fact as it is handed to the database: its number, its feed, its interval of knowledge and its texts. */
export type FactRow = Readonly<Record<string, string | number | null>>

/** Columns that every fact table has, with their types. */
const COMMON: readonly FactColumn[] = [
  column('row_id', 'BIGINT', null),
  column('feed', 'VARCHAR', null),
  column('known_from', 'TIMESTAMP', null),
  column('known_to', 'TIMESTAMP', null),
]

/** All columns of a fact table. */
export const factColumns = (table: FactTable): readonly FactColumn[] => [...COMMON, ...FACT_TABLES[table]]

/** The SQL that makes a fact table of rows bound as JSON text in `$rows`: keys are the names of the columns. */
export function sqlFactTable(table: FactTable): string {
  const columns = factColumns(table)
  const shape = columns.map(
    ({ name, type }) => `"${name}":"${/^(DATE|TIMESTAMP|BIGINT)$/.test(type) ? 'VARCHAR' : type}"`,
  )
  const values = columns.map((each) => `${sqlFactValue(each, `r."${each.name}"`)} AS "${each.name}"`)
  return `CREATE OR REPLACE TEMP TABLE fact_${table} AS SELECT ${values.join(', ')}
    FROM (SELECT unnest(json_transform(CAST($rows AS JSON), '[{${shape.join(',')}}]')) AS r)`
}
