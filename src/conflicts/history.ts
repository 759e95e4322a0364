/**
 * Since when a contradiction stood, and until when: the rules that found it run again over its facts alone, as known after each receipt
 * that touched them, backwards until it is gone (and, for an earlier date of knowledge, forwards).
 */
import { displayInstant } from '../model/dates/instants.js'
import type { Evidence } from '../store/duckdb.js'
import { canonicalInstant, type Knowledge } from '../store/evidence/knowledge.js'
import { largeBench } from './bench.js'
import { evaluate } from './evaluate.js'
import type { ConflictBench } from './facts.js'
import type { KnownInterval } from './finding.js'
import factSubjects from './frame/fact_subjects.sql'
import sorted from './frame/sorted.sql'
import { restsOn } from './frame.js'
import type { Chosen } from './resolve.js'
import type { Rule } from './rule.js'

export interface HistoryOptions {
  readonly findings: readonly Chosen[]
  readonly knowledge: Knowledge
  readonly bench: ConflictBench
  readonly rules: readonly Rule[]
  /** The facts that are kept are those of the findings already. */
  readonly isFocused: boolean
}

/** The known interval of each finding, in the same order. The findings stand in `told_findings`. */
export async function knownIntervals(db: Evidence, options: HistoryOptions): Promise<KnownInterval[]> {
  const { findings, knowledge, isFocused } = options
  if (findings.length === 0) return []
  const bench = isFocused ? options.bench : await benchOfFindings(db, findings)
  const before = `TIMESTAMP '${knowledge.before.replace('Z', '')}'`
  const receipts = await receiptsOf(bench)
  const earlier = (
    await bench.rows(`SELECT CAST(max(received) AS VARCHAR) AS moment FROM snapshots WHERE received < ${before}`)
  )[0]?.moment
  const past = receipts.filter(({ at }) => instant(at) < knowledge.before)
  const future = receipts.filter(({ at }) => instant(at) >= knowledge.before)
  const run = new Run(bench, options)
  const from = await run.backwards(past)
  const to = await run.forwards(future)
  const fallback = earlier == null ? null : shown(String(earlier))
  return findings.map(({ identity }) => ({
    knownFrom: from.get(identity) ?? fallback,
    knownTo: to.get(identity) ?? null,
  }))
}

/** Keeps the statements on which the findings rest. */
async function benchOfFindings(db: Evidence, findings: readonly Chosen[]): Promise<ConflictBench> {
  const last = Math.max(...findings.map(({ row }) => Number(row.place)))
  await db.run(`CREATE OR REPLACE TEMP TABLE history_findings AS SELECT * FROM told_findings WHERE place <= ${last};
    CREATE OR REPLACE TEMP TABLE history_subjects AS ${factSubjects}`)
  return largeBench(db, { subjects: { query: 'SELECT subject FROM history_subjects' } })
}

const instant = (at: string): string => canonicalInstant(at)
const shown = (at: string): string => displayInstant(instant(at))

/** Just after a receipt. */
const after = (at: string): Knowledge => ({
  label: shown(at),
  before: instant(at).replace(
    /(?:\.(\d+))?Z$/,
    (_, part: string | undefined) => `.${(part ?? '').padEnd(6, '0').slice(0, 5)}9Z`,
  ),
})

/** An instant at which something that is kept became known or ceased to be, or a delivery came. */
interface Receipt {
  readonly at: string
  /** Relations whose statements changed then. */
  readonly moved: ReadonlySet<string>
}

/** Oldest first. */
async function receiptsOf({ stored, ...db }: ConflictBench): Promise<Receipt[]> {
  const relations = [
    'recordings',
    'works',
    'parties',
    'links',
    'shares',
    'licences',
    'affiliations',
    'takedowns',
    'usage',
    'agreements',
  ]
  const kept = relations
    .filter((name) => stored.has(name))
    .flatMap((name) =>
      ['known_from', 'known_to'].map((end) => `SELECT '${name}' AS relation, ${end} AS moment FROM kept_${name}`),
    )
  const delivered = `SELECT 'snapshots' AS relation, received AS moment FROM snapshots WHERE snapshot_no IN (
    SELECT TRY_CAST(split_part(ref, ':', 2) AS INTEGER) FROM (SELECT unnest(refs) AS ref FROM told_findings) AS r
    WHERE ref LIKE 'snapshots:%' OR ref LIKE 'rejects:%')`
  const rows =
    await db.rows(`SELECT CAST(moment AS VARCHAR) AS moment, to_json(list(DISTINCT relation))::VARCHAR AS moved
    FROM (${[...kept, delivered].join(' UNION ')}) AS receipts WHERE moment IS NOT NULL GROUP BY moment ORDER BY moment`)
  return rows.map((row) => ({ at: String(row.moment), moved: new Set(JSON.parse(String(row.moved)) as string[]) }))
}

class Run {
  readonly #open: ReadonlySet<string>

  constructor(
    private readonly bench: ConflictBench,
    private readonly options: HistoryOptions,
  ) {
    this.#open = new Set(options.findings.map(({ identity }) => identity))
  }

  /** By identity: the receipt from which it stood without a break until the date of knowledge. */
  async backwards(receipts: readonly Receipt[]): Promise<Map<string, string>> {
    const since = new Map<string, string>()
    let open: ReadonlySet<string> = this.#open
    let later: Receipt | undefined
    for (const receipt of [...receipts].reverse()) {
      if (open.size === 0) break
      // As known after the last receipt they stand: that is how they were found.
      if (later !== undefined) open = await this.#standing(receipt.at, open, later.moved)
      for (const identity of open) since.set(identity, shown(receipt.at))
      later = receipt
    }
    return since
  }

  /** By identity: the first receipt after the date of knowledge with which it was gone. */
  async forwards(receipts: readonly Receipt[]): Promise<Map<string, string>> {
    const until = new Map<string, string>()
    let open: ReadonlySet<string> = this.#open
    for (const { at, moved } of receipts) {
      if (open.size === 0) break
      const standing = await this.#standing(at, open, moved)
      for (const identity of open) if (!standing.has(identity)) until.set(identity, shown(at))
      open = standing
    }
    return until
  }

  /** Those of the open ones that stand then; what moved is all that differs from when they stood. */
  async #standing(at: string, open: ReadonlySet<string>, moved: ReadonlySet<string>): Promise<ReadonlySet<string>> {
    const { findings } = this.options
    const wanted = new Set(findings.filter(({ identity }) => open.has(identity)).map(({ rule }) => rule))
    const asked = this.options.rules.filter(
      (rule) => wanted.has(rule.id) && [...restsOn(rule)].some((relation) => moved.has(relation)),
    )
    if (asked.length === 0) return open
    await evaluate(this.bench, after(at), { rules: asked })
    const rows = await this.bench.rows(`SELECT DISTINCT identity FROM (${sorted}) AS s`)
    const found = new Set(rows.map(({ identity }) => String(identity)))
    const ruleOf = new Map(findings.map(({ identity, rule }) => [identity, rule]))
    const isAsked = new Set(asked.map(({ id }) => id))
    return new Set([...open].filter((identity) => found.has(identity) || !isAsked.has(ruleOf.get(identity) ?? '')))
  }
}
