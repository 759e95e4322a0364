/** To what degree was a recording licensed: in a territory, on a day, as known on a date (domain.md 1.5). */
import { UsageError } from '../errors.js'
import { parseCalendarDate } from '../model/dates/calendar.js'
import { resolveTerritory } from '../model/territories/codes.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { type Knowledge, resolveKnowledge } from '../store/evidence/knowledge.js'
import { type Answer, readAnswer } from './answer.js'
import { RecordingCase, RIGHTS, type Right } from './ask.js'
import { type Change, changesBetween } from './changes.js'
import { type Composite, compositeOf } from './composite.js'
import { parseTheories, type Theory } from './theories.js'

export interface LicensedRequest {
  readonly recording: string
  readonly on: string
  readonly territory: string
  readonly right?: string | undefined
  /** A date of knowledge, or two with `..` between them. */
  readonly known?: string | undefined
  readonly knownCurve?: boolean | undefined
  readonly theory?: string | undefined
}

export interface LicensedResult {
  readonly recording: { readonly isrc: string | null; readonly title: string | null; readonly artist: string | null }
  readonly on: string
  readonly known: string
  readonly territory: string
  readonly answer: Answer
  readonly composite: Composite | null
  readonly theories: readonly Theory[]
  readonly feeds: readonly { readonly feed: string; readonly snapshot: string }[]
  readonly changes?: readonly Change[]
  readonly curve?: readonly { readonly known: string; readonly answer: Answer }[]
}

/**
 * Answers for one recording.
 * Throws NotFoundError `unknown-recording`; UsageError for a day, territory, right, theory or date of knowledge that
 * cannot be read, and for knowledge after the last receipt.
 */
export async function licensed(db: Evidence, request: LicensedRequest): Promise<LicensedResult> {
  const on = readDay(request.on)
  const territory = readTerritory(request.territory)
  const rights = readRights(request.right)
  const theories = parseTheories(request.theory)
  const [from, to] = readKnown(request.known)
  const start = from === null ? null : await resolveKnowledge(db, from)
  const knowledge = await resolveKnowledge(db, to)
  const feeds = feedsKnown(db, knowledge)
  // Needs nothing of the recording; what goes wrong is told when it is awaited.
  feeds.catch(() => undefined)
  const recording = await RecordingCase.open(db, request.recording, { at: knowledge })
  const answerAt = async (at: Knowledge): Promise<Answer> => {
    await recording.workOut(at, { territory, days: [on], rights, theories })
    return readAnswer(recording, { territory, on, rights })
  }
  const curve = request.knownCurve === true ? await curveUpTo(recording, knowledge, answerAt) : undefined
  const changes = start === null ? undefined : await changesBetween(recording, start, knowledge, answerAt)
  const answer = await answerAt(knowledge)
  return {
    recording: nameOf(recording),
    on,
    known: knowledge.label,
    territory,
    answer,
    composite: await compositeOf(recording, answer, on),
    theories,
    feeds: await feeds,
    ...(changes === undefined ? {} : { changes }),
    ...(curve === undefined ? {} : { curve }),
  }
}

export function readDay(text: string): string {
  const day = parseCalendarDate(text)
  if (day === null || day.first !== day.last) {
    throw new UsageError(`"${text}" is no day.`, {
      code: 'day-unreadable',
      suggestions: ['Write a date such as 2019-06-01'],
    })
  }
  return day.first
}

/** ISO alpha-2 of one country, from any spelling of it. Throws UsageError for groups and for what is no country. */
export function readTerritory(text: string): string {
  const { kind, key } = resolveTerritory(text)
  if (kind === 'country') return key
  const isGroup = kind === 'group' || kind === 'world'
  throw new UsageError(
    isGroup
      ? `"${text}" is a group of territories: licences differ within it, so ask for one country at a time.`
      : `"${text}" is no territory of today's ISO 3166-1 or TIS tables.`,
    { code: isGroup ? 'territory-group' : 'unknown-territory', suggestions: ['Write a country such as US, FR or GB'] },
  )
}

export function readRights(text: string | undefined): readonly Right[] {
  if (text === undefined || text === 'all') return RIGHTS
  const right = RIGHTS.find((one) => one === text)
  if (right !== undefined) return [right]
  throw new UsageError(`There is no right "${text}".`, {
    code: 'unknown-right',
    suggestions: [`Rights are ${RIGHTS.join(', ')} and all`],
  })
}

function readKnown(text: string | undefined): [from: string | null, to: string | undefined] {
  if (text === undefined || !text.includes('..')) return [null, text]
  const [from = '', to = ''] = text.split('..')
  if (from === '' || (to !== '' && from > to)) {
    throw new UsageError(`--known ${text} does not run from an earlier to a later date.`, {
      code: 'known-unreadable',
      suggestions: ['Write two dates such as 2019-07-09..2020-02-01'],
    })
  }
  return [from, to === '' ? undefined : to]
}

/** How the recording is called: as the first feed by name writes it, newest statement first. */
export function nameOf({ facts }: RecordingCase): LicensedResult['recording'] {
  const rows = [...(facts.statements.recordings ?? [])].sort((a, b) =>
    a.source.feed !== b.source.feed ? (a.source.feed < b.source.feed ? -1 : 1) : a.known.from < b.known.from ? 1 : -1,
  )
  const first = (column: string): string | null => {
    const value = rows.map(({ values }) => values[column]).find((each) => each != null)
    return value == null ? null : String(value)
  }
  const asked = facts.readings.find(({ as }) => as === 'isrc')?.normalised
  return { isrc: asked ?? first('isrc')?.split('|')[0] ?? null, title: first('title'), artist: first('artist') }
}

/** The last snapshot of each feed that had been received, by feed. */
export async function feedsKnown(db: Evidence, knowledge: Knowledge): Promise<LicensedResult['feeds']> {
  const before = `TIMESTAMP ${literal(knowledge.before.replace('Z', ''))}`
  const rows = await db.rowsAside(
    `SELECT feed, arg_max(snapshot, (published, received, sequence, snapshot)) AS snapshot
     FROM snapshots JOIN feeds USING (feed_no) WHERE received < ${before} GROUP BY feed ORDER BY feed`,
  )
  return rows.map((row) => ({ feed: String(row.feed), snapshot: String(row.snapshot) }))
}

/** The answer at each date of knowledge that changed it, up to one. */
async function curveUpTo(
  recording: RecordingCase,
  last: Knowledge,
  answerAt: (at: Knowledge) => Promise<Answer>,
): Promise<{ known: string; answer: Answer }[]> {
  const { knowledgeSteps, sameAnswer } = await import('./changes.js')
  const curve: { known: string; answer: Answer }[] = []
  for (const step of knowledgeSteps(recording, last)) {
    const answer = await answerAt(step)
    const previous = curve.at(-1)
    if (previous === undefined || !sameAnswer(previous.answer, answer)) curve.push({ known: step.label, answer })
  }
  return curve
}
