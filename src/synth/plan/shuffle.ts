/** Orders without visible order that can be turned back: place = (number * factor + shift) modulo size. */

export interface Shuffle {
  readonly size: number
  readonly factor: number
  readonly shift: number
  /** The factor that turns a place back into its number. */
  readonly back: number
}

const GOLDEN = 0.6180339887498949
const SILVER = 0.41421356237309503

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

/** The inverse of `factor` modulo `size`, which have no common divisor. */
function inverse(factor: number, size: number): number {
  let [previous, rest, before, after] = [size, factor % size, 0, 1]
  while (rest > 1) {
    const times = Math.floor(previous / rest)
    ;[previous, rest] = [rest, previous - times * rest]
    ;[before, after] = [after, before - times * after]
  }
  return ((after % size) + size) % size
}

/** A number near that part of `size` without a common divisor; for these ratios its multiples fall evenly. */
function evenStep(size: number, ratio: number): number {
  let step = Math.max(1, Math.round(size * ratio))
  while (commonDivisor(step, size) !== 1) step += 1
  return step
}

/** A shuffle of `size` numbers (below 2^28, so that products stay exact in 64 bits) that hangs on the seed. */
export function shuffle(size: number, seed: bigint, salt: number): Shuffle {
  return size < 2 ? STILL : shuffleBy(size, evenStep(size, GOLDEN), seed, salt)
}

/**
 * A shuffle of the same numbers whose places in a row have places in `other` that fall evenly: nothing that hangs on the
 * one hangs on the other.
 */
export function shuffleBeside(other: Shuffle, seed: bigint, salt: number): Shuffle {
  const { size, factor } = other
  if (size < 2) return STILL
  const beside = (BigInt(factor) * BigInt(inverse(evenStep(size, SILVER), size))) % BigInt(size)
  return shuffleBy(size, Number(beside), seed, salt)
}

const STILL: Shuffle = { size: 1, factor: 0, shift: 0, back: 0 }

const shuffleBy = (size: number, factor: number, seed: bigint, salt: number): Shuffle => ({
  size,
  factor,
  shift: Number(mixed(seed, salt) % BigInt(size)),
  back: inverse(factor, size),
})

const MASK = (1n << 64n) - 1n

/** 64 bits made of a seed and a salt (SplitMix64). */
export function mixed(seed: bigint, salt: number): bigint {
  let z = (seed + 0x9e3779b97f4a7c15n * BigInt(salt + 1)) & MASK
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
  return z ^ (z >> 31n)
}
