/** What the screen of an investigation asks of the world outside, answered by the open index and evidence. */
import { resolve } from 'node:path'
import { type LicensedResult, licensed, openTimeline, timelineAt } from '../licensing/index.js'
import { lookup } from '../lookup/index.js'
import type { FindingsReport } from '../report/index.js'
import { checkFilters, confirm, find, MOST_EXAMINED, needsEvidence, parseQuery } from '../search/index.js'
import type { Evidence } from '../store/duckdb.js'
import { makeNote, readNotes, takeNoteBack } from './notes.js'
import type { openIndex } from './search.js'
import type { Session } from './session.js'
import { type TimelineDesk, timelineDesk } from './timeline.js'
import { printClaims } from './views/claims.js'
import {
  type Circumstances,
  inCircumstances,
  SHOWN_HITS,
  type SubjectKind,
  type ViewName,
} from './views/explore-views.js'
import { printLicensed } from './views/licensed.js'
import { licensedDocument } from './views/licensed-document.js'
import { linesOf } from './views/lines.js'
import { printLookup, printSources } from './views/lookup.js'
import { type LookupDocument, lookupDocument } from './views/lookup-document.js'
import { notesDocument, printNotes } from './views/notes.js'
import { type RelatedThing, relatedOf } from './views/related.js'
import { type SearchDocument, searchDocument } from './views/search-document.js'
import { printTimeline } from './views/timeline.js'
import { timelineDocument } from './views/timeline-document.js'

export type Status = LicensedResult['answer']['status']

/** What a view shows. */
export interface ViewAnswer {
  /** The words of the command, fitted to a width. */
  readonly lines: (width: number) => readonly string[]
  /** Things to go to; empty where the view names none. */
  readonly things: readonly RelatedThing[]
}

export interface ExploreFile {
  readonly format: 'html' | 'csv' | 'commands' | 'session' | 'id'
  /** Relative to the working directory. */
  readonly name: string
  readonly overwrite: boolean
  /** What the file will hold, where it is no report. */
  readonly text?: string
}

/** What the screen asks of the world outside. */
export interface ExploreDesk {
  readonly query: string
  readonly circumstances: Circumstances
  /** @param isTyping the last word may go on; throws UsageError for a question that cannot be read, the signal's reason */
  search(text: string, options: { readonly isTyping: boolean; readonly signal: AbortSignal }): Promise<SearchDocument>
  view(kind: SubjectKind, id: string, view: ViewName): Promise<ViewAnswer>
  /** The licensing of a recording over all rights. */
  status(id: string): Promise<Status | null>
  /** What an id means, to go to. Throws NotFoundError. */
  thing(id: string): Promise<RelatedThing>
  /** Returns the number of the note. */
  note(id: string, text: string, isPrivileged: boolean): Promise<number>
  /** Withdraws a note; it stays on record. Throws as `withdrawNote`. */
  takeNoteBack(number: number): Promise<void>
  /** The timeline of a recording, to be looked at by itself. Throws as `openTimeline`. */
  timeline(id: string): Promise<TimelineDesk>
  /** Throws UsageError as `writeReportFile` does. */
  write(
    report: Omit<FindingsReport, 'program' | 'generation' | 'known'>,
    log: readonly string[],
    file: ExploreFile,
  ): Promise<void>
  /** Notes on a thing that may be shown to the other side. */
  openNotes(id: string): Promise<string[]>
}

/** What a session looked at, as commands. */
export const sessionText = (known: string, log: readonly string[]): string =>
  [`# what was looked at, as known on ${known}`, ...log, ''].join('\n')

/** What is open while the desk is, and what was asked for. */
export interface Open {
  readonly session: Session
  readonly db: Evidence
  readonly generation: number
  readonly index: Awaited<ReturnType<typeof openIndex>>
  /** What is typed to begin with. */
  readonly query: string
  readonly circumstances: Circumstances
}

/** The desk, as long as index and evidence are open. */
export function deskOf(open: Open): ExploreDesk {
  const { session, db, generation, query, circumstances } = open
  const { territory, on, known } = circumstances
  const alone = oneByOne()
  return {
    query,
    circumstances,
    search: (text, options) => searchOf(open, alone, text, options),
    view: (kind, id, view) => alone(() => viewOf(open, kind, id, view)),
    status: (id) => alone(async () => (await licensed(db, { recording: id, on, territory, known })).answer.status),
    thing: (id) => alone(async () => thingOf(lookupDocument(await lookup(db, { id, known })), id)),
    note: async (id, text, isPrivileged) => (await makeNote(session, id, text, isPrivileged)).number,
    takeNoteBack: async (number) => void (await takeNoteBack(session, number)),
    timeline: (id) => alone(() => timelineDesk(session, db, generation, { recording: id, territory, known })),
    write: (report, log, file) => writeFindings(open, report, log, file),
    openNotes: async (id) =>
      (await readNotes(session, id)).filter((note) => !note.isPrivileged).map(({ text }) => text),
  }
}

type OneByOne = <T>(work: () => Promise<T>) => Promise<T>

/** Questions to the evidence share a connection and its temporary tables: each waits for the one before. */
function oneByOne(): OneByOne {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}

async function searchOf(
  { db, generation, index, circumstances }: Open,
  alone: OneByOne,
  text: string,
  { isTyping, signal }: { readonly isTyping: boolean; readonly signal: AbortSignal },
): Promise<SearchDocument> {
  const query = parseQuery(inCircumstances(text, circumstances), isTyping)
  const { filters } = query
  checkFilters(filters)
  const basis = { generation: String(generation) }
  if (!needsEvidence(filters)) {
    return searchDocument(query, await find(index, { query, limit: SHOWN_HITS, signal }), { ...basis, examined: null })
  }
  const found = await find(index, { query, limit: MOST_EXAMINED, signal })
  const { hits, examined, isCut } = await alone(() => confirm(db, found.hits, { filters, limit: SHOWN_HITS, signal }))
  return searchDocument(query, { ...found, hits, isCut: found.isCut || isCut }, { ...basis, examined })
}

async function viewOf(open: Open, kind: SubjectKind, id: string, view: ViewName): Promise<ViewAnswer> {
  const { session, db, generation, circumstances } = open
  const { territory, on, known } = circumstances
  const shown = (print: Parameters<typeof linesOf>[0], things: readonly RelatedThing[] = []): ViewAnswer => ({
    lines: (width) => linesOf(print, width),
    things,
  })
  if (view === 'conflicts') {
    const { conflictsOf } = await import('./conflicts.js')
    const { printConflicts } = await import('./views/conflicts.js')
    const document = await conflictsOf(session, db, { [kind]: id, known }, generation)
    return shown((out) => printConflicts(document, out))
  }
  if (view === 'notes') {
    const document = notesDocument('recital.notes.list', await readNotes(session, id))
    return shown((out) => printNotes(document, out))
  }
  if (view === 'summary' || (view === 'history' && kind === 'recording')) {
    const asked = { recording: id, on, territory, ...(view === 'history' ? { knownCurve: true } : { known }) }
    const document = licensedDocument(await licensed(db, asked), generation)
    return shown((out) => printLicensed(document, out))
  }
  if (view === 'timeline') {
    const { recording, knowledge, query } = await openTimeline(db, { recording: id, territory, known })
    const document = timelineDocument(await timelineAt(recording, knowledge, query), generation)
    return shown((out) => printTimeline(document, out))
  }
  const asked = view === 'history' ? { id, history: true } : { id, known }
  const document = lookupDocument(await lookup(db, asked))
  if (view === 'related') return { lines: () => [], things: relatedOf(document) }
  return shown((out) => {
    if (view === 'sources') printSources(document, out)
    else if (view === 'claims') printClaims(document, kind, out)
    else printLookup(document, out)
  })
}

/** The kind of thing that an id names first. */
function thingOf(document: LookupDocument, id: string): RelatedThing {
  const things = relatedOf(document)
  const own = things.find((thing) => thing.id === document.readings[0]?.normalised || thing.id === id)
  return own ?? { ...(things[0] ?? { kind: 'work', title: id }), id }
}

async function writeFindings(
  { session, generation, circumstances }: Open,
  report: Omit<FindingsReport, 'program' | 'generation' | 'known'>,
  log: readonly string[],
  { format, name, overwrite, text = '' }: ExploreFile,
): Promise<void> {
  const { findingsCommands, findingsCsv, findingsHtml, writeReportFile } = await import('../report/index.js')
  const { known } = circumstances
  const whole = { ...report, program: session.running.program, generation: String(generation), known }
  const texts = {
    html: () => findingsHtml(whole),
    csv: () => findingsCsv(whole),
    commands: () => findingsCommands(whole),
    session: () => sessionText(known, log),
    id: () => `${text}\n`,
  }
  writeReportFile({ path: resolve(session.cwd, name), name, text: texts[format](), overwrite })
}
