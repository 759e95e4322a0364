/** The picture of a timeline as SVG elements: a band for each right, stacked by buckets, with numbered events. */
import { dayNumber } from '../../model/dates/day-numbers.js'
import { type Markup, markup, NOTHING } from '../markup.js'
import { type DayRange, ticks } from './axis.js'
import { BUCKETS, figuresInWords, type ReportLane, type Stretch, worksShown } from './model.js'
import { fillOf } from './patterns.js'

export const CHART_WIDTH = 1000
const LEFT = 150
const RIGHT = 12
const PLOT = CHART_WIDTH - LEFT - RIGHT
const LANE_HEIGHT = 56
const WORK_HEIGHT = 26
const WORK_GAP = 6
const MARKS_HEIGHT = 30
const AXIS_HEIGHT = 22
/** What a character of a label takes at most, in units of the picture. */
const CHARACTER = 7

export interface Chart {
  readonly picture: Markup
  readonly height: number
}

export interface ChartOptions {
  readonly range: DayRange
  /** Links to what is said elsewhere about the parts of the picture; without it the picture is still. */
  readonly linkTo?: (part: Part) => string
}

/** A part of the picture: a stretch of a lane or of one of its works, all counted from 0; or an event by its number. */
export type Part =
  | { readonly lane: number; readonly work: number | null; readonly segment: number }
  | { readonly event: number }

const place = (value: number): string => String(Math.round(value * 100) / 100)

/** Draws all lanes, the works of a right below it where there are several, and the axis below all. */
export function drawChart(lanes: readonly ReportLane[], { range, linkTo }: ChartOptions): Chart {
  const x = (day: number): number => {
    const within = Math.min(range.to, Math.max(range.from, day))
    return LEFT + ((within - range.from) * PLOT) / (range.to - range.from)
  }
  const parts: Markup[] = []
  let top = 0
  let firstEvent = 1
  lanes.forEach((lane, index) => {
    const bands = (segments: readonly Stretch[], name: string, work: number | null, height: number): Markup[] =>
      segments.map((segment, number) => {
        const band = drawBand(segment, { top, height, x, range })
        const link = linkTo?.({ lane: index, work, segment: number })
        return link === undefined ? band : linked(link, segmentTitle(name, segment), band)
      })
    const marksTop = top
    top += MARKS_HEIGHT
    parts.push(
      laneName(lane.name, top + LANE_HEIGHT / 2, 'lane'),
      ...bands(lane.segments, lane.name, null, LANE_HEIGHT),
    )
    // After the bands, so that they are on top of them.
    parts.push(drawEvents(lane, { top: marksTop, x, range, firstEvent, linkTo }))
    top += LANE_HEIGHT
    worksShown(lane).forEach((work, number) => {
      top += WORK_GAP
      parts.push(laneName(work.name, top + WORK_HEIGHT / 2, 'work'))
      parts.push(...bands(work.segments, `${lane.name}, ${work.name}`, number, WORK_HEIGHT))
      top += WORK_HEIGHT
    })
    firstEvent += lane.events.length
  })
  parts.push(drawAxis(top, range, x))
  return { picture: markup`${parts}`, height: top + AXIS_HEIGHT }
}

const linked = (target: string, title: string, content: Markup): Markup =>
  markup`<a href="#${target}" data-about="${target}" aria-label="${title}">${content}</a>`

const segmentTitle = (name: string, { from, to, ...figures }: Stretch): string =>
  `${name}, ${from ?? 'ever'} to ${to ?? 'open'}: ${figuresInWords(figures)}`

const laneName = (name: string, y: number, kind: 'lane' | 'work'): Markup => {
  const longest = Math.floor((LEFT - 10) / (kind === 'lane' ? CHARACTER : CHARACTER - 1))
  const shown = name.length > longest ? `${name.slice(0, longest - 1)}…` : name
  return markup`<text class="${kind}" x="${LEFT - 8}" y="${place(y)}" text-anchor="end" dominant-baseline="middle"><title>${name}</title>${shown}</text>`
}

interface Band {
  readonly top: number
  readonly height: number
  readonly range: DayRange
  readonly x: (day: number) => number
}

function drawBand(segment: Stretch, { top, height, range, x }: Band): Markup {
  const left = x(segment.from === null ? range.from : dayNumber(segment.from))
  const right = x(segment.to === null ? range.to : dayNumber(segment.to))
  if (right <= left) return NOTHING
  let bottom = top + height
  const boxes = BUCKETS.filter((bucket) => segment[bucket] > 0).map((bucket) => {
    const tall = (segment[bucket] * height) / 100
    bottom -= tall
    return markup`<rect x="${place(left)}" y="${place(bottom)}" width="${place(right - left)}" height="${place(tall)}" fill="${fillOf(bucket)}"/>`
  })
  const frame = markup`<rect class="frame" x="${place(left)}" y="${place(top)}" width="${place(right - left)}" height="${height}"/>`
  return markup`<g>${boxes}${frame}${caption(segment, left, right, top + height / 2)}</g>`
}

/** The figures on the band itself, where they fit. */
function caption(segment: Stretch, left: number, right: number, y: number): Markup {
  const words = figuresInWords(segment)
  if (words.length * CHARACTER + 8 > right - left) return NOTHING
  const x = place((left + right) / 2)
  return markup`<text class="caption" x="${x}" y="${place(y)}" text-anchor="middle" dominant-baseline="middle">${words}</text>`
}

interface Marks {
  readonly top: number
  readonly range: DayRange
  readonly x: (day: number) => number
  readonly firstEvent: number
  readonly linkTo: ChartOptions['linkTo']
}

function drawEvents(lane: ReportLane, { top, range, x, firstEvent, linkTo }: Marks): Markup {
  const marks = lane.events.map((event, index) => {
    const day = dayNumber(event.on)
    if (day < range.from || day >= range.to) return NOTHING
    const number = firstEvent + index
    const middle = x(day)
    // Neighbours that are close stand at two heights, so that their numbers stay apart.
    const lift = index % 2 === 0 ? 0 : 11
    const flag = markup`<g class="event"><rect x="${place(middle - 7)}" y="${top}" width="14" height="${MARKS_HEIGHT}" fill="transparent"/><path d="M${place(middle)} ${top + MARKS_HEIGHT}v${LANE_HEIGHT}M${place(middle - 4)} ${top + MARKS_HEIGHT - 7}h8l-4 7z"/><text x="${place(middle)}" y="${top + MARKS_HEIGHT - 9 - lift}" text-anchor="middle">${number}</text></g>`
    const title = `Event ${number}, ${event.on}, ${lane.name}: ${figuresInWords(event.before)}; then ${figuresInWords(event.after)}`
    const link = linkTo?.({ event: number })
    return link === undefined ? flag : linked(link, title, flag)
  })
  return markup`${marks}`
}

function drawAxis(top: number, range: DayRange, x: (day: number) => number): Markup {
  const perDay = PLOT / (range.to - range.from)
  const marks = ticks(range, (characters, days) => days * perDay >= (characters + 2) * CHARACTER)
  const drawn = marks.map(
    ({ day, label }) =>
      markup`<path class="tick" d="M${place(x(day))} ${top}v5"/><text class="tick" x="${place(x(day))}" y="${top + 17}" text-anchor="middle">${label}</text>`,
  )
  return markup`<path class="tick" d="M${LEFT} ${top}H${LEFT + PLOT}"/>${drawn}`
}
