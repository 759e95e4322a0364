/** Deciding about conflicts: what was typed, checked, and written into the casebook. */
import { RULES } from '../conflicts/index.js'
import { UsageError } from '../errors.js'
import { displayInstant, parseInstant } from '../model/dates/instants.js'
import { nearMisses } from '../model/text/near-miss.js'
import {
  type Decision,
  type NewDecision,
  readDecisions,
  recordDecision,
  VERDICTS,
  type Verdict,
} from '../store/casebook/decisions.js'
import { openWorkspace } from '../store/workspace.js'
import type { Session } from './session.js'
import { type DecideDocument, decideDocument } from './views/decide.js'

export interface DecideRequest {
  readonly key?: string | undefined
  readonly verdict?: string | undefined
  readonly reason?: string | undefined
  readonly author?: string | undefined
  readonly identity?: string | undefined
  readonly undo?: number | undefined
  readonly at?: string | undefined
}

/** Records a decision or an undoing, or lists what is recorded. Throws UsageError for what is missing or makes no sense. */
export async function decide(session: Session, request: DecideRequest): Promise<DecideDocument> {
  const workspace = openWorkspace(session.workspaceRoot(), session.running)
  const { key, verdict, undo } = request
  if (key !== undefined) checkKey(key)
  if (verdict === undefined && undo === undefined) {
    refuse(
      request.reason !== undefined || request.identity !== undefined,
      'A decision needs a verdict.',
      'no-verdict',
      `Add one of ${VERDICTS.join(', ')} after the key`,
    )
    const all = await readDecisions(workspace)
    return decideDocument(null, key === undefined ? all : all.filter((one) => one.key === key))
  }
  const written = await recordDecision(workspace, newDecision(session, request))
  return decideDocument(
    written,
    (await readDecisions(workspace)).filter((one) => one.key === written.key),
  )
}

function newDecision(session: Session, request: DecideRequest): NewDecision {
  const { key, undo, reason, author, identity } = request
  refuse(
    undo !== undefined && (key !== undefined || identity !== undefined),
    '--undo takes no conflict and no identity.',
    'undo-alone',
    'Give --undo N with --reason and --author alone',
  )
  refuse(reason === undefined || reason.trim() === '', 'A decision needs a reason.', 'no-reason', 'Add --reason "…"')
  refuse(
    author === undefined || author.trim() === '',
    'A decision needs an author.',
    'no-author',
    'Add --author NAME, or set RECITAL_AUTHOR',
  )
  const verdict = undo === undefined ? verdictOf(request.verdict ?? '') : 'undone'
  refuse(
    verdict === 'identity' && (identity ?? '').trim() === '',
    'Which identity is meant?',
    'no-identity',
    'Add --identity ID: the ISWC, ISRC or IPI, or the id of a feed',
  )
  refuse(
    verdict !== 'identity' && identity !== undefined,
    '--identity goes with the verdict identity.',
    'identity-alone',
    'Leave it out, or decide `identity`',
  )
  const decidedAt = instantOf(session, request.at)
  return {
    decidedAt,
    author: (author ?? '').trim(),
    key: key ?? '',
    verdict,
    identity: identity ?? null,
    reason: (reason ?? '').trim(),
    undoes: undo ?? null,
  }
}

function refuse(condition: boolean, message: string, code: string, suggestion: string): void {
  if (condition) throw new UsageError(message, { code, suggestions: [suggestion] })
}

function verdictOf(word: string): Verdict {
  const verdict = VERDICTS.find((one) => one === word)
  if (verdict !== undefined) return verdict
  const near = nearMisses(word, VERDICTS).map((one) => `Did you mean ${one}?`)
  throw new UsageError(`There is no verdict "${word}".`, {
    code: 'unknown-verdict',
    excerpt: word,
    suggestions: [...near, `Verdicts are ${VERDICTS.join(', ')}`],
  })
}

function checkKey(key: string): void {
  const rule = /^(C-[A-Z]+-\d+):[0-9a-f]{12}$/.exec(key)?.[1]
  refuse(
    !RULES.some(({ id }) => id === rule),
    `"${key}" is no key of a conflict.`,
    'key-unreadable',
    '`recital conflicts` shows the key of each conflict, such as C-SHR-01:57ed71b5c306',
  )
}

function instantOf(session: Session, at: string | undefined): string {
  if (at === undefined) return session.now().toISOString()
  const instant = parseInstant(at)
  if (instant !== null) return displayInstant(instant)
  throw new UsageError(`--at takes a date or an instant, not "${at}".`, {
    code: 'instant-unreadable',
    suggestions: ['Write a date such as 2024-01-09, or an instant such as 2024-01-09T12:00:00Z'],
  })
}

export type { Decision }
