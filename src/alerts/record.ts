/** The alerts of an ingest in the evidence: evaluated by the engine of the dry run, appended once per snapshot. */

import { freshName } from '../diff/index.js'
import { harmless } from '../model/text/harmless.js'
import { findSnapshot } from '../snapshots/index.js'
import type { Evidence, SqlValue } from '../store/duckdb.js'
import alertsTable from '../store/evidence/alerts.sql'
import { RowAppender } from '../store/row-appender.js'
import { compileRules } from './compile/compile.js'
import { badRules, rulesFor, shapeOf } from './dry-run.js'
import { type Alert, listAlerts } from './evaluate/alerts.js'
import { type AlertState, type Evaluation, evaluate } from './evaluate/evaluate.js'
import { dedupeIdentity, subjectIdentity } from './evaluate/identity.js'
import type { RuleSet } from './rules/model.js'
import { feedSources, hasAlerts, isForFeed } from './sources/feed.js'

/** Alerts that are worked on at a time. */
const PAGE = 5000

const COLUMNS = [
  ...[
    { name: 'place', type: 'BIGINT' as const },
    { name: 'rule_no', type: 'BIGINT' as const },
    { name: 'position', type: 'BIGINT' as const },
  ],
  ...[
    'state',
    'rule',
    'title',
    'severity',
    'owner',
    'op',
    'key',
    'group',
    'message',
    'because',
    'route',
    'by_rule',
    'by_subject',
    'by_received',
  ].map((name) => ({ name, type: 'VARCHAR' as const })),
  { name: 'line', type: 'BIGINT' as const },
]

export interface RecordedCounts {
  readonly raised: number
  readonly suppressed: number
}

/**
 * Evaluates a rule set over what a snapshot changed and appends its alerts to the evidence, also those kept back. A set
 * that is for other feeds, and a snapshot that has its alerts already, add nothing.
 * Throws InputError `bad-rules` as a dry run does.
 */
export async function recordAlerts(
  db: Evidence,
  set: RuleSet & { readonly sha256: string },
  snapshot: { readonly feed: string; readonly id: string },
): Promise<RecordedCounts | null> {
  if (!isForFeed(set, snapshot.feed)) return null
  if (set.problems.length > 0) throw badRules(set.file, set.problems)
  await db.run(alertsTable)
  const { snapshotNo } = await findSnapshot(db, snapshot.feed, snapshot.id)
  const there = await db.rows('SELECT 1 AS n FROM alerts WHERE snapshot_no = $snapshotNo LIMIT 1', { snapshotNo })
  if (there.length > 0) return null
  const counts = { raised: 0, suppressed: 0 }
  const { sources } = await feedSources(db, set, snapshot.feed, snapshot.id)
  for (const { relation, source } of sources) {
    const compiled = await compileRules(db, set, shapeOf(source), rulesFor(set, relation, sources))
    if (compiled.problems.length > 0) throw badRules(set.file, compiled.problems)
    const evaluation = await evaluate(db, compiled, source)
    try {
      const place = counts.raised + counts.suppressed
      const added = await append(evaluation, { snapshotNo, relation: relation ?? '', place, sha256: set.sha256 })
      counts.raised += added.raised
      counts.suppressed += added.suppressed
    } finally {
      await evaluation.dispose()
    }
  }
  return counts
}

interface Recording {
  readonly snapshotNo: number
  readonly relation: string
  /** Alerts of the snapshot that are there already. */
  readonly place: number
  readonly sha256: string
}

async function append(
  evaluation: Evaluation,
  { snapshotNo, relation, place, sha256 }: Recording,
): Promise<RecordedCounts> {
  const { db, compiled, frames, source } = evaluation
  const table = freshName(db, 'alerts_to_record')
  const appender = await RowAppender.create(db, table, COLUMNS)
  const counts = { raised: 0, suppressed: 0 }
  try {
    for (const state of ['raised', 'suppressed'] as const) {
      for (let offset = 0; ; offset += PAGE) {
        const page = await listAlerts(evaluation, state, { limit: PAGE, offset })
        for (const alert of page) {
          appender.append(rowOf(alert, state, place + counts.raised + counts.suppressed + 1))
          counts[state] += 1
        }
        if (page.length < PAGE) break
      }
    }
  } finally {
    appender.close()
  }
  for (const [one, { from }] of frames) {
    await db.run(
      `INSERT INTO alerts SELECT $snapshotNo, $relation, place, state, rule, title, severity, owner, op, "key", "group", message, because, route,
         by_rule, by_subject, by_received, f.subject, f.identity, $file, $sha256, line
       FROM ${table} t JOIN (SELECT position, ${subjectIdentity(one, source.changes)} AS subject, ${dedupeIdentity(one, source.changes)} AS identity FROM ${from}) f
         ON f.position = t.position WHERE rule_no = ${one.number} ORDER BY place`,
      { snapshotNo, relation, sha256, file: compiled.set.file },
    )
  }
  await db.run(`DROP TABLE ${table}`)
  return counts
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

function rowOf(alert: Alert, state: AlertState, place: number): (string | number | null)[] {
  const { compiled, key, group, op, message, because, by, position } = alert
  const { id, title, severity, owner, route, place: at } = compiled.rule
  return [
    ...[place, compiled.number, position, state, id, title, severity, owner, op, json(key), json(group), message],
    ...[
      json(because),
      json(route),
      by?.compiled.rule.id ?? null,
      json(by === null ? null : (by.group ?? by.key)),
      by?.received ?? null,
    ],
    at.line,
  ]
}

/** An alert as it was recorded. */
export interface RecordedAlert {
  readonly feed: string
  readonly snapshot: string
  readonly received: string
  readonly relation: string
  readonly state: 'raised' | 'suppressed'
  readonly rule: string
  readonly severity: string
  readonly owner: string | null
  readonly op: string | null
  readonly key: Readonly<Record<string, SqlValue>> | null
  readonly group: Readonly<Record<string, SqlValue>> | null
  readonly message: string
  readonly because: readonly { readonly condition: string; readonly operands: Readonly<Record<string, SqlValue>> }[]
  readonly by: {
    readonly rule: string
    readonly subject: Readonly<Record<string, SqlValue>> | null
    readonly received: string | null
  } | null
  readonly rules: string
  readonly line: number
}

export interface RecordedAlerts {
  readonly total: number
  readonly alerts: readonly RecordedAlert[]
}

/** Recorded alerts by receipt, feed and order, the first so many. Throws NotFoundError for an unknown feed or snapshot. */
export async function recordedAlerts(
  db: Evidence,
  {
    feed,
    snapshot,
    limit,
  }: { readonly feed?: string | undefined; readonly snapshot?: string | undefined; readonly limit: number },
): Promise<RecordedAlerts> {
  const found = feed === undefined ? null : await findSnapshot(db, feed, snapshot)
  if (!(await hasAlerts(db))) return { total: 0, alerts: [] }
  const where =
    found === null
      ? 'true'
      : snapshot === undefined
        ? `s.feed_no = ${found.feedNo}`
        : `a.snapshot_no = ${found.snapshotNo}`
  const from = `FROM alerts a JOIN snapshots s ON s.snapshot_no = a.snapshot_no JOIN feeds f ON f.feed_no = s.feed_no WHERE ${where}`
  const [count] = await db.rows(`SELECT count(*) AS n ${from}`)
  const rows = await db.rows(
    `SELECT a.*, s.snapshot, s.received, f.feed ${from} ORDER BY s.received, f.feed, s.published, s.sequence NULLS FIRST, s.snapshot, a.place LIMIT ${limit}`,
  )
  const parsed = (value: SqlValue | undefined) =>
    value === null || value === undefined ? null : JSON.parse(String(value))
  const text = (value: SqlValue | undefined) => (value === null || value === undefined ? null : String(value))
  return {
    total: Number(count?.n ?? 0),
    alerts: rows.map((row) => ({
      feed: String(row.feed),
      snapshot: String(row.snapshot),
      received: `${String(row.received)}Z`,
      relation: String(row.relation),
      state: row.state === 'raised' ? 'raised' : 'suppressed',
      rule: String(row.rule),
      severity: String(row.severity),
      owner: text(row.owner),
      op: text(row.op),
      key: parsed(row.key),
      group: parsed(row.group),
      message: harmless(String(row.message)),
      because: parsed(row.because) ?? [],
      by:
        row.by_rule === null
          ? null
          : { rule: String(row.by_rule), subject: parsed(row.by_subject), received: text(row.by_received) },
      rules: String(row.rules),
      line: Number(row.line),
    })),
  }
}
