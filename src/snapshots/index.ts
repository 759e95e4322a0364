/** Feeds and their snapshots: registration, order, and the fold into statements. */
export { changedRelations, changesOfSnapshot } from './changes-of-snapshot.js'
export {
  checkFeed,
  type FeedCheck,
  feedLog,
  type ListedFeed,
  type LoggedSnapshot,
  listFeeds,
} from './feeds.js'
export { type FoundSnapshot, findFeed, findSnapshot } from './find-snapshot.js'
export type { RelationChanges } from './fold-relation.js'
export { type GuardFinding, percentOf, type Verdict } from './guards/finding.js'
export { judgeSnapshot } from './guards/judge.js'
export { GUARD_NAMES, type GuardName } from './guards/names.js'
export {
  type GuardSettings,
  type Judgement,
  loadJudgements,
  type Override,
  recordOverride,
  recordSettings,
} from './guards/record.js'
export {
  type Checks,
  checksOf,
  checksSchema,
  type GivenChecks,
  type GuardMode,
  guardsSchema,
} from './guards/settings.js'
export { type FoldContext, foldSnapshot, relationChanges } from './history.js'
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
