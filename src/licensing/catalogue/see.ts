/** The whole catalogue as known at an instant: its facts as views, and who is who in it. */
import type { Evidence } from '../../store/duckdb.js'
import type { Knowledge } from '../../store/evidence/knowledge.js'
import { storedRelations } from '../../store/evidence/schema.js'
import { type Sight, seeAsKnown } from '../facts/known.js'
import { sqlFactViews } from '../facts/views.js'
import { IDENTITY_STEPS, workOut } from '../pipeline.js'

/** Sees the whole catalogue as known; identities are worked out for all of it. */
export async function seeCatalogue(db: Evidence, knowledge: Knowledge, except?: Sight['except']): Promise<void> {
  const stored = new Set((await storedRelations(db)).map(({ name }) => name))
  await db.run(sqlFactViews(stored))
  await seeAsKnown(db, knowledge, { hasLicences: stored.has('licences'), feeds: 'numbers', except })
  await workOut(db, IDENTITY_STEPS)
}
