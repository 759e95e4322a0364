/** Reader of the plain input format (CSV, TSV, JSONL, Parquet, Avro), directly or by a mapping. */
export { type Mapping, readMapping } from './mapping.js'
export { type OpenedTable, type OpenTableOptions, openTable, plainCsvHeader, readOpenedTable } from './open-table.js'
export { textSql } from './parquet.js'
export { readTables, type TablesOptions } from './read-tables.js'
export { HEAD_BYTES, recogniseTable } from './recognise.js'
export type { RawTable, RecognisedTable, TableFile, TableKind } from './types.js'
