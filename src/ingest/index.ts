/** Deliveries in: recognise, read, stage, prove, fold, publish. */

export { eachLine } from './files/physical-lines.js'
export { type IngestContext, ingest } from './ingest.js'
export type {
  Format,
  IngestedSnapshot,
  IngestReporter,
  IngestRequest,
  IngestResult,
  OnFolded,
  RejectLimit,
} from './request.js'
export { type OpenedTable, openTable, plainCsvHeader, readOpenedTable, textSql } from './tables/index.js'
export { readRecords, type TableRecord } from './tables/records.js'
