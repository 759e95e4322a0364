/**
 * Legal regimes as dated data (domain.md 1.4): what the default coverage of a right rests on, where and when. A regime
 * never changes a figure by itself: licences do. It is shown in every answer it bears on, and it may raise a flag.
 */
import { contains, type Interval } from '../model/dates/intervals.js'

export interface Regime extends Interval {
  readonly id: string
  readonly right: 'mech' | 'perf' | 'master'
  /** ISO alpha-2 code, or null for every territory without a regime of its own. */
  readonly territory: string | null
  readonly text: string
  /** A flag that answers carry while the right is not cleared. */
  readonly flag?: 'liability-limited'
}

export const REGIMES: readonly Regime[] = [
  {
    id: 'us-mech-by-work',
    right: 'mech',
    territory: 'US',
    from: null,
    to: '2021-01-01',
    text: 'Until the end of 2020 a mechanical licence in the United States was taken work by work: by a voluntary licence or by a notice of intention.',
  },
  {
    id: 'us-mech-liability-limited',
    right: 'mech',
    territory: 'US',
    from: '2018-10-11',
    to: '2021-01-01',
    text: 'From 11 October 2018 to the end of 2020 liability in the United States may be limited, if works were matched in good faith and the royalties were handed over. It is no licence.',
    flag: 'liability-limited',
  },
  {
    id: 'us-mech-blanket',
    right: 'mech',
    territory: 'US',
    from: '2021-01-01',
    to: null,
    text: 'Since 2021 a blanket licence covers the whole mechanical right in the United States, for a service whose licences say that it has one.',
  },
  {
    id: 'mech-by-claim',
    right: 'mech',
    territory: null,
    from: null,
    to: null,
    text: 'Mechanical rights are licensed claim by claim.',
  },
  {
    id: 'perf-by-claim',
    right: 'perf',
    territory: null,
    from: null,
    to: null,
    text: 'Performing rights are licensed through the repertoires of societies and by direct licences.',
  },
  {
    id: 'master-by-deal',
    right: 'master',
    territory: null,
    from: null,
    to: null,
    text: 'Masters are licensed by deals that list the recording.',
  },
]

/** The regimes that bear on a right in a territory: on a day, or at any time when the day is null. */
export function regimesFor(right: string, territory: string, day: string | null): readonly Regime[] {
  const own = REGIMES.filter((regime) => regime.right === right && regime.territory === territory)
  const found = own.length > 0 ? own : REGIMES.filter((regime) => regime.right === right && regime.territory === null)
  return day === null ? found : found.filter((regime) => contains(regime, day))
}
