/** The desk of a review: rules over one set of changes, asked again after each edit of their file. Nothing is written. */
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import type { Alert, CellChange, DryRun, RelationSource, RuleSet } from '../../alerts/index.js'
import { RecitalError } from '../../errors.js'
import type { Evidence } from '../../store/duckdb.js'
import type { Session } from '../session.js'
import { type CompareDocument, compareDocument } from '../views/alerts/compare.js'
import { type AlertEntry, alertEntry, type DryRunDocument, dryRunDocument } from '../views/alerts/dry-run-document.js'
import { readRules, type SourceFlags } from './source.js'

/** The rules as they are now, and what their last edit did to the alerts. */
export interface Review {
  readonly document: DryRunDocument
  /** Null before the first edit. */
  readonly difference: CompareDocument | null
}

export interface ReviewDesk {
  /** Rule file as it was typed. */
  readonly file: string
  /** Words of the flags that say whose changes these are. */
  readonly sourceWords: readonly string[]
  readonly first: Review
  /** The row behind an alert about a single change; empty for groups and snapshots. */
  change(alert: AlertEntry): Promise<readonly CellChange[]>
  /** Opens the rule file in the editor of the user, and waits. Throws nothing: returns what went wrong, or null. */
  edit(): string | null
  /** Reads the rule file and asks again. Throws RecitalError where it cannot be used; the review before then still holds. */
  again(): Promise<Review>
}

/** @param limit alerts that are listed and compared */
export async function reviewDesk(
  session: Session,
  given: { readonly file: string; readonly flags: SourceFlags; readonly set: RuleSet; readonly limit: number },
  changes: { readonly db: Evidence; readonly sources: readonly RelationSource[]; readonly snapshot: string | null },
): Promise<ReviewDesk> {
  const { file, flags, limit } = given
  const { db, sources, snapshot } = changes
  const alerts = await import('../../alerts/index.js')
  let set = given.set
  const run = await alerts.dryRun(db, set, sources, { limit })
  let known = byEntry(run)
  return {
    file,
    sourceWords: wordsOf(flags),
    first: { document: dryRunDocument(run, snapshot), difference: null },
    async change(alert) {
      const found = known.get(idOf(alert))
      return found === undefined ? [] : changeBehind(db, sources, found)
    },
    edit: () => openEditor(resolve(session.cwd, file), session.editor),
    async again() {
      const edited = await readRules(session, file)
      const next = await alerts.dryRun(db, edited, sources, { limit })
      const comparison = await alerts.compareRules(db, { old: set, new: edited }, sources, { limit })
      set = edited
      known = byEntry(next)
      return { document: dryRunDocument(next, snapshot), difference: compareDocument(comparison) }
    },
  }
}

/** The command is the user's own, with its words, as git takes it; the file is an argument of it and never part of its text. */
function openEditor(path: string, editor: string): string | null {
  const { error, status, signal } = spawnSync('sh', ['-c', `${editor} "$@"`, editor, path], { stdio: 'inherit' })
  if (error !== undefined) return `${editor} could not be started: ${error.message}`
  if (status === 0) return null
  return `${editor} ended with ${signal ?? status}`
}

async function changeBehind(
  db: Evidence,
  sources: readonly RelationSource[],
  { compiled, key, position }: Alert,
): Promise<readonly CellChange[]> {
  const { changeOf } = await import('../../alerts/index.js')
  const { relation } = compiled.rule
  const own = sources.find((one) => relation === null || one.relation === null || one.relation === relation)
  return own === undefined || key === null ? [] : changeOf(db, own.source.changes, position)
}

/** Alerts by what is told of them. */
const byEntry = (run: DryRun): ReadonlyMap<string, Alert> =>
  new Map(
    [...run.evaluated, ...run.shadowed, ...run.suppressed, ...run.alerts].map((alert) => [
      idOf(alertEntry(alert)),
      alert,
    ]),
  )

const idOf = ({ rule, key, group }: AlertEntry): string => JSON.stringify([rule, key, group])

function wordsOf(flags: SourceFlags): string[] {
  const { changes, diff, feed, snapshot, key, types, relation, received, published } = flags
  const named = { changes, feed, snapshot, relation, received, published }
  return [
    ...(diff === undefined ? [] : ['--diff', ...diff]),
    ...Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...(key ?? []).flatMap((value) => ['--key', value]),
    ...(types ?? []).flatMap((value) => ['--types', value]),
  ]
}

/** What is wrong with an edited file, in one line for the screen; a fault of ours is thrown on. */
export function problemOf(error: unknown): string {
  if (!(error instanceof RecitalError)) throw error
  return error.message
}
