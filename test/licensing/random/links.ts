/** Which works a feed says are in a recording, and with which weights. */
import type { Cells } from '../deliveries.js'
import { type Context, someDates, weighted } from './options.js'
import type { Seed } from './tracks.js'
import type { Names, World } from './world.js'

/** Weights and durations of as many works. */
function weightsOf({ chance, isDoubtful }: Context, count: number): Cells[] {
  const given = (...weights: string[]): Cells[] => weights.map((weight) => ({ weight }))
  const timed = (...durations: string[]): Cells[] => durations.map((duration_ms) => ({ duration_ms }))
  if (count === 1) return weighted(chance, [6, [{}]], [2, given('1')], [1, given('0.7')], [1, timed('180000')])
  if (count > 2) {
    return weighted(
      chance,
      [2, [{}, {}, {}]],
      [1, given('0.5', '0.3', '0.2')],
      [isDoubtful ? 2 : 0, given('0.333', '0.333', '0.3335')],
    )
  }
  return weighted<Cells[]>(
    chance,
    [3, [{}, {}]],
    [3, given('0.7', '0.3')],
    [1, given('0.5', '0.4')],
    [1, given('0.9', '0.6')],
    [1, given('0.25', '')],
    [1, given('1', '')],
    [2, timed('60000', '120000')],
    [1, timed('100000', '')],
    [1, [{ weight: '0.6', duration_ms: '10' }, { duration_ms: '10' }]],
    [isDoubtful ? 2 : 0, given('0.7', '0.2995')],
  )
}

/** The works that are in a recording, each with the cells that say how much of it. */
export type Content = readonly (readonly [work: number, cells: Cells])[]

/** Some content for a recording: mostly one work. */
export function contentOf(context: Context, works: readonly number[]): Content {
  const { chance } = context
  const count = weighted(chance, [6, 1], [3, 2], [1, 3])
  const chosen = works.slice(chance.oneIn(4) ? 1 : 0).slice(0, count)
  const weights = weightsOf(context, chosen.length)
  return chosen.map((work, place) => [work, weights[place] ?? {}])
}

/** The links of one feed for each of its recordings: mostly those that the others have too. */
export function linksIn(context: Context, world: World, { works, recordings }: Names): Seed[] {
  const { chance, isDoubtful } = context
  return [...recordings].flatMap(([number, ids]) =>
    ids.flatMap((recording_id) => {
      if (chance.oneIn(12)) return []
      const content = chance.oneIn(5) ? contentOf(context, world.works) : (world.contents.get(number) ?? [])
      return content.flatMap(([work, cells]): Seed[] => {
        // One reference to each work, so that no work stands twice in one recording.
        const references = works.get(work) ?? []
        if (references.length === 0) return []
        const work_id = references[chance.below(references.length)] ?? ''
        const row = { recording_id, work_id, ...cells, ...someDates(context, isDoubtful) }
        return [{ relation: 'links', row, isFixed: !chance.oneIn(4) }]
      })
    }),
  )
}
