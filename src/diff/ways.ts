/**
 * Two ways to hold the rows of both files while they are joined. `lines`: the whole line as it is, cut at the delimiter
 * only where it must be, for two CSV files of the same header whose every line is a record. `columns`: each cell by itself, for
 * everything else. Both give the same answer wherever both can be used.
 */
import { literal, quoted } from '../store/columns.js'
import type { ColumnEquality } from './equality.js'
import type { MatchedColumn, MatchedColumns } from './match-columns.js'
import { cellText, plainLines, type Side, type SideRows } from './sides.js'

export type SideName = 'old' | 'new'

export interface Way {
  readonly name: 'lines' | 'columns'
  /** What is carried of each row through the join; the first of it is never NULL. */
  payload(side: SideName): readonly string[]
  /** Table or SELECT in brackets that yields the payload. */
  rows(side: SideName): string
  /** How all rows of a side are looked through: for their keys, and for what cannot be read. */
  scan(side: SideName): Scan
  /** SQL for a cell of a row, given how a column of the payload is called there. */
  cell(side: SideName, column: MatchedColumn, called: (payload: string) => string): string
  /**
   * SQL of a list of all cells of a row, where it is better to cut a row once than for each cell; null where cells are
   * columns already.
   */
  cells(side: SideName, called: (payload: string) => string): string | null
  /** SQL condition: a row cannot be read. */
  isBad(side: SideName, called: (payload: string) => string): string
  /** SQL condition on rows `o` and `n`: as they stand, something in them is not the same. */
  readonly differs: string
  /** SQL of a row's place in the file; null where it is not kept. */
  line(called: (payload: string) => string): string | null
}

export interface Scan {
  /** SELECT in brackets of the payload, with whatever the other two take besides it. */
  rows(from: string): string
  /** SQL for a cell of such a row. */
  cell(column: MatchedColumn): string
  /** SQL condition: such a row cannot be read. */
  readonly isBad: string
}

export const placeOf = (column: MatchedColumn, side: SideName): number =>
  (side === 'old' ? column.old : column.new) ?? 0

/** Whether two files can be compared line by line: the same header and delimiter. */
export function haveSameLines(old: Side, now: Side): boolean {
  const [a, b] = [old.plain, now.plain]
  if (a === null || b === null || a.delimiter !== b.delimiter || a.header.length !== b.header.length) return false
  if (a.header.length > WIDEST && (a.hasQuote || b.hasQuote)) return false
  return a.header.every((name, index) => name === b.header[index])
}

/** More cells than this make a pattern that costs more than it saves. */
const WIDEST = 200

export function linesWay(old: Side, now: Side): Way {
  const cut = { old: lineCutting(old, 'old'), new: lineCutting(now, 'new') }
  return {
    name: 'lines',
    payload: () => ['l'],
    rows: (side) => plainLines(side === 'old' ? old : now),
    scan: (side) => cut[side].scan,
    cell: (side, column, called) => cut[side].cell(called('l'), placeOf(column, side)),
    cells: (side, called) => cut[side].cells(called('l')),
    isBad: (side, called) => cut[side].isBad(called('l')),
    differs: 'o.l IS DISTINCT FROM n.l',
    line: () => null,
  }
}

interface LineCutting {
  readonly scan: Scan
  isBad(line: string): string
  cell(line: string, place: number): string
  cells(line: string): string
}

/** SQL that cuts a line `l` into cells: at the delimiter, or with regard to quotes where it holds any (RFC 4180). */
function lineCutting({ plain }: Side, side: SideName): LineCutting {
  const { delimiter, header, hasQuote } = plain ?? { delimiter: ',', header: [], hasQuote: false }
  const mark = literal(delimiter)
  const plainCell = (line: string, place: number): string => `split_part(${line}, ${mark}, ${place + 1})`
  const isRagged = (line: string): string => `len(string_split(${line}, ${mark})) <> ${header.length}`
  const plainCells = (line: string): string => `string_split(${line}, ${mark})`
  // Each line is cut once, for its key and for the number of its cells.
  const scanned = (from: string): string => `(SELECT l, string_split(l, ${mark}) AS cut FROM ${from})`
  const pieceOf = (column: MatchedColumn): string => `cut[${placeOf(column, side) + 1}]`
  const isRaggedCut = `len(cut) <> ${header.length}`
  if (!hasQuote) {
    const scan: Scan = { rows: scanned, cell: pieceOf, isBad: isRaggedCut }
    return { scan, isBad: isRagged, cell: plainCell, cells: plainCells }
  }
  const bare = `[^"${delimiter === '\t' ? '\\t' : delimiter}]*`
  const cell = `(?:${bare}|"(?:[^"]|"")*")`
  const next = delimiter === '|' ? '[|]' : delimiter === '\t' ? '\\t' : delimiter
  // One pass over the line tells that its quotes are closed, stand where they may, and how many cells there are.
  const whole = literal(`${cell}(?:${next}${cell}){${header.length - 1}}`)
  const unquoted = (found: string): string =>
    `CASE WHEN ${found}[1] = '"' THEN replace(${found}[2:-2], '""', '"') ELSE ${found} END`
  const quotedCell = (line: string, place: number): string =>
    unquoted(`regexp_extract(${line}, ${literal(`^(?:${cell}${next}){${place}}(${cell})`)}, 1)`)
  const groups = literal(`^${header.map(() => `(${cell})`).join(next)}$`)
  const names = header.map((_, index) => `c${index}`)
  const quotedCells = (line: string): string => {
    const found = `regexp_extract(${line}, ${groups}, [${names.map(literal).join(', ')}])`
    // A lambda is given a list, so the match is made once for all of its cells.
    const list = `list_transform([${found}], lambda m: [${names.map((name) => `m.${name}`).join(', ')}])[1]`
    return `list_transform(${list}, lambda c: ${unquoted('c')})`
  }
  const isBadOr = (line: string, ragged: string): string =>
    `CASE WHEN contains(${line}, '"') THEN NOT regexp_full_match(${line}, ${whole}) ELSE ${ragged} END`
  const scan: Scan = {
    rows: scanned,
    // Quotes behind the first cell are nothing to it.
    cell: (column) => {
      const [piece, place] = [pieceOf(column), placeOf(column, side)]
      return `CASE WHEN contains(${place === 0 ? piece : 'l'}, '"') THEN ${quotedCell('l', place)} ELSE ${piece} END`
    },
    isBad: isBadOr('l', isRaggedCut),
  }
  return {
    scan,
    isBad: (line) => isBadOr(line, isRagged(line)),
    cell: (line, place) =>
      `CASE WHEN contains(${line}, '"') THEN ${quotedCell(line, place)} ELSE ${plainCell(line, place)} END`,
    cells: (line) => `CASE WHEN contains(${line}, '"') THEN ${quotedCells(line)} ELSE ${plainCells(line)} END`,
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
    scan: (side) => ({
      rows: (from) => from,
      cell: (column) => quoted(`c${placeOf(column, side)}`),
      isBad: 'reject IS NOT NULL',
    }),
    cell: (side, column, called) => called(`c${placeOf(column, side)}`),
    cells: () => null,
    isBad: (_, called) => `${called('reject')} IS NOT NULL`,
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
  return key.map((column) => equality(column).keyText(way.scan(side).cell(column), side))
}
