/** How many rows each relation of a catalogue has, and what becomes of them in its second delivery. */

/** Rows of each relation in a thousand: most are shares, five to a work. */
const PER_THOUSAND = {
  parties: 30,
  works: 100,
  recordings: 120,
  links: 120,
  shares: 500,
  licences: 10,
  usage: 120,
}

/** Relations to which nothing refers: their rows may come and go without leaving a reference that meets nothing. */
const FREE = new Set(['links', 'shares', 'licences', 'usage'])

/** Row numbers modulo 1000 that the second delivery changes or leaves out, and how many in a thousand it adds. */
export const UPDATED = [61, 203, 347, 491, 617, 769, 907]
export const DELETED = [120, 640]
const CREATED_PER_THOUSAND = 2

/** How many numbers below `count` have one of these remainders modulo 1000. */
const countOf = (remainders, count) =>
  remainders.reduce((sum, remainder) => sum + Math.max(0, Math.ceil((count - remainder) / 1000)), 0)

/**
 * Per relation: `rows` of the first delivery and how many of them the second creates, updates and deletes; together one
 * row in a hundred. Throws when `total` is not a multiple of a thousand.
 */
export function planOf(total) {
  if (!Number.isSafeInteger(total) || total < 1000 || total % 1000 !== 0 || total > 1e9)
    throw new Error(`rows must be a multiple of 1000, at most 1e9: ${total}`)
  return Object.fromEntries(
    Object.entries(PER_THOUSAND).map(([relation, perThousand]) => {
      const rows = (total / 1000) * perThousand
      const isFree = FREE.has(relation)
      return [
        relation,
        {
          rows,
          created: isFree ? Math.floor((rows * CREATED_PER_THOUSAND) / 1000) : 0,
          updated: countOf(UPDATED, rows),
          deleted: isFree ? countOf(DELETED, rows) : 0,
        },
      ]
    }),
  )
}
