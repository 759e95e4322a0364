/**
 * The engine: the verdicts of all rules over one change set, and what becomes of each match. It is the same for a dry run,
 * a test, a backtest and an ingest; what they do with the answer differs.
 */
import { freshName } from '../../diff/index.js'
import type { ChangeOp } from '../../model/change-set.js'
import type { Evidence } from '../../store/duckdb.js'
import { type CompiledRule, type CompiledRuleSet, isCounted } from '../compile/compile.js'
import { createFrames, type Frame } from './frames.js'
import { createHits } from './hits.js'
import type { ChangeSource } from './source.js'
import { applyPeriods } from './suppress.js'

/** What became of a match. */
export const STATES = ['raised', 'suppressed', 'shadowed', 'evaluate'] as const
export type AlertState = (typeof STATES)[number]

/** Counts of one rule; `evaluated` = false + matched + cannotEvaluate, `matched` = alerts + suppressed + shadowed, or those of mode evaluate. */
export interface RuleCounts {
  readonly evaluated: number
  readonly matched: number
  readonly suppressed: number
  readonly shadowed: number
  readonly cannotEvaluate: number
  readonly alerts: number
}

export interface Evaluation {
  readonly db: Evidence
  readonly compiled: CompiledRuleSet
  readonly source: ChangeSource
  readonly frames: ReadonlyMap<CompiledRule, Frame>
  /** Table of one row per rule and change or group that matched or cannot be told: `rule_no`, `position`, `verdict`. */
  readonly hits: string
  /**
   * Table of one row per match: `rule_no`, `position`, `tier`, `state` and, where it is not raised, the suppressor:
   * `by_rule`, `by_position` (NULL: of an earlier snapshot), `by_received`.
   */
  readonly alerts: string
  readonly changes: number
  readonly counts: ReadonlyMap<CompiledRule, RuleCounts>
  /** Changes that no rule about single changes matched. */
  readonly unmatched: number
  /** Drops the temporary tables. */
  dispose(): Promise<void>
}

const opsOf = ({ rule: { on } }: CompiledRule): ChangeOp | null =>
  on === 'create' || on === 'update' || on === 'delete' ? on : null

/** Rules with mode off are not looked at. Tables are temporary; nothing else is written. */
export async function evaluate(db: Evidence, compiled: CompiledRuleSet, source: ChangeSource): Promise<Evaluation> {
  const rules = compiled.rules.filter(({ rule }) => rule.mode !== 'off')
  const frames = await createFrames(db, rules, source, () => freshName(db, 'alert_groups'))
  const hits = freshName(db, 'alert_hits')
  const alerts = freshName(db, 'alert_states')
  await createHits(db, rules, frames, hits)
  await db.run(`CREATE TEMP TABLE ${alerts} AS ${statesOf(compiled, rules, hits)}`)
  await applyPeriods(db, { compiled, rules, source, frames, alerts })
  const [row] = await db.rows(`SELECT count(*) AS n FROM ${source.changes.table}`)
  return {
    ...{ db, compiled, source, frames, hits, alerts },
    changes: Number(row?.n ?? 0),
    counts: await countsOf(db, rules, { source, frames, hits, alerts }),
    unmatched: Number(row?.n ?? 0) - (await matchedChanges(db, rules, hits)),
    async dispose() {
      const tables = [hits, alerts, ...[...frames.values()].flatMap(({ table }) => table ?? [])]
      for (const table of tables) await db.run(`DROP TABLE IF EXISTS ${table}`)
    },
  }
}

/** Numbers of rules, for SQL; -1 where there is none. */
const numbers = (rules: readonly CompiledRule[]): string => rules.map(({ number }) => number).join(', ') || '-1'

function statesOf({ set }: CompiledRuleSet, rules: readonly CompiledRule[], hits: string): string {
  const tiers = {
    group: rules.filter(({ rule }) => rule.on === 'group'),
    snapshot: rules.filter(({ rule }) => rule.on === 'snapshot'),
  }
  const evaluating = numbers(rules.filter(({ rule }) => rule.mode === 'evaluate'))
  const choosing = numbers(rules.filter(({ rule }) => rule.mode === 'active' && !isCounted(rule)))
  // With `first`, only the first active rule about a change speaks; groups and snapshots are no changes.
  const first =
    set.match === 'first'
      ? `min(CASE WHEN rule_no IN (${choosing}) THEN rule_no END) OVER (PARTITION BY rule_no IN (${numbers([...tiers.group, ...tiers.snapshot])}), position)`
      : 'NULL::SMALLINT'
  return `SELECT rule_no, position, tier,
      CASE WHEN rule_no IN (${evaluating}) THEN 'evaluate' WHEN tier = 0 AND first < rule_no THEN 'shadowed' ELSE 'raised' END AS state,
      CASE WHEN rule_no NOT IN (${evaluating}) AND tier = 0 AND first < rule_no THEN first END AS by_rule,
      CASE WHEN rule_no NOT IN (${evaluating}) AND tier = 0 AND first < rule_no THEN position END AS by_position,
      NULL::TIMESTAMP AS by_received
    FROM (SELECT rule_no, position, ${first} AS first,
        CASE WHEN rule_no IN (${numbers(tiers.snapshot)}) THEN 2 WHEN rule_no IN (${numbers(tiers.group)}) THEN 1 ELSE 0 END AS tier
      FROM ${hits} WHERE verdict)`
}

async function countsOf(
  db: Evidence,
  rules: readonly CompiledRule[],
  { source, frames, hits, alerts }: Pick<Evaluation, 'source' | 'frames' | 'hits' | 'alerts'>,
): Promise<Map<CompiledRule, RuleCounts>> {
  const byOp = await db.rows(`SELECT op, count(*) AS n FROM ${source.changes.table} GROUP BY op`)
  const states = await db.rows(`SELECT rule_no, state, count(*) AS n FROM ${alerts} GROUP BY ALL`)
  const unknown = await db.rows(`SELECT rule_no, count(*) AS n FROM ${hits} WHERE verdict IS NULL GROUP BY rule_no`)
  const counts = new Map<CompiledRule, RuleCounts>()
  for (const one of rules) {
    const op = opsOf(one)
    const frame = frames.get(one)
    const evaluated = isCounted(one.rule)
      ? Number((await db.rows(`SELECT count(*) AS n FROM ${frame?.from}`))[0]?.n ?? 0)
      : byOp.filter((row) => op === null || row.op === op).reduce((sum, row) => sum + Number(row.n), 0)
    const own = states.filter((row) => row.rule_no === one.number)
    const inState = (state: AlertState) => Number(own.find((row) => row.state === state)?.n ?? 0)
    counts.set(one, {
      evaluated,
      matched: own.reduce((sum, row) => sum + Number(row.n), 0),
      suppressed: inState('suppressed'),
      shadowed: inState('shadowed'),
      cannotEvaluate: Number(unknown.find((row) => row.rule_no === one.number)?.n ?? 0),
      alerts: inState('raised'),
    })
  }
  return counts
}

async function matchedChanges(db: Evidence, rules: readonly CompiledRule[], hits: string): Promise<number> {
  const single = numbers(rules.filter(({ rule }) => !isCounted(rule)))
  const [row] = await db.rows(
    `SELECT count(DISTINCT position) AS n FROM ${hits} WHERE verdict AND rule_no IN (${single})`,
  )
  return Number(row?.n ?? 0)
}
