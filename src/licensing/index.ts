/** Degree of licensing: what was licensed, to what degree, where and when, and what was known about it. */
export type { Answer, Buckets, Degree, PartyAnswer, Reason, RightAnswer, Status, WorkAnswer } from './answer.js'
export type { Right } from './ask.js'
export type { CellsChange, ImpactRequest, ImpactResult, ReachedRecording } from './catalogue/impact/impact.js'
export type { Derived } from './catalogue/publish.js'
export type { Change } from './changes.js'
export { closeParties, closeRecordings, closeWorks, gatherGrants, gatherUsage } from './facts/gather.js'
export { licenceDataAt, seeAsKnown, seeOnBench } from './facts/known.js'
export { factsOfRows, fillFacts, type StatedRow } from './facts/load.js'
export { sqlFactViews } from './facts/views.js'
export { type LicensedRequest, type LicensedResult, licensed } from './licensed.js'
export { knowledgeDays, namedTerritories } from './outline.js'
export { DEGREE_STEPS, IDENTITY_STEPS, type Step, workOut } from './pipeline.js'
export { sqlAsked, sqlTerritoryCells } from './points.js'
export type { StreamedPeriod, StreamsRequest, StreamsResult } from './streams.js'
export type { Theory } from './theories.js'
export type {
  Cause,
  CauseKind,
  Lane,
  LicensingEvent,
  OpenTimeline,
  Segment,
  TimelineQuery,
  TimelineRequest,
  TimelineResult,
} from './timeline.js'
export type { WorkLane, WorkSegment } from './timeline-works.js'
export { sqlUsageOf } from './usage.js'

// Loaded when they are called: an answer for one recording and day needs none of them, and reading them takes a start longer.

export const impact: typeof import('./catalogue/impact/impact.js').impact = async (...asked) =>
  (await import('./catalogue/impact/impact.js')).impact(...asked)

export const derive: typeof import('./catalogue/publish.js').derive = async (...asked) =>
  (await import('./catalogue/publish.js')).derive(...asked)

export const streams: typeof import('./streams.js').streams = async (...asked) =>
  (await import('./streams.js')).streams(...asked)

export const openTimeline: typeof import('./timeline.js').openTimeline = async (...asked) =>
  (await import('./timeline.js')).openTimeline(...asked)

export const timelineAt: typeof import('./timeline.js').timelineAt = async (...asked) =>
  (await import('./timeline.js')).timelineAt(...asked)
