/** Running a diff for a command: its database, its files, its document. */
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import {
  type ChangeFilter,
  changePage,
  type Diff,
  type DiffOptions,
  diffFiles,
  formatOf,
  type ShownChange,
  withScratch,
  writeChanges,
} from '../diff/index.js'
import { CancelledError } from '../errors.js'
import { checkReportFiles } from '../report/index.js'
import type { Evidence } from '../store/duckdb.js'
import { type DiffDesk, deskOf, screenFor } from './diff-desk.js'
import { type DiffFlags, namesOf, renamesOf, tolerancesOf, typesOf } from './diff-flags.js'
import type { Session } from './session.js'
import type { Terminal } from './terminal.js'
import { type DiffDocument, diffDocument } from './views/diff-document.js'

export interface DiffRun {
  readonly document: DiffDocument
  /** The changes to print. */
  readonly shown: readonly ShownChange[]
  /** Somebody has looked at them on a screen. */
  readonly wasShown: boolean
}

const DEFAULT_LIMIT = 20

/**
 * Compares, writes the files asked for, lets the changes be browsed where there is a screen for them and they are more than
 * would be printed, and gives the document. Throws as the diff and the files do.
 */
export async function runDiff(
  session: Session,
  args: { readonly old: string; readonly new: string },
  flags: DiffFlags,
  browse: (terminal: Terminal, desk: DiffDesk) => Promise<void>,
): Promise<DiffRun> {
  const files = [flags.out, flags.html].filter((name) => name !== undefined)
  checkReportFiles(files.map((name) => ({ path: resolve(session.cwd, name), name, overwrite: flags.overwrite })))
  const format = flags.out === undefined ? undefined : formatOf(flags.out)
  const options = optionsOf(session, args, flags)
  const folders = [options.old.path, options.new.path, ...files.map((name) => resolve(session.cwd, name))].map((path) =>
    dirname(path),
  )
  const resume = options.resume === undefined ? [] : [options.resume]
  for (const folder of resume) mkdirSync(folder, { recursive: true })
  const terminal = await screenFor(flags, session)
  // A screen may write files later on.
  const reach = terminal === null ? folders : [...folders, session.cwd]
  try {
    return await withScratch(
      { ...session.limits, signal: session.signal, folders: [...reach, ...resume] },
      async ({ db, folder }) => {
        const diff = await diffFiles(db, { ...options, folder })
        if (flags.out !== undefined && format !== undefined) {
          session.progress.phase('Write')
          const out = { path: resolve(session.cwd, flags.out), name: flags.out, overwrite: flags.overwrite }
          await writeChanges(db, diff, { ...out, format, envelope: flags.envelope })
        }
        const page = (offset: number, limit: number, filter: ChangeFilter) =>
          changePage(db, diff, { offset, limit, filter })
        const limit = flags.limit ?? (flags.json === true ? 0 : DEFAULT_LIMIT)
        const { changes: shown } = await page(0, limit, {})
        const document = diffDocument(diff, flags.limit === undefined ? undefined : shown)
        if (flags.html !== undefined)
          await writeHtml(session, db, diff, document, { ...args, html: flags.html, overwrite: flags.overwrite })
        if (diff.job !== null) rmSync(diff.job, { recursive: true, force: true })
        const total = document.created + document.updated + document.deleted
        const wasShown = terminal !== null && (flags.browse === true || total > limit)
        if (wasShown) session.progress.drop()
        if (wasShown) await browse(terminal, deskOf(session, db, { diff, document, page, args, flags, reach }))
        return { document, shown, wasShown }
      },
    )
  } catch (error) {
    if (session.signal.aborted && !(error instanceof CancelledError)) {
      throw new CancelledError('The diff was stopped; nothing was written.', { code: 'cancelled', cause: error })
    }
    throw error
  }
}

function optionsOf(
  session: Session,
  args: { readonly old: string; readonly new: string },
  flags: DiffFlags,
): Omit<DiffOptions, 'folder'> {
  const { progress, cwd } = session
  return {
    old: { path: resolve(cwd, args.old), name: args.old },
    new: { path: resolve(cwd, args.new), name: args.new },
    key: namesOf(flags.key),
    ignore: namesOf(flags.ignore),
    only: namesOf(flags.only),
    rename: renamesOf(flags.rename),
    types: typesOf(flags.types),
    tolerance: tolerancesOf(flags.tolerance),
    nullText: flags.null ?? null,
    trim: flags.trim,
    ignoreCase: flags.case,
    onDuplicate: flags['on-duplicate'],
    by: flags.by,
    concentration: flags.concentration,
    resume: flags.resume === undefined ? undefined : resolve(cwd, flags.resume),
    memoryBytes: session.limits.memoryBytes,
    signal: session.signal,
    reporter: {
      phase: (name, options) => progress.phase(name, options),
      advance: (done) => progress.advance(done),
      warn: (message) => session.warn(message),
    },
  }
}

async function writeHtml(
  session: Session,
  db: Evidence,
  diff: Diff,
  document: DiffDocument,
  request: { readonly old: string; readonly new: string; readonly html: string; readonly overwrite: boolean },
): Promise<void> {
  const { diffHtml, HTML_CHANGES, writeReportFile } = await import('../report/index.js')
  const { diffReport } = await import('./views/diff-report.js')
  const { changes } = await changePage(db, diff, { offset: 0, limit: HTML_CHANGES, filter: {} })
  const text = diffHtml(diffReport(document, changes, request, session.running.program))
  writeReportFile({ path: resolve(session.cwd, request.html), name: request.html, text, overwrite: request.overwrite })
}
