/** What is said about the day and the lane of the cursor: in words, and line by line with sources. */
import type { StatementJson } from '../../../cli/views/timeline-document.js'
import { statusInWords, UNEXPLAINED } from '../../../cli/views/timeline-words.js'
import { dateOfNumber } from '../../../model/dates/day-numbers.js'
import { figuresInWords } from '../../../report/index.js'
import {
  type Difference,
  differences,
  eventOn,
  isAbsent,
  type LaneSpan,
  type LaneView,
  lanesOf,
  spanOn,
} from './lanes.js'
import { comparison, cursorLane, documentOf, lastKnown, type State, visibleLanes } from './state.js'

/** A line that can be chosen. */
export interface Item {
  readonly kind: 'because' | 'rests on' | 'differs'
  readonly text: string
  /** The statement behind it; null where there is none. */
  readonly statement: string | null
  readonly source: StatementJson | null
}

/** The causes of the event under the cursor, what its stretch rests on, and where what is known now differs. */
export function itemsOf(state: State): Item[] {
  const lane = cursorLane(state, visibleLanes(state))
  if (lane === undefined) return []
  const { sources } = documentOf(state)
  const item = (kind: Item['kind'], text: string, statement: string | null): Item => ({
    kind,
    text,
    statement,
    source: statement === null ? null : (sources[statement] ?? null),
  })
  const event = eventOn(lane, state.cursor.day)
  const causes = event?.because.length === 0 ? [item('because', UNEXPLAINED, null)] : []
  const named = (event?.because ?? []).map(({ text, statement }) => item('because', text, statement))
  const resting = (spanOn(lane, state.cursor.day)?.statements ?? []).map((statement) => {
    const source = sources[statement]
    return item('rests on', `${source?.feed}: ${source?.text}`, statement)
  })
  return [...causes, ...named, ...differing(state, lane).map((text) => item('differs', text, null)), ...resting]
}

const held = (span: LaneSpan | Difference['was']): string =>
  isAbsent(span) ? 'not part of the recording' : figuresInWords(span)

function differing(state: State, lane: LaneView): string[] {
  const other = comparedLane(state, lane)
  if (other === undefined) return []
  return differences(lane.spans, other.spans).map(
    ({ from, to, was, now }) => `${from ?? 'ever'} to ${to ?? 'open'}: ${held(was)}; now ${held(now)}`,
  )
}

/** The same lane as known now; undefined while nothing is compared or the answer is not there. */
export function comparedLane(state: State, lane: LaneView): LaneView | undefined {
  const document = state.isCompared ? comparison(state) : undefined
  return document === undefined ? undefined : lanesOf(document, lane.isWork).find(({ id }) => id === lane.id)
}

/** What holds on the day of the cursor, in one to three sentences. */
export function headingsOf(state: State): string[] {
  const lane = cursorLane(state, visibleLanes(state))
  if (lane === undefined) return []
  const day = dateOfNumber(state.cursor.day)
  const span = spanOn(lane, state.cursor.day)
  if (span === undefined) return [`${lane.name} on ${day}: outside of what was asked for`]
  const event = eventOn(lane, state.cursor.day)
  const range = span.atLeast === span.atMost ? '' : `, at least ${span.atLeast} %, at most ${span.atMost} %`
  const status = span.status === null ? '' : ` (${statusInWords({ status: span.status, reason: span.reason })})`
  const before = event === undefined ? [] : [`Changed on this day; before: ${figuresInWords(event.before)}`]
  const since = `from ${span.from ?? 'ever'} to ${span.to ?? 'open'}`
  return [
    `${lane.name} on ${day}: ${held(span)}${range}${status}, ${since}`,
    ...before,
    ...comparedHeading(state, lane),
  ]
}

function comparedHeading(state: State, lane: LaneView): string[] {
  if (!state.isCompared) return []
  const known = lastKnown(state)
  if (comparison(state) === undefined) return [`Working out what is known on ${known} ...`]
  const span = spanOn(comparedLane(state, lane) ?? lane, state.cursor.day)
  if (state.shown.known === known) return [`This is what is known now (${known}).`]
  return [`As known now (${known}): ${span === undefined ? 'not part of the recording' : held(span)}`]
}
