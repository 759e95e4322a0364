/** How the rows and columns of the terminal are given to the parts of the screen. */
import type { Size } from '../../../cli/terminal.js'

export const SMALLEST: Size = { columns: 60, rows: 15 }

export interface Layout {
  readonly isTooSmall: boolean
  /** Columns of the whole. */
  readonly width: number
  /** Columns at the left for the names of the lanes. */
  readonly gutter: number
  /** Columns of time. */
  readonly plot: number
  readonly header: number
  /** Rows of the stacked signs of one lane. */
  readonly laneHeight: number
  /** Rows of one lane with what belongs to it: the comparison, the gap. */
  readonly lanePitch: number
  /** Lanes that have room. */
  readonly lanes: number
  readonly details: number
}

const AXIS = 2
const FOOTER = 1
const TALLEST_LANE = 10
/** From this height on the signs are explained at the top. */
const ROWS_WITH_LEGEND = 20

/** The parts add up to one row less than the terminal has. */
export function layoutOf({ columns, rows }: Size, laneCount: number, isCompared: boolean): Layout {
  const gutter = columns >= 120 ? 26 : columns >= 80 ? 20 : 14
  const header = rows >= ROWS_WITH_LEGEND ? 3 : 2
  const body = Math.max(0, rows - 1 - header - AXIS - FOOTER)
  const forLanes = body - Math.max(3, Math.floor(body * 0.4))
  const beside = isCompared ? 1 : 0
  // Works are many: lanes stay low enough that three are seen at once.
  const wanted = Math.floor(forLanes / Math.max(1, Math.min(3, laneCount)))
  const gap = wanted - beside >= 4 ? 1 : 0
  const laneHeight = Math.max(1, Math.min(TALLEST_LANE, wanted - beside - gap))
  const lanePitch = laneHeight + beside + gap
  const lanes = Math.max(1, Math.min(laneCount, Math.floor(forLanes / lanePitch)))
  return {
    isTooSmall: columns < SMALLEST.columns || rows < SMALLEST.rows,
    width: columns,
    gutter,
    plot: Math.max(1, columns - gutter),
    header,
    laneHeight,
    lanePitch,
    lanes,
    details: Math.max(0, body - lanes * lanePitch),
  }
}
