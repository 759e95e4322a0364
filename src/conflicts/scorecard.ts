/** How often each provider is contradicted by the others, year by year of knowledge. */
import type { Evidence } from '../store/duckdb.js'
import { type Knowledge, resolveKnowledge } from '../store/evidence/knowledge.js'
import { largeBench } from './bench.js'
import { evaluate } from './evaluate.js'
import foundFeeds from './frame/found_feeds.sql'
import scorecardSql from './frame/scorecard.sql'
import { askedRules, type ConflictsRequest } from './request.js'

export interface Score {
  readonly provider: string
  /** Works and recordings that the provider states. */
  readonly stated: number
  /** Those of them in which rows of another provider stand against its own. */
  readonly contradicted: number
  readonly against: readonly { readonly provider: string; readonly contradicted: number }[]
}

export interface Scorecard {
  /** As known on this day. */
  readonly known: string
  readonly scores: readonly Score[]
}

/**
 * The scorecard at the end of each year in which anything was received, and at the date of knowledge. Counts works and recordings with a
 * conflict of the asked kinds in which rows of two providers take part. Throws as `conflicts` does.
 */
export async function scorecards(db: Evidence, request: ConflictsRequest): Promise<Scorecard[]> {
  const rules = askedRules(request)
  const last = await resolveKnowledge(db, request.known)
  const bench = await largeBench(db, { subjects: null })
  const cards: Scorecard[] = []
  for (const knowledge of await yearsUntil(db, last)) {
    await evaluate(bench, knowledge, { rules })
    await db.run(`CREATE OR REPLACE TEMP TABLE found_feeds AS ${foundFeeds}`)
    cards.push({ known: knowledge.label, scores: scoresOf(await db.rows(scorecardSql)) })
  }
  return cards
}

async function yearsUntil(db: Evidence, last: Knowledge): Promise<Knowledge[]> {
  const rows = await db.rows(
    `SELECT DISTINCT CAST(year(received) AS VARCHAR) AS received_in FROM snapshots WHERE received < $before::TIMESTAMP ORDER BY received_in`,
    { before: last.before.replace('Z', '') },
  )
  const ends = rows
    .map((row) => `${String(row.received_in).padStart(4, '0')}-12-31`)
    .filter((day) => day < last.label.slice(0, 10))
  return [...(await Promise.all(ends.map((day) => resolveKnowledge(db, day)))), last]
}

function scoresOf(rows: readonly Record<string, unknown>[]): Score[] {
  return rows
    .filter(({ other }) => other === null)
    .map(({ provider, things, contradicted }) => ({
      provider: String(provider),
      stated: Number(things),
      contradicted: Number(contradicted),
      against: rows
        .filter((row) => row.provider === provider && row.other !== null)
        .map((row) => ({ provider: String(row.other), contradicted: Number(row.contradicted) })),
    }))
}
