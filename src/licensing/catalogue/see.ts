/** The whole catalogue as known at an instant: its facts as views, and who is who in it. */
import type { Evidence } from '../../store/duckdb.js'
import type { Knowledge } from '../../store/evidence/knowledge.js'
import { storedRelations } from '../../store/evidence/schema.js'
import { type Sight, seeAsKnown } from '../facts/known.js'
import { sqlFactViews } from '../facts/views.js'
import { NAMING_STEPS, RELATING_STEPS, workOut } from '../pipeline.js'
import { numberIdentities } from './numbered.js'

/** Sees the whole catalogue as known; identities are worked out for all of it, as numbers (numbered.ts). */
export async function seeCatalogue(db: Evidence, knowledge: Knowledge, except?: Sight['except']): Promise<void> {
  const stored = new Set((await storedRelations(db)).map(({ name }) => name))
  await db.run(sqlFactViews(stored))
  await seeAsKnown(db, knowledge, { hasLicences: stored.has('licences'), feeds: 'numbers', except })
  // Fewer than the rest, but with long lists, which every relation that asks for them would read anew.
  for (const grants of ['licences', 'takedowns']) {
    await db.run(`CREATE OR REPLACE TEMP TABLE seen_${grants} AS FROM known_${grants};
      CREATE OR REPLACE TEMP VIEW known_${grants} AS FROM seen_${grants}`)
  }
  await workOut(db, NAMING_STEPS)
  await numberIdentities(db)
  await workOut(db, RELATING_STEPS)
  await db.run('DROP TABLE work_keys; DROP TABLE party_keys')
}
