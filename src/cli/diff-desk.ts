/** What the screen of a diff is given, and whether there is one. */
import { dirname, resolve } from 'node:path'
import {
  type ChangeFilter,
  type Diff,
  filteredChanges,
  formatOf,
  type ShownChange,
  writeChanges,
} from '../diff/index.js'
import { UsageError } from '../errors.js'
import type { Evidence } from '../store/duckdb.js'
import type { DiffFlags } from './diff-flags.js'
import type { Session } from './session.js'
import type { Terminal } from './terminal.js'
import { diffCommand } from './views/diff-command.js'
import type { DiffDocument } from './views/diff-document.js'

/** A file that the changes on a screen are written to. */
export interface DiffFileToWrite {
  /** Relative to the working directory. */
  readonly name: string
  readonly overwrite: boolean
}

/** What a screen is given to show: pages of changes while the database is open. */
export interface DiffDesk {
  readonly document: DiffDocument
  /** Both files as they were named, and the words of the command. */
  readonly asked: { readonly old: string; readonly new: string; readonly words: readonly string[] }
  readonly sides: Diff['sides']
  page(offset: number, limit: number, filter: ChangeFilter): Promise<{ changes: readonly ShownChange[]; total: number }>
  /** Writes the changes that pass the filter. Throws UsageError as `writeChanges` and for a folder out of reach. */
  write(file: DiffFileToWrite, filter: ChangeFilter): Promise<void>
}

/**
 * The terminal to browse on: where somebody sits at one, and asked for no file, no document and no number of changes to print.
 * Throws UsageError `no-terminal` where browsing was asked for and cannot be.
 */
export async function screenFor(
  flags: Pick<DiffFlags, 'out' | 'html' | 'limit' | 'browse' | 'json'>,
  session: Session,
): Promise<Terminal | null> {
  const { browse, json, out, html, limit } = flags
  const asksOtherwise = [out, html, limit].some((given) => given !== undefined)
  if (browse === false || json === true || (browse === undefined && asksOtherwise)) return null
  const terminal = await session.terminal()
  if (terminal !== null || browse === undefined) return terminal
  throw new UsageError('Changes can only be browsed on a terminal.', {
    code: 'no-terminal',
    suggestions: ['Print them: leave out --browse', 'Write them to a file with --out, or to a page with --html'],
  })
}

interface Shown extends Pick<DiffDesk, 'document' | 'page'> {
  readonly diff: Diff
  readonly args: { readonly old: string; readonly new: string }
  readonly flags: DiffFlags
  /** Folders that may be written to. */
  readonly reach: readonly string[]
}

/** What a screen may ask while the database of a diff is open. */
export function deskOf(session: Session, db: Evidence, shown: Shown): DiffDesk {
  const { diff, document, page, args, flags, reach } = shown
  return {
    document,
    page,
    sides: diff.sides,
    asked: { ...args, words: diffCommand(args, flags) },
    write: async ({ name, overwrite }, filter) => {
      const path = resolve(session.cwd, name)
      if (!reach.includes(dirname(path))) {
        throw new UsageError('From the screen, files go into the current folder or beside one of the two files.', {
          code: 'out-of-reach',
          excerpt: name,
        })
      }
      const changes = { ...diff, changeSet: filteredChanges(diff.changeSet, filter) }
      await writeChanges(db, changes, { path, name, overwrite, format: formatOf(name), envelope: flags.envelope })
    },
  }
}
