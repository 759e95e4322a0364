/** Every record type of CWR 2.1 and 2.2: control records, agreements and acknowledgements here, the rest by subject. */
import { type Layout, layout } from './layout.js'
import { PARTY_LAYOUTS } from './layouts-parties.js'
import { WORK_LAYOUTS } from './layouts-works.js'

const HDR = layout('HDR', 'control', [
  ['sender_type', 4, 2, 'code'],
  ['sender_id', 6, 9, 'code'],
  ['sender_name', 15, 45, 'text'],
  ['edi_version', 60, 5, 'code'],
  ['creation_date', 65, 8, 'date'],
  ['creation_time', 73, 6, 'time'],
  ['transmission_date', 79, 8, 'date'],
  ['character_set', 87, 15, 'text'],
  ['version', 102, 3, 'code'],
  ['revision', 105, 3, 'code'],
  ['software', 108, 30, 'text'],
  ['software_version', 138, 30, 'text'],
])
const GRH = layout('GRH', 'control', [
  ['transaction_type', 4, 3, 'code'],
  ['group_id', 7, 5, 'number'],
  ['version', 12, 5, 'code'],
  ['batch_request', 17, 10, 'number'],
  ['submission_type', 27, 2, 'code'],
])
const GRT = layout('GRT', 'control', [
  ['group_id', 4, 5, 'number'],
  ['transaction_count', 9, 8, 'number'],
  ['record_count', 17, 8, 'number'],
  ['currency', 25, 3, 'code'],
  ['amount', 28, 10, 'number'],
])
const TRL = layout('TRL', 'control', [
  ['group_count', 4, 5, 'number'],
  ['transaction_count', 9, 8, 'number'],
  ['record_count', 17, 8, 'number'],
])

const AGREEMENTS_AND_ANSWERS = [
  layout('AGR', 'transaction', [
    ['agreement_number', 20, 14, 'code'],
    ['isac', 34, 14, 'code'],
    ['agreement_type', 48, 2, 'code'],
    ['start_date', 50, 8, 'date'],
    ['end_date', 58, 8, 'date'],
    ['retention_end', 66, 8, 'date'],
    ['prior_royalty_status', 74, 1, 'flag'],
    ['prior_royalty_start', 75, 8, 'date'],
    ['post_term_status', 83, 1, 'flag'],
    ['post_term_end', 84, 8, 'date'],
    ['signature_date', 92, 8, 'date'],
    ['number_of_works', 100, 5, 'number'],
    ['sales_manufacture', 105, 1, 'flag'],
    ['shares_change', 106, 1, 'flag'],
    ['advance', 107, 1, 'flag'],
    ['society_agreement_number', 108, 14, 'code'],
  ]),
  layout('ACK', 'transaction', [
    ['original_date', 20, 8, 'date'],
    ['original_time', 28, 6, 'time'],
    ['original_group', 34, 5, 'number'],
    ['original_transaction', 39, 8, 'number'],
    ['original_type', 47, 3, 'code'],
    ['title', 50, 60, 'text'],
    ['submitter_work_number', 110, 20, 'code'],
    ['recipient_work_number', 130, 20, 'code'],
    ['processing_date', 150, 8, 'date'],
    ['status', 158, 2, 'code'],
  ]),
  layout('TER', 'detail', [
    ['inclusion', 20, 1, 'flag'],
    ['territory', 21, 4, 'code'],
  ]),
  layout('IPA', 'detail', [
    ['agreement_role', 20, 2, 'code'],
    ['ipi_name_number', 22, 11, 'ipi'],
    ['ipi_base_number', 33, 13, 'code'],
    ['party_number', 46, 9, 'code'],
    ['name', 55, 45, 'text'],
    ['first_name', 100, 30, 'text'],
    ['perf_society', 130, 3, 'code'],
    ['perf_share', 133, 5, 'share'],
    ['mech_society', 138, 3, 'code'],
    ['mech_share', 141, 5, 'share'],
    ['sync_society', 146, 3, 'code'],
    ['sync_share', 149, 5, 'share'],
  ]),
  layout('MSG', 'detail', [
    ['message_type', 20, 1, 'flag'],
    ['original_record_sequence', 21, 8, 'number'],
    ['record_type', 29, 3, 'code'],
    ['level', 32, 1, 'flag'],
    ['validation_number', 33, 3, 'code'],
    ['text', 36, 150, 'text'],
  ]),
]

/** Layout by record type, for every record type of CWR 2.1 and 2.2. */
export const LAYOUTS: ReadonlyMap<string, Layout> = new Map(
  [HDR, GRH, GRT, TRL, ...AGREEMENTS_AND_ANSWERS, ...WORK_LAYOUTS, ...PARTY_LAYOUTS].map((each) => [each.type, each]),
)

/** Record types that exist in CWR 3 only: their presence says what went wrong. */
export const CWR_3_TYPES: ReadonlySet<string> = new Set(
  ['WRK', 'OWK', 'DRW', 'LIC', 'ISR', 'ISA', 'MAN', 'NRC', 'NOT', 'FTV', 'WRI'], // CISAC CWR 3.0 and 3.1
)
