/** Asking for conflicts: once, for print and for files. */
import { askedRules, type ConflictsRequest, conflicts } from '../conflicts/index.js'
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
    ask: async (db, generation) => conflictsDocument(await conflicts(db, request), asked, generation),
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
