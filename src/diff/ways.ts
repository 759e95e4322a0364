/**
 * Two ways to hold the rows of both files while they are joined. `lines`: the whole line as it is, cut at the delimiter
 * only where it must be, for two CSV files of the same header without quotes. `columns`: each cell by itself, for
 * everything else. Both give the same answer wherever both can be used.
 */
import { literal, quoted } from '../store/columns.js'
import type { ColumnEquality } from './equality.js'
import type { MatchedColumn, MatchedColumns } from './match-columns.js'
import { cellText, plainLines, type Side, type SideRows } from './sides.js'

export type SideName = 'old' | 'new'

export interface Way {
  readonly name: 'lines' | 'columns'
  /** What is carried of each row through the join. */
  payload(side: SideName): readonly string[]
  /** Table or SELECT in brackets that yields the payload. */
  rows(side: SideName): string
  /** SQL for a cell of a row, given how a column of the payload is called there. */
  cell(side: SideName, column: MatchedColumn, called: (payload: string) => string): string
  /** SQL condition: a row cannot be read. */
  isBad(side: SideName): string
  /** SQL condition on rows `o` and `n`: as they stand, something in them is not the same. */
  readonly differs: string
  /** SQL of a row's place in the file; null where it is not kept. */
  line(called: (payload: string) => string): string | null
}

const placeOf = (column: MatchedColumn, side: SideName): number => (side === 'old' ? column.old : column.new) ?? 0

/** Whether two files can be compared line by line: the same header, the same delimiter, nothing quoted. */
export function haveSameLines(old: Side, now: Side): boolean {
  const [a, b] = [old.plain, now.plain]
  if (a === null || b === null || a.delimiter !== b.delimiter || a.header.length !== b.header.length) return false
  return a.header.every((name, index) => name === b.header[index])
}

export function linesWay(old: Side, now: Side): Way {
  const { delimiter, header } = old.plain ?? { delimiter: ',', header: [] }
  const split = (line: string): string => `string_split(${line}, ${literal(delimiter)})`
  return {
    name: 'lines',
    payload: () => ['l'],
    rows: (side) => plainLines(side === 'old' ? old : now),
    cell: (side, column, called) => `split_part(${called('l')}, ${literal(delimiter)}, ${placeOf(column, side) + 1})`,
    isBad: () => `len(${split('l')}) <> ${header.length}`,
    differs: 'o.l IS DISTINCT FROM n.l',
    line: () => null,
  }
}

/** The rows of both sides, read cell by cell. */
export interface BothRows {
  readonly old: SideRows
  readonly new: SideRows
}

export function columnsWay(rows: BothRows, columns: MatchedColumns, emptyEqualsNull: boolean): Way {
  const typeOf = (side: SideName, column: MatchedColumn): string | null =>
    rows[side].types?.[placeOf(column, side)] ?? null
  const differs = [...columns.compared, ...columns.ignored].map((column) => {
    const [old, now] = [`o.c${column.old}`, `n.c${column.new}`]
    const [oldType, newType] = [typeOf('old', column), typeOf('new', column)]
    if (oldType !== null && oldType === newType) return `${old} IS DISTINCT FROM ${now}`
    const text = (cell: string, type: string | null): string =>
      emptyEqualsNull ? `nullif(${cellText(cell, type)}, '')` : cellText(cell, type)
    return `${text(old, oldType)} IS DISTINCT FROM ${text(now, newType)}`
  })
  return {
    name: 'columns',
    payload: (side) => ['line', 'reject', ...rows[side].names.map((_, index) => `c${index}`)],
    rows: (side) => rows[side].from,
    cell: (side, column, called) => called(`c${placeOf(column, side)}`),
    isBad: () => 'reject IS NOT NULL',
    differs: differs.length === 0 ? 'false' : `(${differs.join(' OR ')})`,
    line: (called) => called('line'),
  }
}

/** SQL for the texts by which rows are joined, from a payload: one for each column of the key. */
export function keyTexts(
  way: Way,
  side: SideName,
  key: readonly MatchedColumn[],
  equality: (column: MatchedColumn) => ColumnEquality,
): string[] {
  return key.map((column) => equality(column).keyText(way.cell(side, column, quoted), side))
}
