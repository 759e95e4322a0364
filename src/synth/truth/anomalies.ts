/** The planted truth: every conflict that the rows hold, stories and background alike. */
import { literal } from '../../store/columns.js'
import { folderOf } from '../output/settings.js'
import { type Delivery, receivedInRound } from '../plan/calendar.js'
import type { Plan } from '../plan/index.js'
import { NEVER, reformattedIn } from '../relations.js'
import backdated from '../sql/truth_backdated.sql'
import claims from '../sql/truth_claims.sql'
import licences from '../sql/truth_licences.sql'
import parties from '../sql/truth_parties.sql'
import recordings from '../sql/truth_recordings.sql'
import stories from '../sql/truth_stories.sql'
import works from '../sql/truth_works.sql'

interface DeliveryConflict {
  readonly conflict: string
  readonly delivery: Delivery
  readonly note: string
}

/** Conflicts of deliveries as such. */
function ofDeliveries(plan: Plan): DeliveryConflict[] {
  const first = (feed: number, round: number): Delivery[] =>
    plan.deliveries.filter((one) => one.feed.number === feed && one.round === round)
  const massChange = plan.feeds
    .filter(({ kind }) => kind === 'dsp' && reformattedIn(plan) !== NEVER)
    .flatMap(({ number }) => first(number, reformattedIn(plan)))
  const policies = plan.feeds.filter(({ policy }) => policy !== null).flatMap(({ number }) => first(number, 0))
  return [
    ...plan.deliveries
      .filter(({ isLate }) => isLate)
      .map((delivery) => ({
        conflict: 'C-SNP-04',
        delivery,
        note: 'received after a newer publication',
      })),
    ...massChange.map((delivery) => ({ conflict: 'C-SNP-05', delivery, note: 'all titles are written in capitals' })),
    ...plan.deliveries
      .filter(({ isTruncated }) => isTruncated)
      .map((delivery) => ({
        conflict: 'C-SNP-06',
        delivery,
        note: 'the usage is cut short: fewer rows than announced',
      })),
    ...policies.map((delivery) => ({
      conflict: 'C-SNP-08',
      delivery,
      note: `the provider settles conflicts itself: ${delivery.feed.policy}`,
    })),
  ]
}

function deliveryRow({ conflict, delivery, note }: DeliveryConflict): string {
  const { feed, received } = delivery
  const day = delivery.isLate ? received : receivedInRound(delivery.round)
  return `SELECT ${literal(conflict)}, 'planted', NULL, 'delivery', NULL, NULL, NULL, ${literal(feed.feed)}, ${literal(folderOf(delivery))},
    NULL, NULL, NULL, NULL, ${literal(day)}, NULL, NULL, ${literal(feed.feed)}, ${literal(note)}`
}

/**
 * SELECT of the anomalies: conflict, role, story, subject_kind, isrc, iswc, ipi, feed, local_id, right, territories,
 * valid_from, valid_to, known_from, known_to, magnitude, feeds, note.
 */
export function anomalies(plan: Plan): string {
  const found = [stories, backdated, claims, recordings, works, licences, parties].map(
    (sql) => `SELECT conflict, role, story, subject_kind, isrc, iswc, ipi, feed_names()[1 + feed_number] AS feed,
      stated_id(feed_number, letter, number) AS local_id, "right", territories, valid_from, valid_to,
      known_from::VARCHAR AS known_from, known_to::VARCHAR AS known_to, magnitude, feeds, note FROM (${sql})`,
  )
  return [...found, ...ofDeliveries(plan).map(deliveryRow)].join('\nUNION ALL\n')
}
