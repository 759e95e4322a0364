/** A rule file over the history of a feed, snapshot by snapshot: how many alerts there would have been, when and for whom. */
import { freshName } from '../diff/index.js'
import { findFeed } from '../snapshots/index.js'
import type { Evidence } from '../store/duckdb.js'
import { compileRules } from './compile/compile.js'
import { badRules, rulesFor, shapeOf } from './dry-run.js'
import { type Evaluation, evaluate } from './evaluate/evaluate.js'
import { dedupeIdentity, subjectIdentity } from './evaluate/identity.js'
import type { RuleSet } from './rules/model.js'
import { feedSources } from './sources/feed.js'

export interface BacktestSnapshot {
  readonly snapshot: string
  /** Canonical instant. */
  readonly received: string
  readonly changes: number
  readonly alerts: number
  readonly suppressed: number
}

export interface BacktestRule {
  readonly alerts: number
  readonly suppressed: number
  readonly matched: number
  readonly cannotEvaluate: number
  /** Snapshots in which it raised alerts. */
  readonly snapshots: number
  /** Most alerts of one snapshot, and which. */
  readonly storm: { readonly snapshot: string; readonly alerts: number } | null
}

export interface Backtest {
  readonly feed: string
  readonly snapshots: readonly BacktestSnapshot[]
  readonly rules: ReadonlyMap<string, BacktestRule>
  /** Day of receipt → owner → alerts. */
  readonly days: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Pairs of rules about single changes: how often both matched the same change. */
  readonly overlaps: readonly { readonly a: string; readonly b: string; readonly both: number }[]
}

export interface BacktestOptions {
  readonly feed: string
  /** Canonical instants: received at or after, and before. */
  readonly from: string | null
  readonly to: string | null
}

const NO_OWNER = '(no owner)'

/**
 * Periods run over what this backtest itself raised, from its first snapshot on: what was recorded before does not count.
 * Throws InputError `bad-rules`, NotFoundError `unknown-feed`.
 */
export async function backtest(db: Evidence, set: RuleSet, { feed, from, to }: BacktestOptions): Promise<Backtest> {
  const { feedNo } = await findFeed(db, feed)
  const listed = await db.rows(
    `SELECT snapshot, received FROM snapshots WHERE feed_no = $feedNo AND (received >= $from::TIMESTAMP OR $from IS NULL)
       AND (received < $to::TIMESTAMP OR $to IS NULL)
     ORDER BY received, published, sequence NULLS FIRST, content_sha256`,
    { feedNo, from: from?.replace('Z', '') ?? null, to: to?.replace('Z', '') ?? null },
  )
  const raised = freshName(db, 'backtest_alerts')
  await db.run(`CREATE TEMP TABLE ${raised} (rule VARCHAR, identity VARCHAR, subject VARCHAR, received TIMESTAMP)`)
  const tally = new Tally(set)
  for (const { snapshot } of listed) {
    const { sources, received } = await feedSources(db, set, feed, String(snapshot))
    const counts = { changes: 0, alerts: 0, suppressed: 0 }
    for (const { relation, source } of sources) {
      const compiled = await compileRules(db, set, shapeOf(source), rulesFor(set, relation, sources))
      if (compiled.problems.length > 0) throw badRules(set.file, compiled.problems)
      const evaluation = await evaluate(db, compiled, { ...source, earlier: raised })
      try {
        tally.add(evaluation, String(snapshot), received, counts)
        await tally.addOverlaps(evaluation)
        await keep(evaluation, raised)
      } finally {
        await evaluation.dispose()
      }
    }
    tally.snapshots.push({ snapshot: String(snapshot), received, ...counts })
  }
  await db.run(`DROP TABLE ${raised}`)
  return { feed, snapshots: tally.snapshots, rules: tally.rules, days: tally.days, overlaps: tally.overlaps() }
}

async function keep({ db, alerts, frames, source }: Evaluation, raised: string): Promise<void> {
  for (const [one, { from }] of frames) {
    const identities = `SELECT position, ${dedupeIdentity(one, source.changes)} AS identity, ${subjectIdentity(one, source.changes)} AS subject FROM ${from}`
    await db.run(
      `INSERT INTO ${raised} SELECT $rule, f.identity, f.subject, $received::TIMESTAMP FROM ${alerts} a JOIN (${identities}) f ON f.position = a.position
       WHERE a.rule_no = ${one.number} AND a.state = 'raised'`,
      { rule: one.rule.id, received: source.received?.replace('Z', '') ?? null },
    )
  }
}

class Tally {
  readonly snapshots: BacktestSnapshot[] = []
  readonly rules = new Map<string, BacktestRule>()
  readonly days = new Map<string, Map<string, number>>()
  readonly #overlaps = new Map<string, number>()

  constructor(set: RuleSet) {
    for (const { id } of set.rules)
      this.rules.set(id, { alerts: 0, suppressed: 0, matched: 0, cannotEvaluate: 0, snapshots: 0, storm: null })
  }

  add(
    evaluation: Evaluation,
    snapshot: string,
    received: string,
    total: { changes: number; alerts: number; suppressed: number },
  ): void {
    total.changes += evaluation.changes
    for (const [{ rule }, counts] of evaluation.counts) {
      const before = this.rules.get(rule.id)
      if (before === undefined) continue
      const { alerts, suppressed, matched, cannotEvaluate } = counts
      total.alerts += alerts
      total.suppressed += suppressed
      const isStorm = alerts > (before.storm?.alerts ?? 0)
      this.rules.set(rule.id, {
        alerts: before.alerts + alerts,
        suppressed: before.suppressed + suppressed,
        matched: before.matched + matched,
        cannotEvaluate: before.cannotEvaluate + cannotEvaluate,
        snapshots: before.snapshots + (alerts > 0 ? 1 : 0),
        storm: isStorm ? { snapshot, alerts } : before.storm,
      })
      if (alerts === 0) continue
      const day = this.days.get(received.slice(0, 10)) ?? new Map<string, number>()
      const owner = rule.owner ?? NO_OWNER
      this.days.set(received.slice(0, 10), day.set(owner, (day.get(owner) ?? 0) + alerts))
    }
  }

  async addOverlaps({ db, hits, compiled }: Evaluation): Promise<void> {
    const single = compiled.rules.filter(({ rule }) => rule.on !== 'group' && rule.on !== 'snapshot')
    if (single.length < 2) return
    const numbers = single.map(({ number }) => number).join(', ')
    const rows = await db.rows(
      `SELECT a.rule_no AS a, b.rule_no AS b, count(*) AS n FROM ${hits} a JOIN ${hits} b ON a.position = b.position AND a.rule_no < b.rule_no
       WHERE a.verdict AND b.verdict AND a.rule_no IN (${numbers}) AND b.rule_no IN (${numbers}) GROUP BY ALL ORDER BY ALL`,
    )
    const idOf = (number: unknown) => single.find((one) => one.number === number)?.rule.id ?? ''
    for (const { a, b, n } of rows) {
      const pair = JSON.stringify([idOf(a), idOf(b)])
      this.#overlaps.set(pair, (this.#overlaps.get(pair) ?? 0) + Number(n))
    }
  }

  overlaps(): Backtest['overlaps'] {
    return [...this.#overlaps]
      .map(([pair, both]) => {
        const [a, b] = JSON.parse(pair) as [string, string]
        return { a, b, both }
      })
      .sort((x, y) => y.both - x.both || (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1))
  }
}
