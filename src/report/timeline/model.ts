/** What a report on a timeline shows. Figures are percent with at most four decimals, as in the JSON of the command. */

export const BUCKETS = ['licensed', 'exempt', 'unknown', 'disputed', 'unlicensed'] as const

export type Bucket = (typeof BUCKETS)[number]

export type Figures = Readonly<Record<Bucket, number>>

/** The buckets that hold anything: `licensed 60 %, unlicensed 40 %`. */
export const figuresInWords = (figures: Figures): string =>
  BUCKETS.filter((bucket) => figures[bucket] !== 0)
    .map((bucket) => `${bucket} ${figures[bucket]} %`)
    .join(', ')

/** Half-open days; null is open. */
export interface Stretch extends Figures {
  readonly from: string | null
  readonly to: string | null
}

export interface LaneStretch extends Stretch {
  readonly atLeast: number
  readonly atMost: number
  /** Status in words, with the reason where there is one; empty for works, which have none by themselves. */
  readonly status: string
  /** Names in `sources`. */
  readonly statements: readonly string[]
}

export interface WorkLane {
  readonly name: string
  /** With gaps where the work is not part of the recording. */
  readonly segments: readonly LaneStretch[]
}

export interface ReportCause {
  readonly text: string
  readonly statement: string | null
}

export interface ReportEvent {
  readonly on: string
  readonly before: Figures
  readonly after: Figures
  readonly because: readonly ReportCause[]
}

export interface ReportLane {
  readonly name: string
  readonly segments: readonly LaneStretch[]
  readonly events: readonly ReportEvent[]
  readonly works: readonly WorkLane[]
}

/** The works of a lane that are shown by themselves: one alone is the lane once more. */
export const worksShown = ({ works }: ReportLane): readonly WorkLane[] => (works.length > 1 ? works : [])

export interface ReportSource {
  readonly feed: string
  readonly snapshot: string
  readonly file: string
  readonly line: number
  readonly sha256: string
  readonly published: string
  readonly received: string
  /** What the statement says, in words. */
  readonly text: string
}

export interface TimelineReport {
  readonly title: string
  readonly isrc: string
  /** `France (FR)`. */
  readonly territory: string
  readonly known: string
  readonly theories: readonly string[]
  /** What prints the same in a terminal. */
  readonly command: string
  /** Name and version of the program. */
  readonly program: string
  readonly lanes: readonly ReportLane[]
  readonly feeds: readonly { readonly feed: string; readonly snapshot: string }[]
  readonly sources: Readonly<Record<string, ReportSource>>
}
