/** Deliveries that the evidence has already: the same content with the same dates changes nothing. */
import { type Judgement, loadJudgements, type SnapshotFinding, type SnapshotRecord } from '../snapshots/index.js'
import { loadDeliveryDigests } from '../store/evidence/delivery-digests.js'
import { type Limits, openCurrentForReading } from '../store/generations.js'
import type { Workspace } from '../store/workspace.js'
import { inOrder } from './finding-log.js'
import { isUnmetReference, toldReferences } from './references.js'
import type { IngestedSnapshot } from './request.js'

export interface KnownSnapshot {
  readonly late: boolean
  /** Rows by relation. */
  readonly relations: ReadonlyMap<string, number>
  /** What was found only when it was folded. */
  readonly unmet: readonly SnapshotFinding[]
  /** Null where it came before there were guards. */
  readonly judgement: Judgement | null
  /** See `deliveryDigest`; null where it came before they were kept. */
  readonly digest: string | null
}

/** By snapshot id. */
export type KnownSnapshots = ReadonlyMap<string, KnownSnapshot>

/** The snapshots of the published generation. Throws StoreError as opening it does. */
export async function knownSnapshots(workspace: Workspace, limits: Limits): Promise<KnownSnapshots> {
  const current = await openCurrentForReading(workspace, limits)
  if (current === undefined) return new Map()
  try {
    const rows = await current.evidence.rows(
      `SELECT s.snapshot, s.snapshot_no, s.late, r.relation, r."rows" AS n FROM snapshots s LEFT JOIN snapshot_relations r USING (snapshot_no)
       ORDER BY s.snapshot, r.relation`,
    )
    const told = await toldReferences(current.evidence)
    const judgements = await loadJudgements(current.evidence, null)
    const digests = await loadDeliveryDigests(current.evidence)
    const known = new Map<string, KnownSnapshot & { relations: Map<string, number>; unmet: SnapshotFinding[] }>()
    for (const { snapshot, snapshot_no, late, relation, n } of rows) {
      const id = String(snapshot)
      const one = known.get(id) ?? {
        late: late === true,
        relations: new Map<string, number>(),
        unmet: [],
        judgement: judgements.get(Number(snapshot_no)) ?? null,
        digest: digests.get(Number(snapshot_no)) ?? null,
      }
      if (relation !== null) one.relations.set(String(relation), Number(n))
      known.set(id, one)
    }
    for (const { snapshot, finding } of told) known.get(snapshot)?.unmet.push(finding)
    return known
  } finally {
    await current.evidence.close()
  }
}

/** What a snapshot just folded is to its twin in the same call. */
export const asKnown = ({ late, relations, format, findings, judgement }: IngestedSnapshot): KnownSnapshot => ({
  late,
  judgement,
  digest: null,
  unmet: findings.filter(({ code }) => isUnmetReference(format, code)),
  relations: new Map([...relations].map(([name, { rows }]) => [name, rows])),
})

/** What was staged, with the findings that were made when its twin was folded. */
export const withUnmet = (record: SnapshotRecord, id: string, known: KnownSnapshots): SnapshotRecord => ({
  ...record,
  findings: inOrder([...record.findings, ...(known.get(id)?.unmet ?? [])]),
})

const NO_CHANGE = { created: 0, updated: 0, deleted: 0, late: 0, equalDuplicates: 0, duplicateKeys: 0 }

/** What is told of a delivery beside its effect. */
type Outline = Pick<
  SnapshotRecord,
  'feed' | 'format' | 'published' | 'received' | 'receivedBasis' | 'scope' | 'partial' | 'files' | 'findings'
>

/**
 * The answer for a delivery that was there before: all its rows unchanged.
 * @param told with all its findings, those that were made only when it was folded among them
 */
export const alreadyKnown = (told: Outline, id: string, known: KnownSnapshots): IngestedSnapshot => ({
  ...outline(told, id),
  late: known.get(id)?.late === true,
  alreadyKnown: true,
  judgement: known.get(id)?.judgement ?? null,
  relations: new Map(
    [...(known.get(id)?.relations ?? [])].map(([name, rows]) => [name, { ...NO_CHANGE, rows, unchanged: rows }]),
  ),
})

/** What a record says of its delivery, apart from its effect. */
export const outline = (record: Outline, id: string) => ({
  id,
  feed: record.feed,
  format: record.format as IngestedSnapshot['format'],
  published: record.published,
  received: record.received,
  receivedBasis: record.receivedBasis,
  scope: record.scope,
  partial: record.partial,
  files: record.files,
  findings: record.findings,
})
