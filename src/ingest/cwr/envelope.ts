/** What the control records of a file hold together: who sent it and when, its groups, the numbers and counts of its records. */
import type { Finding } from '../reader.js'
import {
  type Counts,
  type CwrVersion,
  countsAgree,
  createdOf,
  isCwr3Group,
  isCwr3Header,
  refusalOfCwr3,
  type Sender,
  senderOf,
  Versions,
} from './control.js'
import type { Refusal } from './entries.js'
import type { Observations } from './observations.js'
import type { CwrRecord } from './record.js'

export class Envelope {
  readonly #name: string
  readonly #note: (finding: Finding) => void
  readonly #seen: Observations
  readonly #versions: Versions
  readonly #file: Counts = { groups: 0, transactions: 0, records: 0 }
  #group: Counts | null = null
  #nextTransaction = 0
  #nextRecord = 0
  #sender: Sender | null = null
  #created: string | null = null
  #trailer: { agrees: boolean } | null = null

  constructor(name: string, note: (finding: Finding) => void, seen: Observations) {
    this.#name = name
    this.#note = note
    this.#seen = seen
    this.#versions = new Versions(note)
  }

  /** Null where the file has no readable header. */
  get sender(): Sender | null {
    return this.#sender
  }

  get created(): string | null {
    return this.#created
  }

  get version(): CwrVersion {
    return this.#versions.version
  }

  get isInGroup(): boolean {
    return this.#group !== null
  }

  /** The file trailer has been read: nothing may follow. */
  get hasTrailer(): boolean {
    return this.#trailer !== null
  }

  /** Header and trailer are there, and the trailer's counts are those of the file. */
  get isComplete(): boolean {
    return this.#sender !== null && this.#trailer?.agrees === true
  }

  countRecord(): void {
    this.#file.records += 1
    if (this.#group !== null) this.#group.records += 1
  }

  /** Takes a control record: HDR, GRH, GRT or TRL. Throws InputError `cwr-3`. */
  control(record: CwrRecord): Refusal | null {
    if (record.type === 'HDR') return this.#fileHeader(record)
    if (record.type === 'GRH') this.#groupHeader(record)
    if (record.type === 'GRT') this.#groupTrailer(record)
    if (record.type === 'TRL') {
      this.#endGroup(record.line)
      this.#trailer = { agrees: countsAgree(record, this.#file, this.#note) }
    }
    return null
  }

  /**
   * Counts a transaction that begins and checks its number.
   * @param record its header; null where that cannot be read as a record
   */
  transaction(sequence: string, record: CwrRecord | null): void {
    this.#file.transactions += 1
    if (this.#group !== null) this.#group.transactions += 1
    if (record !== null && (Number(sequence) !== this.#nextTransaction || record.get('record_sequence') !== '')) {
      this.#noteSequence(record)
    }
    this.#nextTransaction = Number(sequence) + 1
    this.#nextRecord = 1
  }

  /** Checks the number of a record inside a transaction. */
  detail(record: CwrRecord): void {
    const number = Number(record.cell('record_sequence'))
    if (number !== this.#nextRecord) this.#noteSequence(record)
    this.#nextRecord = number + 1
  }

  #fileHeader(record: CwrRecord): Refusal | null {
    if (this.#sender !== null) return { reason: 'a second file header (HDR) in one file' }
    if (isCwr3Header(record.text)) throw refusalOfCwr3(this.#name, record.line, record.text)
    this.#sender = senderOf(record)
    this.#created = createdOf(record, this.#note)
    this.#versions.readHeader(record)
    return null
  }

  #groupHeader(record: CwrRecord): void {
    if (isCwr3Group(record.text) && !this.#versions.isKnown) throw refusalOfCwr3(this.#name, record.line, record.text)
    this.#endGroup(record.line)
    this.#versions.readGroup(record)
    this.#file.groups += 1
    this.#group = { groups: 1, transactions: 0, records: 1 }
    this.#nextTransaction = 0
  }

  #groupTrailer(record: CwrRecord): void {
    if (this.#group === null) {
      this.#note({ code: 'no-group', line: record.line, message: 'a group trailer (GRT) without a group header (GRH)' })
    } else countsAgree(record, this.#group, this.#note)
    this.#group = null
  }

  #endGroup(line: number): void {
    if (this.#group === null) return
    this.#note({ code: 'no-group-trailer', line, message: 'the group before this line has no group trailer (GRT)' })
    this.#group = null
  }

  #noteSequence(record: CwrRecord): void {
    const value = record.text.slice(3, 19)
    const message = 'transaction or record numbers are not in sequence'
    this.#seen.add({ code: 'sequence', line: record.line, value, message })
  }
}
