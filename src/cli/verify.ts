/** From the flags of `recital feed verify` to a comparison, with its place in the feed's history of agreement. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { columnType } from '../diff/index.js'
import { InputError, UsageError } from '../errors.js'
import type { Agreement } from '../store/casebook/agreements.js'
import type { Allowance, CarriedChanges, TwoFiles, Verified } from '../verify/index.js'
import { instantOf } from './dates.js'
import type { Session } from './session.js'

export interface VerifyFlags {
  readonly against: string | undefined
  readonly key: readonly string[] | undefined
  readonly types: readonly string[] | undefined
  readonly snapshot: string | undefined
  readonly relation: string | undefined
  readonly allow: string | undefined
  readonly now: string | undefined
}

/** What was compared, for the answer. */
export interface Compared {
  readonly feed: string | null
  readonly snapshot: string | null
  readonly relation: string | null
  readonly against: string
  readonly verified: Verified
}

/**
 * Compares the changes of a feed (one name) or of two files (two paths) with those of another system; that of a feed is
 * added to its history of agreement. Throws what `verify` throws, UsageError for arguments that do not fit together.
 */
export async function runVerify(session: Session, names: readonly string[], flags: VerifyFlags): Promise<Compared> {
  const { verify } = await import('../verify/index.js')
  if (flags.against === undefined) {
    throw new UsageError('With what should our changes be compared?', {
      code: 'no-against',
      suggestions: ['Name the file of changes that the other system logged with --against FILE'],
    })
  }
  const against = resolve(session.cwd, flags.against)
  const today = (instantOf('now', flags.now) ?? session.now().toISOString()).slice(0, 10)
  const allowances = flags.allow === undefined ? [] : await allowancesOf(resolve(session.cwd, flags.allow))
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'recital-verify-')))
  try {
    const ours =
      names.length === 2 ? filesOf(session, names, flags) : await feedOf(session, names[0] ?? '', flags, folder)
    const { limits, signal } = session
    const verified = await verify({ ours, against, types: typesOf(flags), allowances, today, folder, limits, signal })
    const named = { against: basename(against), verified }
    if (!('feed' in ours)) return { feed: null, snapshot: null, relation: null, ...named }
    const { feed, snapshot, relation } = ours
    await keep(session, { feed, snapshot, relation, ...named, today })
    return { feed, snapshot, relation, ...named }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function allowancesOf(path: string): Promise<Allowance[]> {
  const { readAllowances } = await import('../verify/index.js')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new InputError(`The allow-list ${basename(path)} cannot be read.`, { code: 'unreadable', file: path, cause })
  }
  return readAllowances(text, basename(path))
}

const typesOf = ({ types }: VerifyFlags) =>
  new Map(
    (types ?? []).map((pair) => {
      const at = pair.lastIndexOf('=')
      if (at > 0) return [pair.slice(0, at).trim(), columnType(pair.slice(at + 1))] as const
      throw new UsageError(`--types takes COLUMN=TYPE, not "${pair}".`, {
        code: 'bad-flag',
        excerpt: pair,
        suggestions: ['Write --types price=decimal'],
      })
    }),
  )

function filesOf(session: Session, [old = '', now = '']: readonly string[], flags: VerifyFlags): TwoFiles {
  const key = (flags.key ?? []).flatMap((text) => text.split(',')).map((name) => name.trim())
  if (key.length === 0) {
    throw new UsageError('By which columns is a row known?', { code: 'no-key', suggestions: ['Name them with --key'] })
  }
  return { old: resolve(session.cwd, old), new: resolve(session.cwd, now), key, types: typesOf(flags) }
}

async function feedOf(session: Session, feed: string, flags: VerifyFlags, folder: string): Promise<CarriedChanges> {
  const { carryChanges } = await import('../verify/index.js')
  const { askEvidence } = await import('./evidence.js')
  const { snapshot, relation } = flags
  return askEvidence(session, {
    command: 'feed verify',
    arguments: { feed, snapshot: snapshot ?? null, relation: relation ?? null, against: flags.against ?? null },
    folders: [folder],
    ask: (db) => carryChanges(db, feed, { snapshot, relation }, folder),
    outline: (carried) => ({ known: null, rows: 1, summary: `changes of ${carried.relation} in ${carried.snapshot}` }),
  })
}

async function keep(
  session: Session,
  {
    verified,
    today,
    ...what
  }: Pick<Agreement, 'feed' | 'snapshot' | 'relation' | 'against' | 'today'> & {
    readonly verified: Verified
  },
): Promise<void> {
  const { recordAgreement } = await import('../store/casebook/agreements.js')
  const { openWorkspace } = await import('../store/workspace.js')
  const { changes, agreed, explained, unexplained, sha256 } = verified
  await recordAgreement(openWorkspace(session.workspaceRoot(), session.running), {
    ...what,
    today,
    comparedAt: session.now().toISOString(),
    ...{ sha256, changes, agreed, explained, unexplained },
  })
}

/** The comparisons of a feed so far. Throws NotFoundError `unknown-feed` for one that is not there. */
export async function agreementsOf(session: Session, feed: string): Promise<Agreement[]> {
  const { listAgreements } = await import('../store/casebook/agreements.js')
  const { openWorkspace } = await import('../store/workspace.js')
  const { askEvidence } = await import('./evidence.js')
  const { findFeed } = await import('../snapshots/index.js')
  await askEvidence(session, {
    command: 'feed verify --history',
    arguments: { feed },
    ask: (db) => findFeed(db, feed),
    outline: () => ({ known: null, rows: 0, summary: 'history of agreement' }),
  })
  return listAgreements(openWorkspace(session.workspaceRoot(), session.running), feed)
}
