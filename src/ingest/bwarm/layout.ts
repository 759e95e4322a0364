/**
 * Which table a BWARM file holds and which cell is which: by its header row, else by the number of its cells. File
 * names do not tell the version: dumps with the names of 1.0 and the cells of 2.x exist.
 */
import { BWARM_TABLES, type BwarmTable, plainName, tableOfType } from './tables.js'

/** How to read the lines of one file. */
export interface FileLayout {
  readonly table: BwarmTable
  /** Names of the cells in file order; null = not one of the standard's, see `unknown`. */
  readonly cells: readonly (string | null)[]
  /** Header names (or `cell 9`) of the cells that the standard does not know, by position from 0. */
  readonly unknown: ReadonlyMap<number, string>
  /** Lines before the first record: 0 or 1. */
  readonly headerLines: 0 | 1
  /** Null where both versions have the same cells. */
  readonly version: '1.0' | '2.x' | null
}

/** Base name of a file inside a delivery without folders, `.gz` and extension, lower case. */
export const stemOf = (fileName: string): string => {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1)
  return base
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/\.(tsv|txt|tab)$/, '')
}

const headerNames = (line: string): string[] => {
  const bare = line.startsWith('#') ? line.slice(1) : line
  return bare.split('\t').map((name) => name.trim())
}

interface NamedCells {
  cells: (string | null)[]
  recognised: number
}

/** Cell of a table for each header name; each cell is taken once. */
const namedCells = (table: BwarmTable, names: readonly string[]): NamedCells => {
  const cells: (string | null)[] = names.map(() => null)
  const taken = new Set<string>()
  names.forEach((name, index) => {
    const plain = plainName(name)
    const found = Object.entries(table.cells).find(
      ([cell, ddex]) => !taken.has(cell) && ddex.some((known) => plainName(known) === plain),
    )
    if (found === undefined) return
    cells[index] = found[0]
    taken.add(found[0])
  })
  return { cells, recognised: taken.size }
}

/** The own id of a row comes first in every table, under a name that DDEX changed often. */
const withOwnId = (table: BwarmTable, cells: readonly (string | null)[]): (string | null)[] => {
  const small = table.layouts.find((layout) => layout.cells.length === cells.length && layout.cells.length <= 5)
  const free = (cell: string): boolean => !cells.includes(cell)
  return cells.map((cell, index) => {
    if (cell !== null) return cell
    const expected = small?.cells[index] ?? (index === 0 ? 'record' : undefined)
    return expected !== undefined && free(expected) ? expected : null
  })
}

/** The table that header names describe: all its telling names must be there. */
export const tableOfHeader = (line: string): BwarmTable | null => {
  const names = headerNames(line)
  const fits = BWARM_TABLES.filter((table) => {
    const { cells, recognised } = namedCells(table, names)
    return recognised >= Math.min(3, names.length) && table.signature.every((cell) => cells.includes(cell))
  })
  return fits[0] ?? null
}

const versionOfNames = (table: BwarmTable, names: readonly string[]): '1.0' | '2.x' | null => {
  if (names.some((name) => /^FeedProviders/i.test(name))) return '1.0'
  if (names.some((name) => /RecordId$/i.test(name))) return '2.x'
  return table.since === '1.0' ? null : '2.x'
}

function layoutOfHeader(table: BwarmTable, line: string): FileLayout | null {
  const names = headerNames(line)
  const named = namedCells(table, names)
  if (named.recognised < Math.min(2, names.length)) return null
  const cells = withOwnId(table, named.cells)
  if (!table.needed.every((cell) => cells.includes(cell))) return null
  const unknown = new Map<number, string>()
  cells.forEach((cell, index) => {
    const name = names[index] || `cell ${index + 1}`
    if (cell === null) unknown.set(index, [...unknown.values()].includes(name) ? `${name} (cell ${index + 1})` : name)
  })
  return { table, cells, unknown, headerLines: 1, version: versionOfNames(table, names) }
}

const countCells = (line: string): number => line.replaceAll('\\\\\\', '').replaceAll('\\\t', '').split('\t').length

/** The number of cells that most of the lines have; the larger one of equals. */
const usualCount = (lines: readonly string[]): number => {
  const counts = new Map<number, number>()
  for (const line of lines) counts.set(countCells(line), (counts.get(countCells(line)) ?? 0) + 1)
  return [...counts].sort(([a, n], [b, m]) => m - n || b - a)[0]?.[0] ?? 0
}

function layoutOfCount(table: BwarmTable, lines: readonly string[], preferred: '1.0' | '2.x'): FileLayout | null {
  const count = usualCount(lines)
  const fits = table.layouts.filter(({ cells, open }) => (open ? count >= cells.length : count === cells.length))
  const layout = fits.find(({ version }) => version === preferred) ?? fits[0]
  if (layout === undefined) return null
  const rest = Array.from({ length: count - layout.cells.length }, (_, index) => layout.cells.length + index)
  return {
    table,
    cells: [...layout.cells, ...rest.map(() => null)],
    unknown: new Map(rest.map((index) => [index, `cell ${index + 1}`])),
    headerLines: 0,
    version: fits.length > 1 ? null : layout.version,
  }
}

export interface LayoutHints {
  readonly name: string
  /** TableType that the manifest gives this file. */
  readonly tableType: string | null
  /** Version of the manifest; decides only between layouts of one length. */
  readonly version: '1.0' | '2.x'
}

export type LayoutFound =
  | { readonly kind: 'layout'; readonly layout: FileLayout }
  /** No table of the standard. */
  | { readonly kind: 'unknown' }
  /** A table of the standard, but neither its header row nor its number of cells is a known one. */
  | { readonly kind: 'unusable'; readonly table: BwarmTable; readonly seen: string }

/**
 * The layout of one file from its first lines (without line ends; blank ones left out). A file without records has the
 * newest layout of its table.
 */
export function findLayout(lines: readonly string[], hints: LayoutHints): LayoutFound {
  const [first = ''] = lines
  const named = tableOfType(hints.tableType ?? '') ?? tableOfType(stemOf(hints.name))
  const table = tableOfHeader(first) ?? named
  if (table === null) return { kind: 'unknown' }
  const byHeader = layoutOfHeader(table, first)
  if (byHeader !== null) return { kind: 'layout', layout: byHeader }
  const commented = first.startsWith('#')
  const records = commented ? lines.slice(1) : lines
  if (records.length === 0) {
    const cells = table.layouts[0]?.cells ?? []
    const headerLines = commented ? 1 : 0
    return { kind: 'layout', layout: { table, cells, unknown: new Map(), headerLines, version: null } }
  }
  const byCount = layoutOfCount(table, records, hints.version)
  if (byCount === null) {
    const seen = commented ? headerNames(first).join(', ') : `${usualCount(records)} cells per line`
    return { kind: 'unusable', table, seen }
  }
  return { kind: 'layout', layout: { ...byCount, headerLines: commented ? 1 : 0 } }
}
