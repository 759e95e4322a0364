/**
 * Where one recording's relations are worked out: nearly always there are few facts, and a small workbench does it in a
 * fraction of what DuckDB takes to plan the statements. The relations are the same files for both.
 */
import { literal } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import type { Knowledge } from '../../store/evidence/knowledge.js'
import { SmallWorkbench, type Workbench } from '../../store/small-workbench.js'
import { licenceDataAt, seeAsKnown, seeOnBench, storesLicences } from './known.js'
import { type CaseFacts, fillFacts, loadFacts } from './load.js'

export interface CaseBench extends Workbench {
  /** Makes the views and tables of what was known; see `seeAsKnown`. */
  see(knowledge: Knowledge): Promise<void>
}

/** Facts beyond which DuckDB is faster. */
const MOST_FACTS = 4000

/** Sums of weights (billionths) and of durations up to which 64 bits hold whatever is worked out with them. */
const MOST_PARTS = 2_000_000_000

/** @param isLarge use DuckDB whatever there is */
export async function openBench(db: Evidence, facts: CaseFacts, isLarge = false): Promise<CaseBench> {
  return isLarge || !isSmall(facts) ? largeBench(db, facts) : smallBench(db, facts)
}

async function largeBench(db: Evidence, facts: CaseFacts): Promise<CaseBench> {
  await loadFacts(db, facts)
  const hasLicences = await storesLicences(db)
  return {
    run: (sql, parameters) => db.run(sql, parameters),
    rows: (sql, parameters) => db.rows(sql, parameters),
    see: (knowledge) => seeAsKnown(db, knowledge, { hasLicences, feeds: 'names' }),
  }
}

async function smallBench(db: Evidence, facts: CaseFacts): Promise<CaseBench> {
  const [bench, sets] = await Promise.all([SmallWorkbench.open(), territorySets(db, facts)])
  fillFacts(bench, facts)
  bench.fill('territory_sets', ['territories', 'atoms', 'valid_from', 'valid_to'], sets)
  return {
    run: (sql, parameters) => bench.run(sql, parameters),
    rows: (sql, parameters) => bench.rows(sql, parameters),
    see: async (knowledge) => seeOnBench(bench, knowledge, await licenceDataAt(db, knowledge)),
  }
}

type TerritorySet = Record<'territories' | 'atoms' | 'valid_from' | 'valid_to', string | null>

/** The dictionary of territories, of the texts that the facts have. */
async function territorySets(db: Evidence, { rows }: CaseFacts): Promise<TerritorySet[]> {
  const texts = new Set(
    Object.values(rows).flatMap((each) =>
      each.flatMap(({ territories }) => (territories == null ? [] : [territories])),
    ),
  )
  if (texts.size === 0) return []
  return db.rowsAside(`SELECT territories, CAST(atoms AS VARCHAR) AS atoms, valid_from, valid_to FROM territory_sets
    WHERE territories IN (${[...texts].map((text) => literal(String(text))).join(', ')})`)
}

function isSmall({ rows, statements }: CaseFacts): boolean {
  if (statements.size + rows.repertoire.length > MOST_FACTS) return false
  const sum = (column: string, units: number) =>
    rows.links.reduce((total, link) => total + Math.abs(Number(link[column] ?? 0)) * units, 0)
  return sum('weight', 1e9) <= MOST_PARTS && sum('duration_ms', 1) <= MOST_PARTS
}
