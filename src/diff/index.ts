/** Two files in, what differs out: snapshots compared by key, change files read, written and applied. */
export { type ReadChangesOptions, readChanges } from './change-file/read-changes.js'
export { type ColumnType, columnType } from './column-types.js'
export { freshName } from './table-names.js'
