/** Figures over samples. */

const ascending = (numbers) => [...numbers].sort((a, b) => a - b)

/** The middle one, or the mean of the two in the middle. Throws for no numbers. */
export function median(numbers) {
  if (numbers.length === 0) throw new Error('median of nothing')
  const sorted = ascending(numbers)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The smallest number that at least `percent` of all do not exceed (nearest rank). Throws for no numbers. */
export function percentile(numbers, percent) {
  if (numbers.length === 0) throw new Error('percentile of nothing')
  return ascending(numbers)[Math.max(0, Math.ceil((percent / 100) * numbers.length) - 1)]
}

/** p where y grows like x^p between two points: 1 is linear, 0 is constant, 2 is quadratic. */
export const growthExponent = ([x1, y1], [x2, y2]) => Math.log(y2 / y1) / Math.log(x2 / x1)
