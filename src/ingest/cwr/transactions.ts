/** Which kind of transaction a header opens. */
import type { Finding } from '../reader.js'
import { Acknowledgement, IswcNotice } from './acknowledgements.js'
import { Agreement } from './agreements.js'
import type { Refusal } from './entries.js'
import type { CwrRecord } from './record.js'
import { Registration } from './registration.js'
import { RefusedTransaction, type Transaction } from './transaction.js'

export interface StartedTransaction {
  transaction: Transaction
  /** Why its header cannot be used; everything in the transaction is then refused too. */
  refusal: Refusal | null
  /** Work or agreement number. */
  subject: string
}

/** Opens the transaction of a header record (NWR, REV, ISW, EXC, AGR, ACK). */
export const startTransaction = (header: CwrRecord, note: (finding: Finding) => void): StartedTransaction => {
  const subject = header.get(header.type === 'AGR' ? 'agreement_number' : 'submitter_work_number')
  const refusal = headerRefusal(header)
  const transaction =
    refusal === null ? transactionOf(header, note) : new RefusedTransaction(header.type, refusal.reason)
  return { transaction, refusal, subject }
}

const transactionOf = (header: CwrRecord, note: (finding: Finding) => void): Transaction => {
  switch (header.type) {
    case 'ACK':
      return new Acknowledgement(header, note)
    case 'ISW':
      return new IswcNotice(header)
    case 'AGR':
      return new Agreement(header)
    default:
      return new Registration(header, note)
  }
}

const headerRefusal = (header: CwrRecord): Refusal | null => {
  if (header.type === 'ACK') return Acknowledgement.refusal(header)
  if (header.type === 'AGR') return Agreement.refusal(header)
  if (header.type === 'EXC') return { reason: 'EXC stands outside an acknowledgement (ACK)' }
  if (header.get('submitter_work_number') === '') {
    return { reason: 'submitter work number is missing', column: 'work_id', value: '' }
  }
  return header.get('title') === '' ? { reason: 'title is missing', column: 'title', value: '' } : null
}
