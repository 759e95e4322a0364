/**
 * Deriving after each delivery, in any order of loading, or once at the end: the same degrees; and each of them is what
 * the reference of `bench/reference` works out for the cell by itself, although recordings alike share one working out.
 */
import { copyFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { deriveCatalogue } from '../../src/licensing/catalogue/derive.js'
import { IDENTITY_STEPS, workOut } from '../../src/licensing/index.js'
import { ATOMS } from '../../src/model/territories/territory-set.js'
import { type Evidence, openEvidence, type Row } from '../../src/store/duckdb.js'
import { type Place, placeForSuite } from '../support/cli.js'
import { writeDeliveries } from './deliveries.js'
import { makeBatch } from './pictures.js'
import { cell, factsOf, hasTables } from './reference.js'

const SEED = Number(process.env.RECITAL_SEED ?? 7)

const evidenceOf = (place: Place): string => {
  const numbers = readdirSync(path.join(place.workspace, 'generations')).map(Number)
  return path.join(place.workspace, 'generations', String(Math.max(...numbers)), 'evidence.duckdb')
}

async function read<T>(place: Place, ask: (db: Evidence) => Promise<T>): Promise<T> {
  const db = await openEvidence(evidenceOf(place), {
    mode: 'read',
    tempDirectory: path.join(place.folder, 'spill'),
    allowedDirectories: [],
  })
  try {
    return await ask(db)
  } finally {
    await db.close()
  }
}

/** Feeds are numbered in order of loading: a recording that only one feed knows is named after the feed instead. */
const DEGREES = `SELECT regexp_replace(d.recording, '^local [0-9]+ ', 'local ' || coalesce(f.feed, '') || ' ') AS recording,
    d.* EXCLUDE (recording) FROM (
      SELECT recording, "right", to_json(territories)::VARCHAR AS territories, "from"::VARCHAR AS "from", "to"::VARCHAR AS "to",
        licensed, exempt, unlicensed, unknown, disputed, cleared, at_most, status, reason FROM derived.degrees
    ) AS d LEFT JOIN feeds AS f ON f.feed_no = TRY_CAST(regexp_extract(d.recording, '^local ([0-9]+) ', 1) AS SMALLINT)
  ORDER BY ALL`

const textOf = (rows: readonly Row[]): string[] =>
  rows.map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value)))

describe.skipIf(!hasTables)('a derivation after another', () => {
  const once = placeForSuite()
  const often = placeForSuite()
  const { deliveries, questions } = makeBatch({ seed: SEED, worlds: 40, cells: 20 })
  let changed: number[] = []

  beforeAll(async () => {
    const folders = writeDeliveries(path.join(once.folder, 'feeds'), deliveries)
    await once.json('ingest', '--max-rejects', '50%', ...folders)
    await once.json('derive')
    const half = Math.ceil(folders.length / 2)
    const backwards = [...folders].reverse()
    for (const some of [backwards.slice(0, half), backwards.slice(half)]) {
      await often.json('ingest', '--max-rejects', '50%', ...some)
      const { changed: n } = await often.json<{ changed: number }>('derive')
      changed = [...changed, n]
    }
  }, 600_000)

  it('comes to the same degrees as one derivation at the end', async () => {
    const rows = textOf(await read(once, (db) => db.rows(DEGREES)))
    expect(rows.length).toBeGreaterThan(500)
    expect(textOf(await read(often, (db) => db.rows(DEGREES)))).toEqual(rows)
    expect(changed.every((n) => n > 0)).toBe(true)
  })

  it('works nothing out when nothing was ingested', async () => {
    const before = await read(often, (db) => db.rows(DEGREES))
    const again = await often.json<{ changed: number; workedOut: number; shapes: number }>('derive')
    expect(again).toMatchObject({ changed: 0, workedOut: 0 })
    expect(again.shapes).toBeGreaterThan(20)
    expect(textOf(await read(often, (db) => db.rows(DEGREES)))).toEqual(textOf(before))
  })

  it('holds what the reference works out for each cell by itself', async () => {
    const facts = factsOf(deliveries)
    const asked = questions.map(({ known: _known, theories: _theories, ...question }) => question)
    const values = asked.map(
      ({ recording, territory, on, right }, index) =>
        `(${index}, 'isrc ${recording}', ${ATOMS.indexOf(territory)}, DATE '${on}', '${right}')`,
    )
    const copy = path.join(once.folder, 'copy.duckdb')
    copyFileSync(evidenceOf(once), copy)
    const db = await openEvidence(copy, { mode: 'write', tempDirectory: `${copy}.spill`, allowedDirectories: [] })
    try {
      // What was known stays behind in the session that derived.
      await deriveCatalogue(db)
      await workOut(db, IDENTITY_STEPS)
      const rows =
        await db.rows(`SELECT DISTINCT q.n, d.licensed, d.exempt, d.unlicensed, d.unknown, d.disputed, d.cleared, d.status
        FROM (VALUES ${values.join(', ')}) AS q(n, "key", cell, day, "right")
        JOIN recording_keys AS k USING ("key")
        JOIN recording_identities AS i ON i.feed = k.feed AND i.id = k.id
        JOIN derived.degrees AS d ON d.recording = i.recording AND d."right" = q."right" AND list_contains(d.territories, q.cell)
          AND (d."from" IS NULL OR d."from" <= q.day) AND (d."to" IS NULL OR d."to" > q.day) ORDER BY ALL`)
      // Every recording that anybody names has a degree wherever and whenever it is asked about; some of the worlds' do not
      // appear in any delivery.
      const [known] =
        await db.rows(`SELECT count(DISTINCT q.n) AS n FROM (VALUES ${values.join(', ')}) AS q(n, "key", cell, day, "right")
        JOIN recording_keys AS k USING ("key")`)
      expect(rows.length).toBe(Number(known?.n))
      expect(rows.length).toBeGreaterThan(asked.length * 0.8)
      expect(new Set(rows.map(({ n }) => n)).size).toBe(rows.length)
      for (const { n, status, ...figures } of rows) {
        const question = asked[Number(n)]
        if (question === undefined) throw new Error('an answer without a question')
        const theirs = cell(facts, question)
        expect(status, JSON.stringify(question)).toBe(theirs.status)
        for (const [name, value] of Object.entries(figures)) {
          const other = Number(theirs[name as 'licensed'])
          // Weighted figures are rounded in another order: some millionths of a percent are the same.
          expect(Math.abs(Number(value) - other), `${name} ${JSON.stringify(question)}`).toBeLessThanOrEqual(10)
        }
      }
    } finally {
      await db.close()
    }
  })
})
