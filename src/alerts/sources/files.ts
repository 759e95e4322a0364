/** Changes from files: a file of changes, or two snapshots side by side. */
import { type ColumnType, diffFiles, readChanges, readRows } from '../../diff/index.js'
import type { ChangedColumn } from '../../model/change-set.js'
import { quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { isCounted } from '../compile/compile.js'
import { type ChangeSource, changesOnly } from '../evaluate/source.js'
import type { RuleSet } from '../rules/model.js'

/** A file: absolute path, and the name by which people know it. */
export interface NamedFile {
  readonly path: string
  readonly name: string
}

export interface FileOptions {
  /** Existing folder for temporary files, allowed to the database. */
  readonly folder: string
  readonly key?: readonly string[] | undefined
  /** As asked for; a column that is not there is an error. */
  readonly types: ReadonlyMap<string, ColumnType>
  /** As the rule file says, for columns that are there and have no type by the above. */
  readonly ownTypes: ReadonlyMap<string, ColumnType>
  /** Canonical instants. */
  readonly published: string | null
  readonly received: string | null
  readonly signal?: AbortSignal | undefined
}

/** The changes of a file of changes. Throws as reading does. */
export async function changeFileSource(db: Evidence, file: NamedFile, options: FileOptions): Promise<ChangeSource> {
  const { folder, key, types, ownTypes, published, received, signal } = options
  const changes = await readChanges(db, {
    ...file,
    folder,
    types: new Map([...ownTypes, ...types]),
    ...(key === undefined ? {} : { key }),
    ...(signal === undefined ? {} : { signal }),
  })
  return { ...changesOnly(changes), published, received }
}

/** The changes between two files, with all rows of both where a rule counts them. Throws as the diff does. */
export async function diffSource(
  db: Evidence,
  files: { readonly old: NamedFile; readonly new: NamedFile },
  set: RuleSet,
  options: FileOptions,
): Promise<ChangeSource> {
  const { folder, key = [], ownTypes, published, received, signal } = options
  const counts = set.rules.some(isCounted)
  const all = new Map([...ownTypes, ...options.types])
  const read = { folder, signal, types: all }
  const rows =
    counts || ownTypes.size > 0
      ? { old: await readRows(db, files.old, read), new: await readRows(db, files.new, read) }
      : null
  const isThere = (name: string) =>
    rows === null || [...rows.old.columns, ...rows.new.columns].some((column) => column.name === name)
  const types = new Map([...[...ownTypes].filter(([name]) => isThere(name)), ...options.types])
  const { changeSet } = await diffFiles(db, { ...files, key, types, folder, signal })
  const source = { ...changesOnly(changeSet), published, received }
  if (!counts || rows === null) return source
  return {
    ...source,
    oldRows: aligned(rows.old, changeSet.columns),
    newRows: aligned(rows.new, changeSet.columns),
  }
}

/** The rows of a file with the columns of the change set; one that the file has not is empty. */
function aligned(
  { from, columns }: { from: string; columns: readonly ChangedColumn[] },
  wanted: readonly ChangedColumn[],
): string {
  const cells = wanted.map(({ name, type }) => {
    const own =
      columns.find((column) => column.name === name) ??
      columns.find((column) => column.name.toLowerCase() === name.toLowerCase())
    return `${own === undefined ? 'NULL' : `TRY_CAST(${quoted(own.name)} AS ${type})`}${own === undefined ? `::${type}` : ''} AS ${quoted(name)}`
  })
  return `(SELECT ${cells.join(', ')} FROM ${from})`
}
