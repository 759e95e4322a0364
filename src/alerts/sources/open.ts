/** The changes that rules are asked about, opened from what was asked for, and closed again. */
import { dirname } from 'node:path'
import { type ColumnType, withScratch } from '../../diff/index.js'
import type { Evidence } from '../../store/duckdb.js'
import { ownTypes } from '../declared-types.js'
import type { RelationSource } from '../dry-run.js'
import type { RuleSet } from '../rules/model.js'
import { changeFileSource, diffSource, type NamedFile } from './files.js'

export interface FileSourceRequest {
  readonly files: { readonly changes: NamedFile } | { readonly old: NamedFile; readonly new: NamedFile }
  readonly key?: readonly string[] | undefined
  readonly types: ReadonlyMap<string, ColumnType>
  /** What the rows are, where rules of several relations are in the file. */
  readonly relation: string | null
  readonly published: string | null
  readonly received: string | null
  readonly memoryBytes?: number | undefined
  readonly threads?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** Does work with the changes of files, in a database in memory: nothing is written but temporary files. */
export async function withFileSource<T>(
  request: FileSourceRequest,
  set: RuleSet,
  work: (db: Evidence, sources: readonly RelationSource[]) => Promise<T>,
): Promise<T> {
  const { files, relation } = request
  const named = 'changes' in files ? [files.changes] : [files.old, files.new]
  const folders = named.map(({ path }) => dirname(path))
  return withScratch({ ...request, folders }, async ({ db, folder }) => {
    const options = { ...request, folder, ownTypes: ownTypes(set) }
    const source =
      'changes' in files
        ? await changeFileSource(db, files.changes, options)
        : await diffSource(db, files, set, options)
    return work(db, [{ relation, source }])
  })
}
