/** The name that was probably meant. */

/** Single-letter edits between two short words. */
function edits(from: string, to: string): number {
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const changed = from[row - 1] === to[column - 1] ? 0 : 1
      const around = [last[column] ?? 0, current[column - 1] ?? 0]
      current.push(Math.min(...around.map((count) => count + 1), (last[column - 1] ?? 0) + changed))
    }
    last = current
  }
  return last[to.length] ?? 0
}

const bare = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** The candidate nearest to a name, case and punctuation apart, when it is near enough to be meant; else undefined. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = bare(name)
  let best: { candidate: string; distance: number } | undefined
  for (const candidate of candidates) {
    const distance = edits(wanted, bare(candidate).slice(0, 64))
    if (best === undefined || distance < best.distance) best = { candidate, distance }
  }
  const reach = wanted.length <= 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3))
  return best !== undefined && best.distance <= reach ? best.candidate : undefined
}
