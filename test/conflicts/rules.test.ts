/** Every rule at work: a small world in which it finds one thing, and one in which it must be silent. All are delivered together. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { ConflictJson, ConflictsDocument } from '../../src/cli/views/conflicts-document.js'
import { RULES } from '../../src/conflicts/index.js'
import { writeDeliveries } from '../licensing/deliveries.js'
import { placeForSuite } from '../support/cli.js'
import { ABOUT_DELIVERIES, specialDeliveries } from './worlds/deliveries.js'
import { ABOUT_SHARES } from './worlds/shares.js'
import { ABOUT_THINGS } from './worlds/things.js'
import { deliveriesOf, World } from './worlds/world.js'

const cases = [...ABOUT_SHARES, ...ABOUT_THINGS]
const worlds = cases.map(({ rule, found, silent }, index) => {
  const [positive, nearMiss] = [new World(2 * index + 1), new World(2 * index + 2)]
  found.build(positive)
  silent.build(nearMiss)
  return { rule, found, positive, nearMiss }
})

/** Whether a conflict is about a world: its subject carries one of the world's codes or ids. */
function isAbout(world: World, { subject }: ConflictJson): boolean {
  const numbers = [1, 2, 3, 4]
  const codes = [...numbers.map(world.iswc), ...numbers.map(world.isrc), ...numbers.map(world.ipi)]
  const code = subject.iswc ?? subject.isrc ?? subject.ipi
  if (code != null) return codes.includes(code)
  return new RegExp(`-[WPRL]${world.number}-\\d+$`).test(subject.id)
}

describe('rules', () => {
  const place = placeForSuite()
  let document: ConflictsDocument

  beforeAll(async () => {
    await place.json(
      'ingest',
      ...writeDeliveries(place.folder, [
        ...deliveriesOf(worlds.flatMap(({ positive, nearMiss }) => [positive, nearMiss])),
        ...specialDeliveries(),
      ]),
    )
    document = await place.json<ConflictsDocument>('conflicts', '--limit', '0')
  }, 240_000)

  it('there is a world for each', () => {
    const shown = [...cases, ...ABOUT_DELIVERIES].map(({ rule }) => rule)
    expect([...new Set(shown)].sort()).toEqual(RULES.map(({ id }) => id).sort())
  })

  it.each(worlds)('$rule finds it', ({ rule, found, positive }) => {
    const own = document.conflicts.filter((conflict) => conflict.id === rule && isAbout(positive, conflict))
    const [conflict] = own
    if (conflict === undefined) throw new Error(`${rule} found nothing`)
    expect(conflict.magnitude).toMatchObject(found.magnitude ?? {})
    if (found.territories !== undefined) expect(conflict.territories).toEqual(found.territories)
    if (found.from !== undefined) expect(conflict.from).toBe(found.from)
    if (found.to !== undefined) expect(conflict.to).toBe(found.to)
    if (found.parties !== undefined) expect(conflict.parties.length).toBe(found.parties)
    if (found.known !== undefined) expect(conflict.knownFrom).toBe(found.known)
    expect(conflict.statements.length).toBeGreaterThan(0)
    for (const statement of conflict.statements) expect(document.sources[statement]?.line).toBeGreaterThan(0)
  })

  it.each(worlds)('$rule is silent at a near miss', ({ rule, nearMiss }) => {
    expect(document.conflicts.filter((conflict) => conflict.id === rule && isAbout(nearMiss, conflict))).toEqual([])
  })

  it.each(ABOUT_DELIVERIES)('$rule tells deliveries apart', ({ rule, feed, silent }) => {
    const feeds = document.conflicts.filter(({ id }) => id === rule).map(({ subject }) => subject.feed)
    expect(feeds).toContain(feed)
    expect(feeds).not.toContain(silent)
  })

  it('lists the graver first, then those with more streams, and counts what it lists', () => {
    const order = document.conflicts.map(({ severity, magnitude }) => [severity, -magnitude.streams] as const)
    const sorted = [...order].sort((a, b) => a[0] - b[0] || a[1] - b[1])
    expect(order).toEqual(sorted)
    const counted = Object.values(document.counts).reduce((sum, each) => sum + each, 0)
    expect(counted).toBe(document.conflicts.length)
    expect(document.leftOut).toBe(0)
  })
})
