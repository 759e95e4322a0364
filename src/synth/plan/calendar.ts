/** When the deliveries are published and received, which of them are late, and which are cut short. */
import type { Feed } from './feeds.js'
import { LATE, TRUNCATED } from './table.js'

export interface Delivery {
  readonly feed: Feed
  /** From 0. */
  readonly round: number
  readonly published: string
  readonly received: string
  /** Received after the next one had been. */
  readonly isLate: boolean
  /** The end of a file is missing. */
  readonly isTruncated: boolean
  /**
   * The delivery that stood before it, in order of receipt: its changes are those from there. Null: it is the first, or it
   * comes too late to be believed.
   */
  readonly prior: number | null
  /** The same for rows that the delivery before it was missing. */
  readonly priorOfCut: number | null
}

const FIRST_YEAR = 2021
const FIRST_MONTH = 6
const RECEIVED_ON = 10
const DAY_MS = 86_400_000

const day = (round: number, dayOfMonth: number): Date => new Date(Date.UTC(FIRST_YEAR, FIRST_MONTH + round, dayOfMonth))
const text = (date: Date): string => date.toISOString().slice(0, 10)

/** The first delivery is of July 2021; one follows each month, all of a month received on its tenth day. */
export const FIRST_DAY = text(day(0, 1))
export const receivedInRound = (round: number): string => text(day(round, RECEIVED_ON))

/** Delays between 1 and 150 days after the next delivery, without chance: late ones are few. */
const delay = (round: number, feed: number): number => 1 + ((round * 37 + feed * 11 + 6) % 150)

/** So many per mille of all files, at least one where there can be one. */
const atLeastOne = (perMille: number, files: number): number => Math.max(1, Math.round((files * perMille) / 1000))

/**
 * Late ones are deliveries of labels, none beside another, and never the first or the last: what they say nobody else
 * says, so that no other feed's state hangs on them.
 */
function lateOnes(feeds: readonly Feed[], snapshots: number): Set<string> {
  const labels = feeds.filter(({ kind }) => kind === 'label')
  const places = Array.from({ length: snapshots }, (_, round) => round)
    .filter((round) => round % 3 === 1 && round < snapshots - 1)
    .flatMap((round) => labels.map(({ number }) => `${number} ${round}`))
  return new Set(places.slice(0, atLeastOne(LATE, feeds.length * snapshots)))
}

/** Cut short is the usage of the service: from the last delivery backwards, every fifth. */
function truncatedOnes(feeds: readonly Feed[], snapshots: number): Set<string> {
  const service = feeds.find(({ kind }) => kind === 'service')
  const rounds = Array.from({ length: snapshots }, (_, back) => snapshots - 1 - 5 * back).filter((round) => round > 0)
  return new Set(
    rounds.slice(0, atLeastOne(TRUNCATED, feeds.length * snapshots)).map((round) => `${service?.number} ${round}`),
  )
}

/** All deliveries, by feed and round. */
export function deliveriesOf(feeds: readonly Feed[], snapshots: number): Delivery[] {
  const late = lateOnes(feeds, snapshots)
  const truncated = truncatedOnes(feeds, snapshots)
  return feeds.flatMap((feed) =>
    Array.from({ length: snapshots }, (_, round): Delivery => {
      const is = (ones: Set<string>, of: number): boolean => ones.has(`${feed.number} ${of}`)
      const before = is(late, round - 1) ? round - 2 : round - 1
      const prior = is(late, round) || before < 0 ? null : before
      const received = is(late, round)
        ? text(new Date(day(round + 1, RECEIVED_ON).getTime() + delay(round, feed.number) * DAY_MS))
        : receivedInRound(round)
      return {
        feed,
        round,
        published: text(day(round, 1 + (feed.number % 7))),
        received,
        isLate: is(late, round),
        isTruncated: is(truncated, round),
        prior,
        priorOfCut: prior !== null && is(truncated, prior) ? prior - 1 : prior,
      }
    }),
  )
}
