/** What a condition may name, and what is wrong with one. */
import type { Scope } from './scope.js'

export interface ConditionScopes {
  readonly plain: Scope
  /** Where aggregates may be used: what they may name. */
  readonly aggregate: Scope | null
}

/** Something wrong with a condition; `offset` into its text. */
export type Failure = {
  readonly message: string
  readonly offset: number | null
  readonly suggestions?: readonly string[]
  readonly code?: string
}
