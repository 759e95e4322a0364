/** Guards that look at how much changed: of all, of one owner, of one block of the file, of the values of a column. */
import { quoted } from '../../../store/columns.js'
import { stagedRows } from '../../staged-rows.js'
import { count, findingOf, type GuardFinding, levelOf, limitText, percentOf } from '../finding.js'
import type { GuardName } from '../names.js'
import type { Limits } from '../settings.js'
import type { Guard, RelationView } from '../view.js'
import block from './lost-block.sql'
import owners from './owners.sql'

interface Measured {
  readonly guard: GuardName
  readonly limits: Limits
  readonly seen: number
  readonly base: number
  /** `deleted: 350 rows`. */
  readonly what: string
}

function massFinding(one: RelationView, { guard, limits, seen, base, what }: Measured): GuardFinding[] {
  const level = levelOf(limits, seen, base)
  if (level === null) return []
  const then = one.baseline?.snapshot.snapshot ?? null
  return [
    findingOf({
      guard,
      level,
      relation: one.relation.name,
      seen: `${count(seen)} of ${count(base)} rows, ${percentOf(seen, base)}`,
      threshold: limitText(limits, level),
      rows: { seen, base },
      comparedWith: then,
      message: `${what}: ${percentOf(seen, base)} of the ${count(base)} rows of ${one.relation.name}${then === null ? '' : ` in ${then}`}`,
      next: 'See what changed with `recital ingest --dry-run` and ask the provider; if it is true, take it in with --accept-quarantine',
    }),
  ]
}

/** `mass-change`, `mass-delete`: against the last complete delivery that was accepted. */
export const lookForMassChange: Guard = ({ relations, checks }) =>
  relations.flatMap((one) => {
    const { scope, facts, baseline, comparison } = one
    if (scope === 'delta') {
      if (baseline === null) return []
      const base = baseline.facts.distinctRows
      const seen = facts.distinctRows + facts.withdrawn
      const [stated, gone] = [count(facts.distinctRows), count(facts.withdrawn)]
      const withdrawal = { guard: 'mass-delete', limits: checks.massDelete, seen: facts.withdrawn, base } as const
      return [
        ...massFinding(one, {
          guard: 'mass-change',
          limits: checks.massChange,
          ...{ seen, base },
          what: `the delta states ${stated} rows and withdraws ${gone}`,
        }),
        ...massFinding(one, { ...withdrawal, what: `the delta withdraws ${gone} rows` }),
      ]
    }
    if (comparison === null) return []
    const { base, created, updated, deleted } = comparison
    return [
      ...massFinding(one, {
        guard: 'mass-change',
        limits: checks.massChange,
        ...{ seen: created + updated + deleted, base },
        what: `${count(created)} rows created, ${count(updated)} updated, ${count(deleted)} deleted`,
      }),
      ...massFinding(one, {
        guard: 'mass-delete',
        limits: checks.massDelete,
        ...{ seen: deleted, base },
        what: `${count(deleted)} rows deleted`,
      }),
    ]
  })

/** So few rows that stood together may have gone together for a reason. */
const FEW_IN_BLOCK = 100

/** `lost-block`: all that was deleted stood in one piece in the delivery before, as a page does that was not fetched. */
export const lookForLostBlocks: Guard = async ({ db, relations, checks }) => {
  const findings: GuardFinding[] = []
  for (const { relation, comparison, baseline } of relations) {
    if (comparison === null || baseline === null || comparison.deleted < FEW_IN_BLOCK) continue
    if (comparison.deleted === comparison.base) continue
    const [row] = await db.rows(block)
    const [n, first, last] = [Number(row?.n), Number(row?.first), Number(row?.last)]
    if (last - first + 1 !== n) continue
    const isPage = checks.pageSizes.some((size) => n % size === 0)
    const isEnd = first === 0 || last === baseline.facts.rows - 1
    findings.push(
      findingOf({
        guard: 'lost-block',
        level: isPage || isEnd ? 'quarantine' : 'warn',
        relation: relation.name,
        seen: `${count(n)} rows in one piece, from row ${count(first + 1)} to ${count(last + 1)}`,
        threshold: `deletions spread over the delivery, or fewer than ${FEW_IN_BLOCK}`,
        rows: { seen: n, base: comparison.base },
        comparedWith: baseline.snapshot.snapshot,
        message: `the ${count(n)} rows deleted from ${relation.name} stood in one piece, rows ${count(first + 1)} to ${count(last + 1)} of ${baseline.snapshot.snapshot}: is a part of the file missing?`,
        next: 'Fetch the delivery again; if those rows are really gone, take it in with --accept-quarantine',
      }),
    )
  }
  return findings
}

/** Owners that are told one by one. */
const MOST_OWNERS = 20

/** `mass-owner`: deletions among the rows of one owner. A row that changed its owner is updated, and not gone. */
export const lookForOwners: Guard = async ({ db, snapshot, relations, checks }) => {
  const findings: GuardFinding[] = []
  for (const one of relations) {
    const { owner } = checks
    const isKnown = one.relation.columns.some(({ name }) => name === owner?.column)
    if (owner === null || !isKnown || one.baseline === null || (one.comparison?.deleted ?? 0) === 0) continue
    const { column, ...limits } = owner
    const delivered = `(SELECT DISTINCT ON (subject, content_hi, content_lo) ${quoted(column)}::VARCHAR AS owner
      FROM ${stagedRows({ relation: one.relation, parquet: one.baseline.parquet }, snapshot.feed)} WHERE op IS NULL)`
    const rows = await db.rows(owners.replace('FROM $BASELINE', () => `FROM ${delivered}`))
    const hurt = rows.map((row) => ({ owner: String(row.owner), seen: Number(row.deleted), base: Number(row.base) }))
    for (const level of ['quarantine', 'warn'] as const) {
      const [first, ...others] = hurt.filter(({ seen, base }) => levelOf(limits, seen, base) === level)
      if (first !== undefined) findings.push(ownerFinding(one, limits, level, [first, ...others]))
    }
  }
  return findings
}

interface HurtOwner {
  readonly owner: string
  readonly seen: number
  readonly base: number
}

const lossOf = ({ owner, seen, base }: HurtOwner): string =>
  seen === base
    ? `all ${count(base)} rows of ${owner} are gone`
    : `${count(seen)} of the ${count(base)} rows of ${owner} are gone, ${percentOf(seen, base)}`

/** One finding for all owners of a level: a mass event is one thing to look at, not one for each of them. */
function ownerFinding(
  one: RelationView,
  limits: Limits,
  level: 'warn' | 'quarantine',
  hurt: readonly [HurtOwner, ...HurtOwner[]],
): GuardFinding {
  const [first] = hurt
  const sum = (of: (one: HurtOwner) => number): number => hurt.reduce((all, each) => all + of(each), 0)
  const [seen, base] = [sum((each) => each.seen), sum((each) => each.base)]
  return findingOf({
    guard: 'mass-owner',
    level,
    relation: one.relation.name,
    about: hurt.length === 1 ? first.owner : null,
    seen:
      hurt.length === 1 ? `${count(seen)} of ${count(base)} rows, ${percentOf(seen, base)}` : `${hurt.length} owners`,
    threshold: `${limitText(limits, level)} of one owner`,
    rows: { seen, base },
    comparedWith: one.baseline?.snapshot.snapshot ?? null,
    message: hurt.length === 1 ? lossOf(first) : `${hurt.length} owners lost many of their rows; ${lossOf(first)}`,
    next: 'Ask the provider about these owners; if it is true, take it in with --accept-quarantine',
    examples: hurt.length === 1 ? [] : hurt.slice(0, MOST_OWNERS).map(lossOf),
  })
}
