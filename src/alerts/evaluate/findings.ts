/** What a rule saw in single changes or groups: which conditions held, and the values that they saw. */

import { harmless } from '../../model/text/harmless.js'
import { quoted } from '../../store/columns.js'
import type { Row, SqlValue } from '../../store/duckdb.js'
import { type CompiledRule, isCounted } from '../compile/compile.js'
import type { ConditionTree, Leaf } from '../compile/conditions.js'
import { groupColumn, written } from '../compile/scope.js'
import type { Evaluation } from './evaluate.js'
import { verdictSql } from './hits.js'
import { jsonValue, textValue } from './values.js'

export type Values = Readonly<Record<string, SqlValue>>

/** A condition with the values that it saw. */
export interface Reason {
  readonly condition: string
  readonly operands: Values
}

/** One verdict of one rule. */
export interface Finding {
  readonly compiled: CompiledRule
  readonly position: number
  /** What happened to the row; null for groups and snapshots. */
  readonly op: string | null
  readonly key: Values | null
  readonly group: Values | null
  readonly message: string
  readonly verdict: boolean | null
  /** The verdict of each part of the condition. */
  readonly leaves: readonly (boolean | null)[]
  readonly operands: readonly Values[]
  /** For rules with min_base: rows that the group had before. */
  readonly base: number | null
}

/** Positions per statement: they stand in its text. */
const BATCH = 5000

/** What a rule saw at the given positions of its frame, in their order. */
export async function findingsAt(
  evaluation: Evaluation,
  compiled: CompiledRule,
  positions: readonly number[],
): Promise<Finding[]> {
  const found = new Map<number, Finding>()
  for (let start = 0; start < positions.length; start += BATCH) {
    const batch = positions.slice(start, start + BATCH)
    for (const finding of await batchAt(evaluation, compiled, batch)) found.set(finding.position, finding)
  }
  return positions.flatMap((position) => found.get(position) ?? [])
}

async function batchAt(
  evaluation: Evaluation,
  compiled: CompiledRule,
  positions: readonly number[],
): Promise<Finding[]> {
  const { db, frames, source } = evaluation
  const { rule, condition, message } = compiled
  const counted = isCounted(rule)
  const subjects = counted
    ? rule.groupBy.map((name) => ({ name, flat: groupColumn(name) }))
    : source.changes.key.map((name) => ({ name, flat: `key.${name}` }))
  const columns = [
    'position',
    counted ? 'NULL AS op' : 'op',
    `(${verdictSql(compiled)}) AS verdict`,
    rule.minBase === null ? 'NULL AS base' : 'old_rows AS base',
    ...subjects.map(({ flat }, index) => `${quoted(flat)} AS s${index}`),
    ...condition.leaves.map(({ sql }, index) => `(${sql}) AS v${index}`),
    ...condition.leaves.flatMap(({ operands }, leaf) =>
      operands.map(({ flat }, index) => `${quoted(flat)} AS o${leaf}_${index}`),
    ),
    ...message.flatMap((piece, index) => ('text' in piece ? [] : [`${quoted(piece.column.flat)} AS m${index}`])),
  ]
  const rows = await db.rows(
    `SELECT ${columns.join(', ')} FROM ${frames.get(compiled)?.from} WHERE position IN (${positions.join(', ')})`,
  )
  const typeOf = (name: string): string => source.changes.columns.find((one) => one.name === name)?.type ?? 'VARCHAR'
  return rows.map((row): Finding => {
    const subject = Object.fromEntries(
      subjects.map(({ name }, index) => [name, jsonValue(row[`s${index}`] ?? null, typeOf(name))]),
    )
    return {
      compiled,
      position: Number(row.position),
      op: row.op === null ? null : String(row.op),
      key: counted ? null : subject,
      group: counted && rule.on === 'group' ? subject : null,
      message: messageOf(compiled, row),
      verdict: truth(row.verdict),
      leaves: condition.leaves.map((_, index) => truth(row[`v${index}`])),
      operands: condition.leaves.map((leaf, index) => operandsOf(leaf, index, row)),
      base: row.base === null ? null : Number(row.base),
    }
  })
}

const truth = (value: SqlValue | undefined): boolean | null => (typeof value === 'boolean' ? value : null)

function operandsOf({ operands }: Leaf, leaf: number, row: Row): Values {
  return Object.fromEntries(
    operands.map(({ path, type }, index) => [path.join('.'), jsonValue(row[`o${leaf}_${index}`] ?? null, type)]),
  )
}

/** The message with its placeholders filled, safe to print. */
function messageOf({ message }: CompiledRule, row: Row): string {
  return message
    .map((piece, index) =>
      'text' in piece ? harmless(piece.text) : textValue(jsonValue(row[`m${index}`] ?? null, piece.column.type)),
    )
    .join('')
}

/** The parts of a condition that decided it: all that had to hold, and of alternatives the first that did. */
export function decisive({ compiled, leaves, operands }: Finding): Reason[] {
  const parts = decisiveLeaves(compiled.condition.tree, leaves)
  return parts.map((index) => ({
    condition: compiled.condition.leaves[index]?.text ?? '',
    operands: operands[index] ?? {},
  }))
}

function decisiveLeaves(tree: ConditionTree, leaves: readonly (boolean | null)[]): number[] {
  if (tree.kind === 'leaf') return [tree.leaf]
  if (tree.kind === 'all') return tree.parts.flatMap((part) => decisiveLeaves(part, leaves))
  const holds = tree.parts.find((part) => verdictOf(part, leaves) === true)
  return holds === undefined ? [] : decisiveLeaves(holds, leaves)
}

/** Three-valued, as the database reckons. */
export function verdictOf(tree: ConditionTree, leaves: readonly (boolean | null)[]): boolean | null {
  if (tree.kind === 'leaf') return leaves[tree.leaf] ?? null
  const verdicts = tree.parts.map((part) => verdictOf(part, leaves))
  const decides = tree.kind === 'any'
  if (verdicts.includes(decides)) return decides
  return verdicts.includes(null) ? null : !decides
}

/** Names of the columns whose emptiness left a verdict open; where none is empty, a value could not be read. */
export function emptyOperands({ compiled, leaves, operands, base }: Finding): string[] {
  const { condition, rule } = compiled
  const open = leaves.flatMap((leaf, index) => (leaf === null ? [index] : []))
  const names = open.flatMap((index) =>
    (condition.leaves[index]?.operands ?? [])
      .filter(({ path }) => operands[index]?.[path.join('.')] === null)
      .map(({ path }) => written(path)),
  )
  const withBase = rule.minBase !== null && base === null ? ['old_rows', ...names] : names
  return [...new Set(withBase)]
}

/** Positions of a rule whose verdict is open, the first so many. */
export async function openPositions(
  evaluation: Evaluation,
  { number }: CompiledRule,
  limit: number,
): Promise<number[]> {
  const rows = await evaluation.db.rows(
    `SELECT position FROM ${evaluation.hits} WHERE rule_no = ${number} AND verdict IS NULL ORDER BY position LIMIT ${limit}`,
  )
  return rows.map(({ position }) => Number(position))
}
