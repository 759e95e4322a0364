/**
 * How a relation's columns are kept: one or two typed columns for each column of the contract. The typed columns are
 * the same in the archive of a snapshot (Parquet), in the statements and in every query.
 */
import type { Column, ColumnKind, Relation } from '../model/relations.js'

export interface StoredColumn {
  readonly name: string
  readonly type: string
  /** The contract column that it comes from. */
  readonly source: string
  /** Part of what the statement says; false for the given text of a value that was read exactly. */
  readonly counts: boolean
}

const IDENTIFIER_KINDS: ReadonlySet<ColumnKind> = new Set(['isrc', 'iswc', 'ipi-name', 'ipi-base', 'isni', 'upc'])

export const isIdentifierKind = (kind: ColumnKind): boolean => IDENTIFIER_KINDS.has(kind)

/** Shares: DECIMAL with six decimals, wide enough to keep a wrong `1000` as it was read. */
export const SHARE_TYPE = 'DECIMAL(18,6)'
/** Fractions of 1: weights of works in a recording and of rights. */
export const FRACTION_TYPE = 'DECIMAL(18,9)'
/** Numbers of custom relations, such as prices. */
export const DECIMAL_TYPE = 'DECIMAL(28,10)'

/**
 * The stored columns of one contract column.
 * - identifier: the valid normalised values, and `<name>_given` with the text as given where any of it failed
 * - share, fraction, decimal: the exact number, and `<name>_given` with its text
 * - date: the first possible day, and `<name>_last` with the last possible day where the date is partial
 */
export function storedColumns(column: Column): readonly StoredColumn[] {
  const stored = (name: string, type: string, counts = true): StoredColumn => ({
    name,
    type,
    source: column.name,
    counts,
  })
  if (isIdentifierKind(column.kind)) return [stored(column.name, 'VARCHAR'), stored(`${column.name}_given`, 'VARCHAR')]
  switch (column.kind) {
    case 'share':
      return [stored(column.name, SHARE_TYPE), stored(`${column.name}_given`, 'VARCHAR', false)]
    case 'fraction':
      return [stored(column.name, FRACTION_TYPE), stored(`${column.name}_given`, 'VARCHAR', false)]
    case 'decimal':
      return [stored(column.name, DECIMAL_TYPE), stored(`${column.name}_given`, 'VARCHAR', false)]
    case 'integer':
      return [stored(column.name, 'BIGINT')]
    case 'date':
    case 'end-date':
      return [stored(column.name, 'DATE'), stored(`${column.name}_last`, 'DATE')]
    default:
      return [stored(column.name, 'VARCHAR')]
  }
}

const columnsOfRelations = new WeakMap<Relation, readonly StoredColumn[]>()

/** All stored columns of a relation, in the order of the contract. */
export function relationColumns(relation: Relation): readonly StoredColumn[] {
  const before = columnsOfRelations.get(relation)
  if (before !== undefined) return before
  const columns = relation.columns.flatMap(storedColumns)
  columnsOfRelations.set(relation, columns)
  return columns
}

/** The stored columns that make up the natural key; both ends of a partial date belong to it. */
export function keyColumns(relation: Relation): readonly string[] {
  const columns = new Map(relation.columns.map((column) => [column.name, column]))
  return relation.key.flatMap((name) => {
    const column = columns.get(name)
    return column === undefined
      ? [name]
      : storedColumns(column)
          .filter((stored) => stored.counts)
          .map((stored) => stored.name)
  })
}

/** An SQL identifier, always quoted: names of custom relations come from mapping files. None can hold a NUL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * An SQL text literal. For values, bind parameters instead; this is for the few places that take none (COPY, ATTACH).
 * A NUL, which would end the statement, is put in by its number.
 */
export const literal = (text: string): string => {
  const parts = text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`)
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`
}
