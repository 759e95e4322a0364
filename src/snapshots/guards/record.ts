/** What is kept of guards: the settings of each snapshot, its verdict with what was seen, and the overrides. */
import type { Evidence } from '../../store/duckdb.js'
import { hasGuardTables } from '../../store/evidence/guard-tables.js'
import type { GuardFinding, Level, Verdict } from './finding.js'
import { GUARD_NAMES, type GuardName } from './names.js'
import { type Checks, checksOf, type GuardMode } from './settings.js'
import type { SnapshotFileFacts } from './view.js'

/** What a delivery wants of its guards. */
export interface GuardSettings {
  readonly mode: GuardMode
  readonly checks: Checks
}

/** A decision to take a snapshot in although it is in quarantine. */
export interface Override {
  readonly reason: string
  readonly by: string
  /** RFC 3339 instant of the decision. */
  readonly at: string
}

/** What was concluded of a snapshot. */
export interface Judgement extends GuardSettings {
  readonly verdict: Verdict
  /** In quarantine and kept out of the history. */
  readonly held: boolean
  readonly findings: readonly GuardFinding[]
  /** In the order in which they were given. */
  readonly overrides: readonly Override[]
}

/** Settings of snapshots that came before there were guards: nothing is taken out of a history behind its back. */
export const NOT_JUDGED: GuardSettings & Pick<Judgement, 'overrides'> = {
  mode: 'warn',
  checks: checksOf(),
  overrides: [],
}

/** Keeps the settings of a snapshot; its verdict is still to be found. Returns false where they were just those. */
export async function recordSettings(db: Evidence, snapshotNo: number, settings: GuardSettings): Promise<boolean> {
  const checks = JSON.stringify(settings.checks)
  const [before] = await db.rows('SELECT guards, checks FROM verdicts WHERE snapshot_no = $snapshotNo', { snapshotNo })
  if (before?.guards === settings.mode && before.checks === checks) return false
  const values = { snapshotNo, mode: settings.mode, checks }
  if (before === undefined) {
    await db.run('INSERT INTO verdicts VALUES ($snapshotNo, NULL, $mode, $checks, false)', values)
  } else {
    await db.run('UPDATE verdicts SET guards = $mode, checks = $checks WHERE snapshot_no = $snapshotNo', values)
  }
  return true
}

/** Adds an override of the quarantine of one snapshot; none is ever taken back. */
export async function recordOverride(db: Evidence, snapshot: string, { reason, by, at }: Override): Promise<void> {
  await db.run('INSERT INTO overrides VALUES ($snapshot, $reason, $by, $at::TIMESTAMP)', {
    snapshot,
    reason,
    by,
    at: at.replace('Z', ''),
  })
}

/** Keeps the names of the columns of a snapshot's files. */
export async function recordColumns(
  db: Evidence,
  snapshotNo: number,
  files: readonly { readonly columns?: SnapshotFileFacts['columns'] }[],
): Promise<void> {
  const named = files.flatMap(({ columns }, file_no) => (columns == null ? [] : [{ file_no, ...columns }]))
  if (named.length === 0) return
  await db.run(
    `INSERT INTO file_columns BY NAME SELECT ${snapshotNo} AS snapshot_no, f.* FROM (
       SELECT unnest(json_transform($json::JSON, '[{"file_no":"INTEGER","relation":"VARCHAR","names":["VARCHAR"]}]'),
         recursive := true)) f`,
    { json: JSON.stringify(named) },
  )
}

/** Keeps a verdict in place of the one before. */
export async function recordVerdict(
  db: Evidence,
  snapshotNo: number,
  { mode, checks, verdict, held, findings }: Omit<Judgement, 'overrides'>,
): Promise<void> {
  await db.run('DELETE FROM verdicts WHERE snapshot_no = $snapshotNo', { snapshotNo })
  await db.run('DELETE FROM guard_findings WHERE snapshot_no = $snapshotNo', { snapshotNo })
  await db.run('INSERT INTO verdicts VALUES ($snapshotNo, $verdict, $mode, $checks, $held)', {
    snapshotNo,
    verdict,
    mode,
    checks: JSON.stringify(checks),
    held,
  })
  for (const [position, { rows, examples, comparedWith, ...finding }] of findings.entries()) {
    await db.run(
      `INSERT INTO guard_findings VALUES ($snapshotNo, $position, $guard, $level, $relation, $about, $seen, $threshold,
         $rowsSeen, $rowsBase, $comparedWith, $message, $next, $examples)`,
      {
        ...finding,
        snapshotNo,
        position,
        rowsSeen: rows?.seen ?? null,
        rowsBase: rows?.base ?? null,
        comparedWith,
        examples: JSON.stringify(examples),
      },
    )
  }
}

const guardName = (text: unknown): GuardName => GUARD_NAMES.find((name) => name === text) ?? 'empty'

/** The settings and last verdicts of the snapshots of a feed, or of all feeds, by snapshot number; none in old evidence. */
export async function loadJudgements(db: Evidence, feedNo: number | null): Promise<Map<number, Judgement>> {
  if (!(await hasGuardTables(db))) return new Map()
  const of = feedNo === null ? 'true' : `s.feed_no = ${feedNo}`
  const verdicts = await db.rows(
    `SELECT v.*, s.snapshot FROM verdicts v JOIN snapshots s USING (snapshot_no) WHERE ${of}`,
  )
  const found = await db.rows(
    `SELECT g.* FROM guard_findings g JOIN snapshots s USING (snapshot_no) WHERE ${of} ORDER BY snapshot_no, position`,
  )
  const overrides = await db.rows(
    `SELECT o.* FROM overrides o JOIN snapshots s USING (snapshot) WHERE ${of} ORDER BY o.recorded_at, o.rowid`,
  )
  return new Map(
    verdicts.map((row) => [
      Number(row.snapshot_no),
      {
        mode: row.guards === 'enforce' ? 'enforce' : 'warn',
        checks: JSON.parse(String(row.checks)) as Checks,
        verdict: (row.verdict ?? 'accept') as Verdict,
        held: row.held === true,
        findings: found
          .filter(({ snapshot_no }) => snapshot_no === row.snapshot_no)
          .map((one) => ({
            guard: guardName(one.guard),
            level: String(one.level) as Level,
            relation: textOf(one.relation),
            about: textOf(one.about),
            seen: String(one.seen),
            threshold: String(one.threshold),
            rows: one.rows_seen === null ? null : { seen: Number(one.rows_seen), base: Number(one.rows_base) },
            comparedWith: textOf(one.compared_with),
            message: String(one.message),
            next: String(one.next),
            examples: JSON.parse(String(one.examples)) as string[],
          })),
        overrides: overrides
          .filter(({ snapshot }) => snapshot === row.snapshot)
          .map(({ reason, given_by, recorded_at }) => ({
            reason: String(reason),
            by: String(given_by),
            at: `${String(recorded_at)}Z`,
          })),
      },
    ]),
  )
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value))
