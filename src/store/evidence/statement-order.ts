/** In which order statements are shown. */
import type { Statement } from './statements.js'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The order in which statements of a relation are shown: by feed, then by what they say, then by knowledge and place. */
export function byFeedAndContent(a: Statement, b: Statement): number {
  const names = Object.keys(a.values)
  const differing = names.find((name) => a.values[name] !== b.values[name])
  const [x, y] = differing === undefined ? [null, null] : [a.values[differing] ?? null, b.values[differing] ?? null]
  const byValue =
    x === y
      ? 0
      : x === null
        ? -1
        : y === null
          ? 1
          : typeof x === 'number' && typeof y === 'number'
            ? x - y
            : compare(String(x), String(y))
  return (
    compare(a.source.feed, b.source.feed) ||
    byValue ||
    compare(a.known.from, b.known.from) ||
    compare(a.source.snapshot, b.source.snapshot) ||
    compare(a.source.file, b.source.file) ||
    a.source.line - b.source.line
  )
}
