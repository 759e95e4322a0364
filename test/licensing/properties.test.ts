/** What must hold of every degree, whatever the facts (domain.md 1.5, "Properties to test"), on random worlds. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { seeCatalogue } from '../../src/licensing/catalogue/see.js'
import { DEGREE_STEPS, workOut } from '../../src/licensing/pipeline.js'
import { sqlAsked, sqlTerritoryCells } from '../../src/licensing/points.js'
import { ATOMS } from '../../src/model/territories/territory-set.js'
import { type Evidence, openEvidence, type Row } from '../../src/store/duckdb.js'
import { resolveKnowledge } from '../../src/store/evidence/knowledge.js'
import { Place } from '../support/cli.js'
import { type Cells, type Delivery, writeDeliveries } from './deliveries.js'
import { makeBatch } from './pictures.js'

const { deliveries, questions } = makeBatch({ seed: Number(process.env.RECITAL_SEED ?? 3), worlds: 30, cells: 8 })

/** The degrees of all questions as known at the end, by question, and whatever else is asked of the relations. */
async function workedOut<T>(of: readonly Delivery[], ask: (db: Evidence) => Promise<T>): Promise<T> {
  const place = new Place()
  await place.json('ingest', '--max-rejects', '50%', ...writeDeliveries(path.join(place.folder, 'feeds'), of))
  const [generation = ''] = readdirSync(path.join(place.workspace, 'generations'))
  const db = await openEvidence(path.join(place.workspace, 'generations', generation, 'evidence.duckdb'), {
    mode: 'read',
    tempDirectory: path.join(place.folder, 'spill'),
    allowedDirectories: [],
  })
  try {
    await seeCatalogue(db, await resolveKnowledge(db, undefined))
    const asked = questions.map((q) => `('isrc ${q.recording}', ${ATOMS.indexOf(q.territory)}, DATE '${q.on}')`)
    await db.run(`${sqlAsked(['mech', 'perf', 'master'], ['fractional'])};
      CREATE OR REPLACE TEMP TABLE asked AS SELECT DISTINCT q.*, i.recording
        FROM (VALUES ${asked.join(', ')}) AS q("key", cell, day) JOIN recording_keys AS k USING ("key")
        JOIN recording_identities AS i ON i.feed = k.feed AND i.id = k.id;
      CREATE OR REPLACE TEMP TABLE asked_recordings AS SELECT DISTINCT recording FROM asked;
      CREATE OR REPLACE TEMP TABLE points AS SELECT DISTINCT recording, cell, day FROM asked;
      CREATE OR REPLACE TEMP TABLE territory_cells AS ${sqlTerritoryCells('(SELECT DISTINCT cell FROM points)')}`)
    await workOut(db, DEGREE_STEPS)
    return await ask(db)
  } finally {
    await db.close()
    place.remove()
  }
}

/** Degrees by the question's own words: names of recordings in the evidence may differ. */
async function degrees(db: Evidence): Promise<Map<string, Row>> {
  const rows = await db.rows(`SELECT a."key", a.cell, a.day::VARCHAR AS day, d.* EXCLUDE (recording, cell, day)
    FROM asked AS a JOIN recording_degrees AS d USING (recording, cell, day) ORDER BY ALL`)
  return new Map(rows.map(({ key, cell, day, ...rest }) => [`${key} ${cell} ${day} ${rest.right}`, rest]))
}

const base = workedOut(deliveries, async (db) => ({
  degrees: await degrees(db),
  // A claim of a voice that claims no more than 100 % takes from each class at most what its room leaves.
  excluded: await db.rows(`
    WITH stated AS (
      SELECT c.target, c.cell, c.day, c."right", c.variant, c.feed, c.work_id, k.class, sum(least(c.claim, 100000000)) AS claims
      FROM theory_claims AS c JOIN classes AS k USING (target, cell, day, "right", claimant) GROUP BY ALL
    )
    SELECT v.target, v.cell, v.day, v."right", v.variant, v.feed, v.work_id, v.room,
      sum(greatest(m.mass - coalesce(s.claims, 0), 0)) AS beyond
    FROM voices AS v
    JOIN masses AS m USING (target, cell, day, "right", variant)
    LEFT JOIN stated AS s USING (target, cell, day, "right", variant, feed, work_id, class)
    WHERE v.total <= 100000000 AND m.class IN ('licensed', 'exempt', 'unlicensed')
    GROUP BY ALL HAVING beyond > v.room`),
  voices: (await db.rows('SELECT count(*) AS n FROM voices WHERE total <= 100000000'))[0]?.n,
}))

/** Rows of some relations of each delivery made anew. */
const changed = (
  of: readonly Delivery[],
  change: (relation: string, row: Cells, delivery: Delivery) => Cells,
): Delivery[] =>
  of.map((delivery) => ({
    ...delivery,
    relations: Object.fromEntries(
      Object.entries(delivery.relations).map(([name, rows]) => [name, rows.map((row) => change(name, row, delivery))]),
    ),
  }))

const BUCKETS = ['licensed', 'exempt', 'unlicensed', 'unknown', 'disputed'] as const

describe('every degree', () => {
  it('has five figures of 0 or more, which add up to 100 within the tolerance', async () => {
    const { degrees: all } = await base
    expect(all.size).toBeGreaterThan(400)
    for (const [name, row] of all) {
      const figures = BUCKETS.map((bucket) => Number(row[bucket]))
      expect(Math.min(...figures), name).toBeGreaterThanOrEqual(0)
      // Claims of parties up to 100.06 are complete; weights are rounded to a millionth of a percent each.
      expect(Math.abs(figures.reduce((sum, each) => sum + each, 0) - 100_000_000), name).toBeLessThanOrEqual(60_010)
      expect(Number(row.cleared), name).toBeGreaterThanOrEqual(Number(row.licensed) + Number(row.exempt) - 10)
      expect(Number(row.at_most), name).toBeGreaterThanOrEqual(Number(row.licensed))
    }
  }, 600_000)

  it('excludes nothing that a feed within 100 % states', async () => {
    const { excluded, voices } = await base
    expect(Number(voices)).toBeGreaterThan(200)
    expect(excluded).toEqual([])
  }, 600_000)

  it('is the same whatever parties, feeds and their order are called', async () => {
    const ids = new Map<string, Set<string>>()
    for (const { feed, relations } of deliveries) {
      const known = ids.get(feed) ?? new Set()
      for (const { party_id } of relations.parties ?? []) if (party_id !== undefined) known.add(party_id)
      ids.set(feed, known)
    }
    // Digits from 9 down to 0: what came first comes last.
    const named = (feed: string, id: string) =>
      ids.get(feed)?.has(id) ? `q${id.replaceAll(/[0-9]/g, (digit) => String(9 - Number(digit)))}${id.length}` : id
    const renamed = changed(deliveries, (_, row, { feed }) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => {
          if (column === 'party_id' || column === 'licensor_party_id') return [column, named(feed, value)]
          if (column === 'group_id') return [column, ids.get(feed)?.has(value) ? named(feed, value) : value]
          return [column, column === 'name' ? `Another ${value}` : value]
        }),
      ),
    ).map((delivery) => ({ ...delivery, feed: `z${9 - Number(delivery.feed.charCodeAt(1) % 10)}${delivery.feed}` }))
    const again = await workedOut([...renamed].reverse(), degrees)
    expect(Object.fromEntries(again)).toEqual(Object.fromEntries((await base).degrees))
  }, 600_000)

  it('never has less licensed, nor more unlicensed, for one licence more', async () => {
    const feeds = new Set(
      deliveries.filter(({ relations }) => relations.licences !== undefined).map(({ feed }) => feed),
    )
    let added = 0
    const more = deliveries.map((delivery): Delivery => {
      const { parties = [], licences } = delivery.relations
      if (licences === undefined || !feeds.has(delivery.feed)) return delivery
      const extra = parties
        .filter((_, index) => index % 3 === 0)
        .flatMap(({ party_id = '' }) =>
          ['mech', 'perf'].map((right) => ({
            licence_id: `more ${right} ${party_id}`,
            right,
            coverage: 'by-claim',
            licensor_party_id: party_id,
            repertoire: 'all',
          })),
        )
      added += extra.length
      return { ...delivery, relations: { ...delivery.relations, licences: [...licences, ...extra] } }
    })
    expect(added).toBeGreaterThan(20)
    const after = await workedOut(more, degrees)
    let rose = 0
    for (const [name, row] of (await base).degrees) {
      // Without licence data nothing was unlicensed for certain: the rule is for where there were some.
      if (row.reason === 'no-licence-data' || row.reason === 'no-data') continue
      const now = after.get(name)
      expect(Number(now?.licensed), name).toBeGreaterThanOrEqual(Number(row.licensed))
      expect(Number(now?.unlicensed), name).toBeLessThanOrEqual(Number(row.unlicensed))
      if (Number(now?.licensed) > Number(row.licensed)) rose++
    }
    expect(rose).toBeGreaterThan(10)
  }, 600_000)
})
