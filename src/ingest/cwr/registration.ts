/** A registration (NWR, REV): collects its publishers, writers and details, then writes its rows. */
import type { Finding, RecordSink } from '../reader.js'
import { chainTexts, publisherType } from './chains.js'
import {
  type Entry,
  entryOf,
  isSilent,
  type Refusal,
  RIGHTS,
  territoryLineOf,
  unreadableShare,
  unreadableTerritory,
} from './entries.js'
import type { CwrRecord } from './record.js'
import { partyRows, recordingRows, unreadableRecording, workRow } from './registration-rows.js'
import { shareRows } from './share-rows.js'
import type { Transaction } from './transaction.js'

/** There are fewer than 300 TIS codes; folding lines takes time that grows faster than their number. */
const MOST_TERRITORY_LINES = 1_000

/** Publishers or writers of a registration in file order, and the one that following records belong to. */
class Side {
  readonly entries: Entry[] = []
  readonly #refused = new Set<string>()
  readonly #byNumber = new Map<string, Entry[]>()
  #current: Entry | null = null

  accept(record: CwrRecord): Refusal | null {
    const entry = entryOf(record)
    const refusal = unreadableShare(entry.shares)
    this.#current = refusal === null ? entry : null
    if (refusal !== null) {
      this.#refused.add(entry.party.number)
      return refusal
    }
    this.entries.push(entry)
    const same = this.#byNumber.get(entry.party.number) ?? []
    this.#byNumber.set(entry.party.number, [...same.slice(0, 1), entry])
    return null
  }

  /**
   * Whom a dependent record means: the party above it when the number agrees or is blank, else the only party with
   * that number. A record that could mean two parties is refused: attributing it to the wrong one is worse.
   */
  meant(number: string): { entry: Entry; elsewhere: boolean } | Refusal {
    const above = this.#current
    if (above !== null && (number === '' || number === above.party.number)) return { entry: above, elsewhere: false }
    if (number === '') return { reason: 'no party record stands above it' }
    if (this.#refused.has(number)) return { reason: 'the record of its party was refused', value: number }
    const [only, another] = this.#byNumber.get(number) ?? []
    if (only === undefined) return { reason: 'its party number is not in this transaction', value: number }
    if (another !== undefined)
      return { reason: 'its party number stands for two records that are not above it', value: number }
    return { entry: only, elsewhere: true }
  }
}

export class Registration implements Transaction {
  readonly #header: CwrRecord
  readonly #note: (finding: Finding) => void
  readonly #publishers = new Side()
  readonly #writers = new Side()
  readonly #details: CwrRecord[] = []

  constructor(header: CwrRecord, note: (finding: Finding) => void) {
    this.#header = header
    this.#note = note
  }

  add(record: CwrRecord): Refusal | null {
    switch (record.type) {
      case 'SPU':
      case 'OPU':
        this.#checkPublisherType(record)
        return this.#publishers.accept(record)
      case 'SWR':
      case 'OWR':
        return this.#writers.accept(record)
      case 'SPT':
      case 'OPT':
        return this.#addTerritory(record, this.#publishers)
      case 'SWT':
      case 'OWT':
        return this.#addTerritory(record, this.#writers)
      case 'NPN':
        return this.#attach(record, this.#publishers, 'party_number', (entry) => entry.otherNames.push(record))
      case 'NWN':
        return this.#attach(record, this.#writers, 'party_number', (entry) => entry.otherNames.push(record))
      case 'PWR':
        return this.#attach(record, this.#writers, 'writer_number', (entry) => entry.representations.push(record))
      default:
        return this.#addDetail(record)
    }
  }

  emit(sink: RecordSink, cutShort: boolean): void {
    const header = this.#header
    const publishers = this.#publishers.entries
    const writers = this.#writers.entries
    const unit = header.get('submitter_work_number')
    workRow(sink, unit, header, this.#details, cutShort)
    partyRows(sink, unit, publishers, writers)
    const chains = chainTexts(publishers, writers)
    for (const entry of [...publishers, ...writers]) shareRows(sink, unit, entry, chains.get(entry) ?? '', this.#note)
    recordingRows(sink, unit, header, this.#details)
  }

  #attach(record: CwrRecord, side: Side, numberField: string, to: (entry: Entry) => void): Refusal | null {
    const meant = side.meant(record.get(numberField))
    if (!('entry' in meant)) return { column: numberField, ...meant }
    if (meant.elsewhere) this.#noteElsewhere(record)
    to(meant.entry)
    return null
  }

  #addTerritory(record: CwrRecord, side: Side): Refusal | null {
    const territory = unreadableTerritory(record)
    if (territory?.column === 'territory') return territory
    const share = unreadableShare(territoryLineOf(record, false).shares)
    const refusal = territory ?? share
    const line = territoryLineOf(record, refusal !== null)
    const meant = side.meant(record.get('party_number'))
    if ('entry' in meant && meant.entry.territories.length >= MOST_TERRITORY_LINES) {
      return { reason: `its party has more than ${MOST_TERRITORY_LINES} territory lines` }
    }
    const attached = this.#attach(record, side, 'party_number', (entry) => entry.territories.push(line))
    if (refusal === null && attached === null && !line.include) this.#checkExclusion(record, line.shares)
    return attached ?? refusal
  }

  #addDetail(record: CwrRecord): Refusal | null {
    if (record.type === 'REC') {
      const refusal = unreadableRecording(record)
      if (refusal !== null) return refusal
    }
    this.#details.push(record)
    return null
  }

  #checkPublisherType(record: CwrRecord): void {
    const type = publisherType(entryOf(record))
    if (['E', 'AQ', 'AM', 'PA', 'SE', 'ES'].includes(type)) return
    this.#note({
      code: 'unknown-code',
      relation: 'shares',
      column: 'role',
      line: record.line,
      value: type,
      message: `publisher type "${type}" is not one of E, AQ, AM, PA, SE, ES; its role is given as other`,
    })
  }

  #checkExclusion(record: CwrRecord, shares: Entry['shares']): void {
    const nonZero = RIGHTS.some((right) => {
      const cell = shares[right]
      return cell.says === 'share' && Number(cell.percent) !== 0
    })
    if (isSilent(shares) || !nonZero) return
    this.#note({
      code: 'exclusion-with-share',
      relation: 'shares',
      line: record.line,
      value: record.get('territory'),
      message: `${record.type} excludes territory ${record.get('territory')} but states a share; nothing is collected there`,
    })
  }

  #noteElsewhere(record: CwrRecord): void {
    this.#note({
      code: 'party-not-above',
      line: record.line,
      message: `${record.type} does not stand below the record of its party; it was attached by its party number`,
    })
  }
}
