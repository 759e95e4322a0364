/** The names that a condition or a message may use, and the columns of the database that they stand for. */
import type { ChangedColumn, ChangeSide } from '../../model/change-set.js'
import { changeColumn } from '../../model/change-set.js'
import { nearestName } from '../../model/text/near-miss.js'

/** A name that may be used. */
export interface ScopeColumn {
  /** `after.price` is two parts, `op` one. */
  readonly path: readonly string[]
  /** Column of the relation that is evaluated; unquoted. */
  readonly flat: string
  /** DuckDB's name of its type. */
  readonly type: string
  /** Filled for these operations only; null: for all. */
  readonly filledFor: readonly ('create' | 'update' | 'delete')[] | null
}

/** What is known about the rows that changes are about. */
export interface DataShape {
  readonly columns: readonly ChangedColumn[]
  readonly key: readonly string[]
  /** There may be more columns than these. */
  readonly isOpen?: boolean
}

export interface Scope {
  readonly columns: readonly ScopeColumn[]
  /** Not all columns are known, so one that is not may be there, as text. */
  readonly isOpen: boolean
}

export type Resolution = { readonly column: ScopeColumn } | { readonly message: string; readonly suggestions: string[] }

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** A name as people write it: parts that are no plain words in quotes. */
export const written = (path: readonly string[]): string =>
  path.map((part, index) => (PLAIN.test(part) || index === 0 ? part : `"${part.replaceAll('"', '""')}"`)).join('.')

const SIDES: readonly ChangeSide[] = ['key', 'before', 'after']
const FILLED = {
  key: null,
  before: ['update', 'delete'],
  after: ['create', 'update'],
} as const satisfies Record<ChangeSide, readonly string[] | null>

const single = (name: string, type: string): ScopeColumn => ({ path: [name], flat: name, type, filledFor: null })

/** What is known about the snapshot, the same for all of its changes. */
export const SNAPSHOT_COLUMNS: readonly ScopeColumn[] = [
  { path: ['snapshot', 'feed'], flat: 'snapshot.feed', type: 'VARCHAR', filledFor: null },
  { path: ['snapshot', 'published'], flat: 'snapshot.published', type: 'TIMESTAMP', filledFor: null },
  { path: ['snapshot', 'received'], flat: 'snapshot.received', type: 'TIMESTAMP', filledFor: null },
]

/** True where the row as it is now had been stated before, and replaced, by an earlier snapshot of the feed. */
export const RETURNED: ScopeColumn = {
  path: ['history', 'returned'],
  flat: 'history.returned',
  type: 'BOOLEAN',
  filledFor: ['create', 'update'],
}

const sided = (side: ChangeSide, name: string, type: string): ScopeColumn => ({
  path: [side, name],
  flat: changeColumn(side, name),
  type,
  filledFor: FILLED[side],
})

/** What rules about single changes may name. */
export function changeScope({ columns, key, isOpen = false }: DataShape): Scope {
  return {
    isOpen,
    columns: [
      single('op', 'VARCHAR'),
      single('changed', 'VARCHAR[]'),
      ...SIDES.flatMap((side) =>
        columns
          .filter(({ name }) => side !== 'key' || key.includes(name))
          .map(({ name, type }) => sided(side, name, type)),
      ),
      ...SNAPSHOT_COLUMNS,
      RETURNED,
    ],
  }
}

/** Counts of a group or a snapshot, with the words that explain them. */
export const COUNTS: Readonly<Record<string, string>> = {
  changes: 'changes',
  created: 'rows created',
  updated: 'rows updated',
  deleted: 'rows deleted',
  moved_in: 'rows that came from another group',
  moved_out: 'rows that went to another group',
  old_rows: 'rows before',
  new_rows: 'rows now',
  created_ratio: 'created rows as a part of the rows before',
  updated_ratio: 'updated rows as a part of the rows before',
  deleted_ratio: 'deleted rows as a part of the rows before',
}
export const RATIOS: readonly string[] = ['created_ratio', 'updated_ratio', 'deleted_ratio']

/** Column of a group's frame that holds the value of a column of `group_by`. */
export const groupColumn = (name: string): string => `group.${name}`

/** What group and snapshot rules may name outside of aggregates: counts, the group's own columns, the snapshot. */
export function countScope({ columns, isOpen = false }: DataShape, groupBy: readonly string[]): Scope {
  const typeOf = (name: string): string => columns.find((column) => column.name === name)?.type ?? 'VARCHAR'
  return {
    isOpen,
    columns: [
      ...Object.keys(COUNTS).map((name) => single(name, name.endsWith('_ratio') ? 'DOUBLE' : 'BIGINT')),
      ...groupBy.flatMap((name): ScopeColumn[] => [
        { path: [name], flat: groupColumn(name), type: typeOf(name), filledFor: null },
        { path: ['group', name], flat: groupColumn(name), type: typeOf(name), filledFor: null },
      ]),
      ...SNAPSHOT_COLUMNS,
    ],
  }
}

/** What aggregates of group and snapshot rules may name: changed rows, and all rows of the snapshots. */
export function aggregateScope({ columns, isOpen = false }: DataShape): Scope {
  const sides = ['before', 'after', 'old', 'new'] as const
  return {
    isOpen,
    columns: [
      ...SNAPSHOT_COLUMNS,
      ...sides.flatMap((side) =>
        columns.map(({ name, type }) => ({
          path: [side, name],
          flat: `${side}.${name}`,
          type,
          filledFor: null,
        })),
      ),
    ],
  }
}

const OPEN_SIDES: readonly string[] = ['key', 'before', 'after', 'old', 'new']

/** The column that a name stands for: as written, else whatever its case; else what is wrong with it. */
export function resolve(scope: Scope, path: readonly string[]): Resolution {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const exact = scope.columns.find((one) => one.path.join('\0') === path.join('\0'))
  if (exact !== undefined) return { column: exact }
  const loose = scope.columns.filter(
    (one) => one.path.length === path.length && one.path.every((part, index) => same(part, path[index] ?? '')),
  )
  if (loose.length === 1 && loose[0] !== undefined) return { column: loose[0] }
  const name = written(path)
  if (loose.length > 1)
    return { message: `${name} may be one of ${loose.map((one) => written(one.path)).join(', ')}`, suggestions: [] }
  if (scope.isOpen && path.length === 2 && OPEN_SIDES.includes(path[0] ?? '')) {
    const [side = '', column = ''] = path
    const flat = `${side}.${column}`
    const filledFor = side === 'before' || side === 'after' ? FILLED[side] : null
    return { column: { path, flat, type: 'VARCHAR', filledFor } }
  }
  return { message: `there is no column ${name}`, suggestions: suggestionsFor(scope, path) }
}

function suggestionsFor(scope: Scope, path: readonly string[]): string[] {
  const names = scope.columns.map((one) => written(one.path))
  const bare = path.length === 1 ? names.filter((name) => name.endsWith(`.${written(['', ...path]).slice(1)}`)) : []
  if (bare.length > 0) return [`Say of which row: ${bare.join(' or ')}`]
  const near = nearestName(written(path), names)
  return near === undefined ? [`Columns: ${names.join(', ')}`.slice(0, 600)] : [`Did you mean ${near}?`]
}
