/** From flags to rule sets and the changes they are asked about. Everything is opened for reading only. */
import { basename, resolve } from 'node:path'
import type { RelationSource, RuleSet } from '../../alerts/index.js'
import { InputError, UsageError } from '../../errors.js'
import type { Evidence } from '../../store/duckdb.js'
import { instantOf } from '../dates.js'
import type { Session } from '../session.js'

export interface SourceFlags {
  readonly changes?: string | undefined
  readonly diff?: readonly string[] | undefined
  readonly feed?: string | undefined
  readonly snapshot?: string | undefined
  readonly key?: readonly string[] | undefined
  readonly types?: readonly string[] | undefined
  readonly relation?: string | undefined
  readonly received?: string | undefined
  readonly published?: string | undefined
}

/** Reads a rule file, named as it was typed. Throws InputError `unreadable`. */
export async function readRules(session: Session, file: string): Promise<RuleSet> {
  const { readFile } = await import('node:fs/promises')
  const { readRuleSet } = await import('../../alerts/index.js')
  try {
    return readRuleSet(await readFile(resolve(session.cwd, file), 'utf8'), file)
  } catch (cause) {
    throw new InputError(`The rule file ${file} cannot be read.`, { code: 'unreadable', file, cause })
  }
}

/**
 * Does work with the changes that the flags name. A feed is opened read-only, and the question is not logged: this leaves
 * the workspace as it is.
 * Throws UsageError `source-needed`, InputError and NotFoundError as opening does.
 */
export async function withChanges<T>(
  session: Session,
  flags: SourceFlags,
  set: RuleSet,
  work: (db: Evidence, sources: readonly RelationSource[], snapshot: string | null) => Promise<T>,
): Promise<T> {
  const alerts = await import('../../alerts/index.js')
  const { namesOf, typesOf } = await import('../diff-flags.js')
  const { changes, diff, feed } = flags
  if (feed !== undefined) {
    alerts.requireFeed(set, feed)
    return withPublishedEvidence(session, async (db) => {
      const { sources, found } = await alerts.feedSources(db, set, feed, flags.snapshot)
      return work(db, sources, found.snapshot)
    })
  }
  const named = (file: string) => ({ path: resolve(session.cwd, file), name: basename(file) })
  const files = changes !== undefined ? { changes: named(changes) } : pairOf(diff, named)
  const request = {
    files,
    key: flags.key === undefined ? undefined : namesOf(flags.key),
    types: typesOf(flags.types),
    relation: flags.relation ?? null,
    published: instantOf('published', flags.published) ?? null,
    received: instantOf('received', flags.received ?? flags.published) ?? null,
    signal: session.signal,
    ...session.limits,
  }
  return alerts.withFileSource(request, set, (db, sources) => work(db, sources, null))
}

function pairOf<T>(diff: readonly string[] | undefined, named: (file: string) => T): { old: T; new: T } {
  const [old, now, ...more] = diff ?? []
  if (old !== undefined && now !== undefined && more.length === 0) return { old: named(old), new: named(now) }
  throw new UsageError(
    diff === undefined
      ? 'Say whose changes the rules should look at.'
      : '--diff needs two files: the older and the newer.',
    {
      code: 'source-needed',
      suggestions: ['--changes FILE', '--diff OLD NEW --key COLUMN', '--feed NAME'],
    },
  )
}

/** Opens the published evidence for reading, and nothing else of the workspace. Throws NotFoundError `no-evidence`. */
export async function withPublishedEvidence<T>(session: Session, work: (db: Evidence) => Promise<T>): Promise<T> {
  const { openWorkspace } = await import('../../store/workspace.js')
  const { openCurrentForReading } = await import('../../store/generations.js')
  const { noEvidence } = await import('../evidence.js')
  const workspace = openWorkspace(session.workspaceRoot(), session.running)
  const current = await openCurrentForReading(workspace, session.limits)
  if (current === undefined) throw noEvidence()
  const stop = () => current.evidence.interrupt()
  session.signal.addEventListener('abort', stop, { once: true })
  try {
    return await work(current.evidence)
  } finally {
    session.signal.removeEventListener('abort', stop)
    await current.evidence.close()
  }
}
