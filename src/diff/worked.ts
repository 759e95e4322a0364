/** A diff between its join and its summing up. */
import type { Plan } from './candidates.js'
import { policyOf } from './equality.js'
import type { DiffOptions, StatedPolicy } from './request.js'
import type { SideName } from './ways.js'

export type RowCounts = Readonly<Record<SideName, number>>

/** A diff before it is summed up: the plan it was worked out by and what is not the same. */
export interface Worked {
  readonly plan: Plan
  /** Table of what is not the same: see `classified`. */
  readonly table: string
  readonly partitions: number
  /** Folder of the parts, to be removed when the answer is safe; null when there is none. */
  readonly job: string | null
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
