/**
 * The verdicts of all rules, kept where they are not false. Rules about single changes that look at the same kind of change
 * are judged together, some at a time: one scan works out their verdicts for the changes that concern any of them. What an
 * alert says of itself is worked out later, and only where something matched.
 */
import { freshName } from '../../diff/index.js'
import { literal } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { type CompiledRule, isCounted } from '../compile/compile.js'
import type { Frame } from './frames.js'

/** Rules judged in one scan. More scan less, and write more verdicts that nobody needs. */
const TOGETHER = 8

/** SQL of the verdict of a rule over its frame; a group below its base is no match, and unknown where the base is. */
export function verdictSql({ rule, condition }: CompiledRule): string {
  if (rule.minBase === null) return condition.verdict
  return `CASE WHEN old_rows >= ${rule.minBase} THEN (${condition.verdict}) WHEN old_rows < ${rule.minBase} THEN false END`
}

/**
 * Fills the table `hits` with one row per rule and change or group that matched or cannot be told: `rule_no` SMALLINT,
 * `position` BIGINT, `verdict` BOOLEAN (true or NULL).
 */
export async function createHits(
  db: Evidence,
  rules: readonly CompiledRule[],
  frames: ReadonlyMap<CompiledRule, Frame>,
  hits: string,
): Promise<void> {
  await db.run(`CREATE TEMP TABLE ${hits} (rule_no SMALLINT, position BIGINT, verdict BOOLEAN)`)
  const from = (one: CompiledRule): string => frames.get(one)?.from ?? ''
  for (const one of rules.filter(({ rule }) => isCounted(rule))) {
    const verdict = verdictSql(one)
    await db.run(
      `INSERT INTO ${hits} SELECT ${one.number}, position, (${verdict}) FROM ${from(one)} WHERE (${verdict}) IS DISTINCT FROM false`,
    )
  }
  for (const together of scans(rules)) {
    const verdicts = freshName(db, 'alert_verdicts')
    await judge(db, together, from(together[0] as CompiledRule), verdicts)
    await take(db, together, verdicts, hits)
    await db.run(`DROP TABLE ${verdicts}`)
  }
}

/** Rules about single changes that one scan judges: they look at the same kind of change. */
function scans(rules: readonly CompiledRule[]): CompiledRule[][] {
  const byTrigger = new Map<string, CompiledRule[]>()
  for (const one of rules) {
    if (isCounted(one.rule)) continue
    byTrigger.set(one.rule.on, [...(byTrigger.get(one.rule.on) ?? []), one])
  }
  return [...byTrigger.values()].flatMap((own) =>
    Array.from({ length: Math.ceil(own.length / TOGETHER) }, (_, index) =>
      own.slice(index * TOGETHER, (index + 1) * TOGETHER),
    ),
  )
}

const column = ({ number }: CompiledRule): string => `v${number}`

/**
 * One row per change for which the verdict of any of the rules is not false: `position` and a verdict per rule. Conditions
 * are tried part by part only where one of them fails on a row, which is rare and costs a third more: where nothing fails,
 * trying changes nothing.
 */
async function judge(db: Evidence, rules: readonly CompiledRule[], from: string, table: string): Promise<void> {
  const on = rules[0]?.rule.on ?? 'any'
  const concerned = on === 'any' ? '' : `op = ${literal(on)} AND `
  const statement = (verdictOf: (one: CompiledRule) => string): string =>
    `CREATE TEMP TABLE ${table} AS SELECT position, ${rules.map((one) => `(${verdictOf(one)}) AS ${column(one)}`).join(', ')}
     FROM ${from} WHERE ${concerned}(${rules.map((one) => `(${verdictOf(one)}) IS DISTINCT FROM false`).join(' OR ')})`
  try {
    await db.run(statement(({ condition }) => condition.untried))
  } catch (error) {
    if (!isAboutValues(error)) throw error
    await db.run(statement(verdictSql))
  }
}

/** Whether a value made the statement fail: one that cannot be converted, is too large, or has no such function of it. */
const isAboutValues = (error: unknown): boolean =>
  /^(?:Conversion|Out of Range|Invalid Input|Invalid Type|Mismatch Type) Error/.test(
    error instanceof Error ? error.message : '',
  )

/** Moves the verdicts that are not false into the table of hits. */
async function take(db: Evidence, rules: readonly CompiledRule[], verdicts: string, hits: string): Promise<void> {
  const [counted] = await db.rows(
    `SELECT ${rules.map((one) => `count(*) FILTER (${column(one)} IS DISTINCT FROM false) AS ${column(one)}`).join(', ')} FROM ${verdicts}`,
  )
  const selects = rules
    .filter((one) => Number(counted?.[column(one)] ?? 0) > 0)
    .map(
      (one) =>
        `SELECT ${one.number}::SMALLINT, position, ${column(one)} FROM ${verdicts} WHERE ${column(one)} IS DISTINCT FROM false`,
    )
  if (selects.length > 0) await db.run(`INSERT INTO ${hits} ${selects.join(' UNION ALL ')}`)
}
