/**
 * What is remarkable about a delivery but costs no row: failed check digits, unknown words and territories, shares
 * outside 0 to 100, periods that end before they begin, unknown columns, counts that disagree. Gathered by kind (territories by code), with the number of
 * occurrences and the first example.
 */
import type { Column, ColumnKind, Relation } from '../model/relations.js'
import { territoryProblems } from '../model/territories/expand.js'
import { isIdentifierKind, literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { FindingLog } from './finding-log.js'

interface Check {
  code: string
  column: string
  when: string
  value: string
  message: string
}

const IDENTIFIER_NAMES: Readonly<Record<string, string>> = {
  isrc: 'ISRC',
  iswc: 'ISWC',
  'ipi-name': 'IPI name number',
  'ipi-base': 'IPI base number',
  isni: 'ISNI',
  upc: 'UPC/EAN',
}

function checksOf({ name, kind, codes }: Column): Check[] {
  const column = quoted(name)
  const given = quoted(`${name}_given`)
  if (isIdentifierKind(kind)) {
    // Several identifiers in one cell are kept as given although all of them may be valid.
    const when = `${given} IS NOT NULL AND (${column} IS NULL OR len(string_split(${column}, '|')) < len(string_split(${given}, '|')))`
    const message = `not a valid ${IDENTIFIER_NAMES[kind] ?? kind}: kept as given, never joined on`
    return [{ code: 'check-digit', column: name, when, value: given, message }]
  }
  if (codes !== undefined) {
    const when = `${column} NOT IN (${codes.map(literal).join(', ')})`
    const message = `not one of ${codes.join(', ')}: kept, not counted`
    return [{ code: 'unknown-code', column: name, when, value: column, message }]
  }
  if (kind !== 'share') return []
  const message = 'outside 0 to 100: kept, no claim'
  return [{ code: 'share-range', column: name, when: `${column} < 0 OR ${column} > 100`, value: given, message }]
}

/** A period that has ended before it begins, however its partial dates are completed. */
function periodChecks({ columns }: Relation): Check[] {
  const has = (name: string, wanted: ColumnKind): boolean =>
    columns.some((column) => column.name === name && column.kind === wanted)
  if (!has('valid_from', 'date') || !has('valid_to', 'end-date')) return []
  return [
    {
      code: 'date-order',
      column: 'valid_to',
      when: 'coalesce(valid_to_last, valid_to) <= valid_from',
      value: `valid_from::VARCHAR || ' to ' || valid_to::VARCHAR`,
      message: 'ends before it has begun (the end itself is not part of it): kept, holds on no day',
    },
  ]
}

/** Looks through the typed rows of a relation, in one scan, and once more for territories. */
export async function findInRelation(
  db: Evidence,
  relation: Relation,
  parquet: string,
  log: FindingLog,
): Promise<void> {
  const rows = `(SELECT * FROM read_parquet(${literal(parquet)}) WHERE reject_reason IS NULL AND op IS NULL)`
  const checks = [...relation.columns.flatMap(checksOf), ...periodChecks(relation)]
  if (checks.length > 0) {
    const counts = checks.map(({ when }, index) => `count(*) FILTER (${when}) AS n${index}`)
    const [found] = await db.rows(`SELECT ${counts.join(', ')} FROM ${rows}`)
    for (const [index, check] of checks.entries()) {
      if (Number(found?.[`n${index}`] ?? 0) > 0) await noteExamples(db, rows, relation, check, log)
    }
  }
  for (const { name, kind } of relation.columns) {
    if (kind === 'territories' || kind === 'territory') await noteTerritories(db, rows, relation, name, log)
  }
}

async function noteExamples(
  db: Evidence,
  rows: string,
  relation: Relation,
  check: Check,
  log: FindingLog,
): Promise<void> {
  const examples = await db.rows(
    `SELECT file, count(*) AS n, min(line) AS line, arg_min(${check.value}, line) AS value FROM ${rows}
     WHERE ${check.when} GROUP BY file ORDER BY file`,
  )
  for (const row of examples) {
    const { code, column, message } = check
    const finding = { code, relation: relation.name, column, line: Number(row.line), value: String(row.value), message }
    log.note(Number(row.file), finding, Number(row.n))
  }
}

const PROBLEMS = {
  unknown: ['unknown-territory', 'unknown territory: kept, covers nothing'],
  historic: ['historic-territory', 'a territory that exists no more: kept, covers nothing'],
  subdivisions: ['subdivision', 'part of a country: kept, covers nothing'],
  contradictions: ['territory-contradiction', 'included and excluded in one list'],
} as const

async function noteTerritories(
  db: Evidence,
  rows: string,
  relation: Relation,
  column: string,
  log: FindingLog,
): Promise<void> {
  const texts = await db.rows(
    `SELECT ${quoted(column)} AS text, file, count(*) AS n, min(line) AS line FROM ${rows}
     WHERE ${quoted(column)} IS NOT NULL GROUP BY ALL ORDER BY file, line, text`,
  )
  for (const row of texts) {
    const problems = territoryProblems(String(row.text))
    for (const [kind, [code, message]] of Object.entries(PROBLEMS)) {
      for (const value of problems[kind as keyof typeof PROBLEMS]) {
        const finding = { code, relation: relation.name, column, line: Number(row.line), value, message }
        log.note(Number(row.file), finding, Number(row.n))
      }
    }
  }
}
