/** Filters that the index cannot answer: hits are confirmed one by one against the evidence, the best first. */
import { UsageError } from '../../errors.js'
import { type LicensedResult, licensed, sqlUsageOf } from '../../licensing/index.js'
import { type LocalId, localSubjects } from '../../lookup/index.js'
import { resolveTerritory, type TerritoryCode } from '../../model/territories/codes.js'
import { territoryPieces } from '../../model/territories/expand.js'
import type { Evidence } from '../../store/duckdb.js'
import { catalogueOf } from '../../store/evidence/catalogue.js'
import { sqlPicked } from '../../store/evidence/picked.js'
import type { Filters } from '../query/filters.js'
import type { Hit } from './hit.js'

/** Hits that are looked at before it is said that there may be more. */
export const MOST_EXAMINED = 200

/** Hits whose conflicts are worked out together. */
const AT_ONCE = 50

export interface Confirmed {
  readonly hits: readonly Hit[]
  /** How many hits were looked at. */
  readonly examined: number
  /** There were more that nobody looked at. */
  readonly isCut: boolean
}

export interface ConfirmContext {
  readonly filters: Filters
  readonly limit: number
  readonly signal: AbortSignal
}

/** Whether answering needs the evidence, not only the index. */
export const needsEvidence = ({ territory, status, conflict }: Filters): boolean =>
  territory !== undefined || status !== undefined || conflict !== undefined

/** Refuses filters that say too little or too much together. Throws UsageError `query-filter`. */
export function checkFilters({ status, territory, on, known, conflict }: Filters): void {
  const refuse = (message: string): never => {
    throw new UsageError(message, {
      code: 'query-filter',
      suggestions: ['Write all three, e.g. status:not-licensed territory:US on:2019-06-01'],
    })
  }
  if (status !== undefined && (territory === undefined || on === undefined)) {
    refuse('status: needs to know where and when: territory: and on:.')
  }
  if (status === undefined && (on !== undefined || (known !== undefined && conflict === undefined))) {
    refuse(`${on === undefined ? 'known' : 'on'}: says when status: is asked for, and there is none.`)
  }
  if (territory !== undefined && countryOf(territory) === null) {
    throw new UsageError(`territory: takes a country, not "${territory}".`, {
      code: 'query-filter',
      suggestions: ['Write an ISO code, e.g. territory:US'],
    })
  }
}

const countryOf = (text: string): TerritoryCode | null => {
  const code = resolveTerritory(text.toUpperCase())
  return code.kind === 'country' ? code : null
}

/** The hits that pass, in their order, `limit` at most. */
export async function confirm(db: Evidence, hits: readonly Hit[], context: ConfirmContext): Promise<Confirmed> {
  const { filters, limit, signal } = context
  const passed: Hit[] = []
  let examined = 0
  while (examined < hits.length) {
    if (passed.length >= limit || examined >= MOST_EXAMINED) break
    signal.throwIfAborted()
    const next = hits.slice(examined, examined + (filters.conflict === undefined ? 1 : AT_ONCE))
    for (const hit of await inConflict(db, next, filters)) {
      if (passed.length < limit && (await passes(db, hit, filters))) passed.push(hit)
    }
    examined += next.length
  }
  return { hits: passed, examined, isCut: examined < hits.length }
}

/** Those of the hits on which a conflict of the kind bears, in the country and as known then, where these are named. */
async function inConflict(db: Evidence, hits: readonly Hit[], filters: Filters): Promise<readonly Hit[]> {
  const { conflict, territory, status, known } = filters
  if (conflict === undefined) return hits
  // 46 statements that no other question needs.
  const { amongInConflict } = await import('../../conflicts/index.js')
  const where = status === undefined && territory !== undefined ? (countryOf(territory)?.key ?? territory) : undefined
  return amongInConflict(db, hits, { id: conflict, territory: where, known })
}

async function passes(db: Evidence, hit: Hit, filters: Filters): Promise<boolean> {
  if (filters.status === undefined && (filters.conflict !== undefined || filters.territory === undefined)) return true
  return filters.status === undefined ? isNamedIn(db, hit, filters.territory ?? '') : hasStatus(db, hit, filters)
}

/** Whether a recording has the status; works and parties have none. */
async function hasStatus(
  db: Evidence,
  hit: Hit,
  { status, territory = '', on = '', known }: Filters,
): Promise<boolean> {
  if (hit.kind !== 'recording') return false
  const result: LicensedResult = await licensed(db, { recording: hit.id, on, territory, known })
  return result.answer.status === status
}

/** Whether statements reach into a country: usage of a recording, shares of a work. Parties have no territory. */
async function isNamedIn(db: Evidence, hit: Hit, territory: string): Promise<boolean> {
  const country = countryOf(territory)
  const rows = country === null || hit.kind === 'party' ? null : await territoriesOf(db, hit)
  if (country === null || rows === null) return false
  const found = await db.rows<{ text: string | null }>(`SELECT DISTINCT text FROM (${rows})`)
  return found.some(({ text }) => covers(text, country.key))
}

/** SQL for the territory texts of what stands about a recording or work; null where nothing can. */
async function territoriesOf(db: Evidence, { kind, feeds, code }: Hit): Promise<string | null> {
  const ids = feeds.map(({ feed, id }): LocalId => [feed, id])
  const stands = 'r.known_to IS NULL'
  if (kind === 'recording') {
    const isrcs = code?.as === 'isrc' ? [code.text] : []
    return sqlUsageOf(db, { ids, isrcs }, ['r.territory AS text'], stands)
  }
  const { speakers } = await catalogueOf(db)
  const spoken = ids.filter(([feed]) => speakers.get('shares')?.has(feed))
  if (spoken.length === 0) return null
  const picked = {
    table: 'statements.shares',
    key: 'subject',
    columns: ['r.territories AS text'],
    conditions: [stands],
  }
  return sqlPicked(
    picked,
    localSubjects('shares', spoken).map(({ sql }) => sql),
  )
}

function covers(text: string | null, key: string): boolean {
  return territoryPieces(text).some(({ set }) => set.has(key))
}
