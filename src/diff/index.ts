/** Two files in, what differs out: snapshots compared by key, change files read, written and applied. */
export { type ReadChangesOptions, readChanges } from './change-file/read-changes.js'
export { type ColumnType, columnType, readAs } from './column-types.js'
export { diffFiles } from './diff-files.js'
export { type FileRows, readRows } from './read-rows.js'
export type { Diff, DiffFile, DiffOptions, OnDuplicate, Tolerance } from './request.js'
export { freshName } from './table-names.js'
