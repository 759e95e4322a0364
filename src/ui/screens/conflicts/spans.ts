/** A small timeline: when each row says that it holds, and when they contradict each other. */
import type { ConflictRow } from '../../../cli/conflicts-desk.js'
import type { ConflictJson } from '../../../cli/views/conflicts-document.js'
import { plural } from '../../../cli/views/words.js'
import { parseCalendarDate } from '../../../model/dates/calendar.js'
import { dayNumber } from '../../../model/dates/day-numbers.js'
import { inWidth } from '../../brush.js'

interface Span {
  readonly name: string
  readonly from: string | null
  readonly to: string | null
  readonly sign: string
}

const NAMES = 19
const MOST_ROWS = 8
/** Days before the first and after the last date that is named. */
const MARGIN = 60

/** Empty where nothing has a date. `=` a row holds, `#` the conflict; an end that is open reaches the margin, with an arrow. */
export function spanLines(conflict: ConflictJson, rows: readonly ConflictRow[], width: number): string[] {
  const own = rows.slice(0, MOST_ROWS).map(
    ({ values, party, source }, index): Span => ({
      name: `row ${index + 1} ${values.share ?? ''} ${party ?? source?.feed ?? ''}`,
      from: values.valid_from ?? null,
      to: values.valid_to ?? null,
      sign: '=',
    }),
  )
  const spans = [...own, { name: 'conflict', from: conflict.from, to: conflict.to, sign: '#' }]
  const days = spans.flatMap(({ from, to }) => [from, to].flatMap((date) => dayOf(date) ?? []))
  if (days.length === 0) return []
  const [from, to] = [Math.min(...days) - MARGIN, Math.max(...days) + MARGIN]
  const plot = Math.max(10, width - NAMES)
  const columnOf = (day: number): number => Math.floor(((day - from) * plot) / (to - from))
  const lines = spans.map((span) => {
    const [begins, ends] = [dayOf(span.from), dayOf(span.to)]
    const first = begins === null ? 0 : columnOf(begins)
    const next = Math.max(first + 1, ends === null ? plot : columnOf(ends))
    const bar = span.sign.repeat(next - first)
    const drawn = `${begins === null ? '<' : bar[0]}${bar.slice(1, -1)}${bar.length > 1 ? (ends === null ? '>' : bar.at(-1)) : ''}`
    return `${inWidth(span.name, NAMES - 1)} ${' '.repeat(first)}${drawn}`
  })
  const more = rows.length > MOST_ROWS ? [`${plural(rows.length - MOST_ROWS, 'row')} more`] : []
  const dates = [...new Set(spans.flatMap((span) => [span.from, span.to].flatMap((date) => date ?? [])))].sort()
  return [...lines, ...more, `${' '.repeat(NAMES)}${dates[0]} ${dates.length > 1 ? `… ${dates.at(-1)}` : ''}`.trimEnd()]
}

/** The first day that a date can mean; null for none. */
function dayOf(date: string | null): number | null {
  const parsed = date === null ? null : parseCalendarDate(date)
  return parsed === null ? null : dayNumber(parsed.first)
}
