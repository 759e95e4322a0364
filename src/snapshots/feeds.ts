/** The feeds of a workspace, the log of one, and what its guards say of it. */
import { displayInstant, parseInstant } from '../model/dates/instants.js'
import type { Evidence } from '../store/duckdb.js'
import { canonicalInstant } from '../store/evidence/knowledge.js'
import { statementsOf, storedRelations } from '../store/evidence/schema.js'
import { findFeed, findSnapshot } from './find-snapshot.js'
import { findingOf, type GuardFinding, type Verdict, verdictOf } from './guards/finding.js'
import { hoursText } from './guards/look/time.js'
import { type Judgement, loadJudgements } from './guards/record.js'

export interface ListedFeed {
  readonly feed: string
  readonly provider: string
  readonly snapshots: number
  readonly quarantined: number
  readonly lastPublished: string
  readonly lastReceived: string
  /** Verdict on the last publication; null where it came before there were guards. */
  readonly verdict: Verdict | null
}

const shown = (value: unknown): string => displayInstant(canonicalInstant(value))

/** All feeds, by name. */
export async function listFeeds(db: Evidence): Promise<ListedFeed[]> {
  const judgements = await loadJudgements(db, null)
  const rows = await db.rows(
    `SELECT f.feed, f.provider, list(s.snapshot_no ORDER BY published, received, sequence NULLS FIRST, content_sha256) AS numbers,
       max(published) AS published, max(received) AS received
     FROM feeds f JOIN snapshots s USING (feed_no) GROUP BY f.feed, f.provider ORDER BY f.feed`,
  )
  return rows.map((row) => {
    const numbers = Array.isArray(row.numbers) ? row.numbers.map(Number) : []
    return {
      feed: String(row.feed),
      provider: String(row.provider),
      snapshots: numbers.length,
      quarantined: numbers.filter((number) => judgements.get(number)?.held === true).length,
      lastPublished: shown(row.published),
      lastReceived: shown(row.received),
      verdict: judgements.get(numbers.at(-1) ?? 0)?.verdict ?? null,
    }
  })
}

export interface LoggedRelation {
  readonly scope: 'full' | 'delta' | null
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly deleted: number
  readonly unchanged: number
  readonly late: number
}

export interface LoggedSnapshot {
  readonly id: string
  readonly published: string
  readonly received: string
  readonly receivedBasis: string
  readonly sequence: number | null
  readonly format: string
  readonly scope: string
  readonly late: boolean
  readonly partial: boolean
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly bytes: number }[]
  /** By name. */
  readonly relations: Readonly<Record<string, LoggedRelation>>
  /** Null where it came before there were guards. */
  readonly judgement: Judgement | null
}

/** The snapshots of a feed, in the order of publication. Throws NotFoundError `unknown-feed`. */
export async function feedLog(db: Evidence, feed: string): Promise<LoggedSnapshot[]> {
  const { feedNo, byUnit } = await findFeed(db, feed)
  const judgements = await loadJudgements(db, feedNo)
  const of = { feedNo }
  const snapshots = await db.rows(
    `SELECT * FROM snapshots WHERE feed_no = $feedNo
     ORDER BY published, received, sequence NULLS FIRST, content_sha256`,
    of,
  )
  const files = await db.rows(
    `SELECT snapshot_no, name, sha256, bytes FROM files JOIN snapshots USING (snapshot_no) WHERE feed_no = $feedNo
     ORDER BY snapshot_no, file_no`,
    of,
  )
  const relations = await db.rows(
    `SELECT r.* FROM snapshot_relations r JOIN snapshots USING (snapshot_no) WHERE feed_no = $feedNo ORDER BY relation`,
    of,
  )
  const withdrawn = byUnit ? await withdrawnAlong(db, feedNo) : []
  return snapshots.map((row) => ({
    id: String(row.snapshot),
    published: shown(row.published),
    received: shown(row.received),
    receivedBasis: String(row.received_basis),
    sequence: row.sequence === null ? null : Number(row.sequence),
    format: String(row.format),
    scope: String(row.scope),
    late: row.late === true,
    partial: row.partial === true,
    files: files
      .filter(({ snapshot_no }) => snapshot_no === row.snapshot_no)
      .map(({ name, sha256, bytes }) => ({ name: String(name), sha256: String(sha256), bytes: Number(bytes) })),
    relations: Object.fromEntries(
      [...relations, ...withdrawn]
        .filter(({ snapshot_no }) => snapshot_no === row.snapshot_no)
        .map((one) => [
          String(one.relation),
          {
            scope: one.scope === 'full' ? 'full' : one.scope === 'delta' ? 'delta' : null,
            rows: Number(one.rows),
            created: Number(one.created),
            updated: Number(one.updated),
            deleted: Number(one.deleted),
            unchanged: Number(one.unchanged),
            late: Number(one.late),
          },
        ]),
    ),
    judgement: judgements.get(Number(row.snapshot_no)) ?? null,
  }))
}

/** Rows that withdrawn units took along from relations which the snapshot says nothing of itself. */
async function withdrawnAlong(db: Evidence, feedNo: number) {
  const found = []
  for (const relation of await storedRelations(db)) {
    found.push(
      ...(await db.rows(
        `SELECT closed_by AS snapshot_no, $relation AS relation, NULL AS scope, 0 AS "rows", 0 AS created, 0 AS updated,
           count(*) AS deleted, 0 AS unchanged, 0 AS late
         FROM ${statementsOf(relation)} WHERE feed_no = $feedNo AND closed_by IS NOT NULL AND closed_by <> snapshot_no
           AND closed_by NOT IN (SELECT snapshot_no FROM snapshot_relations WHERE relation = $relation)
         GROUP BY closed_by ORDER BY closed_by`,
        { relation: relation.name, feedNo },
      )),
    )
  }
  return found
}

export interface FeedCheck {
  readonly feed: string
  /** The instant at which the feed was looked at, as shown to people. */
  readonly asOf: string
  /** What is seen of the feed as a whole. */
  readonly findings: readonly GuardFinding[]
  /** In the order of publication. */
  readonly snapshots: readonly LoggedSnapshot[]
  /** The worst of all that nobody has decided about. */
  readonly verdict: Verdict
}

/**
 * What the guards say of a feed: of all its snapshots, or of one (`last`: the one received last).
 * @param now canonical instant at which to ask whether the feed is stale; by default that of the workspace's last receipt
 * Throws NotFoundError `unknown-feed`, `unknown-snapshot`.
 */
export async function checkFeed(
  db: Evidence,
  feed: string,
  { snapshot, now }: { readonly snapshot?: string | undefined; readonly now?: string | undefined },
): Promise<FeedCheck> {
  const all = await feedLog(db, feed)
  const one = snapshot === undefined ? null : await findSnapshot(db, feed, snapshot === 'last' ? undefined : snapshot)
  const [last] = await db.rows('SELECT max(received) AS received FROM snapshots')
  const asOf = now ?? canonicalInstant(last?.received)
  const findings = staleness(all, asOf)
  const snapshots = one === null ? all : all.filter(({ id }) => id === one.snapshot)
  const open = snapshots.flatMap(({ judgement }) =>
    judgement === null || judgement.overrides.length > 0 ? [] : judgement.findings,
  )
  return { feed, asOf: displayInstant(asOf), findings, snapshots, verdict: verdictOf([...findings, ...open]) }
}

const HOUR = 3_600_000

/** `stale`: nothing new for too long, by the settings of the last publication. */
function staleness(log: readonly LoggedSnapshot[], asOf: string): GuardFinding[] {
  const last = log.at(-1)
  const limit = last?.judgement?.checks.staleAfter ?? null
  if (last === undefined || limit === null) return []
  const published = parseInstant(last.published) ?? last.published
  const hours = (Date.parse(asOf) - Date.parse(published)) / HOUR
  if (hours <= limit) return []
  return [
    findingOf({
      guard: 'stale',
      level: 'warn',
      seen: hoursText(hours),
      threshold: `stale after ${hoursText(limit)}`,
      comparedWith: last.id,
      message: `the last publication, ${last.id}, is ${hoursText(hours)} old on ${displayInstant(asOf)}`,
      next: 'Ask the provider for its latest delivery',
    }),
  ]
}
