/** A report of conflicts: what the writers need, in words and figures, whatever they write. */

export interface ReportSource {
  readonly feed: string
  readonly file: string
  readonly line: number
  readonly sha256: string
  readonly published: string
  readonly received: string
}

export interface ReportDecision {
  readonly at: string
  readonly author: string
  readonly verdict: string
  readonly identity: string | null
  readonly reason: string
}

export interface ReportConflict {
  readonly id: string
  readonly name: string
  readonly severity: number
  readonly subject: string
  readonly right: string
  /** Where and when it holds, in words. */
  readonly territories: string
  readonly from: string | null
  readonly to: string | null
  readonly knownFrom: string | null
  readonly knownTo: string | null
  /** The figures as they stand in the JSON; null where the conflict has none. */
  readonly total: number | null
  readonly over: number | null
  /** The arithmetic in words. */
  readonly magnitude: string
  readonly streams: number
  readonly paymentOnly: boolean
  readonly parties: readonly string[]
  readonly statements: readonly string[]
  readonly detail: string
  readonly next: string
  readonly key: string
  readonly decisions: readonly ReportDecision[]
}

export interface ConflictsReport {
  readonly known: string
  readonly since: string | null
  readonly counts: readonly {
    readonly id: string
    readonly name: string
    readonly severity: number
    readonly count: number
  }[]
  /** Counted and not listed. */
  readonly leftOut: number
  readonly conflicts: readonly ReportConflict[]
  readonly disappeared: readonly ReportConflict[]
  /** By statement. */
  readonly sources: Readonly<Record<string, ReportSource>>
  readonly generation: string
  /** The command that prints the same. */
  readonly command: string
  /** Name and version. */
  readonly program: string
}

/** `shares.csv:12`; the statement itself where its place is not known. */
export const placeOf = (report: ConflictsReport, statement: string): string => {
  const source = report.sources[statement]
  return source === undefined ? statement : `${source.file}:${source.line}`
}
