/** Running a diff for a command: its database, its files, its document. */
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
import { checkReportFile } from '../report/index.js'
import type { Evidence } from '../store/duckdb.js'
import { namesOf, renamesOf, tolerancesOf, typesOf } from './diff-flags.js'
import type { Session } from './session.js'
import { type DiffDocument, diffDocument } from './views/diff-document.js'

/** The flags of `recital diff`, as the parser gives them. */
export interface DiffFlags {
  readonly key?: string[] | undefined
  readonly ignore?: string[] | undefined
  readonly only?: string[] | undefined
  readonly rename?: string[] | undefined
  readonly types?: string[] | undefined
  readonly tolerance?: string[] | undefined
  readonly null?: string | undefined
  readonly trim: boolean
  readonly case: boolean
  readonly 'on-duplicate': NonNullable<DiffOptions['onDuplicate']>
  readonly by?: string | undefined
  readonly concentration?: boolean | undefined
  readonly out?: string | undefined
  readonly envelope: 'plain' | 'debezium'
  readonly html?: string | undefined
  readonly overwrite: boolean
  readonly resume?: string | undefined
  readonly limit?: number | undefined
}

/** What a screen is given to show: pages of changes while the database is open. */
export interface DiffDesk {
  readonly document: DiffDocument
  page(offset: number, limit: number, filter: ChangeFilter): Promise<{ changes: readonly ShownChange[]; total: number }>
}

export interface DiffUse {
  /** A document is printed, not text. */
  readonly json: boolean
  /** Looks at the desk until the user leaves. */
  readonly show?: (desk: DiffDesk) => Promise<void>
}

export interface DiffRun {
  readonly document: DiffDocument
  /** The changes to print. */
  readonly shown: readonly ShownChange[]
}

const DEFAULT_LIMIT = 20

/** Compares, writes the files asked for, and gives the document. Throws as the diff and the files do. */
export async function runDiff(
  session: Session,
  args: { readonly old: string; readonly new: string },
  flags: DiffFlags,
  use: DiffUse,
): Promise<DiffRun> {
  const files = [flags.out, flags.html].filter((name) => name !== undefined)
  for (const name of files) checkReportFile({ path: resolve(session.cwd, name), name, overwrite: flags.overwrite })
  const format = flags.out === undefined ? undefined : formatOf(flags.out)
  const options = optionsOf(session, args, flags)
  const folders = [options.old.path, options.new.path, ...files.map((name) => resolve(session.cwd, name))].map((path) =>
    dirname(path),
  )
  const resume = options.resume === undefined ? [] : [options.resume]
  try {
    return await withScratch(
      { ...session.limits, signal: session.signal, folders: [...folders, ...resume] },
      async ({ db, folder }) => {
        const diff = await diffFiles(db, { ...options, folder })
        if (flags.out !== undefined && format !== undefined) {
          session.progress.phase('Write')
          const out = { path: resolve(session.cwd, flags.out), name: flags.out, overwrite: flags.overwrite }
          await writeChanges(db, diff, { ...out, format, envelope: flags.envelope })
        }
        const page = (offset: number, limit: number, filter: ChangeFilter) =>
          changePage(db, diff, { offset, limit, filter })
        const limit = flags.limit ?? (use.json ? 0 : DEFAULT_LIMIT)
        const { changes: shown } = await page(0, limit, {})
        const document = diffDocument(diff, flags.limit === undefined ? undefined : shown)
        if (flags.html !== undefined)
          await writeHtml(session, db, diff, document, { ...args, html: flags.html, overwrite: flags.overwrite })
        await use.show?.({ document, page })
        return { document, shown }
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
