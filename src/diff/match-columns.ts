/** Which column of the old file is which of the new one: by name, never by position. */
import { InputError, UsageError } from '../errors.js'
import { nearestName } from '../model/text/near-miss.js'
import type { DiffOptions, SchemaChanges } from './request.js'

/** A column of either file or both, under the name that the change set gives it: that of the new file. */
export interface MatchedColumn {
  readonly name: string
  /** Places in the files, from 0; null where a file does not have it. */
  readonly old: number | null
  readonly new: number | null
}

export interface MatchedColumns {
  /** Those of the new file in its order, then those that only the old file has. */
  readonly all: readonly MatchedColumn[]
  readonly key: readonly MatchedColumn[]
  /** Columns of both files that make an update when they differ. */
  readonly compared: readonly MatchedColumn[]
  /** Columns of both files that do not. */
  readonly ignored: readonly MatchedColumn[]
  readonly schema: SchemaChanges
}

/** What of the request is about columns. */
export type ColumnRequest = Pick<DiffOptions, 'key' | 'ignore' | 'only' | 'rename' | 'by' | 'types' | 'tolerance'> & {
  readonly old: { readonly name: string }
  readonly new: { readonly name: string }
  readonly onDuplicate?: DiffOptions['onDuplicate']
}

const lower = (name: string): string => name.toLowerCase()

/**
 * Matches the columns of two files: by name, then by what `rename` says, then by name without regard to case.
 * Throws InputError `missing-key` (a key column that a file does not have), UsageError `unknown-column` (any other name
 * that neither has), `rename`.
 */
export function matchColumns(old: readonly string[], now: readonly string[], request: ColumnRequest): MatchedColumns {
  const renames = renamePairs(old, now, request)
  const partners = new Map(renames.map(({ from, to }) => [lower(to), from]))
  const taken = new Set(renames.map(({ from }) => lower(from)))
  const all: MatchedColumn[] = now.map((name, index) => {
    const partner = partners.get(lower(name))
    const place = partner === undefined ? (taken.has(lower(name)) ? -1 : indexOf(old, name)) : indexOf(old, partner)
    return { name, old: place < 0 ? null : place, new: index }
  })
  const matched = new Set(all.map((column) => column.old))
  const removed = old.flatMap((name, index) =>
    matched.has(index) ? [] : [{ name: freeName(name, now), old: index, new: null }],
  )
  const columns = [...all, ...removed]
  const key = keyColumns(columns, old, now, request)
  const { compared, ignored } = comparedColumns(columns, key, request)
  for (const name of namedElsewhere(request)) findColumn(columns, old, name, request)
  return { all: columns, key, compared, ignored, schema: schemaChanges(old, now, columns) }
}

const indexOf = (names: readonly string[], wanted: string): number => {
  const exact = names.indexOf(wanted)
  return exact >= 0 ? exact : names.findIndex((name) => lower(name) === lower(wanted))
}

/** A column that only the old file has may be called what the new file calls another one, after a rename. */
function freeName(name: string, now: readonly string[]): string {
  return now.some((other) => lower(other) === lower(name)) ? freeName(`${name} (old)`, now) : name
}

function renamePairs(old: readonly string[], now: readonly string[], request: ColumnRequest) {
  return [...(request.rename ?? [])].map(([from, to]) => {
    if (indexOf(old, from) < 0) throw notThere('--rename', from, old, request.old.name)
    if (indexOf(now, to) < 0) throw notThere('--rename', to, now, request.new.name)
    return { from, to }
  })
}

function notThere(flag: string, name: string, names: readonly string[], file: string): UsageError {
  const near = nearestName(name, names)
  return new UsageError(`${flag} names the column ${name}, which ${file} does not have.`, {
    code: 'unknown-column',
    suggestions: [
      ...(near === undefined ? [] : [`Did you mean ${near}?`]),
      `Its columns: ${names.slice(0, 30).join(', ')}`,
    ],
  })
}

function keyColumns(
  columns: readonly MatchedColumn[],
  old: readonly string[],
  now: readonly string[],
  request: ColumnRequest,
): MatchedColumn[] {
  if (request.key.length === 0) {
    if (request.onDuplicate === 'multiset')
      return columns.filter((column) => column.old !== null && column.new !== null)
    throw new UsageError('A diff needs the key by which a row is known.', {
      code: 'key-needed',
      suggestions: ['Name its columns with --key', 'Compare whole rows with --on-duplicate multiset'],
    })
  }
  const key = request.key.map((name) => {
    const column = columnCalled(columns, old, name)
    if (column === undefined || column.old === null || column.new === null) {
      const [file, names] = column?.old == null ? [request.old.name, old] : [request.new.name, now]
      throw missingKey(name, file, names)
    }
    return column
  })
  const twice = key.find((column, index) => key.indexOf(column) !== index)
  if (twice === undefined) return key
  throw new UsageError(`The column ${twice.name} is named twice in the key.`, { code: 'key-twice' })
}

function missingKey(name: string, file: string, names: readonly string[]): InputError {
  const near = nearestName(name, names)
  return new InputError(`${file} has no column ${name}, which is part of the key.`, {
    code: 'missing-key',
    file,
    line: 1,
    excerpt: names.join(', ').slice(0, 200),
    suggestions: [
      ...(near === undefined ? [] : [`Did you mean ${near}?`]),
      `Its columns: ${names.slice(0, 30).join(', ')}`,
      'If it is called otherwise there, say so with --rename OLD=NEW',
    ],
  })
}

/** A column by its name in the change set, or in the old file. */
function columnCalled(columns: readonly MatchedColumn[], old: readonly string[], name: string) {
  return (
    columns.find((column) => column.name === name) ??
    columns.find((column) => column.old !== null && old[column.old] === name) ??
    columns.find((column) => lower(column.name) === lower(name)) ??
    columns.find((column) => column.old !== null && lower(old[column.old] ?? '') === lower(name))
  )
}

/** The column that a flag names, by either file's name for it. Throws UsageError `unknown-column`. */
export function findColumn(
  columns: readonly MatchedColumn[],
  old: readonly string[],
  name: string,
  request: ColumnRequest,
): MatchedColumn {
  const found = columnCalled(columns, old, name)
  if (found !== undefined) return found
  const near = nearestName(
    name,
    columns.map((column) => column.name),
  )
  throw new UsageError(`Neither ${request.old.name} nor ${request.new.name} has a column ${name}.`, {
    code: 'unknown-column',
    suggestions: [
      ...(near === undefined ? [] : [`Did you mean ${near}?`]),
      `Their columns: ${columns
        .slice(0, 30)
        .map((column) => column.name)
        .join(', ')}`,
    ],
  })
}

const namedElsewhere = ({ ignore, only, by, types, tolerance }: ColumnRequest): string[] => [
  ...(ignore ?? []),
  ...(only ?? []),
  ...(by === undefined ? [] : [by]),
  ...(types?.keys() ?? []),
  ...(tolerance?.keys() ?? []),
]

function comparedColumns(columns: readonly MatchedColumn[], key: readonly MatchedColumn[], request: ColumnRequest) {
  const named = (names: readonly string[] | undefined) => new Set((names ?? []).map(lower))
  const [ignore, only] = [named(request.ignore), named(request.only)]
  const shared = columns.filter((column) => column.old !== null && column.new !== null && !key.includes(column))
  const isCompared = ({ name }: MatchedColumn): boolean =>
    !ignore.has(lower(name)) && (only.size === 0 || only.has(lower(name)))
  return { compared: shared.filter(isCompared), ignored: shared.filter((column) => !isCompared(column)) }
}

function schemaChanges(
  old: readonly string[],
  now: readonly string[],
  columns: readonly MatchedColumn[],
): SchemaChanges {
  const shared = columns.flatMap((column) => (column.old === null || column.new === null ? [] : [column.old]))
  return {
    added: columns.flatMap((column) => (column.old === null ? [column.name] : [])),
    removed: columns.flatMap((column) => (column.new === null && column.old !== null ? [old[column.old] ?? ''] : [])),
    renamed: columns.flatMap((column) => {
      const [from, to] = [
        column.old === null ? undefined : old[column.old],
        column.new === null ? undefined : now[column.new],
      ]
      return from === undefined || to === undefined || from === to ? [] : [{ from, to }]
    }),
    reordered: shared.some((place, index) => index > 0 && place < (shared[index - 1] ?? 0)),
  }
}
