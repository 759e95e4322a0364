/** How the degree of licensing of a recording moved through time: segments with equal results, and what changed them. */

import { UsageError } from '../errors.js'
import type { Evidence, Row } from '../store/duckdb.js'
import { type Knowledge, resolveKnowledge } from '../store/evidence/knowledge.js'
import type { Statement } from '../store/evidence/statements.js'
import { type Degree, degreeOf, type Status } from './answer.js'
import { RecordingCase, type Right } from './ask.js'
import { feedsKnown, type LicensedResult, nameOf, readDay, readRights, readTerritory } from './licensed.js'
import { cutRange, cutsOf, type Piece } from './pieces.js'
import { type Regime, regimesFor } from './regimes.js'
import timelinePresence from './sql/timeline_presence.sql'
import { distinctStatements } from './standing.js'
import { mostStreamedTerritory } from './streams.js'
import { parseTheories, type Theory } from './theories.js'
import { type WorkLane, workLanes } from './timeline-works.js'

export interface TimelineRequest {
  readonly recording: string
  readonly territory?: string | undefined
  readonly right?: string | undefined
  readonly known?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly theory?: string | undefined
}

/** Half-open days; null is open. */
export interface Segment extends Degree {
  readonly from: string | null
  readonly to: string | null
  readonly status: Status
  /** What stood in it and bears on it: links, claims, licences. */
  readonly statements: readonly Statement[]
}

export type CauseKind =
  | 'licence-start'
  | 'licence-end'
  | 'share-start'
  | 'share-end'
  | 'link-start'
  | 'link-end'
  | 'regime'

export interface Cause {
  readonly kind: CauseKind
  /** Null for a regime. */
  readonly statement: Statement | null
  readonly regime: Regime | null
}

export interface LicensingEvent {
  readonly on: string
  readonly before: Segment
  readonly after: Segment
  readonly because: readonly Cause[]
}

export interface Lane {
  readonly right: Right
  readonly segments: readonly Segment[]
  readonly events: readonly LicensingEvent[]
  /** The works that it embodies, each by itself; none for masters. */
  readonly works: readonly WorkLane[]
}

export interface TimelineResult {
  readonly recording: LicensedResult['recording']
  readonly territory: string
  readonly known: string
  readonly theories: readonly Theory[]
  readonly rights: readonly Lane[]
  /** The last snapshot of each feed that had been received. */
  readonly feeds: LicensedResult['feeds']
}

export interface TimelineQuery {
  readonly territory: string
  readonly rights: readonly Right[]
  readonly theories: readonly Theory[]
  readonly from: string | null
  readonly to: string | null
}

export interface OpenTimeline {
  readonly recording: RecordingCase
  readonly knowledge: Knowledge
  readonly query: TimelineQuery
}

/**
 * The case and the question behind a timeline, for whoever asks once or again with another date, territory or range.
 * Throws as `licensed` does, and UsageError `empty-range` when `from` is not before `to`.
 */
export async function openTimeline(db: Evidence, request: TimelineRequest): Promise<OpenTimeline> {
  const rights = readRights(request.right)
  const theories = parseTheories(request.theory)
  const [from, to] = [request.from, request.to].map((day) => (day === undefined ? null : readDay(day))) as [
    string | null,
    string | null,
  ]
  if (from !== null && to !== null && from >= to) {
    throw new UsageError(`The range from ${from} to ${to} holds no day.`, {
      code: 'empty-range',
      suggestions: ['Give an earlier --from or a later --to; the end is not part of the range'],
    })
  }
  const named = request.territory === undefined ? null : readTerritory(request.territory)
  const knowledge = await resolveKnowledge(db, request.known)
  const recording = await RecordingCase.open(db, request.recording, { at: knowledge })
  const territory = named ?? (await mostStreamedTerritory(db, recording, knowledge)) ?? 'US'
  return { recording, knowledge, query: { territory, rights, theories, from, to } }
}

/** The timeline as known at an instant; quick once the case is open. */
export async function timelineAt(
  recording: RecordingCase,
  knowledge: Knowledge,
  query: TimelineQuery,
): Promise<TimelineResult> {
  await recording.see(knowledge)
  const pieces = cutRange(query, await cutsOf(recording))
  await recording.workOut(knowledge, { ...query, days: pieces.map(({ day }) => day) })
  const degrees = await recording.relation('SELECT *, CAST(day AS VARCHAR) AS on_day FROM recording_degrees')
  const presence = await recording.relation(timelinePresence)
  const works = await workLanes(recording, pieces)
  const lanes = query.rights.map((right) => ({
    ...laneOf(recording, right, query.territory, pieces, degrees, presence),
    works: works.get(right) ?? [],
  }))
  return {
    recording: nameOf(recording),
    territory: query.territory,
    known: knowledge.label,
    theories: query.theories,
    rights: lanes,
    feeds: await feedsKnown(recording.db, knowledge),
  }
}

/** What tells neighbours apart: all that is said of a segment. Equal figures may mean another status. */
const RESULTS = [
  'licensed',
  'exempt',
  'unlicensed',
  'unknown',
  'disputed',
  'cleared',
  'atMost',
  'status',
  'reason',
] as const

const isSame = (a: Segment, b: Segment): boolean => RESULTS.every((name) => a[name] === b[name])

function laneOf(
  recording: RecordingCase,
  right: Right,
  territory: string,
  pieces: readonly Piece[],
  degrees: readonly Row[],
  presence: readonly Row[],
): Omit<Lane, 'works'> {
  const byDay = new Map(degrees.filter((row) => row.right === right).map((row) => [String(row.on_day), row]))
  const there = presenceOf(presence, right)
  const segments: Segment[] = []
  const events: LicensingEvent[] = []
  pieces.forEach(({ from, to, day }, index) => {
    const row = byDay.get(day) ?? {}
    const statements = standing(recording, there.get(day))
    const segment: Segment = { from, to, ...degreeOf(row), status: String(row.status) as Status, statements }
    const last = segments.at(-1)
    if (last === undefined || from === null) segments.push(segment)
    else if (isSame(last, segment)) segments[segments.length - 1] = joined(last, segment)
    else {
      const before = there.get(pieces[index - 1]?.day ?? '') ?? new Map()
      const because = causesOf(recording, before, there.get(day) ?? new Map())
      const regimes = regimesFor(right, territory, from).filter((regime) => regime.from === from)
      segments.push(segment)
      events.push({
        on: from,
        before: last,
        after: segment,
        because: [...because, ...regimes.map((regime): Cause => ({ kind: 'regime', statement: null, regime }))],
      })
    }
  })
  // An event shows its neighbours whole, however many pieces were joined to them later.
  const whole = (segment: Segment): Segment => segments.find(({ from }) => from === segment.from) ?? segment
  return {
    right,
    segments,
    events: events.map((event) => ({ ...event, before: whole(event.before), after: whole(event.after) })),
  }
}

/** Neighbours with one result as one, resting on what stood in either. */
const joined = (earlier: Segment, later: Segment): Segment => ({
  ...earlier,
  to: later.to,
  statements: distinctStatements([...earlier.statements, ...later.statements]),
})

const standing = (recording: RecordingCase, present: ReadonlyMap<string, Present> | undefined): Statement[] =>
  distinctStatements([...(present?.values() ?? [])].map(({ rowId }) => recording.statement(rowId)))

interface Present {
  readonly kind: 'licence' | 'share' | 'link'
  readonly rowId: number
}

/** What bears on a right, by day: under a name that also tells under which reading of its dates. */
function presenceOf(rows: readonly Row[], right: Right): Map<string, Map<string, Present>> {
  const days = new Map<string, Map<string, Present>>()
  for (const row of rows) {
    const isForAll = row.right == null
    if (!isForAll && row.right !== right) continue
    if (isForAll && right === 'master') continue
    const day = String(row.day)
    const present = days.get(day) ?? new Map<string, Present>()
    present.set(`${row.kind} ${row.row_id} ${row.reading}`, {
      kind: row.kind as Present['kind'],
      rowId: Number(row.row_id),
    })
    days.set(day, present)
  }
  return days
}

function causesOf(
  recording: RecordingCase,
  before: ReadonlyMap<string, Present>,
  after: ReadonlyMap<string, Present>,
): Cause[] {
  const changed = (here: ReadonlyMap<string, Present>, there: ReadonlyMap<string, Present>, end: 'start' | 'end') =>
    [...here]
      .filter(([name]) => !there.has(name))
      .map(
        ([, { kind, rowId }]): Cause => ({
          kind: `${kind}-${end}`,
          statement: recording.statement(rowId),
          regime: null,
        }),
      )
  const causes = [...changed(before, after, 'end'), ...changed(after, before, 'start')]
  const seen = new Map(causes.map((cause) => [`${cause.kind} ${cause.statement?.statement}`, cause]))
  return [...seen].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, cause]) => cause)
}
