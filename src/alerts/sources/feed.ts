/** The changes that one snapshot of a feed made, relation by relation, with what stood before and what stands now. */
import { UsageError } from '../../errors.js'
import { type ChangeSet, changeColumn } from '../../model/change-set.js'
import { RELATION_NAMES } from '../../model/relations.js'
import { changesOfSnapshot, type FoundSnapshot, findSnapshot } from '../../snapshots/index.js'
import { literal, quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { statementsOf, storedRelations } from '../../store/evidence/schema.js'
import type { RelationSource } from '../dry-run.js'
import type { RuleSet } from '../rules/model.js'

export interface FeedSources {
  readonly found: FoundSnapshot
  /** Canonical instants. */
  readonly published: string
  readonly received: string
  readonly sources: readonly RelationSource[]
}

/** Whether a rule set is for a feed: `*` in its pattern stands for any text. */
export function isForFeed({ feed: pattern }: Pick<RuleSet, 'feed'>, feed: string): boolean {
  if (pattern === null) return true
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(feed)
}

/** Throws UsageError `other-feed` where a rule set is for other feeds. */
export function requireFeed(set: RuleSet, feed: string): void {
  if (isForFeed(set, feed)) return
  throw new UsageError(`The rules of ${set.file} are for feeds ${set.feed}, not for ${feed}.`, {
    code: 'other-feed',
    suggestions: ['Choose another feed, or change feed: in the rule file'],
  })
}

/**
 * The change sets of the relations that the rules are about.
 * Throws NotFoundError `unknown-feed`, `unknown-snapshot`, `unknown-relation`.
 */
export async function feedSources(db: Evidence, set: RuleSet, feed: string, snapshot?: string): Promise<FeedSources> {
  const found = await findSnapshot(db, feed, snapshot)
  const [times] = await db.rows('SELECT published, received FROM snapshots WHERE snapshot_no = $number', {
    number: found.snapshotNo,
  })
  const published = `${String(times?.published)}Z`
  const received = `${String(times?.received)}Z`
  const sources: RelationSource[] = []
  for (const relation of await relationsFor(db, set, found)) {
    const changes = await changesOfSnapshot(db, feed, found.snapshot, relation)
    const rows = standing(relation, changes, found)
    sources.push({
      relation,
      source: {
        ...{ changes, feed, published, received },
        ...{ oldRows: rows.before, newRows: rows.after },
        returned: returnedTo(relation, changes, found),
        earlier: (await hasAlerts(db)) ? earlierAlerts(relation, found) : null,
      },
    })
  }
  return { found, published, received, sources }
}

/** The relations that rules name; where a rule names none, those that the snapshot speaks about. */
async function relationsFor(db: Evidence, set: RuleSet, { snapshotNo }: FoundSnapshot): Promise<string[]> {
  const stored = (await storedRelations(db)).map(({ name }) => name)
  const named = new Set(set.rules.flatMap((rule) => rule.relation ?? []))
  if (set.rules.some((rule) => rule.relation === null)) {
    const spoken = await db.rows(
      'SELECT relation FROM snapshot_relations WHERE snapshot_no = $snapshotNo ORDER BY relation',
      { snapshotNo },
    )
    for (const { relation } of spoken) named.add(String(relation))
  }
  // A relation of the contract that nobody has delivered yet has no changes; any other name is a mistake.
  return [...named]
    .filter((name) => stored.includes(name) || !(RELATION_NAMES as readonly string[]).includes(name))
    .sort()
}

/** The place of each snapshot of a feed in order of receipt. */
const ranked = (feedNo: number): string =>
  `(SELECT snapshot_no, row_number() OVER (ORDER BY received, published, sequence NULLS FIRST, content_sha256) AS place
    FROM snapshots WHERE feed_no = ${feedNo})`

const placeOf = ({ feedNo, snapshotNo }: FoundSnapshot): string =>
  `(SELECT place FROM ${ranked(feedNo)} WHERE snapshot_no = ${snapshotNo})`

/** The feed's statements of a relation, each with the places of the snapshots that opened and closed it. */
const placed = (relation: string, { feedNo }: FoundSnapshot): string =>
  `${statementsOf({ name: relation })} s JOIN ${ranked(feedNo)} opened ON opened.snapshot_no = s.snapshot_no
   LEFT JOIN ${ranked(feedNo)} closed ON closed.snapshot_no = s.closed_by`

/** SELECTs in brackets of the rows that stood before a snapshot and after it. */
function standing(relation: string, { columns }: ChangeSet, found: FoundSnapshot): { before: string; after: string } {
  const names = columns.map(({ name }) => `s.${quoted(name)}`).join(', ')
  const from = `SELECT ${names} FROM ${placed(relation, found)} WHERE s.feed_no = ${found.feedNo} AND`
  const here = placeOf(found)
  return {
    before: `(${from} opened.place < ${here} AND (closed.place IS NULL OR closed.place >= ${here}))`,
    after: `(${from} opened.place <= ${here} AND (closed.place IS NULL OR closed.place > ${here}))`,
  }
}

/** SELECT in brackets of the changes whose row had stood before, and had been replaced or withdrawn since. */
function returnedTo(relation: string, { table, columns }: ChangeSet, found: FoundSnapshot): string {
  const same = columns.map(
    ({ name }) => `c.${quoted(changeColumn('after', name))} IS NOT DISTINCT FROM p.${quoted(name)}`,
  )
  const names = columns.map(({ name }) => `s.${quoted(name)}`).join(', ')
  return `(SELECT DISTINCT c.position FROM ${table} c JOIN (
      SELECT ${names} FROM ${placed(relation, found)} WHERE s.feed_no = ${found.feedNo} AND closed.place < ${placeOf(found)}) p
    ON ${same.join(' AND ')} WHERE c.op <> 'delete')`
}

/** Whether alerts have ever been recorded here. */
export async function hasAlerts(db: Evidence): Promise<boolean> {
  const rows = await db.rows(
    "SELECT 1 AS n FROM duckdb_tables() WHERE schema_name = 'main' AND table_name = 'alerts' AND NOT temporary",
  )
  return rows.length > 0
}

const earlierAlerts = (relation: string, found: FoundSnapshot): string =>
  `(SELECT a.rule, a.identity, a.subject, s.received FROM alerts a JOIN snapshots s ON s.snapshot_no = a.snapshot_no
    JOIN ${ranked(found.feedNo)} r ON r.snapshot_no = a.snapshot_no
    WHERE a.relation = ${literal(relation)} AND a.state = 'raised' AND r.place < ${placeOf(found)})`
