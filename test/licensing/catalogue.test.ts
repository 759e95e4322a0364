/** The whole catalogue and one recording by itself: the same degrees, in every territory and at all times. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deriveCatalogue } from '../../src/licensing/catalogue/derive.js'
import { IDENTITY_STEPS, openTimeline, timelineAt, workOut } from '../../src/licensing/index.js'
import { ATOMS } from '../../src/model/territories/territory-set.js'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'
import { expected } from '../fixtures/expectations.js'
import { FIXTURES, placeForSuite } from '../support/cli.js'

const BUCKETS = ['licensed', 'exempt', 'unlicensed', 'unknown', 'disputed'] as const

/** Countries that the stories tell apart, and one that nobody names. */
const TERRITORIES = ['US', 'DE', 'AT', 'FR', 'ZW']

describe('the derived catalogue', () => {
  const place = placeForSuite()
  const folder = mkdtempSync(path.join(tmpdir(), 'recital-derive-'))
  const file = path.join(folder, 'evidence.duckdb')
  /** `isrc territory right` → its segments, as text. */
  const derived = new Map<string, string[]>()
  let db: Evidence

  const open = (mode: 'read' | 'write'): Promise<Evidence> =>
    openEvidence(file, { mode, tempDirectory: path.join(folder, 'spill'), allowedDirectories: [] })

  beforeAll(async () => {
    for (const { path: name, args } of expected.deliveries) {
      if (name.startsWith('catalogue/')) await place.json('ingest', path.join(FIXTURES, name), ...args)
    }
    const current = readFileSync(path.join(place.workspace, 'CURRENT'), 'utf8').trim()
    copyFileSync(path.join(place.workspace, 'generations', current, 'evidence.duckdb'), file)
    const writing = await open('write')
    await deriveCatalogue(writing)
    await workOut(writing, IDENTITY_STEPS)
    const rows = await writing.rows(`
      SELECT DISTINCT substr(k."key", 6) AS isrc, d."right", to_json(d.territories) AS atoms, d."from"::VARCHAR AS "from",
        d."to"::VARCHAR AS "to", ${BUCKETS.map((bucket) => `d.${bucket}`).join(', ')}
      FROM derived.degrees AS d JOIN recording_identities AS i USING (recording)
      JOIN recording_keys AS k ON k.feed = i.feed AND k.id = i.id WHERE k."key" LIKE 'isrc %'`)
    for (const row of rows) {
      for (const atom of JSON.parse(String(row.atoms)) as number[]) {
        const key = `${row.isrc} ${ATOMS[atom]} ${row.right}`
        const segment = `${row.from ?? ''}..${row.to ?? ''} ${BUCKETS.map((bucket) => row[bucket]).join('/')}`
        derived.set(key, [...(derived.get(key) ?? []), segment].sort())
      }
    }
    await writing.close()
    db = await open('read')
  }, 600_000)

  afterAll(async () => {
    await db?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(TERRITORIES)(
    'agrees with every timeline in %s',
    async (territory) => {
      const isrcs = [...new Set([...derived.keys()].map((key) => key.split(' ')[0] ?? ''))].sort()
      expect(isrcs.length).toBeGreaterThan(10)
      for (const isrc of isrcs) {
        const { recording, knowledge, query } = await openTimeline(db, { recording: isrc, territory })
        const { rights } = await timelineAt(recording, knowledge, query)
        for (const { right, segments } of rights) {
          const own = segments.map(
            (segment) =>
              `${segment.from ?? ''}..${segment.to ?? ''} ${BUCKETS.map((bucket) => segment[bucket]).join('/')}`,
          )
          expect(derived.get(`${isrc} ${territory} ${right}`), `${isrc} ${right}`).toEqual(own.sort())
        }
      }
    },
    600_000,
  )
})
