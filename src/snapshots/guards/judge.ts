/**
 * The verdicts on the snapshots of a feed. They are a pure function of the set of its snapshots, in the order of their
 * publication, of the settings of each and of the overrides: never of the order in which they were loaded. So a delivery
 * that finds its place before others has those judged again, and one of them may come into quarantine or out of it.
 */
import { storedRelations } from '../../store/evidence/schema.js'
import { archivedRelation, type FoldContext, loadFeedSnapshots } from '../history.js'
import { bySpeaking } from '../order.js'
import { compareDeliveries } from './compare.js'
import { columnFacts, loadFacts, type RelationFacts, recordFacts } from './facts.js'
import { loadFiles } from './files.js'
import { type GuardFinding, verdictOf } from './finding.js'
import { lookForColumns } from './look/columns.js'
import { lookForCuts, lookForNothing, lookForPlateaus, lookForRepetition } from './look/content.js'
import { lookForLostBlocks, lookForMassChange, lookForOwners } from './look/mass.js'
import { lookForHeaderDrift, lookForKeyDrift, lookForRepeatedKeys } from './look/shape.js'
import { lookForDisorder, lookForGaps, lookForStaleness } from './look/time.js'
import { GUARD_NAMES } from './names.js'
import { type Judgement, loadJudgements, NOT_JUDGED, recordVerdict } from './record.js'
import type { FeedSnapshot, Guard, GuardView, RelationView } from './view.js'

/** Guards of a whole snapshot. */
const OF_SNAPSHOTS: readonly Guard[] = [
  lookForNothing,
  lookForCuts,
  lookForGaps,
  lookForStaleness,
  lookForDisorder,
  lookForRepetition,
]

/** Guards of one relation at a time, while what changed in it is at hand. */
const OF_RELATIONS: readonly Guard[] = [
  lookForPlateaus,
  lookForHeaderDrift,
  lookForRepeatedKeys,
  lookForKeyDrift,
  lookForMassChange,
  lookForLostBlocks,
  lookForOwners,
  lookForColumns,
]

type Context = Pick<FoldContext, 'db' | 'archive'>

export interface Judged {
  /** What was concluded of the snapshot that was asked about. */
  readonly judgement: Judgement
  /** Numbers of all snapshots, it perhaps among them, that came into quarantine or out of it. */
  readonly moved: readonly number[]
}

/**
 * Judges a registered snapshot and all that hang on it, and keeps the verdicts.
 * Its settings must be recorded (`recordSettings`), its archive written.
 */
export async function judgeSnapshot(context: Context, snapshotNo: number): Promise<Judged> {
  const feed = await loadFeed(context, snapshotNo)
  const { snapshots, judgements } = feed
  const own = snapshots.find((one) => one.snapshotNo === snapshotNo)
  const moved: number[] = []
  for (let index = firstToJudge(snapshots, judgements, own); index < snapshots.length; index++) {
    const snapshot = snapshots[index]
    if (snapshot === undefined) break
    const judgement = await judge(context, feed, index)
    await recordVerdict(context.db, snapshot.snapshotNo, judgement)
    judgements.set(snapshot.snapshotNo, judgement)
    if (judgement.held !== snapshot.held) moved.push(snapshot.snapshotNo)
    snapshots[index] = { ...snapshot, held: judgement.held }
  }
  const judgement = judgements.get(snapshotNo)
  if (judgement === undefined) throw new Error('a snapshot was not judged')
  return { judgement, moved }
}

interface Feed {
  /** In the order of publication. */
  readonly snapshots: FeedSnapshot[]
  readonly judgements: Map<number, Judgement>
}

async function loadFeed(context: Context, snapshotNo: number): Promise<Feed> {
  const folded = (await loadFeedSnapshots(context.db, snapshotNo)).sort(bySpeaking)
  const feedNo = folded[0]?.feedNo ?? 0
  const facts = await loadFacts(context.db, feedNo)
  const files = await loadFiles(context.db, feedNo)
  const snapshots = folded.map((one): FeedSnapshot => {
    const { partial = false, format = '', files: own = [] } = files.get(one.snapshotNo) ?? {}
    return { ...one, partial, format, files: own, facts: facts.get(one.snapshotNo) ?? new Map() }
  })
  return { snapshots, judgements: await loadJudgements(context.db, feedNo) }
}

/**
 * Whoever was published before a snapshot is judged without it, except that it may now be known to have arrived late.
 * Where some were never judged, all are.
 */
function firstToJudge(
  snapshots: readonly FeedSnapshot[],
  judgements: ReadonlyMap<number, Judgement>,
  own: FeedSnapshot | undefined,
): number {
  const place = own === undefined ? 0 : snapshots.indexOf(own)
  const first = snapshots.findIndex(
    (one) => !judgements.has(one.snapshotNo) || (own !== undefined && mayMind(one, own)),
  )
  return first < 0 ? place : Math.min(first, place)
}

/** Received after it, or with the same dates. */
const mayMind = (one: FeedSnapshot, own: FeedSnapshot): boolean =>
  one.received > own.received || (one.received === own.received && one.published === own.published)

async function judge(context: Context, feed: Feed, index: number): Promise<Judgement> {
  const { db } = context
  const { snapshots, judgements } = feed
  const relations = (await storedRelations(db)).filter(({ name }) => snapshots[index]?.scopes.has(name))
  const facts = new Map<string, RelationFacts>()
  for (const relation of relations) facts.set(relation.name, await factsOf(context, feed, index, relation))
  const snapshot = { ...(snapshots[index] as FeedSnapshot), facts }
  snapshots[index] = snapshot
  const { mode, checks, overrides = [] } = judgements.get(snapshot.snapshotNo) ?? NOT_JUDGED
  const common = { db, snapshot, checks, earlier: snapshots.slice(0, index), later: snapshots.slice(index + 1) }
  const findings: GuardFinding[] = []
  const look = async (guards: readonly Guard[], view: GuardView) => {
    for (const guard of guards) findings.push(...(await guard(view)))
  }
  const views: RelationView[] = []
  for (const relation of relations) {
    const one = await relationView(context, feed, index, relation)
    views.push(one)
    await look(OF_RELATIONS, { ...common, snapshot: snapshots[index] as FeedSnapshot, relations: [one] })
  }
  await look(OF_SNAPSHOTS, { ...common, snapshot: snapshots[index] as FeedSnapshot, relations: views })
  const counted = levelled(findings, checks.levels)
  const verdict = verdictOf(counted)
  const held = verdict === 'quarantine' && mode === 'enforce' && overrides.length === 0
  return { mode, checks, overrides, verdict, held, findings: counted }
}

/** What the settings make of the findings, in the order of the guards. */
function levelled(findings: readonly GuardFinding[], levels: Judgement['checks']['levels']): GuardFinding[] {
  const compare = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '', 'en')
  return findings
    .flatMap((finding) => {
      const level = levels[finding.guard]
      if (level === 'off') return []
      return [level === undefined ? finding : { ...finding, level }]
    })
    .map((finding, place) => ({ finding, place }))
    .sort(
      (a, b) =>
        GUARD_NAMES.indexOf(a.finding.guard) - GUARD_NAMES.indexOf(b.finding.guard) ||
        compare(a.finding.relation, b.finding.relation) ||
        a.place - b.place,
    )
    .map(({ finding }) => finding)
}

type Relation = RelationView['relation']

/** The facts of a relation of a snapshot, taken from its archive where they are not known yet. */
async function factsOf(context: Context, feed: Feed, index: number, relation: Relation): Promise<RelationFacts> {
  const snapshot = feed.snapshots[index] as FeedSnapshot
  const known = snapshot.facts.get(relation.name)
  if (known !== undefined) return known
  const facts = await recordFacts(context.db, snapshot, archivedRelation(context, snapshot, relation))
  feed.snapshots[index] = { ...snapshot, facts: new Map([...snapshot.facts, [relation.name, facts]]) }
  return facts
}

async function relationView(context: Context, feed: Feed, index: number, relation: Relation): Promise<RelationView> {
  const { db } = context
  const snapshot = feed.snapshots[index] as FeedSnapshot
  const facts = await factsOf(context, feed, index, relation)
  const scope = snapshot.scopes.get(relation.name) ?? 'delta'
  const columns = await columnFacts(db, snapshot.snapshotNo, relation.name)
  const place = feed.snapshots.findLastIndex(
    (one, at) => at < index && !one.held && one.scopes.get(relation.name) === 'full',
  )
  if (place < 0 || snapshot.byUnit) return { relation, scope, facts, columns, baseline: null, comparison: null }
  const baselineFacts = await factsOf(context, feed, place, relation)
  const before = feed.snapshots[place] as FeedSnapshot
  const old = archivedRelation(context, before, relation)
  const baseline = {
    snapshot: before,
    facts: baselineFacts,
    columns: await columnFacts(db, before.snapshotNo, relation.name),
    parquet: old.parquet,
  }
  const isSame = baselineFacts.fingerprint === facts.fingerprint
  const comparison =
    scope === 'delta' || isSame
      ? null
      : await compareDeliveries(
          db,
          {
            old,
            new: archivedRelation(context, snapshot, relation),
            feed: snapshot.feed,
            base: baselineFacts.distinctRows,
          },
          ownerColumn(feed, snapshot, relation),
        )
  const { created = 0, updated = 0, deleted = 0 } = comparison ?? {}
  await recordComparison(context, feed, index, relation, { snapshot: before.snapshot, created, updated, deleted })
  return { relation, scope, facts, columns, baseline, comparison }
}

function ownerColumn({ judgements }: Feed, snapshot: FeedSnapshot, relation: Relation): string | null {
  const owner = judgements.get(snapshot.snapshotNo)?.checks.owner?.column ?? null
  return relation.columns.some(({ name }) => name === owner) ? owner : null
}

async function recordComparison(
  { db }: Context,
  feed: Feed,
  index: number,
  relation: Relation,
  compared: NonNullable<RelationFacts['compared']>,
): Promise<void> {
  const snapshot = feed.snapshots[index] as FeedSnapshot
  const facts = snapshot.facts.get(relation.name)
  if (facts === undefined) return
  await db.run(
    `UPDATE relation_facts SET compared_with = $snapshot, created = $created, updated = $updated, deleted = $deleted
     WHERE snapshot_no = $snapshotNo AND relation = $relation`,
    { ...compared, snapshotNo: snapshot.snapshotNo, relation: relation.name },
  )
  feed.snapshots[index] = {
    ...snapshot,
    facts: new Map([...snapshot.facts, [relation.name, { ...facts, compared }]]),
  }
}
