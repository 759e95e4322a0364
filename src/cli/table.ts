/** The table printer: aligned columns without borders, so that output can be searched and cut by other tools. */
import { harmless } from '../model/text/harmless.js'
import { cutToWidth, displayWidth, padToWidth } from './display-width.js'

export interface Column {
  readonly header: string
  /**
   * `text` (the default) may be cut when the table is too wide; `id` is never cut, as half an identifier is worse than a
   * long line; `number` is never cut and stands at the right.
   */
  readonly kind?: 'text' | 'id' | 'number'
  /** Colours a cell after it was measured and padded; must not change its width. */
  readonly style?: (cell: string) => string
}

export interface TableOptions {
  /** Terminal columns that the table should fit into. */
  readonly width: number
  /** Colours the header line. */
  readonly headerStyle?: (header: string) => string
}

const GAP = '  '
/** A column of text is not cut below this, or below its header if that is shorter. */
const NARROWEST = 8

/**
 * A table as lines without line ends, the header first; only the header when there are no rows. Cells are made safe to
 * print. A table whose identifiers and numbers alone exceed the width is wider than it.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: TableOptions,
): string[] {
  const cells = rows.map((row) => columns.map((_, index) => harmless(row[index] ?? '')))
  const widths = fitWidths(columns, naturalWidths(columns, cells), options.width)
  const plain = (text: string) => text
  const header = columns.map((column) => column.header)
  return [
    line(header, columns, widths, () => options.headerStyle ?? plain),
    ...cells.map((row) => line(row, columns, widths, (column) => column.style ?? plain)),
  ]
}

function naturalWidths(columns: readonly Column[], cells: readonly (readonly string[])[]): number[] {
  return columns.map(({ header }, index) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[index] ?? '')), displayWidth(header)),
  )
}

/** Takes columns from the widest text until the table fits or no text can give any more. */
function fitWidths(columns: readonly Column[], natural: readonly number[], available: number): number[] {
  const widths = [...natural]
  const floors = columns.map(({ kind, header }, index) =>
    kind === 'id' || kind === 'number'
      ? (natural[index] ?? 0)
      : Math.min(natural[index] ?? 0, Math.max(NARROWEST, displayWidth(header))),
  )
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (columns.length - 1) - available
  while (excess > 0) {
    const slack = widths.map((width, index) => width - (floors[index] ?? 0))
    const shrinkable = widths.map((width, index) => ((slack[index] ?? 0) > 0 ? width : 0))
    const widest = Math.max(...shrinkable)
    if (widest <= 0) break
    const index = shrinkable.lastIndexOf(widest)
    widths[index] = widest - 1
    excess -= 1
  }
  return widths
}

function line(
  cells: readonly string[],
  columns: readonly Column[],
  widths: readonly number[],
  styleOf: (column: Column) => (text: string) => string,
): string {
  const last = columns.length - 1
  const parts = columns.map((column, index) => {
    const width = widths[index] ?? 0
    const align = column.kind === 'number' ? 'right' : 'left'
    const cut = cutToWidth(cells[index] ?? '', width)
    // Nothing follows the last column: spaces there would only get in the way of copying.
    const padded = index === last && align === 'left' ? cut : padToWidth(cut, width, align)
    return padded.trim() === '' ? padded : styleOf(column)(padded)
  })
  return parts.join(GAP).trimEnd()
}
