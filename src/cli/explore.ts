/** An investigation: index and evidence are open as long as somebody looks at the screen, and one line is logged of it all. */
import { resolve } from 'node:path'
import { UsageError } from '../errors.js'
import { parseCalendarDate } from '../model/dates/calendar.js'
import { resolveTerritory } from '../model/territories/codes.js'
import { parseQuery } from '../search/index.js'
import { resolveKnowledge } from '../store/evidence/knowledge.js'
import { askEvidence } from './evidence.js'
import { deskOf, type ExploreDesk, sessionText } from './explore-desk.js'
import { openIndex } from './search.js'
import type { Session } from './session.js'
import type { ExploreDocument } from './views/explore-document.js'
import { commandText, searchCommand, viewCommand, viewsOf } from './views/explore-views.js'
import type { SearchDocument } from './views/search-document.js'

export interface ExploreRequest {
  readonly query: string
  readonly territory: string
  readonly on?: string | undefined
  readonly known?: string | undefined
  /** A file that gets the commands of everything that was looked at, when the user leaves. */
  readonly log?: string | undefined
  readonly overwrite?: boolean
}

export interface ExploreResult {
  readonly known: string
  readonly generation: number
  /** Commands that print what was looked at, in order. */
  readonly commands: readonly string[]
}

/**
 * Opens index and evidence, shows the desk until the user leaves, and logs the session as one question with everything
 * that was looked at. Throws UsageError for circumstances that cannot be read, and as `openSearchIndex`.
 */
export async function explore(
  session: Session,
  request: ExploreRequest,
  show: (desk: ExploreDesk) => Promise<readonly string[]>,
): Promise<ExploreResult> {
  const territory = readTerritory(request.territory)
  await checkLogFile(session, request)
  const index = await openIndex(session)
  try {
    return await askEvidence(session, {
      command: 'explore',
      arguments: { query: request.query, territory, on: request.on ?? null, known: request.known ?? null },
      ask: async (db, generation) => {
        const { label: known } = await resolveKnowledge(db, request.known)
        const on = request.on ?? known.slice(0, 10)
        if (parseCalendarDate(on) === null) throw badDate(on)
        const desk = deskOf({
          session,
          db,
          generation,
          index,
          query: request.query,
          circumstances: { territory, on, known },
        })
        const commands = await show(desk)
        await writeLogFile(session, request, known, commands)
        return { known, generation, commands }
      },
      outline: ({ known, commands }) => ({ known, rows: commands.length, summary: commands.join('\n') }),
    })
  } finally {
    index.close()
  }
}

const logFileOf = ({ cwd }: Session, name: string, overwrite = false) => ({ path: resolve(cwd, name), name, overwrite })

/** Refuses a file that cannot be written before anybody has worked for it. */
async function checkLogFile(session: Session, { log, overwrite }: ExploreRequest): Promise<void> {
  if (log === undefined) return
  const { checkReportFile } = await import('../report/index.js')
  checkReportFile(logFileOf(session, log, overwrite))
}

async function writeLogFile(
  session: Session,
  { log, overwrite }: ExploreRequest,
  known: string,
  commands: readonly string[],
): Promise<void> {
  if (log === undefined) return
  const { writeReportFile } = await import('../report/index.js')
  writeReportFile({ ...logFileOf(session, log, overwrite), text: sessionText(known, commands) })
}

function readTerritory(text: string): string {
  const { kind, key } = resolveTerritory(text)
  if (kind === 'country') return key
  throw new UsageError(`--territory takes a country, not "${text}".`, {
    code: 'bad-flag',
    suggestions: ['Write an ISO code, e.g. --territory US'],
  })
}

const badDate = (text: string): UsageError =>
  new UsageError(`--on takes a date, not "${text}".`, { code: 'bad-flag', suggestions: ['Write --on 2019-06-01'] })

/** Without a screen: the hits, and of the first one its first view. Throws UsageError `query-empty` without a question. */
export async function exploreInPrint(session: Session, request: ExploreRequest): Promise<ExploreDocument> {
  parseQuery(request.query)
  let [hits, first]: [SearchDocument | null, ExploreDocument['first']] = [null, null]
  const { known, generation, commands } = await explore(session, request, async (desk) => {
    hits = await desk.search(request.query, { isTyping: false, signal: session.signal })
    const hit = hits.hits[0]
    const asked = commandText(searchCommand(request.query))
    if (hit === undefined) return [asked]
    const view = viewsOf(hit.kind)[0] ?? 'claims'
    const { lines } = await desk.view(hit.kind, hit.id, view)
    first = { id: hit.id, view, lines: lines(PRINTED_WIDTH) }
    return [asked, commandText(viewCommand(hit.kind, hit.id, view, desk.circumstances))]
  })
  const basis = { generation: String(generation) }
  return { kind: 'recital.explore', version: 1, known, commands, hits, first, basis }
}

const PRINTED_WIDTH = 100
