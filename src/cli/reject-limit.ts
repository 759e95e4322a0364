import { UsageError } from '../errors.js'
import type { RejectLimit } from '../ingest/index.js'

/** Reads `--max-rejects`: `20` lines, or `0.5%` of the data lines. Throws UsageError `bad-flag` for anything else. */
export function parseRejectLimit(text: string): RejectLimit {
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())
  if (percent !== null && Number(percent[1]) <= 100) return { percent: Number(percent[1]) }
  if (/^\d{1,15}$/.test(text.trim())) return { lines: Number(text) }
  throw new UsageError(`--max-rejects takes a number of lines or a percentage, not "${text}".`, {
    code: 'bad-flag',
    excerpt: text,
    suggestions: ['Write --max-rejects 20 or --max-rejects 0.5%'],
  })
}
