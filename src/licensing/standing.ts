/** Statements that something rests on, in the order in which they are shown. */
import { byFeedAndContent } from '../store/evidence/statement-order.js'
import type { Statement } from '../store/evidence/statements.js'

/** Each once, by relation and then as look-ups show them. */
export const distinctStatements = (statements: readonly Statement[]): Statement[] =>
  [...new Set(statements)].sort(byRelation)

function byRelation(a: Statement, b: Statement): number {
  if (a.relation !== b.relation) return a.relation < b.relation ? -1 : 1
  return byFeedAndContent(a, b)
}
