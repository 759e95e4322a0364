/** What a diff is asked, and what it answers. */
import type { ChangeSet } from '../model/change-set.js'
import type { ColumnType } from './column-types.js'

/** A file as the asker names it. */
export interface DiffFile {
  /** Absolute path. */
  readonly path: string
  /** The name by which people know it. */
  readonly name: string
}

/** How far two numbers may be apart and still count as equal: by so much, or by so many percent of the larger one. */
export interface Tolerance {
  /** A decimal number, as it was written; not negative. */
  readonly amount: string
  readonly relative: boolean
}

/**
 * What to do with a key that is on several rows of one file. `first` and `last`: the row that stands first or last in
 * the file counts. `multiset`: rows of a key that are the same on both sides pair off, what is left pairs in the order
 * of its content, and what is left of that was created or deleted.
 */
export type OnDuplicate = 'error' | 'first' | 'last' | 'multiset'

/** When two values count as equal. Everything is exact unless it is said here. */
export interface EqualityPolicy {
  /** Compared as values of these types; a value that cannot be read as its type is an error. */
  readonly types: ReadonlyMap<string, ColumnType>
  readonly tolerance: ReadonlyMap<string, Tolerance>
  /** The text that stands for no value at all; null when there is none. */
  readonly nullText: string | null
  /** White space at both ends does not count. */
  readonly trim: boolean
  /** Capital and small letters are the same. */
  readonly ignoreCase: boolean
}

export interface DiffReporter {
  phase(name: string, options?: { readonly total?: number }): void
  advance(progress: { readonly rows?: number; readonly done?: number }): void
  warn(message: string): void
}

export interface DiffOptions extends Partial<EqualityPolicy> {
  readonly old: DiffFile
  readonly new: DiffFile
  /** Columns by which a row is known. */
  readonly key: readonly string[]
  /** Columns that make no update; how often they differ is counted all the same. */
  readonly ignore?: readonly string[] | undefined
  /** The only columns that make an update; all others are ignored. */
  readonly only?: readonly string[] | undefined
  /** Name in the old file → name in the new one. */
  readonly rename?: ReadonlyMap<string, string> | undefined
  readonly onDuplicate?: OnDuplicate | undefined
  /** Column whose values are counted one by one, e.g. the owner of a row. */
  readonly by?: string | undefined
  /** Look for where changes concentrate. Default: when the files are small, as it takes another scan of them. */
  readonly concentration?: boolean | undefined
  /** Existing folder for temporary files, allowed to the database; the caller removes it. */
  readonly folder: string
  /** Where finished parts of a large diff are kept, so that a killed run can go on; allowed to the database. */
  readonly resume?: string | undefined
  /** Bytes that this process should stay under: decides when the work is cut into parts. */
  readonly memoryBytes?: number | undefined
  /** Parts to cut the work into, instead of deciding by size. */
  readonly partitions?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly reporter?: DiffReporter | undefined
}

/** rows old = unchanged + updated + deleted, rows new = unchanged + updated + created. */
export interface ChangeCounts {
  readonly created: number
  readonly updated: number
  readonly deleted: number
  readonly unchanged: number
}

export interface SchemaChanges {
  /** Columns that only the new file has, in its order. */
  readonly added: readonly string[]
  /** Columns that only the old file has, in its order. */
  readonly removed: readonly string[]
  /** As asked for, or because only capital and small letters differ. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  /** Whether the columns that both have stand in another order. */
  readonly reordered: boolean
}

/** One value of the column asked for with `by`. Updates and deletes count for the value in the old row. */
export interface ValueCounts {
  readonly value: string | null
  readonly old: number
  readonly new: number
  readonly created: number
  readonly updated: number
  readonly deleted: number
}

/** A value that changed rows have far more often than rows have on the whole. */
export interface Concentration {
  readonly column: string
  readonly value: string | null
  readonly op: 'created' | 'updated' | 'deleted'
  /** Changed rows with the value, of all rows changed so. */
  readonly changed: number
  readonly ofChanged: number
  /** Rows with the value, of all rows of the file that the changed rows are in. */
  readonly rows: number
  readonly ofRows: number
}

export interface Diff {
  /** Every change; the table is in the database that was given, and stays. */
  readonly changeSet: ChangeSet
  /** Columns of the old rows and of the new ones, under the names of the change set. */
  readonly sides: { readonly old: readonly string[]; readonly new: readonly string[] }
  /** Rows compared: without those left out as duplicates. */
  readonly rows: { readonly old: number; readonly new: number }
  readonly counts: ChangeCounts
  readonly schema: SchemaChanges
  /** Column → updates in which it differs; columns that never do are left out. */
  readonly changed: ReadonlyMap<string, number>
  /** Ignored column → rows in which it differs. */
  readonly ignored: ReadonlyMap<string, number>
  /** Keys that are on several rows; 0 unless duplicates are allowed. */
  readonly duplicateKeys: { readonly old: number; readonly new: number }
  /** Rows that a key on several rows cost: those not counted by `first` or `last`. */
  readonly leftOut: { readonly old: number; readonly new: number }
  /** By value of the column asked for, most changed first; null when none was. */
  readonly by: readonly ValueCounts[] | null
  /** Null when it was not looked for. */
  readonly concentrations: readonly Concentration[] | null
  readonly policy: StatedPolicy
  /** How it was worked out. */
  readonly way: 'lines' | 'columns'
  readonly partitions: number
  /** sha256 of the delivered bytes of each file. */
  readonly sha256: { readonly old: string; readonly new: string }
}

/** The equality policy that was applied, for people to check. */
export interface StatedPolicy extends EqualityPolicy {
  /** One file cannot tell an empty text from no value, so the two count as equal. */
  readonly emptyEqualsNull: boolean
  /** Columns compared as numbers or instants although no type was declared, because a file itself declares one. */
  readonly fromFile: ReadonlyMap<string, 'number' | 'timestamp'>
  /** How keys are ordered. */
  readonly keyOrder: readonly { readonly column: string; readonly order: 'text' | 'value' }[]
}
