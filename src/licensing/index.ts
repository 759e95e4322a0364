/** Degree of licensing: what was licensed, to what degree, where and when, and what was known about it. */
export type { Answer, Buckets, Degree, PartyAnswer, Reason, RightAnswer, Status, WorkAnswer } from './answer.js'
export type { Right } from './ask.js'
export {
  type CellsChange,
  type ImpactRequest,
  type ImpactResult,
  impact,
  type ReachedRecording,
} from './catalogue/impact.js'
export { type Derived, derive } from './catalogue/publish.js'
export type { Change } from './changes.js'
export { closeParties, closeRecordings, closeWorks, gatherGrants } from './facts/gather.js'
export { seeAsKnown } from './facts/known.js'
export { sqlFactViews } from './facts/views.js'
export { type LicensedRequest, type LicensedResult, licensed } from './licensed.js'
export { knowledgeDays, namedTerritories } from './outline.js'
export { DEGREE_STEPS, IDENTITY_STEPS, type Step, workOut } from './pipeline.js'
export { sqlAsked, sqlTerritoryCells } from './points.js'
export { type StreamedPeriod, type StreamsRequest, type StreamsResult, streams } from './streams.js'
export type { Theory } from './theories.js'
export {
  type Cause,
  type CauseKind,
  type Lane,
  type LicensingEvent,
  type OpenTimeline,
  openTimeline,
  type Segment,
  type TimelineQuery,
  type TimelineRequest,
  type TimelineResult,
  timelineAt,
} from './timeline.js'
export type { WorkLane, WorkSegment } from './timeline-works.js'
