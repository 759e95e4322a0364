/** Asking for conflicts: once, for print and for files. */
import { resolve } from 'node:path'
import { askedRules, type ConflictsRequest, conflicts, scorecards } from '../conflicts/index.js'
import { type Decision, readDecisions } from '../store/casebook/decisions.js'
import type { Evidence } from '../store/duckdb.js'
import { type ConflictsDesk, type ConflictsFile, conflictsDesk } from './conflicts-desk.js'
import { askEvidence } from './evidence.js'
import type { Session } from './session.js'
import { type ConflictsDocument, conflictsDocument } from './views/conflicts-document.js'

export interface ConflictsFlags extends ConflictsRequest {
  readonly 'fail-on'?: number | undefined
  readonly csv?: string | undefined
  readonly html?: string | undefined
  readonly markdown?: string | undefined
  readonly overwrite: boolean
  readonly scorecard: boolean
  /** Who decides, on the screen. */
  readonly author?: string | undefined
}

/**
 * The answer to the question of the command line, written, shown and logged. Throws as `conflicts` and the files do.
 * @param show looks at the desk until the user leaves
 */
export async function askConflicts(
  session: Session,
  flags: ConflictsFlags,
  show?: (desk: ConflictsDesk) => Promise<void>,
): Promise<ConflictsDocument> {
  const { id, severity, recording, work, party, territory, right, known, feed, since, limit } = flags
  const request = { id, severity, recording, work, party, territory, right, known, feed, since, limit }
  const files = filesOf(flags)
  await checkFiles(session, files)
  const asked = askedRules(request).map((rule) => rule.id)
  if (recording === undefined && work === undefined && party === undefined)
    session.progress.phase('looking for conflicts', { step: 1, of: 1 })
  return askEvidence(session, {
    command: 'conflicts',
    arguments: Object.fromEntries(Object.entries(request).map(([name, value]) => [name, value ?? null])),
    ask: async (db, generation) => {
      const [result, decisions] = await Promise.all([conflicts(db, request), recordedDecisions(session)])
      const cards = flags.scorecard ? await scorecards(db, request) : null
      const document = conflictsDocument(result, { asked, generation, decisions, cards })
      for (const file of files) await writeFile(session, document, request, file)
      session.progress.drop()
      if (show === undefined) return document
      const command = commandOf(request, document.known)
      const write = (written: ConflictsDocument, file: ConflictsFile) => writeFile(session, written, request, file)
      await show(conflictsDesk(session, { document, result, command, author: flags.author ?? '', write }))
      return document
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

/** The conflicts that bear on one thing, with what was decided about them. Throws as `conflicts`. */
export async function conflictsOf(
  session: Session,
  db: Evidence,
  request: ConflictsRequest,
  generation: number,
): Promise<ConflictsDocument> {
  const asked = askedRules(request).map((rule) => rule.id)
  const [result, decisions] = await Promise.all([conflicts(db, request), recordedDecisions(session)])
  return conflictsDocument(result, { asked, generation, decisions, cards: null })
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

/** The files that the flags name. */
export const filesOf = ({
  csv,
  html,
  markdown,
  overwrite,
}: Pick<ConflictsFlags, ConflictsFile['format'] | 'overwrite'>): ConflictsFile[] =>
  Object.entries({ csv, html, markdown }).flatMap(([format, name]) =>
    name === undefined ? [] : [{ format: format as ConflictsFile['format'], name, overwrite }],
  )

/** Refuses, before the work, what could not be written. Throws UsageError as `checkReportFiles` does. */
async function checkFiles({ cwd }: Session, files: readonly ConflictsFile[]): Promise<void> {
  if (files.length === 0) return
  const { checkReportFiles } = await import('../report/index.js')
  checkReportFiles(files.map(({ name, overwrite }) => ({ path: resolve(cwd, name), name, overwrite })))
}

async function writeFile(
  { cwd, running }: Session,
  document: ConflictsDocument,
  request: ConflictsRequest,
  { format, name, overwrite }: ConflictsFile,
): Promise<void> {
  const { conflictsCsv, conflictsHtml, conflictsMarkdown, writeReportFile } = await import('../report/index.js')
  const { conflictsReport } = await import('./views/conflicts-report.js')
  const report = conflictsReport(document, commandOf(request, document.known), running.program)
  const write = { csv: conflictsCsv, html: conflictsHtml, markdown: conflictsMarkdown }[format]
  writeReportFile({ path: resolve(cwd, name), name, text: write(report), overwrite })
}

/** Words of the `recital conflicts` that prints the same, at whatever later time. */
function commandOf(request: ConflictsRequest, known: string): string[] {
  const flags = Object.entries({ ...request, known }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  )
  return ['recital', 'conflicts', ...flags]
}
