/**
 * The conflicts of one thing are the same whether DuckDB or the small workbench works them out. The same of the fixtures and
 * of a synthetic catalogue: stories.test.ts and recall.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Asked } from '../../src/conflicts/focus.js'
import { RULES } from '../../src/conflicts/index.js'
import type { Evidence } from '../../src/store/duckdb.js'
import { writeDeliveries } from '../licensing/deliveries.js'
import { placeForSuite } from '../support/cli.js'
import { compare, evidenceOf, isSmall } from './two-ways.js'
import { ABOUT_SHARES } from './worlds/shares.js'
import { ABOUT_THINGS } from './worlds/things.js'
import { deliveriesOf, World } from './worlds/world.js'

/** Rules whose worlds are asked about a party, by its number there: who licenses, writes or has two names. */
const PARTIES: Readonly<Record<string, number>> = { 'C-PTY-01': 1, 'C-PTY-02': 1, 'C-LIC-01': 2, 'C-ID-03': 3 }

/** What a world is asked about: a recording where it has one. */
function askedOf(rule: string, world: World): Asked {
  const states = (relation: string, column: string) =>
    world.rows.some((row) => row.relation === relation && row.cells[column] !== undefined)
  const party = PARTIES[rule]
  if (party !== undefined) return { kind: 'party', id: world.ipi(party) }
  if (states('recordings', 'isrc')) return { kind: 'recording', id: world.isrc() }
  return { kind: 'work', id: world.iswc() }
}

describe('both ways of working conflicts out', () => {
  const worlds = [...ABOUT_SHARES, ...ABOUT_THINGS].map(({ rule, found }, index) => {
    const world = new World(index + 1)
    found.build(world)
    return { rule, world }
  })
  const agreed = new World(worlds.length + 1)
  ABOUT_THINGS.find(({ rule }) => rule === 'C-PTY-04')?.found.build(agreed)
  agreed.row('p1/x', 'agreements', {
    agreement_id: agreed.id('p1/x', 'A', 1),
    agreement_type: 'assignment',
    assignor_party_id: agreed.id('p1/x', 'P', 1),
    acquirer_party_id: agreed.id('p1/x', 'P', 2),
  })
  const seen = new Set<string>()
  const place = placeForSuite()
  let small: Evidence

  beforeAll(async () => {
    await place.ingest(...writeDeliveries(place.folder, deliveriesOf([...worlds.map(({ world }) => world), agreed])))
    small = await evidenceOf(place)
  }, 240_000)
  afterAll(() => small.close())

  it('tell the same of each rule in a world made for it', async () => {
    for (const { rule, world } of worlds) {
      for (const found of await compare(small, askedOf(rule, world), { id: rule })) seen.add(found)
    }
    const about = RULES.filter((rule) => rule.about === 'things').map(({ id }) => id)
    // Two names that are alike lead to each other only through what both take part in.
    expect(about.filter((id) => !seen.has(id))).toEqual(['C-PTY-01'])
  }, 240_000)

  it('know the agreements between the parties of one thing', async () => {
    expect(await compare(small, { kind: 'work', id: agreed.iswc() }, { id: 'C-PTY-04' })).toEqual([])
  }, 60_000)

  it('use the small workbench where there are few statements', async () => {
    const [{ rule, world } = { rule: '', world: new World(1) }] = worlds
    expect(await isSmall(small, askedOf(rule, world))).toBe(true)
  })
})
