/** Guards that look at the values of a column: suddenly empty, or far more or fewer of them. */

import type { ColumnFacts } from '../facts.js'
import { count, findingOf, type GuardFinding, levelOf, percentOf } from '../finding.js'
import type { Checks } from '../settings.js'
import type { Guard, RelationView } from '../view.js'

/** Fewer different values say nothing when one is added. */
const FEW_VALUES = 10

/** One column, as it is and as it was, with the rows that it has them of. */
interface Compared {
  readonly column: string
  readonly now: ColumnFacts & { readonly rows: number }
  readonly before: ColumnFacts & { readonly rows: number }
}

const CHECK = 'Check that the mapping still reads the right column, and ask the provider'

type Common = Pick<GuardFinding, 'relation' | 'comparedWith' | 'about' | 'next'>

function nullRate({ column, now, before }: Compared, { nullRate: limits }: Checks, common: Common): GuardFinding[] {
  // Rows that are empty beyond the share of before, as a part of all: percentage points.
  const risen = now.nulls - Math.floor((before.nulls * now.rows) / before.rows)
  const level = risen > 0 && before.rows >= limits.from ? levelOf(limits, risen, now.rows) : null
  if (level === null) return []
  const [is, then] = [percentOf(now.nulls, now.rows), percentOf(before.nulls, before.rows)]
  const { percent, rows } = limits[level] ?? {}
  return [
    findingOf({
      ...common,
      guard: 'null-rate',
      level,
      seen: `${is} empty, before ${then}`,
      threshold:
        percent === undefined
          ? `${count(rows ?? 0)} rows more`
          : `${percent} points more, of at least ${count(limits.from)} rows`,
      rows: { seen: now.nulls, base: now.rows },
      message: `${column} is empty in ${is} of the rows, before in ${then}`,
    }),
  ]
}

function distinct({ column, now, before }: Compared, { distinct: limits }: Checks, common: Common): GuardFinding[] {
  if (before.different < FEW_VALUES || Math.min(before.rows, now.rows) < limits.from) return []
  const level = levelOf({ ...limits, from: 0 }, Math.abs(now.different - before.different), before.different)
  if (level === null) return []
  const { percent, rows } = limits[level] ?? {}
  const limit = percent === undefined ? `${count(rows ?? 0)} values` : `${percent} %`
  return [
    findingOf({
      ...common,
      guard: 'distinct',
      level,
      seen: `${count(now.different)} different values, before ${count(before.different)}`,
      threshold: `${limit} more or fewer, in at least ${count(limits.from)} rows`,
      rows: { seen: now.different, base: before.different },
      message: `${column} has ${count(now.different)} different values, before ${count(before.different)}`,
    }),
  ]
}

const compared = ({ facts, columns, baseline }: RelationView): Compared[] =>
  columns.flatMap((now) => {
    const was = baseline?.columns.find((one) => one.column === now.column)
    if (baseline === null || was === undefined || facts.rows === 0 || baseline.facts.rows === 0) return []
    return [{ column: now.column, now: { ...now, rows: facts.rows }, before: { ...was, rows: baseline.facts.rows } }]
  })

/** `null-rate`, `distinct`: against the last complete delivery that was accepted. */
export const lookForColumns: Guard = ({ relations, checks }) =>
  relations.flatMap((one) => {
    if (one.scope !== 'full') return []
    return compared(one).flatMap((column) => {
      const common: Common = {
        relation: one.relation.name,
        comparedWith: one.baseline?.snapshot.snapshot ?? null,
        about: column.column,
        next: CHECK,
      }
      return [...nullRate(column, checks, common), ...distinct(column, checks, common)]
    })
  })
