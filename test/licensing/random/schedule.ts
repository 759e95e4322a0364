/** When a feed delivers: order, receipt, scope; some late, some twice a day, some silent about a relation. */
import type { Chance } from '../../fuzz/chance.js'
import { weighted } from './options.js'

export interface Slot {
  readonly published: string
  readonly received: string
  readonly sequence?: number
  readonly scope: 'full' | 'delta'
  /** A relation of which this delivery has no file. */
  readonly without?: string
  /** It says all the same that it is complete: there is nothing of it. */
  readonly isComplete?: boolean
}

/** Publications, each well before the next; the same for all feeds, so that K separates them. */
const DAYS = ['2017-01-01', '2018-03-05', '2019-07-10', '2020-02-01', '2021-01-05', '2022-04-11'] as const
/** A receipt after most publications. */
const LATE = '2021-09-01'

function slotOf(chance: Chance, day: string, place: number): Slot {
  const scope = (place === 0 ? chance.oneIn(6) : chance.oneIn(3)) ? 'delta' : 'full'
  const received = weighted(chance, [6, day], [1, `${day.slice(0, 8)}28`], [1, LATE > day ? LATE : day])
  const silent = scope === 'full' && place > 0 && chance.oneIn(6)
  if (!silent) return { published: day, received, scope }
  const without = weighted(chance, [2, 'shares'], [1, 'links'], [1, 'parties'], [1, 'licences'])
  return { published: day, received, scope, without, isComplete: without !== 'licences' && chance.oneIn(3) }
}

/** One to five deliveries of a feed in order of publication. */
export function scheduleOf(chance: Chance): Slot[] {
  const first = chance.oneIn(4) ? 1 : 0
  const days = DAYS.slice(first, first + 1 + chance.below(DAYS.length - first))
  const slots = days.map((day, place) => slotOf(chance, day, place))
  const [last] = slots.slice(-1)
  if (last === undefined || !chance.oneIn(4)) return slots
  // A correction on the same day: later by receipt, or by sequence where even the instants are the same.
  const day = last.received.slice(0, 10)
  const isSame = chance.oneIn(2)
  const hours = isSame ? ['T09:00:00Z', 'T09:00:00Z'] : ['T09:00:00Z', 'T15:00:00Z']
  const twice = hours.map((hour, place) => ({
    ...last,
    published: last.published,
    received: `${day}${hour}`,
    ...(isSame ? { sequence: place + 1 } : {}),
  }))
  return [...slots.slice(0, -1), ...twice]
}
