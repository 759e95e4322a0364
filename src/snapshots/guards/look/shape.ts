/** Guards that look at the columns and keys of a delivery. */
import { count, findingOf, type GuardFinding, levelOf, limitText, percentOf } from '../finding.js'
import type { FeedSnapshot, Guard, GuardView, RelationView } from '../view.js'
import drifted from './drifted.sql'
import reissued from './reissued.sql'

/** Names of the columns by which a relation was delivered; null where the format has none. */
function headerOf(snapshot: FeedSnapshot, relation: string): string[] | null {
  const named = snapshot.files.flatMap(({ columns }) => (columns?.relation === relation ? [columns.names] : []))
  return named.length === 0 ? null : [...new Set(named.flat())]
}

const listed = (names: readonly string[]): string => names.slice(0, 5).join(', ') + (names.length > 5 ? ', …' : '')

function headerDrift({ snapshot, earlier }: GuardView, { relation }: RelationView): GuardFinding[] {
  const now = headerOf(snapshot, relation.name)
  const before = earlier.findLast((one) => !one.held && headerOf(one, relation.name) !== null)
  const then = before === undefined ? null : headerOf(before, relation.name)
  if (now === null || then === null || before === undefined) return []
  const added = now.filter((name) => !then.includes(name))
  const removed = then.filter((name) => !now.includes(name))
  if (added.length + removed.length === 0) return []
  const isCase = removed.every((name) => added.some((other) => other.toLowerCase() === name.toLowerCase()))
  const onlyCase = isCase && added.length === removed.length
  const seen = [
    ...(removed.length === 0 ? [] : [`without ${listed(removed)}`]),
    ...(added.length === 0 ? [] : [`with ${listed(added)}`]),
  ].join(', ')
  return [
    findingOf({
      guard: 'header-drift',
      level: 'warn',
      relation: relation.name,
      about: [...removed, ...added][0] ?? null,
      seen,
      threshold: `the columns of ${before.snapshot}`,
      comparedWith: before.snapshot,
      message: onlyCase
        ? `names of columns of ${relation.name} changed their case: ${listed(removed)} is now ${listed(added)}`
        : `the columns of ${relation.name} changed: ${seen}`,
      next: 'Check that the mapping still reads the right columns',
      examples: [...removed.map((name) => `- ${name}`), ...added.map((name) => `+ ${name}`)].slice(0, 10),
    }),
  ]
}

/** `header-drift`: columns came, went or changed their spelling. Their order does not matter. */
export const lookForHeaderDrift: Guard = (view) => view.relations.flatMap((one) => headerDrift(view, one))

/** `duplicate-key`: one key on several rows that differ. */
export const lookForRepeatedKeys: Guard = ({ relations, checks }) =>
  relations.flatMap(({ relation, facts }): GuardFinding[] => {
    if (facts.repeatedKeys === 0) return []
    const keys = facts.repeatedKeys === 1 ? '1 key is' : `${count(facts.repeatedKeys)} keys are`
    return [
      findingOf({
        guard: 'duplicate-key',
        level: facts.rowsOnKey >= checks.rowsPerKey ? 'quarantine' : 'warn',
        relation: relation.name,
        about: facts.widestKey,
        seen: `${facts.rowsOnKey} rows on one key`,
        threshold: `warn from 2, quarantine from ${checks.rowsPerKey}`,
        rows: { seen: facts.rowsOnKey, base: facts.rows },
        message: `${keys} on several rows that differ; ${relation.key.join(', ')} ${facts.widestKey ?? ''} is on ${count(facts.rowsOnKey)}`,
        next: 'Name a key that tells the rows apart, such as one more column',
        examples: [`${facts.widestKey ?? ''}: lines ${facts.widestLines ?? ''}${facts.rowsOnKey > 5 ? ', …' : ''}`],
      }),
    ]
  })

/** So few rows with another key and the same content may be chance, and so small a part of all. */
const FEW_REISSUED = 10
const SMALL_PART = 0.01

/**
 * `key-drift`: keys that changed only by case or blanks. `keys-reissued`: rows that changed their key and nothing else.
 * Both look like as many deletions and creations, and are neither.
 */
export const lookForKeyDrift: Guard = async ({ db, relations, checks }) => {
  const findings: GuardFinding[] = []
  for (const { relation, comparison, baseline } of relations) {
    if (comparison === null || comparison.deleted === 0 || comparison.created === 0) continue
    const base = comparison.base
    const shown = async (sql: string) => {
      const rows = await db.rows(sql)
      return { n: Number(rows[0]?.total ?? 0), examples: rows.map((row) => `${row.old_key} → ${row.new_key}`) }
    }
    const common = { relation: relation.name, comparedWith: baseline?.snapshot.snapshot ?? null }
    const spelt = await shown(drifted)
    if (spelt.n > 0) {
      const level = levelOf(checks.massChange, 2 * spelt.n, base) ?? 'warn'
      findings.push(
        findingOf({
          ...common,
          guard: 'key-drift',
          level,
          seen: `${count(spelt.n)} keys, ${percentOf(spelt.n, base)}`,
          threshold: level === 'warn' ? 'no key' : limitText(checks.massChange, level),
          rows: { seen: spelt.n, base },
          message: `${count(spelt.n)} of ${count(base)} keys of ${relation.name} changed only by case or blanks: the same things, which would look deleted and created`,
          next: 'Fold the key in the mapping, e.g. lower("Domain name"), and ingest again',
          examples: spelt.examples,
        }),
      )
    }
    const other = await shown(reissued)
    if (other.n >= Math.max(FEW_REISSUED, base * SMALL_PART)) {
      const level = levelOf(checks.massChange, 2 * other.n, base) ?? 'warn'
      findings.push(
        findingOf({
          ...common,
          guard: 'keys-reissued',
          level,
          seen: `${count(other.n)} keys, ${percentOf(other.n, base)}`,
          threshold: level === 'warn' ? '1 % of the rows' : limitText(checks.massChange, level),
          rows: { seen: other.n, base },
          message: `${count(other.n)} rows of ${relation.name} have another key and are the same in all else: were keys given out anew?`,
          next: 'Ask the provider for a key that stays; map it, or the history shows deletions that were none',
          examples: other.examples,
        }),
      )
    }
  }
  return findings
}
