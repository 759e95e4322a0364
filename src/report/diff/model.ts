/** What a page about a diff shows, all of it as text. */

/** One cell that differs, or one whole row that was created or deleted. */
export interface DiffReportLine {
  readonly op: 'create' | 'update' | 'delete'
  readonly key: string
  /** Null for a whole row. */
  readonly column: string | null
  readonly before: string
  readonly after: string
}

export interface DiffReport {
  readonly old: string
  readonly new: string
  readonly counts: readonly { readonly what: string; readonly n: string }[]
  /** Sentences about columns, policy and places where changes concentrate. */
  readonly notes: readonly string[]
  /** Columns that differ, with in how many rows, in words. */
  readonly columns: readonly {
    readonly name: string
    readonly n: string
    readonly rate: string
    readonly ignored: boolean
  }[]
  readonly keyName: string
  readonly lines: readonly DiffReportLine[]
  /** Changes that the page leaves out, in words; null when it has all. */
  readonly leftOut: string | null
  readonly program: string
  readonly sha256: { readonly old: string; readonly new: string }
}
