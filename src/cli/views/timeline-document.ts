/** The JSON of `recital timeline` (contract 3). */
import type { Cause, Lane, Segment, TimelineResult, WorkSegment } from '../../licensing/index.js'
import { dayNumber } from '../../model/dates/day-numbers.js'
import { shareToJson } from '../../model/shares/share.js'
import type { Statement } from '../../store/evidence/statements.js'
import { causeText, statementText } from './causes.js'
import type { SourceJson } from './licensed-document.js'

export interface StatementJson extends SourceJson {
  /** What it says, in words. */
  text: string
}

/** Percent. */
export interface FiguresJson {
  licensed: number
  exempt: number
  unlicensed: number
  unknown: number
  disputed: number
  atLeast: number
  atMost: number
  cleared: number
}

export interface WorkSegmentJson extends FiguresJson {
  from: string | null
  to: string | null
  reason: string | null
  /** What bears on it: links, claims and licences. */
  statements: string[]
}

export interface SegmentJson extends Omit<WorkSegmentJson, 'statements'> {
  status: string
}

export interface LaneSegmentJson extends SegmentJson {
  statements: string[]
}

export interface CauseJson {
  kind: string
  statement: string | null
  text: string
}

export interface EventJson {
  on: string
  before: SegmentJson
  after: SegmentJson
  because: CauseJson[]
}

export interface WorkLaneJson {
  work: { iswc: string | null; title: string | null; id: string }
  /** With a gap where nobody says that the recording embodies the work. */
  segments: WorkSegmentJson[]
}

export interface LaneJson {
  right: string
  segments: LaneSegmentJson[]
  events: EventJson[]
  /** For each status that it had, the longest time without a break in it. */
  longest: LongestJson[]
  /** Each work by itself, whatever its weight. */
  works: WorkLaneJson[]
}

export interface LongestJson {
  status: string
  from: string | null
  to: string | null
  /** Null where an end is open. */
  days: number | null
}

export interface TimelineDocument {
  kind: 'recital.timeline'
  version: 1
  recording: { isrc: string | null; title: string | null; artist: string | null }
  territory: string
  known: string
  theories: string[]
  rights: LaneJson[]
  basis: { generation: string; feeds: { feed: string; snapshot: string }[] }
  /** Where each statement that is named stands, by statement. */
  sources: Record<string, StatementJson>
}

const figuresJson = (segment: WorkSegment | Segment): Omit<WorkSegmentJson, 'statements'> => ({
  from: segment.from,
  to: segment.to,
  licensed: shareToJson(segment.licensed),
  exempt: shareToJson(segment.exempt),
  unlicensed: shareToJson(segment.unlicensed),
  unknown: shareToJson(segment.unknown),
  disputed: shareToJson(segment.disputed),
  atLeast: shareToJson(segment.atLeast),
  atMost: shareToJson(segment.atMost),
  cleared: shareToJson(segment.cleared),
  reason: segment.reason,
})

const segmentJson = (segment: Segment): SegmentJson => ({ ...figuresJson(segment), status: segment.status })

const idsOf = (statements: readonly Statement[]): string[] => statements.map(({ statement }) => statement)

const causeJson = (cause: Cause): CauseJson => ({
  kind: cause.kind,
  statement: cause.statement?.statement ?? null,
  text: causeText(cause),
})

/** An open end is longer than any number of days; of equally long ones the first counts (domain.md 3.2, Q7). */
function longestOf(segments: Lane['segments']): LongestJson[] {
  const stretches: LongestJson[] = []
  for (const { status, from, to } of segments) {
    const last = stretches.at(-1)
    if (last?.status === status) last.to = to
    else stretches.push({ status, from, to, days: null })
  }
  const longest = new Map<string, LongestJson>()
  const length = ({ days }: LongestJson) => days ?? Number.POSITIVE_INFINITY
  for (const each of stretches) {
    each.days = each.from === null || each.to === null ? null : dayNumber(each.to) - dayNumber(each.from)
    const other = longest.get(each.status)
    if (other === undefined || length(each) > length(other)) longest.set(each.status, each)
  }
  return [...longest.values()]
}

const laneJson = ({ right, segments, events, works }: Lane): LaneJson => ({
  right,
  segments: segments.map((segment) => ({ ...segmentJson(segment), statements: idsOf(segment.statements) })),
  events: events.map(({ on, before, after, because }) => ({
    on,
    before: segmentJson(before),
    after: segmentJson(after),
    because: because.map(causeJson),
  })),
  longest: longestOf(segments),
  works: works.map(({ work, segments: ofWork }) => ({
    work: { ...work },
    segments: ofWork.map((segment) => ({ ...figuresJson(segment), statements: idsOf(segment.statements) })),
  })),
})

function sourcesOf({ rights }: TimelineResult): Record<string, StatementJson> {
  const statements = rights.flatMap(({ segments, events, works }) => [
    ...segments.flatMap((segment) => segment.statements),
    ...works.flatMap((work) => work.segments.flatMap((segment) => segment.statements)),
    ...events.flatMap(({ because }) => because.flatMap(({ statement }) => (statement === null ? [] : [statement]))),
  ])
  const sorted = statements.sort((a, b) => (a.statement < b.statement ? -1 : a.statement > b.statement ? 1 : 0))
  return Object.fromEntries(sorted.map((each) => [each.statement, { ...each.source, text: statementText(each) }]))
}

export function timelineDocument(result: TimelineResult, generation: number): TimelineDocument {
  return {
    kind: 'recital.timeline',
    version: 1,
    recording: { ...result.recording },
    territory: result.territory,
    known: result.known,
    theories: [...result.theories],
    rights: result.rights.map(laneJson),
    basis: { generation: String(generation), feeds: result.feeds.map((each) => ({ ...each })) },
    sources: sourcesOf(result),
  }
}
