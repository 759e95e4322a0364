/** The words and figures of progress lines. */
import { cutToWidth } from './display-width.js'
import { count } from './views/words.js'

/** What is known about a phase at one moment. Rates are per second, absent while there is nothing to measure. */
export interface PhaseView {
  readonly title: string
  readonly rows: number
  readonly rejects: number
  /** Part done, 0 to 1; absent when the total is unknown. */
  readonly part?: number | undefined
  readonly rate?: number | undefined
  readonly remainingMs?: number | undefined
  readonly elapsedMs: number
}

const BAR = 20

/** One line for a terminal, at most `width` columns: `2/4 staging [####----]  45%  1,200 rows/s  ETA 12 s  3 rejected`. */
export function liveLine(view: PhaseView, width: number): string {
  const part = view.part === undefined ? [] : [`${bar(view.part)} ${String(percent(view.part)).padStart(3)}%`]
  return cutToWidth([view.title, ...part, ...figures(view)].join('  '), width)
}

/** One line for a log: `2/4 staging: 40 %, 4,000 rows, 2,000 rows/s, ETA 3 s, 0 rejected`. */
export function logLine(view: PhaseView): string {
  const part = view.part === undefined ? [] : [`${percent(view.part)} %`]
  return `${view.title}: ${[...part, ...figures(view, true)].join(', ')}`
}

/** The last line of every long work: rows, rejects, seconds, rate. */
export function finalLine(rows: number, rejects: number, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? [`${count(Math.round(rows / (elapsedMs / 1000)))} rows/s`] : []
  return `Done: ${[`${count(rows)} rows`, `${count(rejects)} rejected`, duration(elapsedMs), ...rate].join(', ')}`
}

function figures(view: PhaseView, withRows = view.part === undefined): string[] {
  // Where nothing is counted, nothing is said of it.
  const isCounted = view.part !== undefined || view.rows > 0 || view.rejects > 0
  const texts = withRows && isCounted ? [`${count(view.rows)} rows`] : []
  if (view.rate !== undefined) texts.push(`${count(Math.round(view.rate))} rows/s`)
  if (view.part === undefined) texts.push(`${duration(view.elapsedMs)} elapsed`)
  else if (view.remainingMs !== undefined) texts.push(`ETA ${duration(view.remainingMs)}`)
  if (isCounted) texts.push(`${count(view.rejects)} rejected`)
  return texts
}

function bar(part: number): string {
  const filled = Math.floor(part * BAR)
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}]`
}

/** Rounded down: 100 is only said of work that is done. */
const percent = (part: number) => Math.floor(part * 100)

/** A length of time: `0.4 s`, `12 s`, `2 min 05 s`, `1 h 02 min`. */
export function duration(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${twoDigits(seconds % 60)} s`
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

const twoDigits = (value: number) => String(value).padStart(2, '0')
