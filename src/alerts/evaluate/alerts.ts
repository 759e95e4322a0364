/** The alerts of an evaluation, in their order: by key and then by rule; then those of groups; then those of the snapshot. */
import type { CompiledRule } from '../compile/compile.js'
import type { AlertState, Evaluation } from './evaluate.js'
import {
  decisive,
  emptyOperands,
  type Finding,
  findingsAt,
  openPositions,
  type Reason,
  type Values,
} from './findings.js'

export interface Alert {
  readonly compiled: CompiledRule
  readonly key: Values | null
  readonly group: Values | null
  readonly op: string | null
  readonly message: string
  readonly because: readonly Reason[]
  readonly position: number
  /** What kept it from being raised. */
  readonly by: {
    readonly compiled: CompiledRule
    readonly key: Values | null
    readonly group: Values | null
    /** Receipt of the earlier snapshot whose alert it was; null: of this one. */
    readonly received: string | null
  } | null
}

export interface Page {
  readonly limit: number
  readonly offset?: number
}

/** A page of the matches in a state. */
export async function listAlerts(evaluation: Evaluation, state: AlertState, page: Page): Promise<Alert[]> {
  const { db, alerts, compiled } = evaluation
  const rows = await db.rows(
    `SELECT rule_no, position, by_rule, by_position, by_received FROM ${alerts} WHERE state = '${state}'
     ORDER BY tier, CASE WHEN tier = 0 THEN position ELSE rule_no END, CASE WHEN tier = 0 THEN rule_no ELSE position END
     LIMIT ${page.limit} OFFSET ${page.offset ?? 0}`,
  )
  const byNumber = new Map(compiled.rules.map((one) => [one.number, one]))
  const places = rows.map((row) => ({
    rule: byNumber.get(Number(row.rule_no)),
    position: Number(row.position),
    by: row.by_rule === null ? undefined : byNumber.get(Number(row.by_rule)),
    byPosition: row.by_position === null ? null : Number(row.by_position),
    byReceived: row.by_received === null ? null : `${String(row.by_received)}Z`,
  }))
  const own = await findingsOf(
    evaluation,
    places.map(({ rule, position }) => [rule, position]),
  )
  const suppressors = await findingsOf(
    evaluation,
    places.map(({ by, byPosition }) => [by, byPosition]),
  )
  return places.flatMap(({ rule, position, by, byPosition, byReceived }): Alert[] => {
    const finding = rule === undefined ? undefined : own.get(rule)?.get(position)
    if (rule === undefined || finding === undefined) return []
    const suppressor = by === undefined || byPosition === null ? undefined : suppressors.get(by)?.get(byPosition)
    const { key, group, op, message } = finding
    return [
      {
        ...{ compiled: rule, key, group, op, message, position, because: decisive(finding) },
        by:
          by === undefined
            ? null
            : {
                compiled: by,
                key: suppressor === undefined ? key : suppressor.key,
                group: suppressor === undefined ? group : suppressor.group,
                received: byReceived,
              },
      },
    ]
  })
}

type Findings = ReadonlyMap<CompiledRule, ReadonlyMap<number, Finding>>

/** The findings at places of several rules, with one question per rule. */
async function findingsOf(
  evaluation: Evaluation,
  places: readonly (readonly [CompiledRule | undefined, number | null])[],
): Promise<Findings> {
  const positions = new Map<CompiledRule, Set<number>>()
  for (const [rule, position] of places) {
    if (rule === undefined || position === null) continue
    const known = positions.get(rule) ?? new Set()
    positions.set(rule, known.add(position))
  }
  const found = new Map<CompiledRule, Map<number, Finding>>()
  for (const [rule, wanted] of positions) {
    const findings = await findingsAt(evaluation, rule, [...wanted])
    found.set(rule, new Map(findings.map((finding) => [finding.position, finding])))
  }
  return found
}

/** Why a rule could not be evaluated for some changes, with examples. */
export interface Unknown {
  readonly compiled: CompiledRule
  readonly count: number
  /** Columns that are empty in the examples; none where a value could not be read. */
  readonly columns: readonly string[]
  readonly examples: readonly {
    readonly key: Values | null
    readonly group: Values | null
    readonly empty: readonly string[]
  }[]
}

const EXAMPLES = 3

/** For each rule with open verdicts, in order: how many, and the first examples. */
export async function listUnknown(evaluation: Evaluation): Promise<Unknown[]> {
  const list: Unknown[] = []
  for (const [compiled, { cannotEvaluate }] of evaluation.counts) {
    if (cannotEvaluate === 0) continue
    const positions = await openPositions(evaluation, compiled, EXAMPLES)
    const findings = await findingsAt(evaluation, compiled, positions)
    const examples = findings.map((finding) => ({
      ...{ key: finding.key, group: finding.group },
      empty: emptyOperands(finding),
    }))
    const columns = [...new Set(examples.flatMap(({ empty }) => empty))]
    list.push({ compiled, count: cannotEvaluate, columns, examples })
  }
  return list
}
