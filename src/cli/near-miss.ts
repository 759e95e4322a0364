/** "Did you mean": words close to a mistyped one. */

/**
 * The candidates within reach of a mistyped word, nearest first and then in the given order, at most three: one edit for
 * words up to four letters, two for longer ones, or the word being the beginning of the candidate. An edit adds, drops or
 * changes a letter, or swaps two neighbours; case does not count.
 */
export function nearMisses(word: string, candidates: Iterable<string>): string[] {
  const typed = word.toLowerCase()
  const reach = typed.length <= 4 ? 1 : 2
  const near: { candidate: string; distance: number }[] = []
  for (const candidate of candidates) {
    const target = candidate.toLowerCase()
    const isBeginning = typed.length >= 2 && target.startsWith(typed)
    const isClose = Math.abs(target.length - typed.length) <= reach
    const edits = isClose ? editDistance(typed, target) : Number.POSITIVE_INFINITY
    const distance = isBeginning ? Math.min(edits, reach) : edits
    if (distance <= reach) near.push({ candidate, distance })
  }
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate)
}

/** Edits between two words, neighbours swapped counting as one (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const changed = from[row - 1] === to[column - 1] ? 0 : 1
      let best = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + changed)
      const isSwapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      if (isSwapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1)
      current.push(best)
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? 0
}
