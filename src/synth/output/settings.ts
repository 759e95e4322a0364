/** What lies beside the rows: `feed.yaml` of each delivery, and `synth.yaml` of the whole. */
import { stringify } from 'yaml'
import type { Delivery } from '../plan/calendar.js'
import type { Plan } from '../plan/index.js'

/** The order in which the deliveries were received; of one day, by provider and publication. */
export const byReceipt = (a: Delivery, b: Delivery): number =>
  a.received.localeCompare(b.received) || a.feed.number - b.feed.number || a.round - b.round

/** Folder of a delivery below `feeds/`. */
export const folderOf = ({ feed, round, published }: Delivery): string => `${feed.slug}/${round + 1}-${published}`

/** `rows`: what the delivery announces of relations whose file is cut short. */
export function feedSettings(delivery: Delivery, rows: Readonly<Record<string, number>>): string {
  const { feed, published, received, round } = delivery
  return stringify({
    feed: feed.feed,
    provider: feed.provider,
    published,
    received,
    sequence: round + 1,
    scope: 'full',
    ...(feed.policy === null ? {} : { policy: feed.policy }),
    ...(Object.keys(rows).length === 0 ? {} : { rows }),
  })
}

/** Raised when the same parameters give other rows than before. */
export const GENERATOR = 1

/** Numbers below which works and recordings are of stories, of hits, and of the long tail. */
const zones = ({ sizes: s }: Plan) => ({
  works: { stories: s.storyWorks, hits: s.storyWorks + s.hits, all: s.works },
  recordings: { stories: s.storyRecordings, hits: s.storyRecordings + s.hitRecordings, all: s.tracks },
  parties: { writers: s.writers, publishers: s.publishers, stories: s.storyParties },
})

const storyEntry = ({ story, instances, firstWork, firstRecording }: Plan['sizes']['stories'][number]) => ({
  story: story.name,
  instances,
  works: story.works,
  firstWork,
  recordings: story.recordings,
  firstRecording,
})

export function catalogueSettings(plan: Plan, withTruth: boolean): string {
  const { tracks, seed, snapshots, providers, format } = plan
  return stringify({
    generator: GENERATOR,
    parameters: { tracks, seed, snapshots, providers, format, truth: withTruth },
    numbers: zones(plan),
    stories: plan.sizes.stories.map(storyEntry),
    deliveries: [...plan.deliveries].sort(byReceipt).map((delivery) => ({
      folder: `feeds/${folderOf(delivery)}`,
      feed: delivery.feed.feed,
      published: delivery.published,
      received: delivery.received,
    })),
  })
}
