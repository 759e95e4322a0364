/** The value formats of CWR 2.x: blanks, shares (999v99), dates (YYYYMMDD) and durations (HHMMSS). */
import { parseCalendarDate } from '../../model/dates/calendar.js'
import type { FieldKind } from './layout.js'

/** Cuts blanks only, no-break and other wide ones too: control characters are part of what the provider wrote. */
export const trimBlanks = (text: string): string => {
  let from = 0
  let to = text.length
  while (from < to && isBlank(text.charCodeAt(from))) from += 1
  while (to > from && isBlank(text.charCodeAt(to - 1))) to -= 1
  return text.slice(from, to)
}

const isBlank = (code: number): boolean =>
  code === 0x20 || code === 0xa0 || (code >= 0x1680 && /\p{Zs}/u.test(String.fromCharCode(code)))

export const isZeros = (text: string): boolean => /^0+$/.test(text)

/** What a share cell says; a blank does not speak, an explicit 00000 does. */
export type ShareCell =
  | { says: 'nothing' }
  | { says: 'share'; percent: string; raw: string }
  | { says: 'unreadable'; raw: string }

/**
 * Reads a share cell of five digits with two implied decimals (999v99): `05000` is `50.00` percent. Anything but five
 * digits may come from a cut or shifted line, where a guess would turn 25 into 0.25 or 250, so it is unreadable.
 */
export const readShare = (cell: string): ShareCell => {
  if (trimBlanks(cell) === '') return { says: 'nothing' }
  if (!/^[0-9]{5}$/.test(cell)) return { says: 'unreadable', raw: cell }
  return { says: 'share', percent: `${Number(cell.slice(0, 3))}.${cell.slice(3)}`, raw: cell }
}

/**
 * Reads YYYYMMDD as `2019-06-01`; `20190600` and `20190000`, which files use for "some time in", as the partial dates
 * `2019-06` and `2019`. Null when the text is no such date.
 */
export const readDate = (text: string): string | null => {
  const [, year = '', month = '', day = ''] = /^([0-9]{4})([0-9]{2})([0-9]{2})$/.exec(text) ?? []
  if (month === '00' && day !== '00') return null
  const stated = [year, month, day].filter((part) => part !== '00').join('-')
  return parseCalendarDate(stated) === null ? null : stated
}

/** Reads HHMMSS as `HH:MM:SS`; null when it is no time of day. */
export const readTime = (text: string): string | null => {
  const [, hours = '', minutes = '', seconds = ''] = /^([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(text) ?? []
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  return `${hours}:${minutes}:${seconds}`
}

/** Reads HHMMSS as a length in whole milliseconds; null when it is none. Hours have no upper limit. */
export const readDuration = (text: string): string | null => {
  const [, hours = '', minutes = '', seconds = ''] = /^([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(text) ?? []
  if (hours === '' || Number(minutes) > 59 || Number(seconds) > 59) return null
  return String(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000)
}

/** Whether a full-width cell looks as its kind should; only used to choose between two ways of counting positions. */
export const isPlausible = (kind: FieldKind, cell: string): boolean => {
  if (trimBlanks(cell) === '') return true
  switch (kind) {
    case 'share':
      return /^[01][0-9]{4}$/.test(cell)
    case 'date':
    case 'time':
    case 'number':
      return /^[0-9]+$/.test(cell)
    case 'ipi':
      return /^ *[0-9]+$/.test(cell)
    case 'flag':
      return /^[A-Z]$/.test(cell)
    case 'code':
    case 'private':
    case 'text':
      return !cell.startsWith(' ') && !cell.includes('\ufffd')
  }
}
