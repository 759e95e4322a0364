/** "Did you mean": names close to one that is not known. */

/** How a kind of name is compared. */
interface Manner {
  /** What of a name is compared. */
  plain(name: string): string
  /** Edits at most for a name of so many characters. */
  reach(length: number): number
  /** A name that begins with what was typed counts as near, however long it is. */
  readonly takesBeginnings: boolean
}

/** Words that people type: short, and often not to their end. */
const TYPED: Manner = {
  plain: (word) => word.toLowerCase(),
  reach: (length) => (length <= 4 ? 1 : 2),
  takesBeginnings: true,
}

/** More characters than any name has that was meant; comparing takes the square of their number. */
const LONGEST = 64

/** Names in files: columns, keys; punctuation apart, since `Work-ID` is `work_id`. */
const WRITTEN: Manner = {
  plain: (name) =>
    name
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
      .slice(0, LONGEST),
  reach: (length) => (length <= 4 ? 1 : Math.max(2, Math.floor(length / 3))),
  takesBeginnings: false,
}

/**
 * The candidates within reach of a mistyped word, nearest first and then in the given order, at most three: one edit for
 * words up to four letters, two for longer ones, or the word being the beginning of the candidate. An edit adds, drops or
 * changes a letter, or swaps two neighbours; case does not count.
 */
export const nearMisses = (word: string, candidates: Iterable<string>): string[] =>
  within(word, candidates, TYPED).slice(0, 3)

/** The candidate nearest to a name, case and punctuation apart, when it is near enough to be meant; else undefined. */
export const nearestName = (name: string, candidates: Iterable<string>): string | undefined =>
  within(name, candidates, WRITTEN)[0]

/** The candidates within reach, nearest first and then in the given order. */
function within(word: string, candidates: Iterable<string>, { plain, reach, takesBeginnings }: Manner): string[] {
  const wanted = plain(word)
  const most = reach(wanted.length)
  const near: { candidate: string; distance: number }[] = []
  for (const candidate of candidates) {
    const target = plain(candidate)
    const isBeginning = takesBeginnings && wanted.length >= 2 && target.startsWith(wanted)
    const isClose = Math.abs(target.length - wanted.length) <= most
    const edits = isClose ? editDistance(wanted, target) : Number.POSITIVE_INFINITY
    const distance = isBeginning ? Math.min(edits, most) : edits
    if (distance <= most) near.push({ candidate, distance })
  }
  return near.sort((a, b) => a.distance - b.distance).map(({ candidate }) => candidate)
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
