/** Feeds and their snapshots: registration, order, and the fold into statements. */
export { changedRelations, changesOfSnapshot } from './changes-of-snapshot.js'
export { type FoundSnapshot, findFeed, findSnapshot } from './find-snapshot.js'
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
