/** Publishers' agreements: AGR with its territories (TER) and interested parties (IPA). */
import { foldTerritoryLines } from '../../model/territories/fold.js'
import { NO_TERRITORY } from '../../model/territories/format.js'
import type { RecordSink } from '../reader.js'
import {
  type Refusal,
  RIGHTS,
  type Right,
  type Shares,
  sharesOf,
  unreadableShare,
  unreadableTerritory,
} from './entries.js'
import { type Party, partyOf, partyValues } from './parties.js'
import type { CwrRecord } from './record.js'
import { describe, extraOf, Once, type Transaction } from './transaction.js'
import { readDate } from './values.js'

interface AgreementParty {
  record: CwrRecord
  party: Party
  shares: Shares
}

/** Parties of an agreement for a list of territories: TER lines, then IPA lines; an agreement may have several. */
interface Scope {
  territories: { include: boolean; tis: string; record: CwrRecord }[]
  assignors: AgreementParty[]
  acquirers: AgreementParty[]
}

/** Rows grow with assignors times acquirers; no real agreement comes near this. */
const MOST_PARTIES = 1_000

const DATE_COLUMNS = [
  ['start_date', 'valid_from'],
  ['end_date', 'valid_to'],
  ['retention_end', 'retention_end'],
  ['post_term_end', 'post_term_collection_end'],
  ['signature_date', 'signed_at'],
] as const

/**
 * An AGR transaction. Gives one `agreements` row per territory text, assignor, acquirer and right that the acquirer's
 * share speaks about; the share is the acquirer's, the assignor's own is kept as extra. Ends are given as they stand
 * (an agreement from 2003-11-18 to 2013-11-18 lasts ten years: the end is exclusive).
 */
export class Agreement implements Transaction {
  readonly #header: CwrRecord
  readonly #scopes: Scope[] = []
  readonly #others: CwrRecord[] = []
  #cutShort = false

  constructor(header: CwrRecord) {
    this.#header = header
  }

  /** Why an AGR header cannot be used; null when it can. */
  static refusal(header: CwrRecord): Refusal | null {
    if (header.get('agreement_number') === '') {
      return { reason: 'submitter agreement number is missing', column: 'agreement_id', value: '' }
    }
    for (const [field, column] of DATE_COLUMNS) {
      const text = header.get(field)
      if (text !== '' && readDate(text) === null) {
        return { reason: `${column} is not a date`, column, value: text }
      }
    }
    return null
  }

  add(record: CwrRecord): Refusal | null {
    if (record.type === 'TER') return this.#addTerritory(record)
    if (record.type === 'IPA') return this.#addParty(record)
    this.#others.push(record)
    return null
  }

  emit(sink: RecordSink, cutShort: boolean): void {
    this.#cutShort = cutShort
    const id = this.#header.get('agreement_number')
    const unit = `agreement:${id}`
    const once = new Once()
    for (const scope of this.#scopes) {
      for (const { party, record } of [...scope.assignors, ...scope.acquirers]) {
        if (party.id === null || !once.first(partyValues(party, null))) continue
        const extra = { interested_party_number: party.number }
        sink.row('parties', { line: record.line, unit, ...extraOf(extra) }, partyValues(party, null))
      }
      this.#emitScope(sink, unit, id, scope)
    }
    if (this.#scopes.length === 0) this.#emitScope(sink, unit, id, { territories: [], assignors: [], acquirers: [] })
  }

  #addTerritory(record: CwrRecord): Refusal | null {
    const refusal = unreadableTerritory(record)
    if (refusal !== null) return refusal
    const last = this.#scopes.at(-1)
    const isOpen = last !== undefined && last.assignors.length + last.acquirers.length === 0
    const scope = isOpen ? last : this.#open()
    scope.territories.push({ include: record.get('inclusion') === 'I', tis: record.get('territory'), record })
    return null
  }

  #addParty(record: CwrRecord): Refusal | null {
    const shares = sharesOf(record)
    const refusal = unreadableShare(shares)
    if (refusal !== null) return refusal
    const role = record.get('agreement_role')
    if (role !== 'AS' && role !== 'AC') {
      return {
        reason: 'agreement role is neither assignor (AS) nor acquirer (AC)',
        column: 'agreement_role',
        value: role,
      }
    }
    const scope = this.#scopes.at(-1) ?? this.#open()
    if (scope.assignors.length + scope.acquirers.length >= MOST_PARTIES) {
      return { reason: `the agreement has more than ${MOST_PARTIES} parties` }
    }
    const side = role === 'AS' ? scope.assignors : scope.acquirers
    side.push({ record, party: partyOf(record), shares })
    return null
  }

  #open(): Scope {
    const scope: Scope = { territories: [], assignors: [], acquirers: [] }
    this.#scopes.push(scope)
    return scope
  }

  #emitScope(sink: RecordSink, unit: string, id: string, scope: Scope): void {
    const territories = foldTerritoryLines(scope.territories, () => true).rows.map((row) => row.territories)
    // Without a TER line the territory is not stated; an agreement that excludes all that it includes covers nothing.
    const texts = scope.territories.length === 0 ? [''] : territories.length === 0 ? [NO_TERRITORY] : territories
    const none: readonly (AgreementParty | null)[] = [null]
    for (const text of texts) {
      for (const assignor of scope.assignors.length === 0 ? none : scope.assignors) {
        for (const acquirer of scope.acquirers.length === 0 ? none : scope.acquirers) {
          this.#emitPair(sink, unit, id, text, assignor, acquirer)
        }
      }
    }
  }

  #emitPair(
    sink: RecordSink,
    unit: string,
    id: string,
    territories: string,
    assignor: AgreementParty | null,
    acquirer: AgreementParty | null,
  ): void {
    const header = this.#header
    const stated = RIGHTS.filter((right) => acquirer?.shares[right].says === 'share')
    const dates = DATE_COLUMNS.map(([field, column]) => [column, header.get(field)] as const)
    for (const right of stated.length === 0 ? [null] : stated) {
      const share = acquirer === null || right === null ? null : shareText(acquirer, right)
      const raw = { ...share?.raw, ...Object.fromEntries(dates.filter(([, text]) => text !== '')) }
      const extra = {
        ...header.others(['agreement_number', 'agreement_type', ...DATE_COLUMNS.map(([field]) => field)]),
        assignor_share: assignor === null || right === null ? '' : shareText(assignor, right).percent,
        society: right === null ? '' : (acquirer?.record.get(`${right}_society`) ?? ''),
        details: describe(this.#others),
        incomplete: this.#cutShort ? 'the agreement was cut short: more of it may exist' : '',
      }
      const line = acquirer?.record.line ?? assignor?.record.line ?? header.line
      sink.row(
        'agreements',
        { line, unit, raw, ...extraOf(extra) },
        {
          agreement_id: id,
          agreement_type: header.get('agreement_type'),
          assignor_party_id: assignor?.party.id,
          acquirer_party_id: acquirer?.party.id,
          share: share?.percent,
          right,
          territories,
          ...Object.fromEntries(dates.map(([column, text]) => [column, text === '' ? null : readDate(text)])),
        },
      )
    }
  }
}

const shareText = (party: AgreementParty, right: Right): { percent: string; raw: { share?: string } } => {
  const cell = party.shares[right]
  return cell.says === 'share' ? { percent: cell.percent, raw: { share: cell.raw } } : { percent: '', raw: {} }
}
