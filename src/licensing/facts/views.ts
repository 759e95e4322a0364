/** The facts of a whole catalogue: views on the statements, with the same columns as the fact tables of one recording. */
import { sqlIsValid, sqlNormalised } from '../../model/identifiers/sql.js'
import { quoted } from '../../store/columns.js'
import { FACT_TABLE_NAMES, FACT_TABLES, type FactColumn, type FactTable, sqlFactValue } from './tables.js'

type ReferenceKind = 'isrc' | 'iswc' | 'ipi-name'

/** Columns that hold what a reference means as a global identifier, with the stored column of the reference. */
export const REFERENCES: Readonly<Record<string, readonly [column: string, kind: ReferenceKind]>> = {
  recording_as: ['recording_id', 'isrc'],
  work_as: ['work_id', 'iswc'],
  party_as: ['party_id', 'ipi-name'],
  licensor_as: ['licensor_party_id', 'ipi-name'],
}

/** No spelling of the identifier is shorter or longer: most ids of feeds cost one comparison. */
const LENGTHS: Readonly<Record<ReferenceKind, readonly [number, number]>> = {
  isrc: [12, 20],
  iswc: [11, 20],
  'ipi-name': [9, 20],
}

const sqlReference = (kind: ReferenceKind, column: string): string => {
  const normalised = sqlNormalised(kind, column)
  const [shortest, longest] = LENGTHS[kind]
  return `CASE WHEN strlen(${column}) BETWEEN ${shortest} AND ${longest} AND ${sqlIsValid(kind, normalised)} THEN ${normalised} END`
}

const REPERTOIRE_KIND = `CASE
    WHEN trim(coalesce(s.repertoire, '')) = '' THEN CASE s.coverage WHEN 'whole-right' THEN 'all' ELSE 'unproven' END
    WHEN lower(trim(s.repertoire)) IN ('all', 'unproven', 'disputed') THEN lower(trim(s.repertoire))
    ELSE 'list' END`

/** Take-downs and licences number their rows apart, as both have a repertoire. */
const rowId = (table: FactTable): string => (table === 'takedowns' ? '-1 - s.rowid' : 's.rowid')

function sqlView(table: FactTable, source: SourceOf): string {
  const columns = FACT_TABLES[table].map((column: FactColumn) => {
    const { name, type, stored } = column
    const reference = REFERENCES[name]
    const written =
      name === 'repertoire_kind'
        ? `CAST(${REPERTOIRE_KIND} AS ${type})`
        : reference !== undefined
          ? `CAST(${sqlReference(reference[1], `s.${quoted(reference[0])}`)} AS ${type})`
          : sqlFactValue(column, last(name, stored ?? name))
    return `${written} AS ${quoted(name)}`
  })
  return `SELECT ${rowId(table)} AS row_id, s.feed_no AS feed, s.known_from, s.known_to, ${columns.join(', ')}
    FROM ${source(table)} AS s`
}

/** A date given in full has one reading. */
const last = (name: string, stored: string): string => {
  const whole = /^(from|to)_last$/.exec(name)
  return whole === null
    ? `s.${quoted(stored)}`
    : `coalesce(s.${quoted(stored)}, s.${quoted(stored.replace(/_last$/, ''))})`
}

const sqlEmpty = (table: FactTable): string => {
  const columns = FACT_TABLES[table].map(({ name, type }) => `NULL::${type} AS ${quoted(name)}`)
  return `SELECT NULL::BIGINT AS row_id, NULL::SMALLINT AS feed, NULL::TIMESTAMP AS known_from, NULL::TIMESTAMP AS known_to,
    ${columns.join(', ')} WHERE false`
}

function sqlRepertoire(stored: ReadonlySet<string>, source: SourceOf): string {
  const tables = (['licences', 'takedowns'] as const).filter((table) => stored.has(table))
  if (tables.length === 0) return sqlEmpty('repertoire')
  const listed = tables.map(
    (table) => `SELECT ${rowId(table)} AS row_id, s.feed_no AS feed, s.known_from, s.known_to,
      trim(unnest(string_split(s.repertoire, '|'))) AS item FROM ${source(table)} AS s
      WHERE s.repertoire IS NOT NULL${table === 'licences' ? ` AND (${REPERTOIRE_KIND}) = 'list'` : ''}`,
  )
  return `SELECT row_id, feed, known_from, known_to, item, ${sqlReference('isrc', 'item')} AS isrc, ${sqlReference('iswc', 'item')} AS iswc
    FROM (${listed.join(' UNION ALL ')})`
}

/** The SQL name of the table that holds the statements of a relation. */
type SourceOf = (relation: string) => string

const allStatements: SourceOf = (relation) => `statements.${quoted(relation)}`

/**
 * SQL that makes the views `fact_…` on all statements, or on tables that hold a part of them.
 * @param stored names of the relations that have statements
 */
export function sqlFactViews(stored: ReadonlySet<string>, source: SourceOf = allStatements): string {
  return FACT_TABLE_NAMES.map((table) => {
    const select =
      table === 'repertoire'
        ? sqlRepertoire(stored, source)
        : stored.has(table)
          ? sqlView(table, source)
          : sqlEmpty(table)
    return `CREATE OR REPLACE TEMP VIEW fact_${table} AS ${select}`
  }).join(';\n')
}
