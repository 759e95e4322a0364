/** How the rows and columns of the terminal are given to the parts of the screen. */
import type { Size } from '../../../cli/terminal.js'

export const SMALLEST: Size = { columns: 60, rows: 15 }

export interface Layout {
  readonly isTooSmall: boolean
  readonly width: number
  /** Rows between the header and the bottom line. */
  readonly body: number
  /** Columns of the list of hits; 0 where a thing is open. */
  readonly list: number
  /** Columns of what is read; 0 where only the list is shown. */
  readonly detail: number
}

const HEADER = 2
const FOOTER = 1
/** From this width on what is chosen is told beside the list. */
const WIDE = 120
const GAP = 3

/** The parts add up to one row less than the terminal has. */
export function layoutOf({ columns, rows }: Size, isList: boolean, isSplit: boolean): Layout {
  const beside = isList && isSplit && columns >= WIDE
  const list = isList ? (beside ? Math.floor(columns * 0.55) : columns) : 0
  return {
    isTooSmall: columns < SMALLEST.columns || rows < SMALLEST.rows,
    width: columns,
    body: Math.max(1, rows - 1 - HEADER - FOOTER),
    list,
    detail: isList ? (beside ? columns - list - GAP : 0) : columns,
  }
}
