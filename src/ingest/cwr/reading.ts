/** One pass over a CWR file, line by line: shape of the file, transactions, and what became of every line. */
import type { Finding, LineTally, RecordSink } from '../reader.js'
import type { CwrVersion, Sender } from './control.js'
import type { Refusal } from './entries.js'
import { Envelope } from './envelope.js'
import { CWR_3_TYPES, LAYOUTS } from './layouts.js'
import { LONGEST_LINE, type PhysicalLine } from './lines.js'
import { Observations } from './observations.js'
import { CwrRecord, type DecodedLine, decodeLine } from './record.js'
import { RefusedTransaction, type Transaction } from './transaction.js'
import { type StartedTransaction, startTransaction } from './transactions.js'

/** What one pass over a file tells besides its rows. */
export interface CwrResult {
  tally: LineTally
  version: CwrVersion
  sender: Sender
  /** Creation of the file as an RFC 3339 instant in UTC; null when the header does not say. */
  created: string | null
  /** The trailer is there and its counts are those of the file: what is absent from it may be taken as absent. */
  complete: boolean
  kind: 'registrations' | 'acknowledgements' | 'mixed'
}

const MOST_LINES = 100_000
const MOST_CHARACTERS = 64 * 1024 * 1024
const RAW_LENGTH = 10_000

/** The transaction being read, with the number that its details repeat. */
interface Open {
  transaction: Transaction
  type: string
  sequence: string
  /** What the note about an unfinished transaction calls it. */
  subject: string
  lines: number
  characters: number
  cutShort: boolean
}

export class Reading {
  readonly #sink: RecordSink
  readonly #note: (finding: Finding) => void
  readonly #seen = new Observations()
  readonly #envelope: Envelope
  readonly #registered = new Map<string, number>()
  readonly #tally: LineTally = { header: 0, staged: 0, rejected: 0, continued: 0, blank: 0 }
  #open: Open | null = null
  #cutLine = false
  #registrations = 0
  #answers = 0

  constructor(name: string, sink: RecordSink) {
    this.#sink = sink
    this.#note = (finding) => sink.note(finding)
    this.#envelope = new Envelope(name, this.#note, this.#seen)
  }

  accept(line: PhysicalLine): void {
    const decoded = decodeLine(line.number, this.#withoutMark(line))
    if (/^[ \t\x1a]*$/.test(decoded.text)) {
      this.#tally.blank += 1
      return
    }
    if (decoded.encoding === 'latin-1' && !line.overlong) {
      const message = 'the line is not valid UTF-8 and was read as ISO 8859-1'
      this.#seen.add({ code: 'latin-1', line: line.number, message })
    }
    this.#envelope.countRecord()
    const refusal = this.#refusalOf(line, decoded.text) ?? this.#read(decoded)
    if (refusal !== null) this.#reject(decoded, refusal)
  }

  end(): CwrResult {
    const envelope = this.#envelope
    const unfinished = this.#open
    if (!envelope.hasTrailer) {
      if (unfinished !== null) unfinished.cutShort = true
      const where = unfinished === null ? '' : ` inside ${unfinished.type} ${unfinished.subject}`
      const message = `the file ends${where} without a file trailer (TRL): it is truncated`
      this.#note({ code: 'truncated', ...(unfinished === null ? {} : { value: unfinished.subject }), message })
    }
    this.#close()
    if (envelope.sender === null)
      this.#note({ code: 'no-header', message: 'the file has no readable file header (HDR)' })
    this.#seen.report(this.#note)
    return {
      tally: this.#tally,
      version: envelope.version,
      sender: envelope.sender ?? { id: '', name: '', ipi: null },
      created: envelope.created,
      complete: envelope.isComplete && !this.#cutLine,
      kind: this.#answers === 0 ? 'registrations' : this.#registrations === 0 ? 'acknowledgements' : 'mixed',
    }
  }

  #withoutMark({ number, bytes }: PhysicalLine): Buffer {
    const marked = number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
    return marked ? bytes.subarray(3) : bytes
  }

  /** What makes a line unusable whatever its record type. */
  #refusalOf(line: PhysicalLine, text: string): Refusal | null {
    if (this.#envelope.hasTrailer) return { reason: 'the record stands after the file trailer (TRL)' }
    if (line.overlong) return this.#unreadable(text, `the line is longer than ${LONGEST_LINE} bytes`)
    if (line.terminated || text.startsWith('TRL')) return null
    this.#cutLine = true
    return this.#unreadable(text, 'the file ends inside this line')
  }

  #read(decoded: DecodedLine): Refusal | null {
    const type = decoded.text.slice(0, 3)
    const layout = LAYOUTS.get(type)
    if (layout === undefined) {
      const origin = CWR_3_TYPES.has(type) ? `record type ${type} belongs to CWR 3` : `unknown record type "${type}"`
      return this.#unreadable(decoded.text, origin)
    }
    const record = new CwrRecord(layout, decoded)
    if (record.countedIn !== 'characters') {
      const message = `the positions of the line only make sense counted in ${record.countedIn}; they were counted so`
      this.#seen.add({ code: 'positions', line: record.line, message })
    }
    if (layout.class === 'control') return this.#control(record)
    if (layout.class === 'transaction' && !this.#isEcho(record)) return this.#begin(record)
    return this.#detail(record)
  }

  /**
   * A line that cannot be read: when it was a transaction header (record number 0), what follows belongs to it and must
   * not be taken for details of the transaction before.
   */
  #unreadable(text: string, reason: string): Refusal {
    if (text.slice(11, 19) === '00000000' && !['HDR', 'GRH', 'GRT', 'TRL', 'TER', 'IPA'].includes(text.slice(0, 3))) {
      this.#openWith(new RefusedTransaction(text.slice(0, 3), reason), text, '', null)
    }
    return { reason }
  }

  /** In an ACK the registration that it answers is repeated as details, with record numbers above 0. */
  #isEcho(record: CwrRecord): boolean {
    if (this.#open?.type !== 'ACK' || record.type === 'ACK') return false
    return record.get('record_sequence') !== '' || record.text.slice(3, 11) === this.#open.sequence
  }

  #control(record: CwrRecord): Refusal | null {
    if (record.type !== 'HDR') this.#close()
    const refusal = this.#envelope.control(record)
    if (refusal === null) this.#tally.header += 1
    return refusal
  }

  #begin(record: CwrRecord): Refusal | null {
    const { transaction, refusal, subject } = this.#transactionOf(record)
    if (!this.#envelope.isInGroup) {
      const message = `the ${record.type} transaction stands outside a group (GRH to GRT)`
      this.#seen.add({ code: 'no-group', line: record.line, message })
    }
    this.#openWith(transaction, record.text, subject, record)
    if (refusal === null) this.#tally.staged += 1
    return refusal
  }

  #transactionOf(header: CwrRecord): StartedTransaction {
    const started = startTransaction(header, this.#note)
    if (started.refusal !== null) return started
    if (header.type === 'ACK' || header.type === 'ISW') this.#answers += 1
    else this.#registrations += 1
    if (header.type === 'NWR' || header.type === 'REV') this.#noteRepetition(started.subject, header)
    return started
  }

  #noteRepetition(work: string, header: CwrRecord): void {
    const earlier = this.#registered.get(work)
    this.#registered.set(work, header.line)
    if (earlier === undefined) return
    const message = `work ${work} is registered again; the file registers it first at line ${earlier}`
    this.#note({ code: 'repeated-registration', relation: 'works', line: header.line, value: work, message })
  }

  #openWith(transaction: Transaction, text: string, subject: string, record: CwrRecord | null): void {
    this.#close()
    const sequence = text.slice(3, 11)
    this.#envelope.transaction(sequence, record)
    const type = text.slice(0, 3)
    this.#open = { transaction, type, sequence, subject, lines: 0, characters: 0, cutShort: false }
  }

  #detail(record: CwrRecord): Refusal | null {
    const open = this.#open
    if (open === null) return { reason: `${record.type} stands outside a transaction` }
    const sequence = record.text.slice(3, 11)
    if (/^[0-9]{8}$/.test(sequence) && /^[0-9]{8}$/.test(open.sequence) && sequence !== open.sequence) {
      return { reason: `its transaction number is not that of the ${open.type} above it`, value: sequence }
    }
    if (open.lines >= MOST_LINES || open.characters >= MOST_CHARACTERS) {
      open.cutShort = true
      return { reason: `the transaction has more than ${MOST_LINES} lines` }
    }
    open.lines += 1
    open.characters += record.text.length
    this.#envelope.detail(record)
    const refusal = open.transaction.add(record)
    if (refusal === null) this.#tally.staged += 1
    return refusal
  }

  #close(): void {
    const open = this.#open
    this.#open = null
    open?.transaction.emit(this.#sink, open.cutShort)
  }

  #reject({ number, text }: DecodedLine, refusal: Refusal): void {
    this.#tally.rejected += 1
    this.#sink.reject({ line: number, ...refusal, raw: text.slice(0, RAW_LENGTH) })
  }
}
