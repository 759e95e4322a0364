/** Lint of rule files, for the command. */
import type { LintFinding } from '../../alerts/index.js'
import type { Session } from '../session.js'
import { type LintDocument, lintDocument } from '../views/alerts/lint.js'
import { readRules, type SourceFlags, withChanges } from './source.js'

/** Looks through all files; with a source also at what their rules do on its changes. Throws as opening the source does. */
export async function lintFiles(session: Session, files: readonly string[], flags: SourceFlags): Promise<LintDocument> {
  const { lintRules } = await import('../../alerts/index.js')
  const { withScratch } = await import('../../diff/index.js')
  const { typesOf } = await import('../diff-flags.js')
  const types = typesOf(flags.types)
  const findings: LintFinding[] = []
  let rules = 0
  for (const file of files) {
    const set = await readRules(session, file)
    rules += set.rules.length
    const hasSource = flags.changes !== undefined || flags.diff !== undefined || flags.feed !== undefined
    const found = hasSource
      ? await withChanges(session, flags, set, (db, sources) => lintRules(db, set, { types, sources }))
      : await withScratch({ ...session.limits, folders: [], signal: session.signal }, ({ db }) =>
          lintRules(db, set, { types, sources: [] }),
        )
    findings.push(...found)
  }
  return lintDocument(findings, rules)
}
