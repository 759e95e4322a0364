/** Filters of a question: years, territories, licensing status on a day, conflicts, kinds. */
import { UsageError } from '../../errors.js'
import { parseCalendarDate } from '../../model/dates/calendar.js'
import { DOCUMENT_KINDS, type DocumentKind } from '../../store/search/document.js'

export const STATUSES = ['fully-licensed', 'partly-licensed', 'not-licensed', 'undetermined'] as const
export type StatusFilter = (typeof STATUSES)[number]

export interface Filters {
  readonly kind?: DocumentKind
  /** First and last year of first release, both included. */
  readonly years?: { readonly first: number; readonly last: number }
  /** As typed; who asks the evidence checks it. */
  readonly territory?: string
  readonly status?: StatusFilter
  readonly on?: string
  readonly known?: string
  /** Ids of rules, by commas, as typed. */
  readonly conflict?: string
}

export const FILTER_NAMES = ['kind', 'year', 'territory', 'status', 'on', 'known', 'conflict'] as const

const refused = (message: string, suggestion: string): UsageError =>
  new UsageError(message, { code: 'query-filter', suggestions: [suggestion] })

/** The filters with one more. Throws UsageError `query-filter`. */
export function withFilter(filters: Filters, name: string, value: string, isNot: boolean): Filters {
  if (isNot)
    throw refused(`-${name}: is not possible.`, 'Use `-` with words and with title:, artist:, writer: and label:')
  switch (name) {
    case 'kind': {
      const kind = DOCUMENT_KINDS.find((one) => one === value.toLowerCase())
      if (kind === undefined) throw refused(`kind: takes recording, work or party, not "${value}".`, 'Write kind:work')
      return { ...filters, kind }
    }
    case 'year':
      return { ...filters, years: yearsOf(value) }
    case 'status': {
      const status = STATUSES.find((one) => one === value.toLowerCase())
      if (status === undefined)
        throw refused(`status: does not know "${value}".`, `It is one of ${STATUSES.join(', ')}`)
      return { ...filters, status }
    }
    case 'on':
    case 'known': {
      if (parseCalendarDate(value) === null)
        throw refused(`${name}: takes a date, not "${value}".`, `Write ${name}:2019-06-01`)
      return { ...filters, [name]: value }
    }
    case 'conflict':
      if (value === '') throw refused('conflict: takes the id of a rule.', 'Write conflict:C-SHR-01')
      return { ...filters, conflict: value }
    default:
      if (value === '') throw refused('territory: takes a country.', 'Write territory:US')
      return { ...filters, territory: value }
  }
}

function yearsOf(value: string): { first: number; last: number } {
  const [, from, to] = /^(\d{4})(?:(?:-|\.\.)(\d{4}))?$/.exec(value) ?? []
  const [first, last] = [Number(from), Number(to ?? from)]
  if (from === undefined || first > last) {
    throw refused(`year: takes a year or a range of years, not "${value}".`, 'Write year:1999 or year:1990-1999')
  }
  return { first, last }
}
