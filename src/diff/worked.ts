/** A diff between its join and its summing up. */
import type { Candidates, Plan } from './candidates.js'
import { policyOf } from './equality.js'
import type { DiffOptions, StatedPolicy } from './request.js'
import type { SideName } from './ways.js'

export type RowCounts = Readonly<Record<SideName, number>>

/** A diff before it is summed up: the plan it was worked out by and the table of what is not the same. */
export interface Worked {
  readonly plan: Plan
  readonly candidates: Candidates
  readonly rows: RowCounts
  readonly duplicateKeys: RowCounts
  readonly leftOut: RowCounts
}

/** What was applied, for people to check. */
export function statedPolicy(plan: Plan, options: DiffOptions, emptyEqualsNull: boolean): StatedPolicy {
  const fromFile = plan.columns.all.flatMap((column) => {
    const kind = plan.equality(column).fromFile
    return kind === null ? [] : [[column.name, kind] as const]
  })
  return {
    ...policyOf(options),
    emptyEqualsNull,
    fromFile: new Map(fromFile),
    keyOrder: plan.columns.key.map((column) => ({
      column: column.name,
      order: plan.equality(column).isOrderedByValue ? 'value' : 'text',
    })),
  }
}
