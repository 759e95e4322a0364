/** Deliveries in: recognise, read, stage, prove, fold, publish. */
export { type IngestContext, ingest } from './ingest.js'
export {
  FORMATS,
  type Format,
  type IngestedSnapshot,
  type IngestReporter,
  type IngestRequest,
  type IngestResult,
  type RejectLimit,
} from './request.js'
