/** How the streams fall off: Zipf in whole numbers, and how many recordings have any. */
import type { Sizes } from './sizes.js'
import { TOP_STREAMS, TOP_TRACKS, UNMATCHED_STREAMS, ZIPF } from './table.js'

export interface StreamPlan {
  /** Recordings with streams, by rank. */
  readonly ranked: number
  /** Streams of the first rank, times a million. */
  readonly scale: number
  /** Unmatched recordings have so many times the streams of their rank, in thousandths. */
  readonly unmatchedFactor: number
  /** `n^(exponent - 1)` at the powers of two, in millionths; in between it is taken as straight. */
  readonly roots: readonly number[]
}

const EXACT = 100_000
/** Streams of the last rank. */
const LEAST = 400

/** Sum of `k^-ZIPF` for k from 1 to n: term by term, then by the integral. */
function harmonic(n: number): number {
  let total = 0
  for (let k = 1; k <= Math.min(n, EXACT); k += 1) total += k ** -ZIPF
  if (n <= EXACT) return total
  const slope = 1 - ZIPF
  return total + ((n + 0.5) ** slope - (EXACT + 0.5) ** slope) / slope
}

/** The least n whose sum reaches `wanted`, at most `most`. */
function rankOf(wanted: number, most: number): number {
  let [low, high] = [1, most]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (harmonic(middle) < wanted) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * So many recordings have streams that the top one in a hundred has nine tenths of them, and the unmatched so much more
 * than others of their rank that they have two in a hundred.
 */
export function streamsOf({ tracks, hitRecordings, storyRecordings, tailRecordings, unmatched }: Sizes): StreamPlan {
  const most = tracks - storyRecordings
  const top = harmonic(Math.max(1, Math.round((tracks * TOP_TRACKS) / 1000)))
  const wanted = UNMATCHED_STREAMS / 1000
  let [ranked, factor, extra] = [most, 1, 0]
  for (let round = 0; round < 8; round += 1) {
    ranked = rankOf((top * 1000) / (TOP_STREAMS * (1 + extra)), most)
    const all = harmonic(ranked)
    const part = ((all - harmonic(Math.min(ranked, hitRecordings))) * unmatched) / (tailRecordings * all)
    factor = part === 0 ? 1 : Math.max(1, (wanted * (1 - part)) / (part * (1 - wanted)))
    extra = (factor - 1) * part
  }
  return {
    ranked,
    scale: Math.round(LEAST * ranked ** ZIPF) * 1_000_000,
    unmatchedFactor: Math.round(Math.min(factor, 100) * 1000),
    roots: Array.from({ length: 30 }, (_, power) => Math.round(2 ** (power * (ZIPF - 1)) * 1_000_000)),
  }
}
