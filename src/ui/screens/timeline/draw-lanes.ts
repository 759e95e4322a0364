/** The lanes as lines: names and figures at the left, time across, and the axis below. */
import { dateOfNumber } from '../../../model/dates/day-numbers.js'
import { BUCKETS, type Bucket, figuresInWords, ticks } from '../../../report/index.js'
import { type Brush, inWidth } from '../../brush.js'
import { cellsOf, columnOf } from './columns.js'
import { comparedLane } from './details.js'
import { glyphsFor, paint, stack } from './glyphs.js'
import { isAbsent, type LaneView, spanOn } from './lanes.js'
import type { Layout } from './layout.js'
import { cursorLane, type State, visibleLanes } from './state.js'

/** Runs of one bucket as one painted text each. */
function painted(row: readonly (Bucket | null)[], { colors, isUnicode }: Brush): string {
  const glyphs = glyphsFor(isUnicode)
  let text = ''
  for (let start = 0; start < row.length; ) {
    const bucket = row[start] ?? null
    let end = start + 1
    while (end < row.length && (row[end] ?? null) === bucket) end += 1
    text += paint(colors, bucket, (bucket === null ? ' ' : glyphs[bucket]).repeat(end - start))
    start = end
  }
  return text
}

const largest = (stacked: readonly Bucket[]): Bucket | null => stacked[0] ?? null

/** The lanes that have room, the one of the cursor among them. */
function lanesInView(lanes: readonly LaneView[], chosen: LaneView | undefined, count: number): readonly LaneView[] {
  const place = lanes.findIndex(({ id }) => id === chosen?.id)
  const first = Math.max(0, Math.min(lanes.length - count, place - Math.floor(count / 2)))
  return lanes.slice(first, first + count)
}

/** As many lines as the layout gives to the lanes. */
export function laneLines(state: State, layout: Layout, brush: Brush): string[] {
  const lanes = visibleLanes(state)
  const chosen = cursorLane(state, lanes)
  const lines = lanesInView(lanes, chosen, layout.lanes).flatMap((lane) =>
    oneLane(state, lane, lane === chosen, layout, brush),
  )
  return [...lines, ...new Array(layout.lanes * layout.lanePitch - lines.length).fill('')]
}

function oneLane(state: State, lane: LaneView, isChosen: boolean, layout: Layout, brush: Brush): string[] {
  const { gutter, plot, laneHeight, lanePitch } = layout
  const stacks = cellsOf(lane.spans, state.view, plot).map((span) => (span === null ? [] : stack(span, laneHeight)))
  const names = gutterLines(state, lane, isChosen, layout, brush)
  const lines = Array.from({ length: laneHeight }, (_, row) => {
    const cells = stacks.map((stacked) => stacked[laneHeight - 1 - row] ?? null)
    const name = inWidth(names[row] ?? '', gutter)
    return (row === 0 && isChosen ? brush.colors.bold(name) : name) + painted(cells, brush)
  })
  if (state.isCompared) lines.push(comparedLine(state, lane, layout, brush))
  while (lines.length < lanePitch) lines.push('')
  return lines
}

/** Columns from which on names are written out and works stand further in. */
const WIDE_GUTTER = 20

/** The name, and what the lane holds on the day of the cursor, one bucket to a line. */
function gutterLines(state: State, lane: LaneView, isChosen: boolean, layout: Layout, { isUnicode }: Brush): string[] {
  const { gutter, laneHeight } = layout
  const isWide = gutter >= WIDE_GUTTER
  const name = isWide ? lane.name : lane.name.replace(/ right$/, '')
  const title = `${lane.isWork && isWide ? '  ' : ''}${isChosen ? '> ' : '  '}${name}`
  const span = spanOn(lane, state.cursor.day)
  if (span === undefined || laneHeight < 2) return [title]
  const indent = isWide ? '    ' : '  '
  const room = gutter - indent.length - 1
  const held = BUCKETS.filter((bucket) => span[bucket] !== 0)
  if (held.length < laneHeight) {
    const figures = isAbsent(span) ? ['not part of it'] : figuresInWords(span).split(', ')
    return [title, ...figures.map((text) => indent + shortened(text, room))]
  }
  const signs = held.map((bucket) => `${glyphsFor(isUnicode)[bucket]}${span[bucket]}`).join(' ')
  return [title, indent + (signs.length <= room ? signs : `${held.length} parts`)]
}

/** `licensed 33.3333 %`, or where that is too long `licen 33.3333%`: a figure is never cut. */
function shortened(text: string, width: number): string {
  if (text.length <= width) return text
  const [bucket = '', value = ''] = text.split(' ')
  const figure = ` ${value}%`
  return `${bucket.slice(0, Math.max(1, width - figure.length))}${figure}`
}

/** Below a lane: what is known now, in the columns in which it differs. */
function comparedLine(state: State, lane: LaneView, { gutter, plot }: Layout, brush: Brush): string {
  const other = comparedLane(state, lane)
  const label = inWidth('    now', gutter)
  if (other === undefined) return label
  const [was, now] = [lane.spans, other.spans].map((spans) => cellsOf(spans, state.view, plot))
  const row = (now ?? []).map((span, column) => {
    const before = was?.[column] ?? null
    const isEqual =
      span === before || (span !== null && before !== null && BUCKETS.every((name) => span[name] === before[name]))
    return isEqual || span === null ? null : largest(stack(span, 1))
  })
  return label + painted(row, brush)
}

/** The line of marks (events, cursor) and the line of dates. */
export function axisLines(state: State, { gutter, plot }: Layout, { colors }: Brush): string[] {
  const lanes = visibleLanes(state)
  const chosen = cursorLane(state, lanes)
  const marks: string[] = new Array(plot).fill(' ')
  for (const lane of lanes) {
    for (const day of lane.stops) {
      const column = columnOf(state.view, plot, day)
      if (column >= 0 && column < plot) marks[column] = markAfter(marks[column] ?? ' ', lane === chosen)
    }
  }
  const cursor = columnOf(state.view, plot, state.cursor.day)
  if (cursor >= 0 && cursor < plot) marks[cursor] = '^'
  const date = inWidth(`  ${dateOfNumber(state.cursor.day)}`, gutter)
  const row = marks.join('').replace('^', colors.bold('^'))
  return [colors.bold(date) + row, inWidth('', gutter) + tickLine(state, plot)]
}

/** `*` an event of the chosen lane, `:` one of another, a figure for several of the chosen one. */
function markAfter(mark: string, isChosen: boolean): string {
  if (!isChosen) return mark === ' ' ? ':' : mark
  const count = /[0-9]/.test(mark) ? Number(mark) : mark === '*' ? 1 : 0
  return count === 0 ? '*' : String(Math.min(9, count + 1))
}

function tickLine({ view }: State, plot: number): string {
  const perDay = plot / (view.to - view.from)
  let line = ''
  for (const { day, label } of ticks(view, (characters, days) => days * perDay >= characters + 2)) {
    const column = columnOf(view, plot, day)
    const text = `|${label}`
    if (column >= line.length && column + text.length <= plot) line = line.padEnd(column) + text
  }
  return line.padEnd(plot)
}
