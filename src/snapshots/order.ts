/**
 * The two orders of a feed's snapshots (domain: "which snapshot speaks at K").
 * - speaking order: by (published, received, sequence, content hash); the greatest received by K speaks
 * - receipt order: by received, then speaking order; history is folded in this order, whatever the loading order
 */

export interface OrderedSnapshot {
  /** Microseconds since 1970, UTC. */
  readonly published: number
  readonly received: number
  readonly sequence: number | null
  readonly contentSha256: string
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Negative when `a` speaks before `b`: `b` would be believed where both are known. */
export const bySpeaking = (a: OrderedSnapshot, b: OrderedSnapshot): number =>
  compare(a.published, b.published) ||
  compare(a.received, b.received) ||
  compare(a.sequence ?? Number.NEGATIVE_INFINITY, b.sequence ?? Number.NEGATIVE_INFINITY) ||
  compare(a.contentSha256, b.contentSha256)

/** Negative when `a` is folded before `b`. */
export const byReceipt = (a: OrderedSnapshot, b: OrderedSnapshot): number =>
  compare(a.received, b.received) || bySpeaking(a, b)
