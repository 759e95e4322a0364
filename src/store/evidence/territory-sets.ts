/** The dictionary of territory texts: each text once, with the countries it means in each piece of time, as bits. */
import type { Relation } from '../../model/relations.js'
import { territoryPieces, territoryProblems } from '../../model/territories/expand.js'
import { quoted } from '../columns.js'
import type { Evidence } from '../duckdb.js'
import { statementsOf } from './schema.js'

const BATCH = 500

/** Adds the territory texts that a snapshot was the first to use. */
export async function addTerritorySets(db: Evidence, relation: Relation, snapshotNo: number): Promise<void> {
  for (const { name, kind } of relation.columns) {
    if (kind !== 'territories' && kind !== 'territory') continue
    const column = quoted(name)
    const fresh = await db.rows(
      `SELECT DISTINCT ${column} AS text FROM ${statementsOf(relation)}
       WHERE snapshot_no = $snapshotNo AND ${column} IS NOT NULL
         AND ${column} NOT IN (SELECT territories FROM territory_sets) ORDER BY text`,
      { snapshotNo },
    )
    const rows = fresh.flatMap(({ text }) => setsOf(String(text)))
    for (let start = 0; start < rows.length; start += BATCH) await insert(db, rows.slice(start, start + BATCH))
  }
}

interface SetRow {
  territories: string
  valid_from: string | null
  valid_to: string | null
  atoms: string
  problems: string | null
}

function setsOf(territories: string): SetRow[] {
  const { unknown, historic, subdivisions, contradictions } = territoryProblems(territories)
  const problems = [...unknown, ...historic, ...subdivisions, ...contradictions]
  return territoryPieces(territories).map(({ from, to, set }) => ({
    territories,
    valid_from: from,
    valid_to: to,
    atoms: set.toBits(),
    problems: problems.length === 0 ? null : problems.join('|'),
  }))
}

async function insert(db: Evidence, rows: readonly SetRow[]): Promise<void> {
  await db.run(
    `INSERT INTO territory_sets SELECT r.territories, r.valid_from, r.valid_to, r.atoms::BIT, r.problems FROM (
       SELECT unnest(json_transform($json::JSON,
         '[{"territories":"VARCHAR","valid_from":"DATE","valid_to":"DATE","atoms":"VARCHAR","problems":"VARCHAR"}]')) AS r)`,
    { json: JSON.stringify(rows) },
  )
}
