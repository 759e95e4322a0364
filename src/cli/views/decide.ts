/** `recital decide`: what was written down, and all that stands in the record. */
import type { Decision } from '../../store/casebook/decisions.js'
import type { Output } from '../output.js'
import { plural } from './words.js'

interface EntryJson {
  id: number
  at: string
  author: string
  key: string
  verdict: string
  identity: string | null
  reason: string
  undoes: number | null
  undone: boolean
}

export interface DecideDocument {
  kind: 'recital.decide'
  version: 1
  /** What was written now; null where nothing was. */
  recorded: EntryJson | null
  decisions: EntryJson[]
}

export function decideDocument(recorded: Decision | null, decisions: readonly Decision[]): DecideDocument {
  const undone = new Set(decisions.map(({ undoes }) => undoes))
  const entry = ({ id, decidedAt, author, key, verdict, identity, reason, undoes }: Decision): EntryJson => ({
    id,
    at: decidedAt,
    author,
    key,
    verdict,
    identity,
    reason,
    undoes,
    undone: undone.has(id),
  })
  return {
    kind: 'recital.decide',
    version: 1,
    recorded: recorded === null ? null : entry(recorded),
    decisions: decisions.map(entry),
  }
}

export function printDecisions({ recorded, decisions }: DecideDocument, out: Output): void {
  if (recorded !== null) out.safe(`Wrote decision ${recorded.id} about ${recorded.key}.`)
  else out.line(decisions.length === 0 ? 'Nothing has been decided.' : plural(decisions.length, 'decision'))
  if (decisions.length === 0) return
  out.table(
    [
      { header: 'no', kind: 'number' },
      { header: 'decided', kind: 'id' },
      { header: 'author' },
      { header: 'conflict', kind: 'id' },
      { header: 'verdict', kind: 'id' },
      { header: 'reason' },
    ],
    decisions.map(({ id, at, author, key, verdict, identity, reason, undoes, undone }) => [
      String(id),
      at.slice(0, 10),
      author,
      key,
      `${verdict}${identity === null ? '' : ` ${identity}`}${undoes === null ? '' : ` ${undoes}`}${undone ? ' (undone)' : ''}`,
      reason,
    ]),
  )
}
