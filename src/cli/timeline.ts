/** Asking for timelines: once, for print and for files, or again and again, for a screen. */
import { resolve } from 'node:path'
import { knowledgeDays, namedTerritories, type OpenTimeline, openTimeline, timelineAt } from '../licensing/index.js'
import type { Evidence } from '../store/duckdb.js'
import { askEvidence } from './evidence.js'
import type { Session } from './session.js'
import type { TimelineAsked, TimelineQuestion } from './views/timeline-command.js'
import { type TimelineDocument, timelineDocument } from './views/timeline-document.js'

export interface TimelineRequest extends TimelineAsked {
  readonly territory?: string | undefined
  readonly known?: string | undefined
}

/** A file that a timeline is written to. */
export interface TimelineFile {
  readonly format: 'html' | 'svg'
  /** Relative to the working directory. */
  readonly name: string
  readonly overwrite: boolean
}

/** One recording under investigation, with its evidence open: what a screen asks of it. */
export interface TimelineDesk {
  readonly asked: TimelineAsked
  /** The answer to the question of the command line. */
  readonly first: TimelineDocument
  /** The dates of knowledge that can be asked about, oldest first; the last is that of the last receipt. */
  readonly knowledge: readonly string[]
  /** Countries that statements about the recording name, ISO alpha-2. */
  readonly named: readonly string[]
  ask(question: TimelineQuestion): Promise<TimelineDocument>
  /** Throws UsageError as `writeReportFile` does. */
  write(document: TimelineDocument, file: TimelineFile): Promise<void>
}

export interface TimelineUse {
  /** Files to write the answer to; refused before the work when one of them cannot be written. */
  readonly files: readonly TimelineFile[]
  /** Loads what looks at the desk, while the database is being opened. */
  readonly prepare?: () => Promise<unknown>
  /** Looks at the desk until the user leaves. */
  readonly show?: (desk: TimelineDesk) => Promise<void>
}

/** The answer to the question of the command line, written, shown and logged. Throws as `openTimeline` and the files do. */
export async function askTimeline(
  session: Session,
  request: TimelineRequest,
  { files, prepare, show }: TimelineUse,
): Promise<TimelineDocument> {
  await checkFiles(session, files)
  const { recording, territory, right, known, from, to, theory } = request
  const logged = { recording, territory, right, known, from, to, theory }
  return askEvidence(session, {
    command: 'timeline',
    narrow: true,
    prepare: async () => prepare?.(),
    arguments: Object.fromEntries(Object.entries(logged).map(([name, value]) => [name, value ?? null])),
    ask: async (db, generation) => {
      const opened = await openTimeline(db, request)
      const first = timelineDocument(await timelineAt(opened.recording, opened.knowledge, opened.query), generation)
      for (const file of files) await writeFile(session, request, first, file)
      await show?.(await deskOf(session, request, { generation, opened, first }))
      return first
    },
    outline: (document) => ({
      known: document.known,
      rows: document.rights.reduce((sum, { segments }) => sum + segments.length, 0),
      summary: document.rights.map((lane) => `${lane.right}: ${lane.events.length} events`).join(', '),
    }),
  })
}

/** The desk of a recording in evidence that is open already. Throws as `openTimeline`. */
export async function timelineDesk(
  session: Session,
  db: Evidence,
  generation: number,
  request: TimelineRequest,
): Promise<TimelineDesk> {
  const opened = await openTimeline(db, request)
  const first = timelineDocument(await timelineAt(opened.recording, opened.knowledge, opened.query), generation)
  return deskOf(session, request, { generation, opened, first })
}

interface Opened {
  readonly generation: number
  readonly opened: OpenTimeline
  readonly first: TimelineDocument
}

async function deskOf(
  session: Session,
  asked: TimelineAsked,
  { generation, opened, first }: Opened,
): Promise<TimelineDesk> {
  const { recording, knowledge, query } = opened
  const days = await knowledgeDays(recording, knowledge)
  return {
    asked,
    first,
    knowledge: days.map(({ label }) => label),
    named: namedTerritories(recording),
    ask: async ({ known, territory }) => {
      const day = days.find(({ label }) => label === known) ?? knowledge
      return timelineDocument(await timelineAt(recording, day, { ...query, territory }), generation)
    },
    write: (document, file) => writeFile(session, asked, document, file),
  }
}

/** Refuses, before the work, what could not be written. Throws UsageError as `checkReportFiles` does. */
async function checkFiles({ cwd }: Session, files: readonly TimelineFile[]): Promise<void> {
  if (files.length === 0) return
  const { checkReportFiles } = await import('../report/index.js')
  checkReportFiles(files.map(({ name, overwrite }) => ({ path: resolve(cwd, name), name, overwrite })))
}

async function writeFile(
  { cwd, running }: Session,
  asked: TimelineAsked,
  document: TimelineDocument,
  { format, name, overwrite }: TimelineFile,
): Promise<void> {
  const { timelineHtml, timelineSvg, writeReportFile } = await import('../report/index.js')
  const { timelineReport } = await import('./views/timeline-report.js')
  const report = timelineReport(document, asked, running.program)
  const text = format === 'html' ? timelineHtml(report) : timelineSvg(report)
  writeReportFile({ path: resolve(cwd, name), name, text, overwrite })
}
