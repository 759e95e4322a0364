/** How the rows of the terminal are given to the parts of the browser. */
import type { Size } from '../../../cli/terminal.js'

export const SMALLEST: Size = { columns: 60, rows: 15 }

export interface Layout {
  readonly isTooSmall: boolean
  readonly width: number
  /** Rows of the list of changes. */
  readonly list: number
  /** Rows of what is chosen, its title included. */
  readonly details: number
  /** Rows of list, details and the line between them. */
  readonly body: number
}

export const HEADER = 2
const FOOTER = 1
const LINE = 1
const MOST_DETAILS = 24

/** The parts add up to one row less than the terminal has. */
export function layoutOf({ columns, rows }: Size): Layout {
  const body = Math.max(0, rows - 1 - HEADER - FOOTER)
  const details = Math.min(MOST_DETAILS, Math.floor((body - LINE) / 2))
  return {
    isTooSmall: columns < SMALLEST.columns || rows < SMALLEST.rows,
    width: columns,
    list: Math.max(0, body - LINE - details),
    details: Math.max(0, details),
    body,
  }
}
