/**
 * What the rules read: statements as tables. `kept_…` are the statements of a relation, all of them or those about the
 * subjects in focus; `said_…` the same with a row number, `now_…` what of it was known, `past_…` what had been known before and
 * was no more. The facts of licensing (`fact_…`, `known_…`) are made from the same tables, with the same row numbers.
 */
import { seeAsKnown, sqlFactViews } from '../licensing/index.js'
import { RELATIONS } from '../model/relations.js'
import { territoryProblems } from '../model/territories/expand.js'
import { ATOMS } from '../model/territories/territory-set.js'
import { literal, quoted, relationColumns } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import { storedRelations } from '../store/evidence/schema.js'
import type { StatementReader } from '../store/evidence/statements.js'
import type { Workbench } from '../store/small-workbench.js'
import textAtoms from './frame/text_atoms.sql'

export const READ = [
  'recordings',
  'works',
  'parties',
  'links',
  'shares',
  'licences',
  'affiliations',
  'usage',
  'agreements',
  'takedowns',
  'right_weights',
] as const

export type ReadRelation = (typeof READ)[number]

const FACTS = [
  'recordings',
  'works',
  'parties',
  'links',
  'shares',
  'licences',
  'repertoire',
  'affiliations',
  'takedowns',
  'right_weights',
]

/** Relations of which the rules read what had been known before. */
const PAST = ['shares', 'links', 'works', 'recordings', 'parties', 'licences'] as const

const STATEMENT = [
  { name: 'subject', type: 'UBIGINT' },
  { name: 'feed_no', type: 'SMALLINT' },
  { name: 'snapshot_no', type: 'INTEGER' },
  { name: 'file_no', type: 'INTEGER' },
  { name: 'line', type: 'BIGINT' },
  { name: 'known_from', type: 'TIMESTAMP' },
  { name: 'known_to', type: 'TIMESTAMP' },
  { name: 'closed_by', type: 'INTEGER' },
]

/** The columns of what is kept of a relation, besides `statement_row`. */
export const keptColumns = (relation: ReadRelation): { readonly name: string; readonly type: string }[] => [
  ...STATEMENT,
  ...relationColumns(RELATIONS[relation]).map(({ name, type }) => ({ name, type })),
]

export interface Scope {
  /** Subjects, as SQL; a query of one column `subject`; null: the whole catalogue. */
  readonly subjects: readonly string[] | { readonly query: string } | null
}

/** Names of the relations that have statements. */
export type Stored = ReadonlySet<string>

/** Where the statements are kept and conflicts are worked out. */
export interface ConflictBench extends Workbench {
  /** Reads the statements behind findings. */
  readonly reader: StatementReader
  readonly stored: Stored
  /** Sees what is kept as known: what the rules and the relations of licensing start from. */
  see(knowledge: Knowledge): Promise<void>
}

/** What an open evidence keeps: views of the whole, or tables of a part; one cannot be put in the place of the other. */
const keptBefore = new WeakMap<Evidence, { readonly isWhole: boolean; readonly stored: Stored }>()

function sqlDropped(before: { readonly isWhole: boolean; readonly stored: Stored } | undefined): string[] {
  if (before === undefined) return []
  const { isWhole, stored } = before
  const kept = READ.map(
    (relation) => `DROP ${isWhole && stored.has(relation) ? 'VIEW' : 'TABLE'} ${keptName(relation)}`,
  )
  return [...kept, ...FACTS.map((name) => `DROP ${isWhole ? 'VIEW' : 'TABLE'} fact_${name}`)]
}

/** Of the relations that rules read, those of which anything is kept; `past_…` where anything of it had been known before, `past` where of any. */
export async function keptRelations(db: Workbench): Promise<Stored> {
  const counts = READ.map(
    (relation) => `SELECT ${literal(relation)} AS relation WHERE EXISTS (SELECT 1 FROM ${keptName(relation)})`,
  )
  const past = PAST.map(
    (relation) => `SELECT 'past_${relation}' AS relation WHERE EXISTS (SELECT 1 FROM past_${relation})`,
  )
  const found = (await db.rows([...counts, ...past].join(' UNION ALL '))).map(({ relation }) => String(relation))
  return new Set([...found, ...(found.some((name) => name.startsWith('past_')) ? ['past'] : [])])
}

/** Makes the tables that do not depend on what was known. */
export async function keepStatements(db: Evidence, { subjects }: Scope): Promise<Stored> {
  const stored = new Set((await storedRelations(db)).map(({ name }) => name))
  const dropped = sqlDropped(keptBefore.get(db))
  keptBefore.set(db, { isWhole: subjects === null, stored })
  const kept = READ.map((relation) => keptTable(relation, stored, subjects))
  // A part is asked again and again: what costs to read is read once.
  const facts =
    subjects === null
      ? sqlFactViews(stored)
      : sqlFactViews(new Set(READ), keptName).replaceAll('TEMP VIEW fact_', 'TEMP TABLE fact_')
  await db.run(
    [
      ...dropped,
      ...kept,
      sqlSaid(rowIdIn(subjects)),
      facts,
      sqlAtoms(),
      `CREATE OR REPLACE TEMP TABLE text_atoms AS ${textAtoms}`,
    ].join(';\n'),
  )
  await noteTerritories(db)
  return stored
}

/** @param rowId SQL for the number of a row of `kept_…` as k */
export const sqlSaid = (rowId: string): string =>
  READ.map(
    (
      relation,
    ) => `CREATE OR REPLACE TEMP VIEW said_${relation} AS SELECT ${rowId} AS row_id, k.feed_no AS feed, k.* EXCLUDE (feed_no)
      FROM ${keptName(relation)} AS k`,
  ).join(';\n')

const keptName = (relation: string): string => `kept_${relation}`

/** Rows of a table kept apart are numbered there; all statements keep the number that they have. */
const rowIdIn = (subjects: Scope['subjects']): string => (subjects === null ? 'k.statement_row' : 'k.rowid')

function keptTable(relation: ReadRelation, stored: Stored, subjects: Scope['subjects']): string {
  const columns = keptColumns(relation)
  if (!stored.has(relation)) {
    const nothing = columns.map(({ name, type }) => `NULL::${type} AS ${quoted(name)}`)
    return `CREATE OR REPLACE TEMP TABLE ${keptName(relation)} AS SELECT NULL::BIGINT AS statement_row, ${nothing.join(', ')} WHERE false`
  }
  const names = columns.map(({ name }) => `s.${quoted(name)}`).join(', ')
  const select = `SELECT s.rowid AS statement_row, ${names} FROM statements.${quoted(relation)} AS s`
  if (subjects === null) return `CREATE OR REPLACE TEMP VIEW ${keptName(relation)} AS ${select}`
  const list = 'query' in subjects ? subjects.query : subjects.length === 0 ? 'NULL' : subjects.join(', ')
  const condition = `s.subject IN (${list})`
  return `CREATE OR REPLACE TEMP TABLE ${keptName(relation)} AS ${select} WHERE ${condition}`
}

function sqlAtoms(): string {
  const codes = ATOMS.map((code, atom) => `(${atom}, ${literal(code)})`).join(', ')
  return `CREATE OR REPLACE TEMP TABLE atoms AS SELECT ${ATOMS.length} AS count;
    CREATE OR REPLACE TEMP TABLE atom_codes AS SELECT * FROM (VALUES ${codes}) AS a(atom, code)`
}

/** Sees the kept statements as known: what the rules and the relations of licensing start from. */
export async function seeStatements(db: Evidence, knowledge: Knowledge, stored: Stored): Promise<void> {
  await seeAsKnown(db, knowledge, { hasLicences: stored.has('licences'), feeds: 'numbers' })
  await db.run(sqlSeen(knowledge))
}

/** The views `now_…` and `past_…` and the table `knowledge`. */
export function sqlSeen(knowledge: Knowledge): string {
  const before = `TIMESTAMP ${literal(knowledge.before.replace('Z', ''))}`
  const now = READ.map(
    (relation) => `CREATE OR REPLACE TEMP VIEW now_${relation} AS SELECT * FROM said_${relation}
      WHERE known_from < ${before} AND (known_to IS NULL OR known_to >= ${before})`,
  )
  const past = PAST.map(
    (relation) => `CREATE OR REPLACE TEMP VIEW past_${relation} AS SELECT * FROM said_${relation}
      WHERE known_to < ${before} AND known_from <> known_to`,
  )
  return [`CREATE OR REPLACE TEMP TABLE knowledge AS SELECT ${before} AS before`, ...now, ...past].join(';\n')
}

/** Makes `problem_texts` (territories, kind, code) and `problem_atoms` (code, atoms): codes that need a note. */
async function noteTerritories(db: Evidence): Promise<void> {
  const rows = await db.rows(
    'SELECT DISTINCT territories FROM territory_sets WHERE problems IS NOT NULL ORDER BY territories',
  )
  const noted = rows
    .flatMap((row) => notedTerritories(String(row.territories)))
    .map(({ territories, kind, code }) => `(${[territories, kind, code].map(literal).join(', ')})`)
  const values = noted.length === 0 ? "('', '', '')" : noted.join(', ')
  await db.run(`CREATE OR REPLACE TEMP TABLE problem_texts AS SELECT * FROM (VALUES ${values}) AS p(territories, kind, code) WHERE kind <> '';
    CREATE OR REPLACE TEMP TABLE problem_atoms AS SELECT code, set_bit(bitstring('0', ${ATOMS.length}), atom, 1) AS atoms FROM atom_codes`)
}

/** The codes of a territory text that need a note. */
export function notedTerritories(
  territories: string,
): { readonly territories: string; readonly kind: string; readonly code: string }[] {
  const { unknown, historic, subdivisions, contradictions } = territoryProblems(territories)
  const of = (kind: string, codes: readonly string[]) => codes.map((code) => ({ territories, kind, code }))
  return [
    ...of('unknown', unknown),
    ...of('retired', historic),
    ...of('subdivision', subdivisions),
    ...of('contradiction', contradictions),
  ]
}
