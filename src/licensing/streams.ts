/**
 * Streams of a recording beside the status that its use had: as it was known at the end of each period (the diagonal of
 * use and knowledge), and with the knowledge of a later date (hindsight). domain.md 3.2, Q9 and Q10.
 */
import { nextDay } from '../model/dates/calendar.js'
import { endOfDay } from '../model/dates/instants.js'
import type { Evidence, Row } from '../store/duckdb.js'
import { KNOWN_AT, type Knowledge, resolveKnowledge } from '../store/evidence/knowledge.js'
import type { Status } from './answer.js'
import { RecordingCase, type Right } from './ask.js'
import { type LicensedResult, nameOf, readRights, readTerritory } from './licensed.js'
import { parseTheories, type Theory } from './theories.js'
import { sqlUsageOf } from './usage.js'

export interface StreamsRequest {
  readonly recording: string
  readonly territory?: string | undefined
  readonly right?: string | undefined
  readonly known?: string | undefined
  readonly theory?: string | undefined
}

/** A period in which the status moved has none: `mixed`. Nothing had been received yet: `undetermined`. */
export type StreamStatus = Status | 'mixed'

export interface StreamedPeriod {
  /** ISO alpha-2, or the text of the usage where that is no country. */
  readonly territory: string
  /** First day and last day of the period, both in it. */
  readonly first: string
  readonly last: string
  readonly streams: bigint
  /** As known at the end of the period. */
  readonly asKnown: StreamStatus
  /** As known at the date that was asked for. */
  readonly hindsight: StreamStatus
}

export interface StreamsResult {
  readonly recording: LicensedResult['recording']
  readonly known: string
  readonly rights: readonly Right[]
  readonly theories: readonly Theory[]
  readonly periods: readonly StreamedPeriod[]
}

/** ISO alpha-2 of the territory with the most streams of a recording, by all usage that stands; null without usage. */
export async function mostStreamedTerritory(
  db: Evidence,
  recording: RecordingCase,
  knowledge: Knowledge,
): Promise<string | null> {
  await recording.see(knowledge)
  const rows = await usageOf(db, recording, 'r.known_to IS NULL', {})
  const sums = new Map<string, bigint>()
  for (const { territory, streams } of rows) {
    const country = String(territory)
    if (/^[A-Z]{2}$/.test(country)) sums.set(country, (sums.get(country) ?? 0n) + BigInt(String(streams)))
  }
  const sorted = [...sums].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x > y ? -1 : 1))
  return sorted[0]?.[0] ?? null
}

/** One row per territory and period of the recording's usage, as it is identified by what is seen. */
async function usageOf(
  db: Evidence,
  recording: RecordingCase,
  condition: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Row[]> {
  const columns = ['r.territory', 'r.period', 'r.period_last', 'r.streams']
  const rows = await sqlUsageOf(db, await recording.names(), columns, condition)
  if (rows === null) return []
  return db.rows(
    `SELECT territory, period::VARCHAR AS first, coalesce(period_last, period)::VARCHAR AS last, sum(streams) AS streams
     FROM (${rows}) GROUP BY ALL ORDER BY ALL`,
    parameters,
  )
}

/** Throws as `licensed` does. */
export async function streams(db: Evidence, request: StreamsRequest): Promise<StreamsResult> {
  const rights = readRights(request.right)
  const theories = parseTheories(request.theory)
  const asked = request.territory === undefined ? null : readTerritory(request.territory)
  const knowledge = await resolveKnowledge(db, request.known)
  const recording = await RecordingCase.open(db, request.recording, { at: knowledge })
  await recording.see(knowledge)
  const usage = await usageOf(db, recording, KNOWN_AT, { before: knowledge.before.replace('Z', '') })
  const periods: StreamedPeriod[] = []
  for (const row of usage) {
    const [territory, first, last] = [String(row.territory), String(row.first), String(row.last)]
    if (asked !== null && territory !== asked) continue
    const statusAt = (at: Knowledge) => statusIn(recording, at, { territory, first, last, rights, theories })
    const diagonal = earlier({ label: last, before: endOfDay(last) ?? knowledge.before }, knowledge)
    periods.push({
      territory,
      first,
      last,
      streams: BigInt(String(row.streams)),
      asKnown: await statusAt(diagonal),
      hindsight: await statusAt(knowledge),
    })
  }
  return { recording: nameOf(recording), known: knowledge.label, rights, theories, periods }
}

const earlier = (a: Knowledge, b: Knowledge): Knowledge => (a.before < b.before ? a : b)

interface Period {
  readonly territory: string
  readonly first: string
  readonly last: string
  readonly rights: readonly Right[]
  readonly theories: readonly Theory[]
}

/** The status on every day of a period, `mixed` where it moved. A territory that is no country is undetermined. */
async function statusIn(recording: RecordingCase, at: Knowledge, period: Period): Promise<StreamStatus> {
  if (!/^[A-Z]{2}$/.test(period.territory)) return 'undetermined'
  const days: string[] = []
  for (let day: string | null = period.first; day !== null && day <= period.last; day = nextDay(day)) days.push(day)
  await recording.workOut(at, { ...period, days })
  const rows = await recording.relation('SELECT DISTINCT status FROM recording_statuses')
  return rows.length === 1 ? (String(rows[0]?.status) as Status) : 'mixed'
}
