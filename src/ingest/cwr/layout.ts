/**
 * Record layouts of CISAC CWR 2.1 and 2.2 as data. One table serves both versions: 2.2 only adds fields at the end of
 * records (or in filler), and files disagree with the version they declare, so a field that is there is read.
 */

/**
 * - `text`: left-aligned; `code`: a word or number of a look-up table; `flag`: one character
 * - `number`, `time`: digits, all zeros = not stated; `date`: YYYYMMDD, 00000000 = none
 * - `share`: five digits, 999v99; blank and 00000 differ
 * - `ipi`: 11 digits, all zeros = none; `private`: personal data of a contact, never carried into rows
 */
export type FieldKind = 'text' | 'code' | 'flag' | 'number' | 'time' | 'date' | 'share' | 'ipi' | 'private'

/** Name, first position (from 1), length in characters, kind. */
export type Field = readonly [name: string, start: number, length: number, kind: FieldKind]

/** What a record is for in the shape of a file. */
export type RecordClass = 'control' | 'transaction' | 'detail'

export interface Layout {
  readonly type: string
  readonly class: RecordClass
  readonly fields: readonly Field[]
  /** Position of the last character that any field takes; what stands behind it is the tail. */
  readonly length: number
}

const PREFIX: readonly Field[] = [
  ['transaction_sequence', 4, 8, 'number'],
  ['record_sequence', 12, 8, 'number'],
]

export const layout = (type: string, recordClass: RecordClass, fields: readonly Field[]): Layout => {
  const all = recordClass === 'control' ? fields : [...PREFIX, ...fields]
  return { type, class: recordClass, fields: all, length: Math.max(...all.map(([, start, size]) => start + size - 1)) }
}
