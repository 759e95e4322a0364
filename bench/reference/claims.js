/** The claims at a cell: providers, kinds, chains, parties (domain 1.5, "Which rows are counted"). */
import { WHOLE } from './amounts.js'
import { holds } from './dates.js'
import { isIn } from './territories.js'

/** In the order in which a kind is chosen; manuscript shares never count. */
const KINDS = ['licensing', 'collection', 'ownership']

/** The claimant "public domain". */
export const PUBLIC_DOMAIN = 'public domain'

/**
 * @typedef {object} Provider one feed's rows for one of its works, as far as they count at the cell
 * @property {string} feed
 * @property {Map<string, number>} claims party to share in millionths of a percent
 * @property {Set<string>} administrators parties that a counted row names with role administrator
 */

const canCount = ({ kind, role }) => KINDS.includes(kind) && role !== 'income-participant'

/** The first of the kinds that one of the rows has. */
const firstKind = (rows) => KINDS.find((kind) => rows.some((row) => row.kind === kind))

function grouped(rows, keyOf) {
  const groups = new Map()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return groups
}

/** Whether a row claims anything: a share that can be, for a party or for the public domain. */
const isClaim = ({ status, party, share }) =>
  share !== null && share >= 0 && share <= WHOLE && (party !== null || status === 'public-domain')

/** The claims of a provider that count: of each chain those of the first kind that the chain has. */
function countedRows(rows) {
  return [...grouped(rows.filter(isClaim), ({ chain }) => chain).values()].flatMap((chain) => {
    const kind = firstKind(chain)
    return chain.filter((row) => row.kind === kind)
  })
}

/** Who claims by a claim. */
const claimantOf = ({ status, party }, partyOf) => (status === 'public-domain' ? PUBLIC_DOMAIN : partyOf(party))

/** What a party claims by its rows: their sum; of a group the largest on each non-empty chain. */
function claimOf(rows, isGroup) {
  const sum = (some) => some.reduce((total, { share }) => total + share, 0)
  if (!isGroup) return sum(rows)
  const chains = grouped(rows, ({ chain }) => chain)
  return [...chains].reduce(
    (total, [chain, some]) => total + (chain === '' ? sum(some) : Math.max(...some.map(({ share }) => share))),
    0,
  )
}

/** @returns {Provider} */
function providerOf(feed, rows, identity) {
  const partyOf = (party) => identity.of('party', feed, party)
  const counted = countedRows(rows)
  const claims = new Map()
  const administrators = new Set()
  const byClaimant = grouped(counted, (row) => claimantOf(row, partyOf))
  for (const [claimant, some] of byClaimant) {
    claims.set(claimant, claimOf(some, identity.isGroup(claimant)))
    if (some.some(({ role }) => role === 'administrator')) administrators.add(claimant)
  }
  return { feed, claims, administrators }
}

/**
 * The providers that take part at a cell, with what each claims.
 * @param {{feed: string, rows: Record<string, any>[]}[]} works share rows of each feed's works that are this work
 * @param {import('./identity.js').Identity} identity
 * @param {{right: string, territory: string, on: string}} cell
 * @param {'first' | 'last'} reading of partial dates
 * @returns {{kind: string | undefined, providers: Provider[]}} no kind: no visible provider
 */
export function claimsAt(works, identity, { right, territory, on }, reading) {
  const visible = works.map(({ feed, rows }) => ({
    feed,
    rows: rows.filter(
      (row) => canCount(row) && row.right === right && holds(row, on, reading) && isIn(row.territories, territory, on),
    ),
  }))
  const rows = visible.flatMap((work) => work.rows)
  const kind = firstKind(rows.filter(isClaim)) ?? firstKind(rows)
  // Who claims takes part by a claim; who claims nothing, by any row.
  const speaking = ({ rows: own }) => (own.some(isClaim) ? own.filter(isClaim) : own)
  const taking = visible.filter((work) => speaking(work).some((row) => row.kind === kind))
  return { kind, providers: taking.map((work) => providerOf(work.feed, work.rows, identity)) }
}
