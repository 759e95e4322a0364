/**
 * From given rows (text, as the provider wrote it) to typed rows, once for every format: exact numbers, strict dates,
 * checked identifiers, and the reason where a row cannot be read (contract 1: a missing required value, an unreadable
 * number or date). A failed check digit or an unknown word never costs a row.
 */
import { sqlNormalised, sqlValidList } from '../model/identifiers/sql.js'
import type { Column, Relation } from '../model/relations.js'
import {
  DECIMAL_TYPE,
  FRACTION_TYPE,
  isIdentifierKind,
  literal,
  quoted,
  relationColumns,
  SHARE_TYPE,
} from '../store/columns.js'

/** Columns that every given row has beside those of its relation. All VARCHAR but for the first two. */
export const GIVEN_PLACE_COLUMNS = [
  'file',
  'line',
  'unit',
  'spoken',
  'op',
  'raw',
  'extra',
  'reject',
  'reject_text',
] as const

/** The longest raw text that a reject keeps, in characters. */
export const REJECT_TEXT_LIMIT = 10_000

/** Texts of numbers that are read; no exponents, no thousands marks, no decimal comma. */
const NUMBER = '[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)'

/** Numbers that DECIMAL_TYPE holds without rounding. */
const DECIMAL = '[+-]?([0-9]{1,18}([.][0-9]{0,10})?|[.][0-9]{1,10})'

/** Identifiers that are compared at full length, with zeros on the left. */
const PADDED: ReadonlySet<string> = new Set(['upc', 'ipi-name'])

interface TypedColumn {
  /** Intermediate expressions over the trimmed text `t`, by alias. */
  steps: Record<string, string>
  /** SELECT items by stored column. */
  stored: Record<string, string>
  /** Condition and words for a reject, tried in this order. */
  rejects: { when: string; reason: string }[]
  /** When the text as given must be kept beside the typed value. */
  keepRaw: string | null
}

/**
 * The first possible day; NULL for no date and for text that is none. A full date is one that is written back as it was
 * read: cheaper than a pattern, and as strict (`infinity` and years of five digits have other lengths).
 */
const firstDay = (t: string): string =>
  `CASE length(${t})
    WHEN 10 THEN CASE WHEN TRY_CAST(${t} AS DATE)::VARCHAR = ${t} AND ${t} >= '0001' THEN TRY_CAST(${t} AS DATE) END
    WHEN 7 THEN CASE WHEN regexp_full_match(${t}, '[0-9]{4}-[0-9]{2}') AND ${t} >= '0001' THEN TRY_CAST(${t} || '-01' AS DATE) END
    WHEN 4 THEN CASE WHEN regexp_full_match(${t}, '[0-9]{4}') AND ${t} >= '0001' THEN TRY_CAST(${t} || '-01-01' AS DATE) END END`

/** The last possible day of a partial date; NULL for a full one. */
const lastDay = (t: string, first: string): string =>
  `CASE length(${t}) WHEN 7 THEN last_day(${first}) WHEN 4 THEN ${first} + INTERVAL 1 YEAR - INTERVAL 1 DAY END::DATE`

function typedDate(name: string, t: string, isEnd: boolean, inclusive: boolean): TypedColumn {
  const first = quoted(`first of ${name}`)
  const shift = isEnd && inclusive ? ' + 1' : ''
  // Year 9999 says "no end": it must not reach an exhibit as a date.
  const open = isEnd ? `${t} < '9999'` : 'true'
  return {
    steps: { [`first of ${name}`]: firstDay(t) },
    stored: {
      [name]: `CASE WHEN ${open} THEN ${first}${shift} END`,
      [`${name}_last`]: `CASE WHEN ${open} AND length(${t}) < 10 THEN ${lastDay(t, first)}${shift} END`,
    },
    rejects: [{ when: `${t} IS NOT NULL AND ${first} IS NULL`, reason: 'is not a date' }],
    keepRaw: isEnd ? `${t} >= '9999'` : null,
  }
}

function typedNumber(name: string, t: string, type: string, reason: string, pattern: string): TypedColumn {
  const number = quoted(`number of ${name}`)
  return {
    steps: {
      [`number of ${name}`]: `CASE WHEN regexp_full_match(${t}, ${literal(pattern)}) THEN TRY_CAST(${t} AS ${type}) END`,
    },
    stored: { [name]: number, ...(type === 'BIGINT' ? {} : { [`${name}_given`]: t }) },
    rejects: [{ when: `${t} IS NOT NULL AND ${number} IS NULL`, reason }],
    keepRaw: null,
  }
}

function typedColumn(column: Column, inclusive: boolean): TypedColumn {
  const { name, kind } = column
  const t = quoted(`t ${name}`)
  const plain = (expression: string, keepRaw: string | null): TypedColumn => ({
    steps: {},
    stored: { [name]: expression },
    rejects: [],
    keepRaw,
  })
  if (isIdentifierKind(kind)) {
    const valid = quoted(`valid ${name}`)
    const normalised = quoted(`normalised ${name}`)
    const idKind = kind as Parameters<typeof sqlValidList>[0]
    return {
      steps: { [`valid ${name}`]: sqlValidList(idKind, t), [`normalised ${name}`]: sqlNormalised(idKind, t) },
      stored: { [name]: valid, [`${name}_given`]: `CASE WHEN ${valid} IS DISTINCT FROM ${normalised} THEN ${t} END` },
      rejects: [],
      // Zeros that only fill up to the full length say nothing that the normalised form does not.
      keepRaw: PADDED.has(kind)
        ? `${valid} = ${normalised} AND ${valid} <> ${t} AND ltrim(${valid}, '0') <> ltrim(${t}, '0')`
        : `${valid} = ${normalised} AND ${valid} <> ${t}`,
    }
  }
  switch (kind) {
    case 'share':
      return typedNumber(name, t, SHARE_TYPE, 'is not a number', NUMBER)
    case 'fraction':
      return typedNumber(name, t, FRACTION_TYPE, 'is not a number', NUMBER)
    case 'decimal':
      return typedNumber(name, t, DECIMAL_TYPE, 'is not a number', DECIMAL)
    case 'integer':
      return typedNumber(name, t, 'BIGINT', 'is not a whole number', '[0-9]{1,18}')
    case 'date':
      return typedDate(name, t, false, inclusive)
    case 'end-date':
      return typedDate(name, t, true, inclusive)
    case 'code': {
      const known = `${t} IN (${(column.codes ?? []).map(literal).join(', ')})`
      return plain(`CASE WHEN ${known} THEN ${t} ELSE lower(${t}) END`, `NOT ${known} AND ${t} <> lower(${t})`)
    }
    case 'territories':
    case 'territory': {
      const canonical = quoted(`canonical ${name}`)
      return {
        ...plain(canonical, `${t} <> ${canonical}`),
        steps: { [`canonical ${name}`]: `upper(replace(${t}, ' ', ''))` },
      }
    }
    default:
      return plain(t, null)
  }
}

/** A row that only withdraws needs its key, or nothing but the unit it withdraws. */
function missingReason(relation: Relation, column: Column): string | null {
  if (column.required !== true) return null
  const t = quoted(`t ${column.name}`)
  const isKey = relation.key.includes(column.name)
  const withdraws = isKey ? `(op IS NOT NULL AND unit IS NOT NULL)` : `op IS NOT NULL`
  return `WHEN ${t} IS NULL AND NOT ${withdraws} THEN ${literal(column.name)}`
}

const rawExpression = (columns: readonly Column[], typed: readonly TypedColumn[]): string => {
  const kept = columns.flatMap((column, index) => {
    const condition = typed[index]?.keepRaw
    return condition == null ? [] : [{ name: column.name, condition }]
  })
  if (kept.length === 0) return 'raw'
  const any = kept.map(({ condition }) => `(${condition})`).join(' OR ')
  const pairs = kept.map(
    ({ name, condition }) => `${literal(name)}, CASE WHEN ${condition} THEN ${quoted(`t ${name}`)} END`,
  )
  return `CASE WHEN ${any} THEN json_merge_patch(json_merge_patch('{}', json_object(${pairs.join(', ')})), coalesce(raw, '{}'))::VARCHAR ELSE raw END`
}

/** One condition for all that may be wrong with a row: the rows that are right, nearly all, are done with it. */
const anyProblem = (problem: readonly string[]): string =>
  problem.map((when) => `(${when.replace(/^WHEN /, '').replace(/ THEN '.*'$/s, '')})`).join(' OR ')

/** The cells of a refused row as JSON text, where its reader kept no text of the record. */
const cellsAsText = (columns: readonly Column[]): string => {
  const pairs = columns.map(({ name }) => `${literal(name)}, ${quoted(`t ${name}`)}`)
  return `json_merge_patch('{}', json_object(${pairs.join(', ')}))::VARCHAR`
}

/**
 * The SELECT that types given rows of a relation.
 *
 * One row per given row: file, line, unit, spoken, op, the stored columns of `store/columns.ts`, raw and extra (JSON
 * text), and for a row that cannot be read `reject_reason`, `reject_column`, `reject_value`, `reject_text`.
 * @param given SELECT or table that yields `GIVEN_PLACE_COLUMNS` and the relation's columns as text
 * @param endDates whether the provider's end dates are exclusive (contract 1) or inclusive
 */
export function typedSelect(relation: Relation, given: string, endDates: 'exclusive' | 'inclusive'): string {
  const columns = relation.columns
  const typed = columns.map((column) => typedColumn(column, endDates === 'inclusive'))
  const trimmed = columns.map(({ name }) => `nullif(trim(${quoted(name)}), '') AS ${quoted(`t ${name}`)}`)
  const steps = typed.flatMap(({ steps }) => Object.entries(steps).map(([alias, sql]) => `${sql} AS ${quoted(alias)}`))
  const stored = relationColumns(relation).map(({ name, source }) => {
    const index = columns.findIndex((column) => column.name === source)
    return `${typed[index]?.stored[name] ?? 'NULL'} AS ${quoted(name)}`
  })
  const missing = columns.map((column) => missingReason(relation, column)).filter((when) => when !== null)
  const unreadable = columns.flatMap((column, index) =>
    (typed[index]?.rejects ?? []).map(({ when, reason }) => ({ name: column.name, when, reason })),
  )
  const problem = [
    `WHEN reject IS NOT NULL THEN ''`,
    ...missing,
    ...unreadable.map(({ name, when }) => `WHEN ${when} THEN ${literal(name)}`),
  ]
  const reasonOf = unreadable.map(({ name, reason }) => `WHEN ${literal(name)} THEN ${literal(`${name} ${reason}`)}`)
  const values = columns.map(({ name }) => `WHEN ${literal(name)} THEN ${quoted(`t ${name}`)}`)
  return `
    SELECT file, line, unit, spoken, op, ${stored.join(', ')}, ${rawExpression(columns, typed)} AS raw, extra,
      CASE WHEN problem IS NULL THEN NULL WHEN problem = '' THEN reject
        ELSE CASE WHEN CASE problem ${values.join(' ')} END IS NULL THEN problem || ' is missing'
          ELSE CASE problem ${reasonOf.length === 0 ? "WHEN '' THEN ''" : reasonOf.join(' ')} END END END AS reject_reason,
      nullif(problem, '') AS reject_column,
      CASE WHEN problem <> '' THEN CASE problem ${values.join(' ')} END END AS reject_value,
      CASE WHEN problem IS NOT NULL THEN left(coalesce(reject_text, ${cellsAsText(columns)}), ${REJECT_TEXT_LIMIT}) END AS reject_text
    FROM (SELECT *, CASE WHEN ${anyProblem(problem)} THEN CASE ${problem.join(' ')} END END AS problem
      FROM (SELECT *${steps.map((step) => `, ${step}`).join('')}
        FROM (SELECT file, line, unit, spoken, op, raw, extra, reject, reject_text, ${trimmed.join(', ')}
          FROM (${given}))))`
}
