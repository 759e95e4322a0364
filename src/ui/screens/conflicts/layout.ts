/** How the rows and columns of the terminal are given to list and detail. */
import type { Size } from '../../../cli/terminal.js'

export const SMALLEST: Size = { columns: 60, rows: 15 }

export interface Layout {
  readonly isTooSmall: boolean
  /** Columns of the whole. */
  readonly width: number
  /** Rows between header and footer. */
  readonly body: number
  readonly list: Size
  readonly detail: Size
  readonly isSideBySide: boolean
}

export const HEADER = 2
const FOOTER = 1
/** From here on there is room for both, side by side or one above the other. */
const COLUMNS_FOR_BOTH = 130
const ROWS_FOR_BOTH = 30
const BETWEEN = 3
const NOTHING: Size = { columns: 0, rows: 0 }

/** The parts add up to one row less than the terminal has. */
export function layoutOf(
  { columns, rows }: Size,
  seen: { readonly isSplit: boolean; readonly isOpen: boolean },
): Layout {
  const body = Math.max(0, rows - 1 - HEADER - FOOTER)
  const whole = { columns, rows: body }
  const common = { isTooSmall: columns < SMALLEST.columns || rows < SMALLEST.rows, width: columns, body }
  if (seen.isSplit && columns >= COLUMNS_FOR_BOTH) {
    const list = Math.min(100, Math.floor(columns * 0.45))
    const detail = columns - list - BETWEEN
    return {
      ...common,
      list: { columns: list, rows: body },
      detail: { columns: detail, rows: body },
      isSideBySide: true,
    }
  }
  if (seen.isSplit && rows >= ROWS_FOR_BOTH) {
    const list = Math.floor(body * 0.35)
    return {
      ...common,
      list: { columns, rows: list },
      detail: { columns, rows: body - list - 1 },
      isSideBySide: false,
    }
  }
  return seen.isOpen
    ? { ...common, list: NOTHING, detail: whole, isSideBySide: false }
    : { ...common, list: whole, detail: NOTHING, isSideBySide: false }
}
