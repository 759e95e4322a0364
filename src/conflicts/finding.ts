/** What is told of a conflict. */
import type { Source, Statement } from '../store/evidence/statements.js'
import type { Rule } from './rule.js'

export type SubjectKind = 'work' | 'recording' | 'party' | 'licence' | 'delivery' | 'feed' | 'line'

/** What a conflict is about. Codes as stated; `id` and `feed` as the first feed by name has it. */
export interface Subject {
  readonly kind: SubjectKind
  readonly id: string
  readonly feed: string | null
  /** ISRC, ISWC or IPI name number. */
  readonly code: string | null
  readonly title: string | null
  readonly artist: string | null
}

export interface Party {
  readonly name: string
  readonly ipi: string | null
}

/** A row that takes part in a conflict: a statement, or a delivery or refused line, which have a place and no statement. */
export interface Evidenced {
  readonly id: string
  readonly source: Source | null
  readonly statement: Statement | null
  /** Whose claim or licence it is, where it names one of the parties of the conflict. */
  readonly party: Party | null
}

export interface KnownInterval {
  /** Date or instant of the receipt from which the contradiction stood. */
  readonly knownFrom: string | null
  /** That from which it stood no more; null while it stands. */
  readonly knownTo: string | null
}

export interface Finding extends KnownInterval {
  readonly rule: Rule
  /** The same for the same contradiction at any date of knowledge and in any workspace: what a decision is about. */
  readonly key: string
  readonly subject: Subject
  readonly right: string | null
  /** Territory codes in the fewest words, as in the plain tables; empty where the conflict has no territory. */
  readonly territories: readonly string[]
  /** Half-open days; null is open. */
  readonly from: string | null
  readonly to: string | null
  /** Millionths of the unit that the rule's `magnitude` names; null where it has none. */
  readonly total: bigint | null
  readonly over: bigint | null
  readonly streams: bigint
  readonly paymentOnly: boolean
  readonly parties: readonly Party[]
  readonly evidence: readonly Evidenced[]
  readonly detail: string | null
}
