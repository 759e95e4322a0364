/** What the parts of the tables reader hand to each other. */
import type { RelationName } from '../../model/relations.js'
import type { PlainFacts } from '../files/facts.js'
import type { LineTally, RepeatedFinding } from '../reader.js'
import type { StagedFile } from '../staging.js'

export type TableKind = 'csv' | 'jsonl' | 'parquet' | 'avro'

/** A file that was recognised as a table. */
export interface RecognisedTable {
  readonly kind: TableKind
  /** From the file's name or its header; null where only the columns inside can tell (Parquet, Avro) or a mapping will. */
  readonly relation: RelationName | null
  /** What separates the cells of a `csv` file. */
  readonly delimiter?: string
}

export interface TableFile {
  readonly file: StagedFile
  readonly facts: PlainFacts
  readonly recognised: RecognisedTable
}

/** A file's rows as text in the staging database, columns still under the names of the source. */
export interface RawTable {
  /** The source's column names, trimmed; column n of the source is `c<n>`. */
  readonly names: readonly string[]
  /**
   * SELECT with one row per record: `line` BIGINT, `reject` (why it cannot be a row, else NULL), `reject_text` (the raw
   * record) and `c0`, `c1`, … VARCHAR.
   */
  readonly select: string
  /** SELECT of `line` and `text`, the raw record, where `reject_text` is left empty because it costs to make. */
  readonly rejectText?: string
  readonly tally: LineTally
  /** Lines, where this reader had to count them itself (records of Parquet and Avro, lines that end with CR). */
  readonly lines: number
  /** The record that a cut file would have damaged: the last line, when no newline ends it. */
  readonly unfinishedLine?: number
  readonly findings: readonly RepeatedFinding[]
}
