/** What began or ended, in words that name who says so. */
import type { Cause } from '../../licensing/index.js'
import type { Statement } from '../../store/evidence/statements.js'

const said = (statement: Statement, column: string): string | null => {
  const value = statement.values[column]
  return value == null ? null : String(value)
}

const VERBS = {
  'licence-start': 'licence begins',
  'licence-end': 'licence ends',
  'share-start': 'claim begins',
  'share-end': 'claim ends',
  'link-start': 'link begins',
  'link-end': 'link ends',
} as const

/** The cause of an event as one clause, without its date. */
export function causeText({ kind, statement, regime }: Cause): string {
  if (kind === 'regime') return regime?.text ?? ''
  if (statement === null) return ''
  return `${statement.source.feed}: ${VERBS[kind]}, ${statementText(statement)}`
}

/** What a statement says, in one clause, without who says it. */
export function statementText(statement: Statement): string {
  const shared = said(statement, 'share')
  switch (statement.relation) {
    case 'licences': {
      const licensor = said(statement, 'licensor_party_id')
      const by = licensor === null ? '' : ` by ${licensor}`
      return `${said(statement, 'licence_id')} (${said(statement, 'coverage')})${by}`
    }
    case 'shares': {
      const party =
        said(statement, 'party_id') ?? (said(statement, 'status') === 'public-domain' ? 'public domain' : 'nobody')
      return `${party} ${shared === null ? 'an unknown share' : `${shared} %`} ${said(statement, 'share_kind')} of ${said(statement, 'work_id')}`
    }
    default:
      return `${said(statement, 'recording_id')} is ${said(statement, 'work_id')}`
  }
}
