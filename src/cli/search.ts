/** Asking the search index: made first where there is none, asked, confirmed against the evidence, entered into the log. */
import { resolve } from 'node:path'
import {
  type BuiltIndex,
  buildIndex,
  checkFilters,
  confirm,
  type DocumentKind,
  type Found,
  find,
  MOST_EXAMINED,
  matchList,
  needsEvidence,
  openSearchIndex,
  PHASES,
  parseQuery,
  type Query,
  type SearchIndex,
} from '../search/index.js'
import { openWorkspace, type Workspace } from '../store/workspace.js'
import { type AnswerOutline, askEvidence } from './evidence.js'
import type { Session } from './session.js'
import { type SearchDocument, searchDocument } from './views/search-document.js'
import type { SearchListDocument } from './views/search-list.js'

export interface SearchRequest {
  readonly query: string
  readonly kind?: DocumentKind | undefined
  readonly limit: number
}

const workspaceOf = (session: Session): Workspace => openWorkspace(session.workspaceRoot(), session.running)

/** Makes the index of the published evidence unless it is there; tells of it as of every long work. */
export function makeIndex(session: Session, isRebuild: boolean): Promise<BuiltIndex> {
  return buildIndex({ ...contextOf(session, workspaceOf(session)), isRebuild })
}

function contextOf({ limits, signal, progress }: Session, workspace: Workspace) {
  return {
    workspace,
    limits,
    signal,
    isRebuild: false,
    reporter: {
      phase: (what: (typeof PHASES)[number], total?: number) =>
        progress.phase(what, {
          step: 1 + PHASES.indexOf(what),
          of: PHASES.length,
          ...(total === undefined ? {} : { total }),
        }),
      waiting: () => progress.phase('waiting for another process that makes the index'),
      advance: (rows: number) => progress.advance({ rows }),
    },
  }
}

/** Opens the index for questions, made first where there is none. Close it. */
export async function openIndex(session: Session): Promise<SearchIndex> {
  const index = await openSearchIndex(contextOf(session, workspaceOf(session)))
  session.progress.drop()
  return index
}

/** The answer to one question, logged. Throws UsageError for a question that cannot be read, and as `buildIndex`. */
export async function askSearch(session: Session, request: SearchRequest): Promise<SearchDocument> {
  const query = parseQuery(request.query)
  checkFilters(query.filters)
  const index = await openIndex(session)
  try {
    const limit = needsEvidence(query.filters) ? MOST_EXAMINED : request.limit
    const found = await find(index, { query, kind: request.kind, limit, signal: session.signal })
    const meta = index.meta()
    if (needsEvidence(query.filters)) return await confirmed(session, request, { query, found, meta })
    const document = searchDocument(query, found, { generation: meta.generation ?? '', examined: null })
    await logged(session, argumentsOf(request), meta, outlineOf(document))
    return document
  } finally {
    index.close()
  }
}

interface Answered {
  readonly query: Query
  readonly found: Found
  readonly meta: Readonly<Record<string, string>>
}

function confirmed(session: Session, request: SearchRequest, { query, found }: Answered): Promise<SearchDocument> {
  const { filters } = query
  return askEvidence(session, {
    command: 'search',
    arguments: argumentsOf(request),
    ask: async (db, generation) => {
      const { hits, examined, isCut } = await confirm(db, found.hits, {
        filters,
        limit: request.limit,
        signal: session.signal,
      })
      const answer: Found = { ...found, hits, isCut: found.isCut || isCut }
      return searchDocument(query, answer, { generation: String(generation), examined })
    },
    outline: outlineOf,
  })
}

const argumentsOf = ({ query, kind, limit }: SearchRequest) => ({ query, kind: kind ?? null, limit })

const outlineOf = ({ hits }: SearchDocument) => ({
  known: null,
  rows: hits.length,
  summary: hits.length === 0 ? 'nothing' : `first: ${hits[0]?.title}`,
})

async function logged(
  session: Session,
  args: Readonly<Record<string, unknown>>,
  meta: Readonly<Record<string, string>>,
  outline: AnswerOutline,
): Promise<void> {
  const { logQuery } = await import('../store/casebook/query-log.js')
  const warning = await logQuery(workspaceOf(session), {
    askedAt: session.now().toISOString(),
    command: 'search',
    arguments: args,
    generation: Number(meta.generation),
    basisHash: meta.basis ?? null,
    ...outline,
  })
  if (warning !== undefined) session.warn(warning)
}

export interface ListRequest {
  /** As named on the command line. */
  readonly file: string
  readonly kind?: DocumentKind | undefined
  readonly limit: number
  /** A CSV file to write the answer to. */
  readonly out?: string | undefined
  readonly overwrite: boolean
}

/** Each line of a list with its candidates, written where that was asked for, logged. Throws as `matchList`, and for the files. */
export async function askSearchList(session: Session, request: ListRequest): Promise<SearchListDocument> {
  const { searchListCsv, searchListDocument } = await import('./views/search-list.js')
  const { checkReportFile, writeReportFile } = await import('../report/index.js')
  const { file, kind, limit, out: name, overwrite } = request
  const target = name === undefined ? null : { path: resolve(session.cwd, name), name, overwrite }
  if (target !== null) checkReportFile(target)
  const index = await openIndex(session)
  try {
    const path = resolve(session.cwd, file)
    const meta = index.meta()
    const list = await matchList(index, { path, name: file, kind, limit, signal: session.signal })
    const document = searchListDocument(file, list, meta.generation ?? '')
    if (target !== null) writeReportFile({ ...target, text: searchListCsv(document) })
    await logged(session, { file, kind: kind ?? null, limit }, meta, {
      known: null,
      rows: document.counts.lines,
      summary: `${document.counts.certain} certain, ${document.counts.likely} likely, ${document.counts.none} none`,
    })
    return document
  } finally {
    index.close()
  }
}
