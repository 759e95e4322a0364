/** Who contradicts whom, by how much, since when, and what to do next (domain.md 2). */
import { NotFoundError } from '../errors.js'
import { nearMisses } from '../model/text/near-miss.js'
import type { Evidence } from '../store/duckdb.js'
import { type Knowledge, resolveKnowledge } from '../store/evidence/knowledge.js'
import type { Workbench } from '../store/small-workbench.js'
import { largeBench, openBench } from './bench.js'
import { evaluate } from './evaluate.js'
import type { ConflictBench } from './facts.js'
import type { Finding } from './finding.js'
import { FOCUS_READS, gatherSubjects, makeFocus } from './focus.js'
import { knownIntervals } from './history.js'
import {
  askedRight,
  askedRules,
  askedSubject,
  askedTerritory,
  type ConflictsRequest,
  DEFAULT_LIMIT,
  rulesAboutThings,
} from './request.js'
import { choose, readChosen, resolveFindings } from './resolve.js'
import type { Rule } from './rule.js'

export interface ConflictsResult {
  readonly known: string
  readonly since: string | null
  /** Findings by rule, of those that were asked about; rules without findings are left out. */
  readonly counts: ReadonlyMap<string, number>
  /** The first of them, in order. */
  readonly findings: readonly Finding[]
  /** Findings that were counted and, for the limit, are not told. */
  readonly leftOut: number
  /** Findings that stood at `since` and are no more; null without `since`. */
  readonly disappeared: readonly Finding[] | null
}

export interface ConflictsOptions {
  /** Work it out where the whole catalogue is, however few statements it rests on. */
  readonly isLarge?: boolean
  readonly onProgress?: (progress: { done: number; of: number }) => void
}

/**
 * Finds conflicts. Throws UsageError for what cannot be read and for knowledge after the last receipt, NotFoundError for a
 * recording, work, party or feed that nobody mentions.
 */
export async function conflicts(
  db: Evidence,
  request: ConflictsRequest,
  { isLarge = false, onProgress }: ConflictsOptions = {},
): Promise<ConflictsResult> {
  const knowledge = await resolveKnowledge(db, request.known)
  const since = request.since === undefined ? null : await resolveKnowledge(db, request.since)
  await checkFeed(db, request.feed)
  const subject = askedSubject(request)
  const rules = subject === null ? askedRules(request) : rulesAboutThings(askedRules(request))
  const bench =
    subject === null
      ? await largeBench(db, { subjects: null })
      : await openBench(db, () => gatherSubjects(db, subject), {
          at: since ?? knowledge,
          isLarge,
        })
  const search = new Search(bench, request, { rules, onProgress })
  if (since !== null) {
    await search.at(since)
    await bench.run('CREATE OR REPLACE TEMP TABLE sorted_before AS SELECT * FROM sorted_findings')
  }
  await search.at(knowledge)
  await compare(bench, since !== null)
  const counts = await countsOf(bench)
  const limit = limitOf(request)
  const told = await readChosen(bench, 'told_findings', limit)
  const findings = await resolveFindings({ db, bench }, 'told_findings', told)
  const disappeared =
    since === null
      ? null
      : await resolveFindings({ db, bench }, 'gone_findings', await readChosen(bench, 'gone_findings', limit))
  const intervals = await knownIntervals(db, { findings: told, knowledge, bench, rules, isFocused: subject !== null })
  return {
    known: knowledge.label,
    since: since?.label ?? null,
    counts,
    findings: findings.map((finding, index) => ({ ...finding, ...intervals[index] })),
    leftOut: [...counts.values()].reduce((sum, each) => sum + each, 0) - told.length,
    disappeared,
  }
}

/** Throws NotFoundError `unknown-feed`. */
async function checkFeed(db: Evidence, feed: string | undefined): Promise<void> {
  if (feed === undefined) return
  const feeds = (await db.rows('SELECT feed FROM feeds ORDER BY feed')).map((row) => String(row.feed))
  if (feeds.includes(feed)) return
  const near = nearMisses(feed, feeds)
  throw new NotFoundError(`There is no feed "${feed}".`, {
    code: 'unknown-feed',
    excerpt: feed,
    suggestions: [...near.map((one) => `Did you mean ${one}?`), `Feeds are ${feeds.join(', ')}`],
  })
}

const limitOf = ({ limit }: ConflictsRequest): number | null =>
  limit === undefined ? DEFAULT_LIMIT : limit === 0 ? null : limit

/** Makes `told_findings`, those that are told, and `gone_findings`, those that stood before and are no more. */
async function compare(db: Workbench, isCompared: boolean): Promise<void> {
  const fresh = isCompared ? 'WHERE identity NOT IN (SELECT identity FROM sorted_before)' : ''
  await db.run(`CREATE OR REPLACE TEMP TABLE told_findings AS SELECT * FROM sorted_findings ${fresh};
    ${isCompared ? 'CREATE OR REPLACE TEMP TABLE gone_findings AS SELECT * FROM sorted_before WHERE identity NOT IN (SELECT identity FROM sorted_findings)' : ''}`)
}

async function countsOf(db: Workbench): Promise<Map<string, number>> {
  const rows = await db.rows('SELECT rule, count(*) AS n FROM told_findings GROUP BY rule ORDER BY rule')
  return new Map(rows.map(({ rule, n }) => [String(rule), Number(n)]))
}

interface SearchOptions {
  readonly rules: readonly Rule[]
  readonly onProgress: ConflictsOptions['onProgress']
}

class Search {
  constructor(
    private readonly bench: ConflictBench,
    private readonly request: ConflictsRequest,
    private readonly options: SearchOptions,
  ) {}

  /** Makes `sorted_findings`, the findings as known then. */
  async at(knowledge: Knowledge): Promise<void> {
    const { rules, onProgress } = this.options
    const subject = askedSubject(this.request)
    const meant = subject === null ? [] : FOCUS_READS
    await evaluate(this.bench, knowledge, { rules, meant, ...(onProgress === undefined ? {} : { onProgress }) })
    if (subject !== null) await makeFocus(this.bench, subject)
    await choose(this.bench, {
      rules,
      focus: subject?.kind ?? null,
      territory: askedTerritory(this.request),
      right: askedRight(this.request),
      feed: this.request.feed ?? null,
    })
  }
}
