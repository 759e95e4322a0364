/** Asking for conflicts: once, for print and for files. */
import { askedRules, type ConflictsRequest, conflicts } from '../conflicts/index.js'
import { type Decision, readDecisions } from '../store/casebook/decisions.js'
import { askEvidence } from './evidence.js'
import type { Session } from './session.js'
import { type ConflictsDocument, conflictsDocument } from './views/conflicts-document.js'

export interface ConflictsFlags extends ConflictsRequest {
  readonly 'fail-on'?: number | undefined
  readonly csv?: string | undefined
  readonly html?: string | undefined
  readonly markdown?: string | undefined
  readonly overwrite: boolean
}

/** The answer to the question of the command line, written and logged. Throws as `conflicts` and the files do. */
export async function askConflicts(session: Session, flags: ConflictsFlags): Promise<ConflictsDocument> {
  const { id, severity, recording, work, party, territory, right, known, feed, since, limit } = flags
  const request = { id, severity, recording, work, party, territory, right, known, feed, since, limit }
  const asked = askedRules(request).map((rule) => rule.id)
  if (recording === undefined && work === undefined && party === undefined)
    session.progress.phase('looking for conflicts', { step: 1, of: 1 })
  return askEvidence(session, {
    command: 'conflicts',
    arguments: Object.fromEntries(Object.entries(request).map(([name, value]) => [name, value ?? null])),
    ask: async (db, generation) => {
      const decisions = await recordedDecisions(session)
      return conflictsDocument(await conflicts(db, request), { asked, generation, decisions })
    },
    outline: (document) => ({
      known: document.known,
      rows: document.conflicts.length,
      summary: Object.entries(document.counts)
        .filter(([, n]) => n > 0)
        .map(([rule, n]) => `${rule} ${n}`)
        .join(', '),
    }),
  })
}

/** All decisions of the workspace; without any, where the casebook cannot be read, with a warning. */
async function recordedDecisions(session: Session): Promise<readonly Decision[]> {
  const { openWorkspace } = await import('../store/workspace.js')
  try {
    return await readDecisions(openWorkspace(session.workspaceRoot(), session.running))
  } catch (error) {
    session.warn(`Decisions cannot be shown: ${error instanceof Error ? error.message : String(error)}`)
    return []
  }
}
