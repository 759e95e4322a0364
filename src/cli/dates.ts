/** Flags that take a day or an instant. */
import { UsageError } from '../errors.js'
import { parseInstant } from '../model/dates/instants.js'

/** The instant that a flag names, canonical; undefined without it. Throws UsageError `bad-date`. */
export function instantOf(flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const instant = parseInstant(text)
  if (instant !== null) return instant
  throw new UsageError(`--${flag} takes a date or an instant, not "${text}".`, {
    code: 'bad-date',
    excerpt: text,
    suggestions: ['Write 2019-06-01 or 2019-06-01T12:00:00Z'],
  })
}
