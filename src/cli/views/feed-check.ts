/** The answer of `recital feed check`. */
import type { FeedCheck, Verdict } from '../../snapshots/index.js'
import type { Output } from '../output.js'
import { marksOf, type OverrideDocument, overridesOf } from './feed.js'
import { type GuardDocument, guardDocument, guardLines } from './guards.js'
import { plural } from './words.js'

export interface FeedCheckDocument {
  kind: 'recital.feed.check'
  version: 1
  feed: string
  /** The worst of what nobody has decided about. */
  verdict: Verdict
  /** When it was asked whether the feed is stale. */
  asOf: string
  /** What is seen of the feed as a whole. */
  guards: GuardDocument[]
  /** In the order of publication. */
  snapshots: {
    id: string
    published: string
    received: string
    scope: string
    late: boolean
    partial: boolean
    /** Null where it came before there were guards. */
    verdict: Verdict | null
    quarantined: boolean
    mode: 'warn' | 'enforce' | null
    guards: GuardDocument[]
    overrides: OverrideDocument[]
  }[]
}

export const feedCheckDocument = ({ feed, verdict, asOf, findings, snapshots }: FeedCheck): FeedCheckDocument => ({
  kind: 'recital.feed.check',
  version: 1,
  feed,
  verdict,
  asOf,
  guards: findings.map(guardDocument),
  snapshots: snapshots.map(({ id, published, received, scope, late, partial, judgement }) => ({
    id,
    published,
    received,
    scope,
    late,
    partial,
    verdict: judgement?.verdict ?? null,
    quarantined: judgement?.held ?? false,
    mode: judgement?.mode ?? null,
    guards: (judgement?.findings ?? []).map(guardDocument),
    overrides: overridesOf({ judgement }),
  })),
})

/** Every snapshot with its verdict, and below it what was seen, the threshold and what to do. */
export function printFeedCheck({ feed, verdict, asOf, guards, snapshots }: FeedCheckDocument, out: Output): void {
  out.line(out.colors.bold(`${feed}: ${verdict}`))
  for (const line of guardLines(guards)) out.safe(`  ${line}`)
  for (const one of snapshots) {
    out.line()
    out.line(`${one.id}  ${out.colors.bold(one.verdict ?? 'not judged')}  ${marksOf(one)}`)
    for (const line of guardLines(one.guards)) out.safe(`  ${line}`)
    for (const { reason, by, at } of one.overrides) out.safe(`  taken in by ${by} on ${at.slice(0, 10)}: ${reason}`)
  }
  out.line()
  out.line(`${plural(snapshots.length, 'snapshot')}, as of ${asOf}`)
}
