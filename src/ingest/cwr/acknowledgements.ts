/** Societies' answers: ACK with its messages, and ISW, which tells the ISWC of a work. Neither is a registration. */
import type { Finding, RecordSink } from '../reader.js'
import type { Refusal } from './entries.js'
import type { CwrRecord } from './record.js'
import { extraOf, type Transaction } from './transaction.js'
import { readDate, readTime } from './values.js'

/**
 * An ACK transaction. The NWR or REV below it only repeats what had been submitted, so its records are understood but
 * give no rows; an EXC names the work with which the registration collides.
 */
export class Acknowledgement implements Transaction {
  readonly #header: CwrRecord
  readonly #note: (finding: Finding) => void
  readonly #messages: CwrRecord[] = []
  readonly #conflicting: CwrRecord[] = []

  constructor(header: CwrRecord, note: (finding: Finding) => void) {
    this.#header = header
    this.#note = note
  }

  /** Why an ACK header cannot be used; null when it can. */
  static refusal(header: CwrRecord): Refusal | null {
    if (header.get('submitter_work_number') === '') {
      return { reason: 'submitter number is missing', column: 'work_id', value: '' }
    }
    if (header.get('status') === '') return { reason: 'status is missing', column: 'status', value: '' }
    const processed = header.get('processing_date')
    if (processed !== '' && readDate(processed) === null) {
      return { reason: 'processing date is not a date', column: 'processed_on', value: processed }
    }
    return null
  }

  add(record: CwrRecord): Refusal | null {
    if (record.type === 'MSG') this.#messages.push(record)
    if (record.type === 'EXC') {
      this.#conflicting.push(record)
      this.#note({
        code: 'conflicting-work',
        relation: 'acknowledgements',
        line: record.line,
        value: record.get('submitter_work_number'),
        message: `EXC names a work in conflict with ${this.#header.get('submitter_work_number')}: ${record.get('title')}`,
      })
    }
    return null
  }

  emit(sink: RecordSink): void {
    const header = this.#header
    const processed = header.get('processing_date')
    const place = { line: header.line, ...extraOf({ ...header.others(COLUMNS_OF_ACK), ...this.#conflicts() }) }
    const raw = processed === '' ? {} : { raw: { processed_on: processed } }
    sink.row(
      'acknowledgements',
      { ...place, ...raw },
      {
        work_id: header.get('submitter_work_number'),
        status: header.get('status'),
        title: header.get('title'),
        recipient_work_id: header.get('recipient_work_number'),
        processed_on: processed === '' ? null : readDate(processed),
        original_file_date: originalFileDate(header),
        // Zero is a valid number here: the first transaction of a group is 00000000.
        original_group: header.cell('original_group').trim(),
        original_transaction: header.cell('original_transaction').trim(),
        original_type: header.get('original_type'),
        messages: this.#messages.map(messageText).join(' | '),
      },
    )
  }

  #conflicts(): Record<string, string> {
    const works = this.#conflicting.map((work) =>
      [work.get('title'), work.get('submitter_work_number'), work.get('iswc')].filter((part) => part !== '').join(' '),
    )
    return { conflicting_works: works.join(' | ') }
  }
}

const COLUMNS_OF_ACK = [
  ...['submitter_work_number', 'status', 'title', 'recipient_work_number', 'processing_date', 'original_date'],
  ...['original_time', 'original_group', 'original_transaction', 'original_type'],
]

/** Creation of the answered file, `2018-05-16T09:10:51` in its sender's clock; the cells as they are when unreadable. */
const originalFileDate = (header: CwrRecord): string => {
  const given = `${header.cell('original_date')}${header.cell('original_time')}`.trim()
  const date = readDate(header.get('original_date'))
  const time = readTime(header.cell('original_time'))
  return date === null || time === null ? given : `${date}T${time}`
}

/** One message: type, record type, level, validation number and text, as far as they are stated. */
const messageText = (message: CwrRecord): string => {
  const code = ['message_type', 'record_type', 'level', 'validation_number'].map((name) => message.get(name))
  return `${code.filter((part) => part !== '').join(' ')}: ${message.get('text')}`
}

/**
 * An ISW transaction: a society tells the ISWC of a work. Its row has a unit of its own (`isw:<work number>`), because a
 * registration of the same work stays in force with all its shares.
 */
export class IswcNotice implements Transaction {
  readonly #header: CwrRecord

  constructor(header: CwrRecord) {
    this.#header = header
  }

  add(): Refusal | null {
    return null
  }

  emit(sink: RecordSink): void {
    const header = this.#header
    const work = header.get('submitter_work_number')
    const extra = extraOf(header.others(['title', 'iswc', 'submitter_work_number']))
    sink.row(
      'works',
      { line: header.line, unit: `isw:${work}`, ...extra },
      {
        work_id: work,
        title: header.get('title'),
        iswc: header.get('iswc'),
      },
    )
  }
}
