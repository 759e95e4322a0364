/**
 * What keeps a match from becoming an alert: an alert of the same rule about the same thing within a period (`dedupe`), or
 * an alert of another rule (`suppress`). Periods are of feed time, from receipt to receipt. Whatever is kept back names what
 * kept it back; what was itself kept back suppresses nothing.
 */

import { literal } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import type { CompiledRule, CompiledRuleSet } from '../compile/compile.js'
import type { Period, Suppression } from '../rules/model.js'
import type { Frame } from './frames.js'
import { dedupeIdentity, identitiesAs, subjectIdentity } from './identity.js'
import { type ChangeSource, instantSql } from './source.js'

interface Stage {
  readonly compiled: CompiledRuleSet
  readonly rules: readonly CompiledRule[]
  readonly source: ChangeSource
  readonly frames: ReadonlyMap<CompiledRule, Frame>
  readonly alerts: string
}

/** Marks in the table of alerts which matches are kept back, suppressors first. */
export async function applyPeriods(db: Evidence, stage: Stage): Promise<void> {
  const byId = new Map(stage.rules.map((one) => [one.rule.id, one]))
  for (const one of suppressorsFirst(stage.rules, byId)) {
    for (const suppression of one.rule.suppress) {
      const other = byId.get(suppression.by)
      if (other !== undefined) await suppress(db, stage, one, other, suppression)
    }
    if (one.rule.dedupe !== null) await dedupe(db, stage, one, one.rule.dedupe.within)
  }
}

function suppressorsFirst(
  rules: readonly CompiledRule[],
  byId: ReadonlyMap<string, CompiledRule>,
): readonly CompiledRule[] {
  const order: CompiledRule[] = []
  const visit = (one: CompiledRule): void => {
    if (order.includes(one)) return
    for (const { by } of one.rule.suppress) {
      const other = byId.get(by)
      if (other !== undefined) visit(other)
    }
    order.push(one)
  }
  for (const one of rules) visit(one)
  return order
}

/** Alerts of a rule in earlier snapshots, by what they are about, within a period before this one's receipt. */
function earlierAlerts({ source }: Stage, rule: string, within: Period | null, by: 'identity' | 'subject'): string {
  if (source.earlier === null || source.received === null || within === null)
    return '(SELECT NULL::VARCHAR AS identity, NULL::TIMESTAMP AS received WHERE false)'
  const now = instantSql(source.received)
  return `(SELECT ${by} AS identity, max(received) AS received FROM ${source.earlier}
    WHERE rule = ${literal(rule)} AND received <= ${now} AND received > ${now} - to_microseconds(${within.micros})
    GROUP BY ALL)`
}

/** The first of equal alerts is raised, unless an earlier snapshot raised one. */
async function dedupe(db: Evidence, stage: Stage, one: CompiledRule, within: Period): Promise<void> {
  const { alerts, frames, source } = stage
  const frame = frames.get(one)?.from ?? ''
  await db.run(`UPDATE ${alerts} SET state = 'suppressed', by_rule = ${one.number}, by_position = kept.by_position, by_received = kept.received
    FROM (
      SELECT own.position, own.first_position, e.received, CASE WHEN e.received IS NULL THEN own.first_position END AS by_position
      FROM (
        SELECT a.position, f.identity, min(a.position) OVER (PARTITION BY f.identity) AS first_position
        FROM ${alerts} a JOIN (SELECT position, ${dedupeIdentity(one, source.changes)} AS identity FROM ${frame}) f ON f.position = a.position
        WHERE a.rule_no = ${one.number} AND a.state = 'raised') own
      LEFT JOIN ${earlierAlerts(stage, one.rule.id, within, 'identity')} e ON e.identity = own.identity
      WHERE e.received IS NOT NULL OR own.position <> own.first_position) kept
    WHERE ${alerts}.rule_no = ${one.number} AND ${alerts}.position = kept.position AND ${alerts}.state = 'raised'`)
}

/** Alerts about something that another rule raised an alert about. */
async function suppress(
  db: Evidence,
  stage: Stage,
  one: CompiledRule,
  other: CompiledRule,
  { within }: Suppression,
): Promise<void> {
  const { alerts, frames, source } = stage
  const frame = (which: CompiledRule) => frames.get(which)?.from ?? ''
  await db.run(`UPDATE ${alerts} SET state = 'suppressed', by_rule = ${other.number}, by_position = kept.by_position, by_received = kept.received
    FROM (
      SELECT own.position, min(s.position) AS by_position, CASE WHEN min(s.position) IS NULL THEN max(s.received) END AS received
      FROM (
        SELECT a.position, unnest(f.identities) AS identity
        FROM ${alerts} a JOIN (SELECT position, ${identitiesAs(one, other, source.changes)} AS identities FROM ${frame(one)}) f ON f.position = a.position
        WHERE a.rule_no = ${one.number} AND a.state = 'raised') own
      JOIN (
        SELECT a.position, f.identity, NULL::TIMESTAMP AS received
        FROM ${alerts} a JOIN (SELECT position, ${subjectIdentity(other, source.changes)} AS identity FROM ${frame(other)}) f ON f.position = a.position
        WHERE a.rule_no = ${other.number} AND a.state = 'raised'
        UNION ALL SELECT NULL, identity, received FROM ${earlierAlerts(stage, other.rule.id, within, 'subject')}) s ON s.identity = own.identity
      GROUP BY own.position) kept
    WHERE ${alerts}.rule_no = ${one.number} AND ${alerts}.position = kept.position AND ${alerts}.state = 'raised'`)
}
