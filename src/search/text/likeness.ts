/** How alike two words are. Both are folded before. */

/** Whether one letter put in, left out, replaced or swapped with its neighbour makes one word the other. */
export function isOneStepAway(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let start = 0
  while (start < short.length && short[start] === long[start]) start += 1
  if (long.length > short.length) return short.slice(start) === long.slice(start + 1)
  if (short.slice(start + 1) === long.slice(start + 1)) return true
  return (
    short[start] === long[start + 1] &&
    short[start + 1] === long[start] &&
    short.slice(start + 2) === long.slice(start + 2)
  )
}

/**
 * Jaro–Winkler similarity, 0 to 1 (Winkler 1990: prefix weight 0.1, at most four characters).
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const [x, y] = [[...a], [...b]]
  if (x.length === 0 || y.length === 0) return 0
  const reach = Math.max(0, Math.floor(Math.max(x.length, y.length) / 2) - 1)
  const isTaken = new Array<boolean>(y.length).fill(false)
  const matched = x.flatMap((character, index) => {
    for (let at = Math.max(0, index - reach); at <= Math.min(y.length - 1, index + reach); at += 1) {
      if (isTaken[at] === true || y[at] !== character) continue
      isTaken[at] = true
      return [character]
    }
    return []
  })
  if (matched.length === 0) return 0
  const other = y.filter((_, index) => isTaken[index])
  const swapped = matched.filter((character, index) => character !== other[index]).length / 2
  const m = matched.length
  const jaro = (m / x.length + m / y.length + (m - swapped) / m) / 3
  let prefix = 0
  while (prefix < 4 && prefix < x.length && x[prefix] === y[prefix]) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}
