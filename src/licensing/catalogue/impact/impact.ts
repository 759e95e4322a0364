/**
 * What rests on a statement, and what a delivery changed: the recordings that are reached from it, and the countries in
 * which a day's result is another with it than without it (domain.md 3.2, Q8 and Q12).
 */
import { NotFoundError, UsageError } from '../../../errors.js'
import { ATOMS } from '../../../model/territories/territory-set.js'
import { literal } from '../../../store/columns.js'
import type { Evidence } from '../../../store/duckdb.js'
import { canonicalInstant, resolveKnowledge } from '../../../store/evidence/knowledge.js'
import type { Statement } from '../../../store/evidence/statements.js'
import type { Buckets, Status } from '../../answer.js'
import type { Right } from '../../ask.js'
import { readDay, readRights, readTerritory } from '../../licensed.js'
import { DEGREE_STEPS, type Step, workOut } from '../../pipeline.js'
import { CELL_STEPS } from '../cells/parts.js'
import { findTerritories } from '../recordings/shapes.js'
import { sqlForShapes } from '../rules.js'
import { seeCatalogue } from '../see.js'
import cellsChanged from './cells_changed.sql'
import cellsThen from './cells_then.sql'
import { findStatement, mark, sqlSaid } from './marks.js'
import touched from './touched.sql'

export interface ImpactRequest {
  /** A statement, a snapshot, or a file of one. */
  readonly id: string
  readonly on?: string | undefined
  readonly territory?: string | undefined
  readonly right?: string | undefined
  /** For a statement: what rests on it as known then. */
  readonly known?: string | undefined
}

export interface ReachedRecording {
  readonly isrc: string | null
  readonly title: string | null
  readonly id: string
}

export interface CellsChange {
  readonly recording: ReachedRecording
  readonly right: Right
  /** ISO alpha-2, in the order of the model. */
  readonly territories: readonly string[]
  readonly before: Buckets & { readonly status: Status }
  readonly after: Buckets & { readonly status: Status }
}

export interface ImpactResult {
  readonly of: { readonly kind: 'statement' | 'snapshot'; readonly id: string; readonly statement: Statement | null }
  readonly known: string
  readonly on: string | null
  /** All recordings that are reached, by ISRC and id. */
  readonly recordings: readonly ReachedRecording[]
  /** Null unless a day was asked for. */
  readonly changes: readonly CellsChange[] | null
}

/** Throws NotFoundError `unknown-source`; UsageError for what cannot be read, and for a statement with a day. */
export async function impact(db: Evidence, request: ImpactRequest): Promise<ImpactResult> {
  const rights = readRights(request.right)
  const on = request.on === undefined ? null : readDay(request.on)
  const territory = request.territory === undefined ? null : readTerritory(request.territory)
  const [statement] = await findStatement(db, request.id)
  if (statement !== undefined) return ofStatement(db, request, statement)
  if (request.known !== undefined) {
    throw new UsageError('--known goes with a statement: a delivery is looked at when it was received.', {
      code: 'known-of-delivery',
      suggestions: ['Leave out --known', 'Give a statement id, as `recital lookup ID` prints them'],
    })
  }
  return ofSnapshot(db, await findSnapshot(db, request.id), { on, territory, rights })
}

async function ofStatement(db: Evidence, request: ImpactRequest, statement: Statement): Promise<ImpactResult> {
  if (request.on !== undefined) {
    throw new UsageError('--on goes with a delivery: it tells what the delivery changed on that day.', {
      code: 'day-of-statement',
      suggestions: [`Ask for its delivery: recital impact ${statement.source.snapshot} --on ${request.on}`],
    })
  }
  const knowledge = await resolveKnowledge(db, request.known)
  const before = `TIMESTAMP ${literal(knowledge.before.replace('Z', ''))}`
  await mark(
    db,
    `${sqlSaid(statement)} AND r.known_from < ${before} AND (r.known_to IS NULL OR r.known_to >= ${before})`,
    statement.relation,
  )
  await seeCatalogue(db, knowledge)
  const recordings = await named(db, `SELECT recording FROM (${touched}) AS t`)
  const of = { kind: 'statement', id: statement.statement, statement } as const
  return { of, known: knowledge.label, on: null, recordings, changes: null }
}

interface Snapshot {
  readonly id: string
  readonly number: number
  readonly feed: number
  readonly received: string
}

async function findSnapshot(db: Evidence, id: string): Promise<Snapshot> {
  const rows = await db.rows(
    `SELECT DISTINCT s.snapshot, s.snapshot_no, s.feed_no, s.received::VARCHAR AS received
     FROM snapshots AS s LEFT JOIN files AS f USING (snapshot_no) WHERE s.snapshot = $id OR f.name = $id ORDER BY ALL`,
    { id },
  )
  const [row, other] = rows
  if (row === undefined) {
    throw new NotFoundError(`No statement, snapshot or file is called "${id}".`, {
      code: 'unknown-source',
      excerpt: id,
      suggestions: [
        '`recital status` lists the snapshots',
        '`recital lookup ID --json` names the statement and the file behind each row',
      ],
    })
  }
  if (other !== undefined) {
    throw new UsageError(`Several deliveries have a file "${id}".`, {
      code: 'ambiguous-file',
      suggestions: [`Give the snapshot: ${rows.map(({ snapshot }) => snapshot).join(', ')}`],
    })
  }
  const received = canonicalInstant(row.received)
  return { id: String(row.snapshot), number: Number(row.snapshot_no), feed: Number(row.feed_no), received }
}

interface Wanted {
  readonly on: string | null
  readonly territory: string | null
  readonly rights: readonly Right[]
}

async function ofSnapshot(db: Evidence, snapshot: Snapshot, wanted: Wanted): Promise<ImpactResult> {
  await mark(db, `r.snapshot_no = ${snapshot.number} OR r.closed_by = ${snapshot.number}`)
  const after = await resolveKnowledge(db, snapshot.received)
  // What the feed itself had said until then, beside all that the others had said by then.
  const except = { feed: snapshot.feed, before: snapshot.received }
  await seeCatalogue(db, after, except)
  await db.run(`CREATE OR REPLACE TEMP TABLE reached AS SELECT feed, id FROM recording_identities WHERE recording IN (
    SELECT recording FROM (${touched}) AS t)`)
  await seeCatalogue(db, after)
  await db.run(`INSERT INTO reached SELECT feed, id FROM recording_identities WHERE recording IN (
    SELECT recording FROM (${touched}) AS t)`)
  if (wanted.on !== null) {
    await cellsAt(db, 'cells_after', wanted.on, wanted)
    await seeCatalogue(db, after, except)
    await cellsAt(db, 'cells_before', wanted.on, wanted)
    await seeCatalogue(db, after)
  }
  return {
    of: { kind: 'snapshot', id: snapshot.id, statement: null },
    known: snapshot.received.slice(0, 10),
    on: wanted.on,
    recordings: await named(
      db,
      'SELECT DISTINCT i.recording FROM reached JOIN recording_identities AS i USING (feed, id)',
    ),
    changes: wanted.on === null ? null : await changesIn(db),
  }
}

/** Works the reached recordings out on a day, as seen; into a table with a row for each country. */
async function cellsAt(db: Evidence, table: string, day: string, { territory, rights }: Wanted): Promise<void> {
  await db.run(`${sqlForShapes(rights)};
    CREATE OR REPLACE TEMP TABLE asked_recordings AS
      SELECT DISTINCT i.recording FROM reached JOIN recording_identities AS i USING (feed, id)`)
  await findTerritories(db)
  await db.run(`CREATE OR REPLACE TEMP TABLE asked_shapes AS
    SELECT p.recording AS thing, list_sort(list_distinct(flatten(list(s.territories)))) AS territories
    FROM pictures AS p JOIN shapes AS s ON s.recording = p.picture AND s."right" = p."right" GROUP BY p.recording`)
  const points: Step = [
    'points',
    `SELECT p.thing AS recording, c.cell, DATE ${literal(day)} AS day FROM profiles AS p JOIN profile_cells AS c USING (profile)`,
  ]
  await workOut(db, [...CELL_STEPS, points, ...DEGREE_STEPS])
  const country = territory === null ? '' : ` WHERE atom = ${ATOMS.indexOf(territory)}`
  await db.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT DISTINCT * FROM (${cellsThen}) AS c${country}`)
}

async function changesIn(db: Evidence): Promise<CellsChange[]> {
  const rows =
    await db.rows(`SELECT recording, "right", status_before, status_after, to_json(before)::VARCHAR AS before,
    to_json(after)::VARCHAR AS after, to_json(atoms)::VARCHAR AS atoms FROM (${cellsChanged}) AS c ORDER BY ALL`)
  const names = await namesOf(db, `SELECT DISTINCT recording FROM (${cellsChanged}) AS c`)
  return rows.map(
    (row): CellsChange => ({
      recording: names.get(String(row.recording)) ?? { isrc: null, title: null, id: String(row.recording) },
      right: String(row.right) as Right,
      territories: (JSON.parse(String(row.atoms)) as number[]).map((atom) => ATOMS[atom] ?? ''),
      before: { ...bucketsOf(String(row.before)), status: String(row.status_before) as Status },
      after: { ...bucketsOf(String(row.after)), status: String(row.status_after) as Status },
    }),
  )
}

function bucketsOf(json: string): Buckets {
  const [licensed = 0, exempt = 0, unlicensed = 0, unknown = 0, disputed = 0] = JSON.parse(json) as number[]
  return {
    licensed: BigInt(licensed),
    exempt: BigInt(exempt),
    unlicensed: BigInt(unlicensed),
    unknown: BigInt(unknown),
    disputed: BigInt(disputed),
  }
}

/** How recordings are called: by the feed that comes first by name; under an ISRC where they have one. */
async function namesOf(db: Evidence, recordings: string): Promise<Map<string, ReachedRecording>> {
  const stored = await db.rows("SELECT 1 AS n FROM relations WHERE relation = 'recordings'")
  const titles =
    stored.length === 0
      ? 'SELECT NULL AS feed_no, NULL AS recording_id, NULL AS title WHERE false'
      : 'SELECT feed_no, recording_id, title FROM statements.recordings WHERE known_to IS NULL'
  const rows = await db.rows(`SELECT w.recording, arg_min(i.id, (f.feed, i.id)) AS id,
      arg_min(t.title, (f.feed, i.id)) AS title, min(CASE WHEN k."key" LIKE 'isrc %' THEN substr(k."key", 6) END) AS isrc
    FROM (${recordings}) AS w
    JOIN recording_identities AS i USING (recording)
    JOIN recording_keys AS k ON k.feed = i.feed AND k.id = i.id
    JOIN feeds AS f ON f.feed_no = i.feed
    LEFT JOIN (${titles}) AS t ON t.feed_no = i.feed AND t.recording_id = i.id
    GROUP BY w.recording`)
  const text = (value: unknown) => (value == null ? null : String(value))
  return new Map(
    rows.map((row) => [String(row.recording), { isrc: text(row.isrc), title: text(row.title), id: String(row.id) }]),
  )
}

async function named(db: Evidence, recordings: string): Promise<ReachedRecording[]> {
  const names = [...(await namesOf(db, recordings)).values()]
  const key = ({ isrc, id }: ReachedRecording) => `${isrc ?? '~'} ${id}`
  return names.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
