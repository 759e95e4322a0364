/** The true change set of each delivery: which keys it creates, updates and deletes. */
import { RELATIONS } from '../../model/relations.js'
import { literal, quoted } from '../../store/columns.js'
import type { Query } from '../output/run.js'
import type { Delivery } from '../plan/calendar.js'
import type { Plan } from '../plan/index.js'
import { type DeliveredRelation, parametersOf, relationsOf, statedRows } from '../relations.js'
import changes from '../sql/changes.sql'

/** The ids of a BWARM delivery as its reader knows them; record ids hold for one delivery only. */
const BWARM_IDS: Readonly<Partial<Record<DeliveredRelation, string>>> = {
  parties: `concat('ipi:', ipi_name_number) AS party_id`,
  works: `concat('dpid:', sender_dpid(), ':', work_id) AS work_id`,
  recordings: `CASE WHEN is_unmatched(substr(recording_id, 3)::BIGINT) THEN service_id(substr(recording_id, 3)) ELSE isrc END AS recording_id`,
  links: `isrc_text(substr(recording_id, 3)::BIGINT, 0) AS recording_id, concat('dpid:', sender_dpid(), ':', work_id) AS work_id`,
  shares: `concat('dpid:', sender_dpid(), ':', work_id) AS work_id,
    CASE WHEN party_id IS NOT NULL THEN concat('ipi:', ipi_of(party_id)) END AS party_id,
    CASE WHEN party_id IS NULL THEN 'copyright-control' END AS chain,
    CASE WHEN party_id IS NULL THEN 'licensing' ELSE share_kind END AS share_kind`,
}

const keyText = (relation: DeliveredRelation): string =>
  `json_object(${RELATIONS[relation].key.map((name) => `${literal(name)}, ${quoted(name)}`).join(', ')})::VARCHAR`

function queryOf(relation: DeliveredRelation, condition: string, isBwarm: boolean): string {
  const ids = isBwarm ? BWARM_IDS[relation] : undefined
  const columns = ids === undefined ? '*' : `* REPLACE (${ids})`
  const rows = `SELECT ${columns} FROM (${statedRows(relation)}) WHERE ${condition}`
  return `WITH stated AS (SELECT *, ${keyText(relation)} AS "key" FROM (${rows})) ${changes}`
}

/**
 * The queries whose rows together (feed, relation, key, op) are the changes of a delivery: from what stood before it, in
 * order of receipt. None for the first of a feed; no row for one that comes too late to be believed.
 */
export function changesOf(plan: Plan, delivery: Delivery): Query[] {
  const { feed, prior, priorOfCut, isTruncated } = delivery
  const isBwarm = plan.format === 'bwarm' && feed.kind === 'mlc'
  return relationsOf(feed).flatMap((relation): Query[] => {
    const from = (round: number, condition: string): Query => ({
      sql: queryOf(relation, condition, isBwarm),
      parameters: { ...parametersOf(plan, delivery, round), born_from: round + 1, name: feed.feed, relation },
    })
    if (prior === null || priorOfCut === null) return [from(delivery.round, 'false')]
    if (isTruncated) return [from(prior, 'NOT is_cuttable')]
    return prior === priorOfCut
      ? [from(prior, 'true')]
      : [from(prior, 'NOT is_cuttable'), from(priorOfCut, 'is_cuttable')]
  })
}
