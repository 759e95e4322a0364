/** Feeds and their snapshots: registration, order, and the fold into statements. */
export type { RelationChanges } from './fold-relation.js'
export { type FoldContext, foldSnapshot } from './history.js'
export {
  addFindings,
  registerSnapshot,
  type SnapshotFile,
  type SnapshotFinding,
  type SnapshotRecord,
  snapshotId,
  snapshotNumber,
} from './register.js'
export {
  type EvidenceStatus,
  evidenceStatus,
  type FeedStatus,
  listRejects,
  type RejectedLine,
  type Rejects,
  type SnapshotStatus,
} from './status.js'
