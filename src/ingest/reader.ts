/**
 * What a reader is given and what it must give back. Two kinds of readers share one staging step:
 * streaming readers (CWR, ERN, Avro) call a `RecordSink` row by row; set-based readers (tables, BWARM, MusicBrainz)
 * write SQL over the lines of a file. Both yield *given rows*: the columns of `model/relations.ts` as text, exactly
 * as the provider wrote them, with their place in the file. Typing, checks and hashes happen once, after that.
 */
import type { RelationName } from '../model/relations.js'

/** Where a row comes from. */
export interface RowPlace {
  /** Physical line in the file, from 1; for XML the line of the element's start tag. */
  line: number
  /**
   * The unit that a later delivery replaces as a whole: a release (ERN), a work registration (CWR). Absent for
   * formats where the natural key is the unit.
   */
  unit?: string
  /** RFC 3339 instant at which the provider said it, when that differs from the snapshot's publication (ERN messages). */
  spoken?: string
  /** `delete` withdraws the unit (or key); the values then need only name the key. */
  op?: 'delete'
  /**
   * Column name → text as it stood in the file, for values that the reader itself had to convert
   * (CWR share `05000` given as `50.00`).
   */
  raw?: Readonly<Record<string, string>>
  /** The raw text of the record, kept if typing refuses the row. */
  text?: string
  /** Cells of the source that no column of the relation takes. */
  extra?: Readonly<Record<string, string>>
}

/** Values by column name; absent, null and '' all mean "not stated". */
export type GivenValues = Readonly<Record<string, string | null | undefined>>

export interface Reject {
  line: number
  /** Why, in words that a lawyer can read, e.g. `share is not a number`. */
  reason: string
  column?: string
  value?: string
  /** The raw line, or the start of it (the first 10,000 characters). */
  raw: string
}

/** Something worth knowing that did not cost a row: failed check digit, count mismatch, unknown column, odd encoding. */
export interface Finding {
  /** Stable word, e.g. `count-mismatch`, `check-digit`, `unknown-column`, `unknown-code`. */
  code: string
  relation?: RelationName | string
  column?: string
  line?: number
  value?: string
  message: string
}

/** A finding's first example and how often the like of it occurs in the file. */
export interface RepeatedFinding extends Finding {
  readonly occurrences: number
}

/** Receives what a streaming reader finds. Calls are synchronous and cheap; the sink batches. */
export interface RecordSink {
  row(relation: RelationName, place: RowPlace, values: GivenValues): void
  reject(reject: Reject): void
  note(finding: Finding): void
}

/**
 * The sum that every reader must prove (law 1): `lines = header + staged + rejected + continued + blank`.
 * For formats without lines (XML, Parquet, Avro) a "line" is a record. Here the reader says what became of each;
 * `lines` is counted again by other means outside the reader.
 */
export interface LineTally {
  header: number
  staged: number
  rejected: number
  continued: number
  blank: number
}

/** What one pass over the raw bytes of a file tells (recipe 1). */
export interface FileFacts {
  bytes: number
  /** Hex sha256 of the file as delivered. */
  sha256: string
  /** Lines: LF count, plus one if bytes follow the last LF. */
  lines: number
  /** Bytes of the longest line without its LF. */
  longestLine: number
  isUtf8: boolean
  hasCarriageReturn: boolean
  hasNul: boolean
  hasQuote: boolean
  endsWithNewline: boolean
}

/** A readable plain file on disk (already unpacked) with the name by which people know it. */
export interface SourceFile {
  /** Path inside the delivery, forward slashes, e.g. `dump.zip/shares.csv`. */
  name: string
  /** Absolute path of the plain bytes; a temporary file when they were packed. */
  path: string
  /** sha256 and size of the delivered bytes: the packed file's for .gz; the member's own for .zip. */
  sha256: string
  bytes: number
}
