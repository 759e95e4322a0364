/** The guards by name, in the order in which they look at a snapshot. */
export const GUARD_NAMES = [
  'empty',
  'header-only',
  'truncated',
  'lost-block',
  'round-count',
  'repeated-count',
  'gap',
  'skipped',
  'stale',
  'out-of-order',
  'tie',
  'same-content',
  'rollback',
  'header-drift',
  'key-drift',
  'keys-reissued',
  'duplicate-key',
  'mass-change',
  'mass-delete',
  'mass-owner',
  'null-rate',
  'distinct',
] as const

export type GuardName = (typeof GUARD_NAMES)[number]
