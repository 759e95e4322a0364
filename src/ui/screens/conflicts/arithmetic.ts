/** How the figures of a conflict come about, in words. */
import type { ConflictRow } from '../../../cli/conflicts-desk.js'
import type { ConflictJson } from '../../../cli/views/conflicts-document.js'
import { magnitudeInWords } from '../../../cli/views/conflicts-words.js'
import { RULES } from '../../../conflicts/index.js'

/** Rules whose total is the sum of the largest claim of each party. */
const SUMS = ['C-SHR-01', 'C-SHR-02', 'C-SHR-03', 'C-TER-01', 'C-DAT-01', 'C-PTY-03']
const HUNDRED = 100
const MILLION = 1e6

interface Claim {
  readonly party: string
  readonly feed: string
  /** Millionths of a percent. */
  readonly share: number
}

/**
 * The sum, where the rows by themselves come to the total: else (rows that count in part only) the claims, and what the total is.
 */
export function arithmetic(conflict: ConflictJson, rows: readonly ConflictRow[]): string[] {
  const { id, magnitude } = conflict
  const { total, over } = magnitude
  const words = magnitudeInWords(conflict)
  const meaning = RULES.find((rule) => rule.id === id)?.magnitude ?? 'none'
  if (total === null) return []
  const claims = largest(rows)
  if (claims.length === 0 || !SUMS.includes(id)) return [words, ...(meaning === 'none' ? [] : [`(${meaning})`])]
  const sum = claims.reduce((all, { share }) => all + share, 0)
  const each = claims.map(({ party, feed, share }) => `${party} ${percent(share)} (${feed})`)
  if (sum !== Math.round(total * MILLION)) return [`${each.join(', ')}; in all ${total} (${meaning})`]
  const rest =
    over === null || over === 0
      ? ''
      : over > 0
        ? `; ${total} - ${HUNDRED} = ${over} too much`
        : `; ${HUNDRED} - ${total} = ${-over} missing`
  return [`${each.join(' + ')} = ${total}${rest}`]
}

const percent = (millionths: number): string => String(millionths / MILLION)

/** The largest claim of each party: of what one feed states in all of its rows. */
function largest(rows: readonly ConflictRow[]): Claim[] {
  const sums = new Map<string, Claim>()
  for (const { relation, party, source, values } of rows) {
    const share = Number(values.share)
    if (relation !== 'shares' || values.share === undefined || Number.isNaN(share)) continue
    const holder = party ?? values.party_id ?? 'nobody'
    const feed = source?.feed ?? ''
    const key = `${holder}\n${feed}`
    sums.set(key, { party: holder, feed, share: (sums.get(key)?.share ?? 0) + Math.round(share * MILLION) })
  }
  const best = new Map<string, Claim>()
  for (const claim of sums.values()) {
    if (claim.share > (best.get(claim.party)?.share ?? -1)) best.set(claim.party, claim)
  }
  return [...best.values()]
}
