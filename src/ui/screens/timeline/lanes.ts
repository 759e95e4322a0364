/** The lanes of a timeline as the screen goes through them: one for each right, and on demand one for each work. */

import type { EventJson, TimelineDocument, WorkSegmentJson } from '../../../cli/views/timeline-document.js'
import { rightTitle, workTitle } from '../../../cli/views/timeline-words.js'
import { dayNumber } from '../../../model/dates/day-numbers.js'
import { BUCKETS, figuresInWords } from '../../../report/index.js'
import type { Span } from './columns.js'

export interface LaneSpan extends Span {
  readonly atLeast: number
  readonly atMost: number
  readonly reason: string | null
  /** Null for works, which have none by themselves. */
  readonly status: string | null
  readonly statements: readonly string[]
}

export interface LaneView {
  readonly id: string
  /** `mech`, `perf`, `master`. */
  readonly right: string
  readonly name: string
  readonly isWork: boolean
  readonly spans: readonly LaneSpan[]
  readonly events: readonly EventJson[]
  /** Days on which its result changes, in order. */
  readonly stops: readonly number[]
}

/** All lanes in their order. A work has the id of its right and its own, so that it is found again in another answer. */
export function lanesOf(document: TimelineDocument, isByWork: boolean): LaneView[] {
  return document.rights.flatMap((lane): LaneView[] => {
    const own: LaneView = {
      id: lane.right,
      right: lane.right,
      name: rightTitle(lane.right),
      isWork: false,
      spans: lane.segments,
      events: lane.events,
      stops: lane.events.map(({ on }) => dayNumber(on)),
    }
    if (!isByWork) return [own]
    const works = lane.works.map((each): LaneView => {
      const spans = withGaps(each.segments, own.spans).map((span) => ({ ...span, status: null }))
      const id = `${lane.right} ${each.work.iswc ?? each.work.id}`
      const stops = spans.slice(1).flatMap(({ from }) => (from === null ? [] : [dayNumber(from)]))
      return { id, right: lane.right, name: workTitle(each), isWork: true, spans, events: [], stops }
    })
    return [own, ...works]
  })
}

const ABSENT = {
  ...{ licensed: 0, exempt: 0, unlicensed: 0, unknown: 0, disputed: 0 },
  ...{ atLeast: 0, atMost: 0, cleared: 0, reason: null, statements: [] },
}

/** The stretches of a work with the times between them in which it is not part of the recording: nothing is held then. */
function withGaps(segments: readonly WorkSegmentJson[], all: readonly LaneSpan[]): WorkSegmentJson[] {
  const end = all.at(-1)?.to ?? null
  const spans: WorkSegmentJson[] = []
  let from = all[0]?.from ?? null
  let isOpen = true
  for (const segment of segments) {
    if (segment.from !== from) spans.push({ ...ABSENT, from, to: segment.from })
    spans.push(segment)
    from = segment.to
    isOpen = from !== null
  }
  return isOpen && from !== end ? [...spans, { ...ABSENT, from, to: end }] : spans
}

/** Whether a stretch stands for a time in which a work is not part of the recording. */
export const isAbsent = (span: Span): boolean => figuresInWords(span) === ''

/** The stretch of a lane on a day; undefined outside what was asked for, and where a work is not part of the recording. */
export const spanOn = ({ spans }: LaneView, day: number): LaneSpan | undefined =>
  spans.find(({ from, to }) => (from === null || dayNumber(from) <= day) && (to === null || day < dayNumber(to)))

export const eventOn = ({ events }: LaneView, day: number): EventJson | undefined =>
  events.find(({ on }) => dayNumber(on) === day)

export interface Stop {
  readonly day: number
  readonly lane: string
}

/** All days on which anything changes, by day and then in the order of the lanes. */
export function stopsOf(lanes: readonly LaneView[]): Stop[] {
  const stops = lanes.flatMap(({ id, stops: days }, order) => days.map((day) => ({ day, lane: id, order })))
  return stops.sort((a, b) => a.day - b.day || a.order - b.order).map(({ day, lane }) => ({ day, lane }))
}

export interface Difference {
  readonly from: string | null
  readonly to: string | null
  readonly was: Span
  readonly now: Span
}

const isEqual = (a: Span, b: Span): boolean => BUCKETS.every((bucket) => a[bucket] === b[bucket])

/** Where two accounts of one lane differ, oldest first. Both cover the same range. */
export function differences(was: readonly Span[], now: readonly Span[]): Difference[] {
  const found: Difference[] = []
  let [i, j] = [0, 0]
  for (;;) {
    const [a, b] = [was[i], now[j]]
    if (a === undefined || b === undefined) return found
    const from = laterStart(a.from, b.from)
    const to = earlierEnd(a.to, b.to)
    if ((from === null || to === null || from < to) && !isEqual(a, b)) found.push({ from, to, was: a, now: b })
    if (a.to === to) i += 1
    if (b.to === to) j += 1
  }
}

const laterStart = (a: string | null, b: string | null): string | null => {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}

const earlierEnd = (a: string | null, b: string | null): string | null => {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
