/** The conflicts of one thing are the same whether DuckDB or the small workbench works them out. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Asked, gatherSubjects } from '../../src/conflicts/focus.js'
import { type ConflictsRequest, conflicts, RULES } from '../../src/conflicts/index.js'
import { smallBench } from '../../src/conflicts/small-bench.js'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'
import { writeDeliveries } from '../licensing/deliveries.js'
import { FIXTURES, Place } from '../support/cli.js'
import { ABOUT_SHARES } from './worlds/shares.js'
import { ABOUT_THINGS } from './worlds/things.js'
import { deliveriesOf, World } from './worlds/world.js'

/** Each costs DuckDB a second. */
const FIXTURES_ASKED = 3
const RECORDINGS_OF_SYNTH = 3

const places: Place[] = []
const opened: Evidence[] = []

afterAll(async () => {
  for (const db of opened) await db.close()
  for (const place of places) place.remove()
})

async function ingested(folders: (place: Place) => Promise<string[]> | string[]): Promise<Evidence> {
  const place = new Place()
  places.push(place)
  await place.json('ingest', ...(await folders(place)))
  const generation = readdirSync(path.join(place.workspace, 'generations')).sort().at(-1) ?? ''
  const db = await openEvidence(path.join(place.workspace, 'generations', generation, 'evidence.duckdb'), {
    mode: 'read',
    tempDirectory: path.join(place.folder, 'spill'),
    allowedDirectories: [],
  })
  opened.push(db)
  return db
}

/** Everything that is told, as text. */
async function told(db: Evidence, request: ConflictsRequest, isLarge: boolean): Promise<string> {
  const { counts, findings, ...rest } = await conflicts(db, { limit: 0, ...request }, { isLarge })
  const whole = {
    ...rest,
    counts: [...counts],
    findings: findings.map(({ rule, ...finding }) => ({ rule: rule.id, ...finding })),
  }
  return JSON.stringify(whole, (_, value) => (typeof value === 'bigint' ? String(value) : value), 1)
}

/** Compares what is told of a thing in both ways; returns the ids of the rules that found something. */
async function compare(db: Evidence, { kind, id }: Asked, more: ConflictsRequest = {}): Promise<string[]> {
  const request = { ...more, [kind]: id }
  const small = await told(db, request, false)
  expect(small, `${kind} ${id}`).toBe(await told(db, request, true))
  return [...small.matchAll(/"rule": "(C-[A-Z]+-\d+)"/g)].map(([, rule]) => rule ?? '')
}

const isSmall = async (db: Evidence, asked: Asked): Promise<boolean> =>
  (await smallBench(db, await gatherSubjects(db, asked))) !== null

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
  let small: Evidence

  beforeAll(async () => {
    small = await ingested((place) =>
      writeDeliveries(place.folder, deliveriesOf([...worlds.map(({ world }) => world), agreed])),
    )
  }, 240_000)

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

  it('tell the same of the fixtures, at an earlier date of knowledge, of a change, and of a part', async () => {
    const db = await ingested(() =>
      readdirSync(path.join(FIXTURES, 'catalogue'))
        .filter((feed) => feed !== 'attic')
        .flatMap((feed) => {
          const folder = path.join(FIXTURES, 'catalogue', feed)
          return readdirSync(folder).map((name) => path.join(folder, name))
        }),
    )
    const stated = async (relation: string, column: string) =>
      (
        await db.rows(`SELECT DISTINCT ${column} AS code FROM statements.${relation} WHERE ${column} IS NOT NULL
          AND NOT contains(${column}, '|') ORDER BY code`)
      ).map(({ code }) => String(code))
    const recordings = await stated('recordings', 'isrc')
    const works = await stated('works', 'iswc')
    expect(recordings.length * works.length).toBeGreaterThan(0)
    for (const id of recordings.slice(0, FIXTURES_ASKED)) await compare(db, { kind: 'recording', id })
    const [work = ''] = works
    await compare(db, { kind: 'work', id: work }, { known: '2021-12-31' })
    await compare(db, { kind: 'work', id: work }, { since: '2021-12-31', territory: 'US', right: 'mech' })
    const [feed] = (await db.rows('SELECT feed FROM feeds ORDER BY feed')).map((row) => String(row.feed))
    await compare(db, { kind: 'party', id: (await stated('parties', 'ipi_name_number'))[0] ?? '' }, { feed })
  }, 240_000)

  it('tell the same of recordings of a synthetic catalogue', async () => {
    const db = await ingested(async (place) => {
      const ended = await place.run('synth', 'made', '--tracks', '600', '--seed', '5', '--snapshots', '1', '--quiet')
      expect(ended.code, ended.stderr).toBe(0)
      return [path.join(place.folder, 'made/feeds')]
    })
    const rows =
      await db.rows(`SELECT min(isrc) AS isrc FROM statements.recordings WHERE isrc IS NOT NULL AND NOT contains(isrc, '|')
      GROUP BY hash(isrc) % ${RECORDINGS_OF_SYNTH} ORDER BY isrc`)
    expect(rows.length).toBe(RECORDINGS_OF_SYNTH)
    for (const { isrc } of rows) {
      const asked = { kind: 'recording', id: String(isrc) } as const
      expect(await isSmall(db, asked)).toBe(true)
      for (const found of await compare(db, asked)) seen.add(found)
    }
    expect(seen).toContain('C-PTY-01')
  }, 240_000)
})
