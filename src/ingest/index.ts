/** Deliveries in: recognise, read, stage, prove, fold, publish. */
export { type IngestContext, ingest } from './ingest.js'
export type {
  Format,
  IngestedSnapshot,
  IngestReporter,
  IngestRequest,
  IngestResult,
  RejectLimit,
} from './request.js'
export { readRecords, type TableRecord } from './tables/records.js'
