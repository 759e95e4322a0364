/** What the control records of a CWR file say: HDR (who, when), GRH (version), GRT and TRL (counts). */
import { InputError } from '../../errors.js'
import { parseIdentifier } from '../../model/identifiers/parse.js'
import type { Finding } from '../reader.js'
import type { CwrRecord } from './record.js'
import { readDate, readTime, trimBlanks } from './values.js'

export type CwrVersion = '2.1' | '2.2'

export interface Sender {
  /** Sender type and number as written: a society code (`SO`) or an IPI name number. */
  id: string
  name: string
  /** IPI name number of 11 digits when the header holds a valid one. */
  ipi: string | null
}

type Note = (finding: Finding) => void

/** The error for a file of CWR 3.x, which has other positions and other rules for shares. */
export const refusalOfCwr3 = (name: string, line: number, excerpt: string): InputError =>
  new InputError(`${name} is a CWR 3 file; CWR 2.1 and 2.2 can be read`, {
    code: 'cwr-3',
    file: name,
    line,
    excerpt,
    suggestions: ['Ask the sender for the same registrations as CWR 2.1 or 2.2 (.V21 or .V22)'],
  })

/** Whether a HDR line is laid out as CWR 3: version at 103, not the EDI version 01.10 of CWR 2.x at 60. */
export const isCwr3Header = (text: string): boolean =>
  text.startsWith('HDR') && text.slice(59, 64) !== '01.10' && /^ ?3\.[0-9]/.test(text.slice(101, 106))

/** Whether a line is a group header of version 03.xx. */
export const isCwr3Group = (text: string): boolean => /^GRH.{8}03\.[0-9]{2}/.test(text)

/** Sender type numeric: the two leading digits of an 11-digit IPI number have been put there (CWR 2.1 revision 8). */
export const senderOf = (header: CwrRecord): Sender => {
  const type = trimBlanks(header.cell('sender_type'))
  const number = trimBlanks(header.cell('sender_id'))
  // A society sends its society code, which must not be taken for an IPI number.
  const ipi = type === 'SO' ? null : parseIdentifier('ipi-name', /^[0-9]{2}$/.test(type) ? type + number : number)
  return { id: type + number, name: header.get('sender_name'), ipi: ipi?.valid ? ipi.normalised : null }
}

/** Creation date and time of a HDR as an RFC 3339 instant in UTC; null, with a note, when they are unreadable. */
export const createdOf = (header: CwrRecord, note: Note): string | null => {
  const date = readDate(header.get('creation_date'))
  const time = readTime(header.cell('creation_time'))
  if (date !== null && date.length === 10 && time !== null) return `${date}T${time}Z`
  const value = `${header.cell('creation_date')}${header.cell('creation_time')}`
  note({
    code: 'creation-date',
    line: header.line,
    value,
    message: 'the file header (HDR) states no readable creation date and time',
  })
  return null
}

/** The version of a file from what its headers say: the first group header, then the file header, else 2.1. */
export class Versions {
  #group: CwrVersion | null = null
  #header: CwrVersion | null = null
  readonly #note: Note

  constructor(note: Note) {
    this.#note = note
  }

  get isKnown(): boolean {
    return this.#group !== null
  }

  get version(): CwrVersion {
    return this.#group ?? this.#header ?? '2.1'
  }

  readHeader(header: CwrRecord): void {
    const version = header.get('version')
    if (version === '2.1' || version === '2.2') this.#header = version
    else if (version !== '') this.#contradict(header.line, version, `the file header names version "${version}"`)
  }

  readGroup(group: CwrRecord): void {
    const text = group.get('version')
    const version = text === '02.10' ? '2.1' : text === '02.20' ? '2.2' : null
    if (version === null) {
      this.#contradict(group.line, text, `the group header names version "${text}", not 02.10 or 02.20`)
      return
    }
    if (this.#group !== null && this.#group !== version) {
      this.#contradict(group.line, text, `this group says ${version}, an earlier one ${this.#group}`)
    } else if (this.#header !== null && this.#header !== version) {
      this.#contradict(group.line, text, `the group header says ${version}, the file header ${this.#header}`)
    }
    this.#group ??= version
  }

  #contradict(line: number, value: string, message: string): void {
    this.#note({ code: 'version', line, value, message })
  }
}

/** Transactions and records met so far, in a group or in the whole file. */
export interface Counts {
  groups: number
  transactions: number
  records: number
}

/**
 * Compares the counts of a trailer (GRT, TRL) with what was read and notes each that differs. Record counts include the
 * header and the trailer themselves. Returns true when every count is readable and right.
 */
export const countsAgree = (trailer: CwrRecord, read: Counts, note: Note): boolean => {
  const expected: [field: string, words: string, count: number][] = [
    ['transaction_count', 'transactions', read.transactions],
    ['record_count', 'records', read.records],
  ]
  if (trailer.type === 'TRL') expected.unshift(['group_count', 'groups', read.groups])
  const wrong = expected.filter(([field, , count]) => {
    const text = trimBlanks(trailer.cell(field))
    return !/^[0-9]+$/.test(text) || Number(text) !== count
  })
  for (const [field, words, count] of wrong) {
    const value = trimBlanks(trailer.cell(field))
    const message = `${trailer.type} states "${value}" ${words}, the file has ${count}`
    note({ code: 'count-mismatch', column: field, line: trailer.line, value, message })
  }
  return wrong.length === 0
}
