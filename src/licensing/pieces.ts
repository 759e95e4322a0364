/** A range of time cut into pieces in each of which nothing that is known begins or ends. */
import { dateOfNumber, dayNumber } from '../model/dates/day-numbers.js'
import type { RecordingCase } from './ask.js'

/** Half-open days; null is open. */
export interface Piece {
  readonly from: string | null
  readonly to: string | null
  /** A day in it, at which it is worked out. */
  readonly day: string
}

/** Days on which anything that is known may begin or end. */
export async function cutsOf(recording: RecordingCase): Promise<string[]> {
  const dated = ['links', 'shares', 'licences', 'affiliations', 'takedowns']
  const ends = ['from_first', 'from_last', 'to_first', 'to_last']
  const selects = dated.flatMap((name) => ends.map((end) => `SELECT ${end} AS day FROM known_${name}`))
  const territories = dated.slice(1).map((name) => `SELECT territories FROM known_${name}`)
  const groups = ['valid_from', 'valid_to'].map(
    (end) => `SELECT ${end} FROM territory_sets WHERE territories IN (${territories.join(' UNION ')})`,
  )
  const rows = await recording.relation(
    `SELECT DISTINCT CAST(day AS VARCHAR) AS day FROM (${selects.join(' UNION ')} UNION ${groups.join(' UNION ')})
     WHERE day IS NOT NULL ORDER BY day`,
  )
  return rows.map(({ day }) => String(day))
}

/** Any day, for a recording of which no date is known. */
const SOME_DAY = '2000-01-01'

/** The pieces of a range, oldest first; together they are the range. */
export function cutRange(
  { from, to }: { readonly from: string | null; readonly to: string | null },
  cuts: readonly string[],
): Piece[] {
  const inner = cuts.filter((cut) => (from === null || cut > from) && (to === null || cut < to))
  return [from, ...inner].map((start, index): Piece => {
    const end = inner[index] ?? to
    return { from: start, to: end, day: start ?? (end === null ? SOME_DAY : dateOfNumber(dayNumber(end) - 1)) }
  })
}
