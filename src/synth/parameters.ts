/** The parameters of a catalogue, as they were typed. */
import { UsageError } from '../errors.js'
import { FEWEST_PROVIDERS, MOST_PROVIDERS } from './plan/feeds.js'
import type { Parameters } from './plan/index.js'
import { FEWEST_TRACKS, MOST_TRACKS } from './plan/sizes.js'

export interface GivenParameters {
  readonly tracks: string
  readonly seed: string
  readonly snapshots: string
  readonly providers: string
  readonly format: 'tables' | 'bwarm'
}

export const MOST_SNAPSHOTS = 60

/** Whole numbers, `1e6` among them; no sign, point or thousands mark. */
const NOTATION = /^\d{1,16}(?:e\d{1,2})?$/i

function wholeNumber(flag: string, given: string, least: number, most: number): number {
  const text = given.trim()
  const value = NOTATION.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value
  throw new UsageError(`--${flag} must be a whole number from ${least} to ${most}, not "${given}".`, {
    code: 'bad-flag',
    excerpt: given,
    suggestions: [`Write for instance --${flag} ${Math.max(least, Math.min(most, EXAMPLES[flag] ?? least))}`],
  })
}

const EXAMPLES: Readonly<Record<string, number>> = { tracks: 10_000, seed: 1, snapshots: 3, providers: 6 }

/**
 * Checks what was asked for. Throws UsageError `bad-flag`: not a whole number, out of range, or a format that none of so
 * many providers delivers.
 */
export function synthParameters(given: GivenParameters): Parameters {
  const parameters = {
    tracks: wholeNumber('tracks', given.tracks, FEWEST_TRACKS, MOST_TRACKS),
    seed: wholeNumber('seed', given.seed, 0, Number.MAX_SAFE_INTEGER),
    snapshots: wholeNumber('snapshots', given.snapshots, 1, MOST_SNAPSHOTS),
    providers: wholeNumber('providers', given.providers, FEWEST_PROVIDERS, MOST_PROVIDERS),
    format: given.format,
  }
  if (parameters.format === 'bwarm' && parameters.providers < 3) {
    throw new UsageError('--format bwarm needs the licensing collective, which is the third provider.', {
      code: 'bad-flag',
      excerpt: given.providers,
      suggestions: ['Write --providers 3 or more'],
    })
  }
  return parameters
}
