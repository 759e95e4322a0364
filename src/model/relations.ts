/**
 * The relations that every reader produces: the plain input format of the contract (section 1), which is also
 * the shape of the evidence. One entry per relation: its columns, its natural key and the subject it speaks about.
 */

/**
 * How a column's text is read.
 * - `text`: kept as given, outer blanks cut
 * - `isrc` … `upc`: identifiers, several separated by `|`; only those that pass their check are normalised and joined on
 * - `code`: a word of a fixed list, lower case; an unknown word is kept and reported
 * - `share`: percent of the whole work; `fraction`: of 1; `integer`: whole number ≥ 0
 * - `decimal`: any exact number, at most 18 digits before the point and 10 after it (custom relations)
 * - `date`: calendar date `2019-06-01`, or partial `2019-06`, `2019`; `end-date`: the same, exclusive once stored
 * - `territories`: `|`-separated ISO alpha-2 or TIS codes, `WORLD`, `!` excludes; `territory`: one such code
 */
export type ColumnKind =
  | 'text'
  | 'isrc'
  | 'iswc'
  | 'ipi-name'
  | 'ipi-base'
  | 'isni'
  | 'upc'
  | 'code'
  | 'share'
  | 'fraction'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'end-date'
  | 'territories'
  | 'territory'

export interface Column {
  readonly name: string
  readonly kind: ColumnKind
  /** A row without this value is rejected. */
  readonly required?: true
  /** The words a `code` column may hold. */
  readonly codes?: readonly string[]
}

/** What a row is about; rows of one subject are stored together. */
export type SubjectKind = 'party' | 'work' | 'recording' | 'licence' | 'territories' | 'custom'

export interface Relation {
  readonly name: string
  readonly columns: readonly Column[]
  /** Natural key: column names, in order. */
  readonly key: readonly string[]
  readonly subject: { readonly kind: SubjectKind; readonly columns: readonly string[] }
}

const RIGHTS = ['mech', 'perf', 'sync'] as const

const text = (name: string): Column => ({ name, kind: 'text' })
const needed = (column: Column): Column => ({ ...column, required: true })
const code = (name: string, codes: readonly string[]): Column => ({ name, kind: 'code', codes })
const validFrom: Column = { name: 'valid_from', kind: 'date' }
const validTo: Column = { name: 'valid_to', kind: 'end-date' }
const territories: Column = { name: 'territories', kind: 'territories' }

export const RELATIONS = {
  parties: {
    name: 'parties',
    columns: [
      needed(text('party_id')),
      needed(text('name')),
      { name: 'ipi_name_number', kind: 'ipi-name' },
      { name: 'ipi_base_number', kind: 'ipi-base' },
      { name: 'isni', kind: 'isni' },
      text('group_id'),
      code('kind', ['writer', 'publisher', 'society', 'label', 'other']),
    ],
    key: ['party_id'],
    subject: { kind: 'party', columns: ['party_id'] },
  },
  works: {
    name: 'works',
    columns: [needed(text('work_id')), needed(text('title')), { name: 'iswc', kind: 'iswc' }, text('alternate_titles')],
    key: ['work_id'],
    subject: { kind: 'work', columns: ['work_id'] },
  },
  recordings: {
    name: 'recordings',
    columns: [
      needed(text('recording_id')),
      needed(text('title')),
      { name: 'isrc', kind: 'isrc' },
      text('version'),
      text('artist'),
      { name: 'duration_ms', kind: 'integer' },
      text('label'),
      text('release_title'),
      { name: 'upc', kind: 'upc' },
      { name: 'release_date', kind: 'date' },
    ],
    key: ['recording_id'],
    subject: { kind: 'recording', columns: ['recording_id'] },
  },
  links: {
    name: 'links',
    columns: [
      needed(text('recording_id')),
      needed(text('work_id')),
      { name: 'weight', kind: 'fraction' },
      { name: 'duration_ms', kind: 'integer' },
      validFrom,
      validTo,
    ],
    key: ['recording_id', 'work_id'],
    subject: { kind: 'recording', columns: ['recording_id'] },
  },
  shares: {
    name: 'shares',
    columns: [
      needed(text('work_id')),
      text('party_id'),
      { name: 'share', kind: 'share' },
      needed(code('share_kind', ['manuscript', 'ownership', 'collection', 'licensing'])),
      needed(code('right', RIGHTS)),
      code('role', ['writer', 'publisher', 'administrator', 'sub-publisher', 'income-participant', 'other']),
      text('chain'),
      territories,
      validFrom,
      validTo,
      code('status', ['in-copyright', 'public-domain']),
    ],
    key: ['work_id', 'party_id', 'role', 'chain', 'share_kind', 'right', 'territories', 'valid_from'],
    subject: { kind: 'work', columns: ['work_id'] },
  },
  licences: {
    name: 'licences',
    columns: [
      needed(text('licence_id')),
      needed(code('right', [...RIGHTS, 'master'])),
      needed(code('coverage', ['by-claim', 'by-work', 'whole-right'])),
      text('licensor_party_id'),
      territories,
      validFrom,
      validTo,
      { name: 'signed_at', kind: 'date' },
      text('repertoire'),
      text('uses'),
      text('document'),
    ],
    key: ['licence_id'],
    subject: { kind: 'licence', columns: ['licence_id'] },
  },
  affiliations: {
    name: 'affiliations',
    columns: [
      needed(text('party_id')),
      needed(text('licensor_party_id')),
      needed(code('right', [...RIGHTS, 'master'])),
      territories,
      validFrom,
      validTo,
    ],
    key: ['party_id', 'licensor_party_id', 'right', 'territories', 'valid_from'],
    subject: { kind: 'party', columns: ['party_id'] },
  },
  right_weights: {
    name: 'right_weights',
    columns: [
      needed({ name: 'territories', kind: 'territories' }),
      needed({ name: 'mech', kind: 'fraction' }),
      needed({ name: 'perf', kind: 'fraction' }),
      validFrom,
      validTo,
    ],
    key: ['territories', 'valid_from'],
    subject: { kind: 'territories', columns: ['territories'] },
  },
  usage: {
    name: 'usage',
    columns: [
      needed(text('recording_id')),
      needed({ name: 'territory', kind: 'territory' }),
      needed({ name: 'period', kind: 'date' }),
      needed({ name: 'streams', kind: 'integer' }),
      text('use'),
    ],
    key: ['recording_id', 'territory', 'period', 'use'],
    subject: { kind: 'recording', columns: ['recording_id'] },
  },
  /** Societies' answers to registrations (CWR ACK). An acknowledgement is not a registration. */
  acknowledgements: {
    name: 'acknowledgements',
    columns: [
      needed(text('work_id')),
      needed(text('status')),
      text('title'),
      text('recipient_work_id'),
      { name: 'processed_on', kind: 'date' },
      text('original_file_date'),
      text('original_group'),
      text('original_transaction'),
      text('original_type'),
      text('messages'),
    ],
    key: ['work_id', 'original_file_date', 'original_group', 'original_transaction', 'processed_on'],
    subject: { kind: 'work', columns: ['work_id'] },
  },
  /** Publishers' agreements as registered (CWR AGR with its territories and parties). */
  agreements: {
    name: 'agreements',
    columns: [
      needed(text('agreement_id')),
      text('agreement_type'),
      text('assignor_party_id'),
      text('acquirer_party_id'),
      { name: 'share', kind: 'share' },
      code('right', RIGHTS),
      territories,
      validFrom,
      validTo,
      { name: 'retention_end', kind: 'end-date' },
      { name: 'post_term_collection_end', kind: 'end-date' },
      { name: 'signed_at', kind: 'date' },
    ],
    key: ['agreement_id', 'assignor_party_id', 'acquirer_party_id', 'right', 'territories'],
    subject: { kind: 'licence', columns: ['agreement_id'] },
  },
  /** Recordings that a label ordered to be taken down (ERN 3 TakeDown, Purge). */
  takedowns: {
    name: 'takedowns',
    columns: [
      needed(text('takedown_id')),
      text('release'),
      text('repertoire'),
      territories,
      validFrom,
      validTo,
      text('reason'),
    ],
    key: ['takedown_id'],
    subject: { kind: 'licence', columns: ['takedown_id'] },
  },
} as const satisfies Record<string, Relation>

export type RelationName = keyof typeof RELATIONS

export const RELATION_NAMES = Object.keys(RELATIONS) as RelationName[]
