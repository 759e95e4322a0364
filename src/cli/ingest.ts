/** What `recital ingest` does, but for its flags and its printing. */

import { resolve } from 'node:path'
import { InputError } from '../errors.js'
import { type IngestContext, type IngestRequest, type IngestResult, ingest } from '../ingest/index.js'
import { alertRecorder } from './alerts/recorder.js'
import { overrideOf } from './override.js'
import { parseRejectLimit } from './reject-limit.js'
import type { Session } from './session.js'
import { type IngestDocument, ingestDocument } from './views/ingest-document.js'
import { inWorkspaceForWriting } from './writing.js'

/** The flags as they were given. */
export interface IngestFlags
  extends Pick<IngestRequest, 'feed' | 'format' | 'published' | 'received' | 'sequence' | 'scope' | 'guards'> {
  mapping?: string | undefined
  'max-rejects': string
  'accept-quarantine'?: string | undefined
  by?: string | undefined
  rules?: string | undefined
  'dry-run': boolean
}

/**
 * Takes deliveries into the workspace of the session: all of them, or nothing.
 * Throws what `ingest` throws, and InputError `quarantined` where a delivery was kept out of the history.
 */
export async function runIngest(session: Session, paths: string[], flags: IngestFlags): Promise<IngestDocument> {
  const request = requestOf(session, paths, flags)
  session.onInterrupt(() => 'The store is as it was.')
  const recorder = alertRecorder(session, flags.rules)
  const result = await inWorkspaceForWriting(
    session,
    (workspace) => ingest(request, { ...contextOf(session), workspace, onFolded: recorder.onFolded }),
    ({ generation }) => generation !== null,
  )
  for (const { name, reason } of result.skipped) session.warn(`${name}: ${reason}; left out`)
  tellMoved(result, flags['dry-run'], (message) => session.warn(message))
  if (!flags['dry-run']) refuseQuarantined(result)
  return ingestDocument(result, flags['dry-run'], recorder.alerts())
}

function requestOf({ cwd }: Session, paths: string[], flags: IngestFlags): IngestRequest {
  const { feed, format, received, published, sequence, scope, guards, mapping } = flags
  return {
    paths: paths.map((one) => resolve(cwd, one)),
    feed,
    format,
    mapping: mapping === undefined ? undefined : resolve(cwd, mapping),
    received,
    published,
    sequence,
    scope,
    maxRejects: parseRejectLimit(flags['max-rejects']),
    guards,
    override: overrideOf(flags['accept-quarantine'], flags.by),
    dryRun: flags['dry-run'],
  }
}

function contextOf(session: Session): Omit<IngestContext, 'workspace' | 'onFolded'> {
  return {
    limits: session.limits,
    signal: session.signal,
    ingestedAt: session.now().toISOString(),
    reporter: {
      phase: (name, options) => session.progress.phase(name, options),
      advance: (progress) => session.progress.advance(progress),
      warn: (message) => session.warn(message),
    },
  }
}

/**
 * What of an ingest is in quarantine is a failure, although it is kept: whoever scripts this must notice.
 * Throws InputError `quarantined` with what the guards saw.
 */
function refuseQuarantined({ snapshots }: IngestResult): void {
  const held = snapshots.filter(({ judgement }) => judgement?.held === true)
  const [first] = held
  if (first === undefined) return
  const others = snapshots.length - held.length
  const which =
    held.length === 1
      ? `Snapshot ${first.id} of ${first.feed} is`
      : `${held.length} of ${snapshots.length} deliveries are`
  const rest = others === 0 ? '' : ` ${others === 1 ? 'The other was' : `The other ${others} were`} taken in.`
  throw new InputError(`${which} in quarantine: kept, but no part of the history.${rest}`, {
    code: 'quarantined',
    examples: held.flatMap(({ id, judgement }) =>
      (judgement?.findings ?? [])
        .filter(({ level }) => level === 'quarantine')
        .map(({ guard, message }) => `${held.length === 1 ? '' : `${id}: `}${guard}: ${message}`),
    ),
    suggestions: [
      `See \`recital feed check ${first.feed}\` for thresholds and what to do`,
      'If it is right as it is, ingest it again with --accept-quarantine REASON --by NAME',
    ],
  })
}

/** Says of other snapshots that they came into quarantine or out of it. */
function tellMoved({ moved }: IngestResult, dryRun: boolean, warn: (message: string) => void): void {
  const is = dryRun ? 'would be' : 'is'
  for (const { feed, snapshot, held } of moved) {
    warn(
      held
        ? `${snapshot} of ${feed} ${is} in quarantine now that this delivery stands before it: see \`recital feed check ${feed}\``
        : `${snapshot} of ${feed} ${is} out of quarantine now that this delivery stands before it`,
    )
  }
}
