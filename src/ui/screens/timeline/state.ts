/** What the timeline screen knows and shows. What can happen to it is in reduce.ts. */
import type { Size } from '../../../cli/terminal.js'
import type { TimelineDesk, TimelineFile } from '../../../cli/timeline.js'
import type { TimelineQuestion } from '../../../cli/views/timeline-command.js'
import type { TimelineDocument } from '../../../cli/views/timeline-document.js'
import { InternalError } from '../../../errors.js'
import { dayNumber } from '../../../model/dates/day-numbers.js'
import { type DayRange, shownRange } from '../../../report/index.js'
import { fitted } from './columns.js'
import { type LaneView, lanesOf } from './lanes.js'
import { type Layout, layoutOf } from './layout.js'

/** What does not change while the screen is open. */
export type Matter = Pick<TimelineDesk, 'asked' | 'knowledge' | 'named'>

export type Overlay =
  | { readonly kind: 'help' | 'source' | 'commands'; readonly top: number }
  | { readonly kind: 'territories'; readonly filter: string; readonly chosen: number }
  | { readonly kind: 'date'; readonly text: string; readonly problem: string | null }
  | { readonly kind: 'format' }
  | {
      readonly kind: 'file'
      readonly format: TimelineFile['format']
      readonly text: string
      readonly problem: string | null
    }
  | { readonly kind: 'overwrite'; readonly format: TimelineFile['format']; readonly name: string }

/** What is to be done outside of the screen; it is told when it has been done. */
export type Task =
  | { readonly kind: 'write'; readonly file: TimelineFile; readonly question: TimelineQuestion }
  | { readonly kind: 'suspend' | 'redraw' | 'leave' }

export interface State {
  readonly matter: Matter
  readonly size: Size
  /** By `keyOf` the question. */
  readonly answers: ReadonlyMap<string, TimelineDocument>
  /** Questions that failed: not to be asked again by themselves. */
  readonly failed: ReadonlySet<string>
  /** What the user wants to see; until it is answered, `shown` stays. */
  readonly wanted: TimelineQuestion
  readonly shown: TimelineQuestion
  readonly view: DayRange
  readonly cursor: { readonly lane: string; readonly day: number }
  /** The chosen line of the details. */
  readonly line: number
  readonly isByWork: boolean
  readonly isCompared: boolean
  readonly overlay: Overlay | null
  /** Something to tell once, at the bottom. */
  readonly notice: string | null
  readonly task: Task | null
}

export const keyOf = ({ known, territory }: TimelineQuestion): string => `${known} ${territory}`

export const isSameQuestion = (a: TimelineQuestion, b: TimelineQuestion): boolean => keyOf(a) === keyOf(b)

/** The screen as it opens: everything in view, the cursor on the first event, else on the date of knowledge. */
export function openingState(desk: Pick<TimelineDesk, 'asked' | 'knowledge' | 'named' | 'first'>, size: Size): State {
  const { first, asked, knowledge, named } = desk
  const question = { known: first.known, territory: first.territory }
  const state: State = {
    matter: { asked, knowledge, named },
    size,
    answers: new Map([[keyOf(question), first]]),
    failed: new Set(),
    wanted: question,
    shown: question,
    view: { from: 0, to: 1 },
    cursor: { lane: first.rights[0]?.right ?? '', day: dayNumber(first.known.slice(0, 10)) },
    line: 0,
    isByWork: false,
    isCompared: false,
    overlay: null,
    notice: null,
    task: null,
  }
  const stops = lanesOf(first, false).flatMap((lane) => lane.stops.map((day) => ({ lane: lane.id, day })))
  const cursor = [...stops].sort((a, b) => a.day - b.day)[0] ?? state.cursor
  const view = wholeView(state)
  const day = Math.min(view.to - 1, Math.max(view.from, cursor.day))
  return { ...state, view, cursor: { ...cursor, day } }
}

export function documentOf({ answers, shown }: State): TimelineDocument {
  const document = answers.get(keyOf(shown))
  if (document === undefined)
    throw new InternalError('a timeline is shown that was never answered', { code: 'ui-state' })
  return document
}

export const visibleLanes = (state: State): LaneView[] => lanesOf(documentOf(state), state.isByWork)

/** The lane of the cursor; where another answer lacks it, the right that it belongs to. */
export function cursorLane({ cursor }: State, lanes: readonly LaneView[]): LaneView | undefined {
  const [right] = cursor.lane.split(' ')
  return lanes.find(({ id }) => id === cursor.lane) ?? lanes.find(({ id }) => id === right) ?? lanes[0]
}

/** The date of the last receipt. */
export const lastKnown = ({ matter, shown }: State): string => matter.knowledge.at(-1) ?? shown.known

/** The answer to compare with: the same territory, as known now. Undefined until it is there. */
export const comparison = (state: State): TimelineDocument | undefined =>
  state.answers.get(keyOf({ ...state.shown, known: lastKnown(state) }))

export const layoutOfState = (state: State): Layout =>
  layoutOf(state.size, lanesOf(documentOf(state), state.isByWork).length, state.isCompared)

/** All events of what is shown. */
export function wholeView(state: State): DayRange {
  const { rights, known } = documentOf(state)
  return fitted(shownRange(rights, known), layoutOfState(state).plot)
}

/** Shows what is wanted as soon as it is there. */
export function settled(state: State): State {
  if (isSameQuestion(state.shown, state.wanted) || !state.answers.has(keyOf(state.wanted))) return state
  const next = { ...state, shown: state.wanted, line: 0 }
  return { ...next, view: fitted(state.view, layoutOfState(next).plot) }
}

/** The state that asks another question; shown at once where it was answered before. */
export function wanting(state: State, question: TimelineQuestion): State {
  const failed = new Set([...state.failed].filter((key) => key !== keyOf(question)))
  return settled({ ...state, failed, wanted: question })
}

/**
 * Questions that wait for an answer, the most urgent first: what is wanted, what it is compared with, and then, so that
 * the next step needs no waiting, the dates of knowledge beside it.
 */
export function questionsOf(state: State): TimelineQuestion[] {
  const { wanted, matter, answers, failed } = state
  const place = matter.knowledge.indexOf(wanted.known)
  const beside = [place - 1, place + 1].flatMap((index) => matter.knowledge[index] ?? [])
  const all = [wanted.known, ...(state.isCompared ? [lastKnown(state)] : []), ...beside]
  const open = [...new Set(all)].map((known) => ({ known, territory: wanted.territory }))
  return open.filter((question) => !answers.has(keyOf(question)) && !failed.has(keyOf(question)))
}
