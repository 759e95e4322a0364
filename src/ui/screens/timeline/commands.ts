/** What the keys of the timeline do while nothing is open above it. */
import type { KeyCommand } from '../../keys.js'
import { holding, panned, zoomed } from './columns.js'
import { itemsOf } from './details.js'
import { stopsOf } from './lanes.js'
import { cursorLane, layoutOfState, type State, visibleLanes, wanting, wholeView } from './state.js'

const PAN = 1 / 4

type Deed = (state: State) => State

const DEEDS: Readonly<Record<KeyCommand<'timeline'>, Deed>> = {
  'previous-event': (state) => toStop(state, 'before'),
  'next-event': (state) => toStop(state, 'after'),
  'first-event': (state) => toEnd(state, 0),
  'last-event': (state) => toEnd(state, -1),
  'go-to-date': (state) => ({ ...state, overlay: { kind: 'date', text: '', problem: null } }),
  'next-lane': (state) => toLane(state, 1),
  'previous-lane': (state) => toLane(state, -1),
  'next-line': (state) => toLine(state, state.line + 1),
  'previous-line': (state) => toLine(state, state.line - 1),
  'known-earlier': (state) => toKnown(state, knownPlace(state) - 1),
  'known-later': (state) => toKnown(state, knownPlace(state) + 1),
  'known-first': (state) => toKnown(state, 0),
  'known-last': (state) => toKnown(state, state.matter.knowledge.length - 1),
  compare: (state) => refitted({ ...state, isCompared: !state.isCompared, line: 0 }),
  territory: (state) => ({ ...state, overlay: { kind: 'territories', filter: '', chosen: 0 } }),
  works: toggleWorks,
  'zoom-in': (state) => zoom(state, 1 / 2),
  'zoom-out': (state) => zoom(state, 2),
  'zoom-all': (state) => ({ ...state, view: wholeView(state) }),
  'pan-earlier': (state) => pan(state, -PAN),
  'pan-later': (state) => pan(state, PAN),
  source: openSource,
  commands: (state) => ({ ...state, overlay: { kind: 'commands', top: 0 } }),
  export: (state) => ({ ...state, overlay: { kind: 'format' } }),
  help: (state) => ({ ...state, overlay: { kind: 'help', top: 0 } }),
  close: (state) => ({ ...state, task: { kind: 'leave' } }),
  leave: (state) => ({ ...state, task: { kind: 'leave' } }),
  suspend: (state) => ({ ...state, task: { kind: 'suspend' } }),
  redraw: (state) => ({ ...state, task: { kind: 'redraw' } }),
}

export const perform = (state: State, command: KeyCommand<'timeline'> | null): State =>
  command === null ? state : DEEDS[command](state)

/** The cursor on a day, with that day in view. */
export function toDay(state: State, day: number, lane = state.cursor.lane): State {
  const { plot } = layoutOfState(state)
  return { ...state, cursor: { lane, day }, line: 0, view: holding(state.view, plot, day) }
}

/** To the nearest change in any lane, in time and then in the order of the lanes. */
function toStop(state: State, side: 'before' | 'after'): State {
  const lanes = visibleLanes(state)
  const order = lanes.findIndex(({ id }) => id === cursorLane(state, lanes)?.id)
  const { day } = state.cursor
  const placed = stopsOf(lanes).map((stop) => ({ ...stop, order: lanes.findIndex(({ id }) => id === stop.lane) }))
  const isAfter = (stop: { day: number; order: number }) => stop.day > day || (stop.day === day && stop.order > order)
  const isBefore = (stop: { day: number; order: number }) => stop.day < day || (stop.day === day && stop.order < order)
  const stop = side === 'after' ? placed.find(isAfter) : placed.findLast(isBefore)
  if (stop !== undefined) return toDay(state, stop.day, stop.lane)
  return { ...state, notice: placed.length === 0 ? 'Nothing changes in this territory.' : `No event ${side} this one.` }
}

function toEnd(state: State, place: 0 | -1): State {
  const stop = stopsOf(visibleLanes(state)).at(place)
  return stop === undefined
    ? { ...state, notice: 'Nothing changes in this territory.' }
    : toDay(state, stop.day, stop.lane)
}

function toLane(state: State, step: 1 | -1): State {
  const lanes = visibleLanes(state)
  const place = lanes.findIndex(({ id }) => id === cursorLane(state, lanes)?.id)
  const lane = lanes[(place + step + lanes.length) % lanes.length]
  return lane === undefined ? state : { ...state, cursor: { ...state.cursor, lane: lane.id }, line: 0 }
}

const toLine = (state: State, line: number): State => ({
  ...state,
  line: Math.max(0, Math.min(itemsOf(state).length - 1, line)),
})

const knownPlace = ({ matter, wanted }: State): number => matter.knowledge.indexOf(wanted.known)

function toKnown(state: State, place: number): State {
  const known = state.matter.knowledge[place]
  if (known !== undefined) return wanting(state, { ...state.wanted, known })
  const isBefore = place < 0
  return { ...state, notice: `Nothing that bears on the recording was received ${isBefore ? 'earlier' : 'later'}.` }
}

/** After the rows were given out anew. */
const refitted = (state: State): State => toDay(state, state.cursor.day)

function toggleWorks(state: State): State {
  const toggled = { ...state, isByWork: !state.isByWork }
  const lanes = visibleLanes(toggled)
  const lane = cursorLane(toggled, lanes)?.id ?? state.cursor.lane
  const hasWorks = lanes.some(({ isWork }) => isWork)
  if (toggled.isByWork && !hasWorks) return { ...state, notice: 'Nobody says which work the recording embodies.' }
  return toDay(toggled, state.cursor.day, lane)
}

function zoom(state: State, factor: number): State {
  const { plot } = layoutOfState(state)
  const { view, cursor } = state
  const isSeen = cursor.day >= view.from && cursor.day < view.to
  const around = isSeen ? cursor.day : Math.floor((view.from + view.to) / 2)
  const next = zoomed(view, plot, factor, around)
  const isSame = next.from === view.from && next.to === view.to
  return isSame
    ? { ...state, notice: factor < 1 ? 'A column is one day already.' : 'There is no more time.' }
    : { ...state, view: next }
}

const pan = (state: State, part: number): State => ({
  ...state,
  view: panned(state.view, layoutOfState(state).plot, part),
})

function openSource(state: State): State {
  const item = itemsOf(state)[state.line]
  return item?.statement == null
    ? { ...state, notice: 'This line has no statement behind it.' }
    : { ...state, overlay: { kind: 'source', top: 0 } }
}
