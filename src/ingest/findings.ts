/**
 * What is remarkable about a delivery but costs no row: failed check digits, unknown words and territories, shares
 * outside 0 to 100, unknown columns, counts that disagree. Gathered by kind (territories by code), with the number of
 * occurrences and the first example.
 */
import type { Relation } from '../model/relations.js'
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

function checksOf(relation: Relation): Check[] {
  return relation.columns.flatMap((column): Check[] => {
    const name = quoted(column.name)
    if (isIdentifierKind(column.kind)) {
      const given = quoted(`${column.name}_given`)
      const what = IDENTIFIER_NAMES[column.kind] ?? column.kind
      // Several identifiers in one cell are kept as given although all of them may be valid.
      const when = `${given} IS NOT NULL AND (${name} IS NULL OR len(string_split(${name}, '|')) < len(string_split(${given}, '|')))`
      return [
        {
          code: 'check-digit',
          column: column.name,
          when,
          value: given,
          message: `not a valid ${what}: kept as given, never joined on`,
        },
      ]
    }
    if (column.codes !== undefined) {
      const list = column.codes.map(literal).join(', ')
      const words = column.codes.join(', ')
      return [
        {
          code: 'unknown-code',
          column: column.name,
          when: `${name} NOT IN (${list})`,
          value: name,
          message: `not one of ${words}: kept, not counted`,
        },
      ]
    }
    if (column.kind === 'share') {
      return [
        {
          code: 'share-range',
          column: column.name,
          when: `${name} < 0 OR ${name} > 100`,
          value: quoted(`${column.name}_given`),
          message: 'outside 0 to 100: kept, no claim',
        },
      ]
    }
    return []
  })
}

/** Looks through the typed rows of a relation, in one scan, and once more for territories. */
export async function findInRelation(
  db: Evidence,
  relation: Relation,
  parquet: string,
  log: FindingLog,
): Promise<void> {
  const rows = `(SELECT * FROM read_parquet(${literal(parquet)}) WHERE reject_reason IS NULL AND op IS NULL)`
  const checks = checksOf(relation)
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
