/**
 * Runs rules over what is kept, as known at an instant: first who is who, then the relations that the rules read, then each rule. What
 * they find stands in the temporary table `found`, one row per finding.
 */
import { DEGREE_STEPS, IDENTITY_STEPS, type Step, sqlAsked, sqlTerritoryCells, workOut } from '../licensing/index.js'
import { literal } from '../store/columns.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import type { Workbench } from '../store/small-workbench.js'
import { type ConflictBench, keptRelations } from './facts.js'
import mergeCells from './frame/merge_cells.sql'
import payment from './frame/payment.sql'
import stakes from './frame/stakes.sql'
import { CELL_STEPS, neededSteps, PICTURE_STEPS, WHOLE_STEPS } from './frame.js'
import { PAYMENT_RULES, type Rule } from './rule.js'

/** Works whose cells are worked out at once: measured, their relations take less than 1 GB. */
const PART = 50_000

/** Bounds of claims: the relations of licensing from the shares that hold to what each voice leaves each claimant. */
const BOUND_STEPS = [
  'visible_shares',
  'counted_shares',
  'voice_claims',
  'taking_part',
  'theory_claims',
  'voices',
  'bounds',
]

const COLUMNS = 'subject_kind, subject, "right", atoms, "from", "to", total, over, streams, parties, refs, detail'

export interface EvaluateOptions {
  readonly rules: readonly Rule[]
  /** SQL that will be run afterwards: the relations that it reads are made. */
  readonly meant?: readonly string[]
  readonly onProgress?: (progress: { done: number; of: number }) => void
}

/** Fills `found` (piece, finding, rule, …, is_payment_only, streams). */
export async function evaluate(
  db: ConflictBench,
  knowledge: Knowledge,
  { rules, meant = [], onProgress }: EvaluateOptions,
): Promise<void> {
  await db.see(knowledge)
  await workOut(db, IDENTITY_STEPS)
  const kept = await keptRelations(db)
  const active = rules.filter(({ reads }) => reads.every((relation) => kept.has(relation)))
  const whole = active.filter(({ kind }) => kind === 'rows')
  const cells = active.filter(({ kind }) => kind === 'cells')
  await workOut(db, neededSteps(WHOLE_STEPS, [...active.map(({ sql }) => sql), payment, stakes, ...meant]))
  await db.run(`CREATE OR REPLACE TEMP TABLE found_rows (rule VARCHAR, subject_kind VARCHAR, subject VARCHAR, "right" VARCHAR, atoms BIT,
    "from" DATE, "to" DATE, total BIGINT, over BIGINT, streams BIGINT, parties VARCHAR[], refs VARCHAR[], detail VARCHAR)`)
  for (const { id, sql } of whole)
    await db.run(`INSERT INTO found_rows SELECT ${literal(id)}, ${COLUMNS} FROM (${sql}) AS f`)
  if (cells.length > 0) await evaluateCells(db, cells, onProgress)
  if (active.some(({ id }) => id === 'C-ID-03')) await readAsOne(db)
  await finish(db, active)
}

async function evaluateCells(
  db: Workbench,
  rules: readonly Rule[],
  onProgress: EvaluateOptions['onProgress'],
): Promise<void> {
  await db.run(`${sqlAsked(['mech', 'perf', 'sync'], ['fractional'])};
    CREATE OR REPLACE TEMP TABLE classes (target BIGINT, cell INTEGER, day DATE, "right" VARCHAR, claimant VARCHAR, class VARCHAR);
    CREATE OR REPLACE TEMP TABLE work_parts AS SELECT work, (row_number() OVER (ORDER BY work) - 1) // ${PART} AS part FROM (
      SELECT DISTINCT w.work FROM known_shares AS s JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id) AS works`)
  const [row] = await db.rows('SELECT coalesce(max(part) + 1, 0) AS parts FROM work_parts')
  const parts = Number(row?.parts ?? 0)
  for (let part = 0; part < parts; part += 1) {
    await workOutCells(db, `SELECT work FROM work_parts WHERE part = ${part}`)
    for (const { id, sql } of rules) {
      await db.run(`CREATE OR REPLACE TEMP TABLE found_cells AS ${sql};
        INSERT INTO found_rows SELECT ${literal(id)}, ${COLUMNS} FROM (${mergeCells}) AS f`)
    }
    onProgress?.({ done: part + 1, of: parts })
  }
}

/** The pictures of works: `works` is SQL of one column `work`. */
async function workOutCells(db: Workbench, works: string): Promise<void> {
  const cellsOf: Step = ['territory_cells', sqlTerritoryCells('(SELECT DISTINCT cell FROM work_cells)')]
  const bounds = DEGREE_STEPS.filter(([name]) => BOUND_STEPS.includes(name))
  await workOut(db, [['asked_works', works], ...CELL_STEPS, cellsOf, ...bounds, ...PICTURE_STEPS])
}

/**
 * Works that seem to be one: their claims are worked out once more as those of one work, and what they come to is the magnitude of the
 * finding (60 + 60 under two ISWCs is 120).
 */
async function readAsOne(db: Workbench): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE merged_works AS
    SELECT subject, unnest(string_split(substr(detail, length('alike in title and writers: ') + 1), '|')) AS work
    FROM found_rows WHERE rule = 'C-ID-03' AND starts_with(detail, 'alike in title')`)
  const [row] = await db.rows('SELECT count(*) AS n FROM merged_works')
  if (Number(row?.n) === 0) return
  await db.run(`${sqlAsked(['mech', 'perf', 'sync'], ['fractional'])};
    CREATE OR REPLACE TEMP TABLE classes (target BIGINT, cell INTEGER, day DATE, "right" VARCHAR, claimant VARCHAR, class VARCHAR);
    CREATE OR REPLACE TEMP TABLE identities_apart AS SELECT * FROM work_identities;
    CREATE OR REPLACE TEMP TABLE work_identities AS SELECT a.feed, a.id, coalesce(m.subject, a.work) AS work
      FROM identities_apart AS a LEFT JOIN merged_works AS m ON m.work = a.work`)
  await workOutCells(db, 'SELECT DISTINCT subject AS work FROM merged_works')
  await db.run(`CREATE OR REPLACE TEMP TABLE read_as_one AS
      SELECT t.work, max(p.total) AS total FROM pictures AS p JOIN targets AS t USING (target) GROUP BY t.work;
    UPDATE found_rows SET total = m.total, over = greatest(m.total - 100000000, 0) FROM read_as_one AS m
      WHERE found_rows.rule = 'C-ID-03' AND starts_with(found_rows.detail, 'alike in title') AND m.work = found_rows.subject;
    CREATE OR REPLACE TEMP TABLE work_identities AS SELECT * FROM identities_apart`)
}

async function finish(db: Workbench, rules: readonly Rule[]): Promise<void> {
  const names = (ids: readonly string[]) => (ids.length === 0 ? "''" : ids.map(literal).join(', '))
  const required = rules.filter(({ streams }) => streams === 'required').map(({ id }) => id)
  const all = `finding, rule, ${COLUMNS}`
  await db.run(`CREATE OR REPLACE TEMP TABLE payment_rules AS SELECT * FROM (VALUES ${PAYMENT_RULES.map((id) => `(${literal(id)})`).join(', ')}) AS p(rule);
    CREATE OR REPLACE TEMP TABLE findings AS SELECT ${all} FROM (SELECT *, row_number() OVER () AS finding FROM found_rows) AS f;
    CREATE OR REPLACE TEMP TABLE cut_findings AS SELECT *, row_number() OVER () AS piece FROM (${payment}) AS p;
    CREATE OR REPLACE TEMP TABLE found AS SELECT * FROM (${stakes}) AS s WHERE streams > 0 OR rule NOT IN (${names(required)})`)
}
