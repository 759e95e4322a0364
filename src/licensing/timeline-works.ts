/** How the degree of each work of a recording moved through time, whatever its weight in the recording. */
import type { Row } from '../store/duckdb.js'
import type { Statement } from '../store/evidence/statements.js'
import { type Degree, degreeOf, type WorkAnswer, workIdentities, workName } from './answer.js'
import type { RecordingCase, Right } from './ask.js'
import type { Piece } from './pieces.js'
import timelineWorkFacts from './sql/timeline_work_facts.sql'
import timelineWorks from './sql/timeline_works.sql'
import { distinctStatements } from './standing.js'

export interface WorkSegment extends Degree {
  readonly from: string | null
  readonly to: string | null
  /** What stood in it and bears on the work. */
  readonly statements: readonly Statement[]
}

export interface WorkLane {
  readonly work: WorkAnswer['work']
  /** Oldest first; neighbours differ; a gap is a time in which no feed says that the recording embodies the work. */
  readonly segments: readonly WorkSegment[]
}

/** The works by right, at the pieces that were worked out last, in the order of their identities. */
export async function workLanes(
  recording: RecordingCase,
  pieces: readonly Piece[],
): Promise<ReadonlyMap<string, readonly WorkLane[]>> {
  const rows = await recording.relation(timelineWorks)
  const facts = groupBy(
    await recording.relation(timelineWorkFacts),
    ({ day, right, work }) => `${day} ${right} ${work}`,
  )
  const statementsAt = (row: Row): Statement[] =>
    (facts.get(`${row.day} ${row.right} ${row.work}`) ?? []).map(({ row_id }) => recording.statement(row_id))
  const identities = await workIdentities(recording)
  const byRight = groupBy(rows, (row) => String(row.right) as Right)
  const lanes = [...byRight].map(([right, ofRight]) => {
    const byWork = [...groupBy(ofRight, (row) => String(row.work))].sort(([a], [b]) => (a < b ? -1 : 1))
    return [
      right,
      byWork.map(([work, ofWork]) => ({
        work: workName(recording, identities, work, String(ofWork[0]?.work_id)),
        segments: segmentsOf(pieces, ofWork, statementsAt),
      })),
    ] as const
  })
  return new Map(lanes)
}

function groupBy<K>(rows: readonly Row[], keyOf: (row: Row) => K): Map<K, Row[]> {
  const groups = new Map<K, Row[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group === undefined) groups.set(keyOf(row), [row])
    else group.push(row)
  }
  return groups
}

const FIGURES = ['licensed', 'exempt', 'unlicensed', 'unknown', 'disputed', 'atMost', 'reason'] as const

function segmentsOf(
  pieces: readonly Piece[],
  rows: readonly Row[],
  statementsAt: (row: Row) => readonly Statement[],
): WorkSegment[] {
  const byDay = new Map(rows.map((row) => [String(row.day), row]))
  const segments: WorkSegment[] = []
  for (const { from, to, day } of pieces) {
    const row = byDay.get(day)
    if (row === undefined) continue
    const segment: WorkSegment = { from, to, ...degreeOf(row), statements: distinctStatements(statementsAt(row)) }
    const last = segments.at(-1)
    const isSame = last?.to === from && FIGURES.every((name) => last[name] === segment[name])
    if (last === undefined || !isSame) segments.push(segment)
    else {
      const statements = distinctStatements([...last.statements, ...segment.statements])
      segments[segments.length - 1] = { ...last, to, statements }
    }
  }
  return segments
}
