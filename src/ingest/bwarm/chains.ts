/**
 * The chain of title of right shares: which rows of a work speak about one slice of it.
 *
 * A share names the share or shares that it derives from by their record ids (BWARM cell
 * PrecedingMusicalWorkRightShareRecordId; 1.0: FeedProvidersParentWorkRightShareId). Record ids are renumbered, so a
 * chain is named after what its first share says: `<party> <role> <kind>`. Several chains of one work with one name get
 * ` #2`, ` #3` in the order of their contents, so that equal shares of two slices are not taken for one row given twice.
 * A share that derives from several belongs to the chain whose name comes first in character order. A writer's manuscript
 * share begins no chain for those who derive from it: the publishers of one writer hold slices of their own, and
 * manuscript shares never count.
 *
 * Only works in which some share names a preceding one have chains; there, a share that stands alone is a chain of its
 * own. In other works nothing tells which rows are about one slice, and the chain stays empty.
 */
import { sqlValues } from './cells.js'
import type { Delivery } from './delivery.js'
import type { PartyTables } from './parties.js'
import { sqlRole, sqlShareKind, sqlWriterRole } from './roles.js'

/** Generations of shares that are followed; real chains have two to four. Longer ones go in a circle. */
const LONGEST_CHAIN = 32

/** Name for the party of a share that nobody claims. */
export const COPYRIGHT_CONTROL = 'copyright-control'

export const sqlIsCopyrightControl = (type: string): string =>
  `coalesce(contains(lower(${type}), 'copyrightcontrolshare'), false)`

/** SQL for the kind of a share `s` as one word; of several types (1.0) the first in character order. */
const sqlFirstKind = sqlShareKind(
  `CASE WHEN contains(s.type, '|') THEN list_sort(${sqlValues('s.type')})[1] ELSE s.type END`,
  's.role',
)

const sqlIsManuscript = `coalesce(lower(s.type) = 'musicalworkmanuscriptshare', ${sqlWriterRole('s.role')})`

/** Works out the chain of every share: returns a table of record and chain, one row per record id. */
export async function nameChains(delivery: Delivery, parties: PartyTables): Promise<string> {
  const shares = delivery.view('shares')
  const stated = await delivery.table(
    'preceding shares',
    `SELECT line, record AS child, unnest(${sqlValues('preceding')}) AS parent FROM ${shares} WHERE preceding IS NOT NULL`,
  )
  await delivery.noteCount(
    'shares',
    'unresolved-reference',
    `SELECT line, parent AS value FROM ${stated} AS s WHERE NOT EXISTS (SELECT 1 FROM ${shares} AS t WHERE t.record = s.parent)`,
    'derives from a share that this feed does not have',
    { column: 'preceding' },
  )
  const edges = await delivery.table(
    'share edges',
    `SELECT DISTINCT child, parent FROM ${stated}
     WHERE child <> parent AND parent IN (SELECT s.record FROM ${shares} AS s WHERE s.record IS NOT NULL
       AND NOT ${sqlIsManuscript})`,
  )
  const chained = await delivery.table('chained shares', chainedShares(delivery, stated, parties))
  const roots = await findRoots(delivery, edges)
  const members = await delivery.table(
    'chain members',
    `SELECT record, root FROM ${roots}
     UNION ALL SELECT DISTINCT record, record AS root FROM ${chained} AS c
       WHERE record IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${roots} AS r WHERE r.record = c.record)`,
  )
  const labels = await delivery.table('chain labels', chainLabels(chained, members))
  return delivery.table(
    'share chains',
    `SELECT m.record, min(l.label) AS chain FROM ${members} AS m JOIN ${labels} AS l ON l.record = m.root GROUP BY m.record`,
  )
}

/** All shares of the works in which a share derives from another: record, work, the name of a chain it begins, and `said`. */
function chainedShares(delivery: Delivery, stated: string, parties: PartyTables): string {
  const shares = delivery.view('shares')
  const party = `CASE WHEN ${sqlIsCopyrightControl('s.type')} OR s.party IS NULL THEN '${COPYRIGHT_CONTROL}'
    ELSE coalesce(p.id, 'record:' || s.party) END`
  return `
    SELECT s.record, s.work, ${party} || ' ' || coalesce(${sqlRole('s.role')}, 'share') || ' ' || coalesce(${sqlFirstKind}, 'share') AS text,
      md5(row(p.id, s.role, s.percentage, s.type, s.rights, s.valid_from, s.valid_to, s.territories, s.uses)::VARCHAR) AS said
    FROM ${shares} AS s LEFT JOIN ${parties.byRecord} AS p ON p.record = s.party
    WHERE s.work IN (SELECT work FROM ${shares} WHERE record IN (SELECT child FROM ${stated} UNION ALL SELECT parent FROM ${stated}))`
}

/** Table of record and root: the shares without a preceding one that a share leads back to. */
async function findRoots(delivery: Delivery, edges: string): Promise<string> {
  const { db } = delivery.staging
  const roots = await delivery.table('chain roots', `SELECT child AS record, parent AS root FROM ${edges} WHERE false`)
  let front = await delivery.table('chain front', `SELECT child AS record, parent AS ancestor FROM ${edges}`)
  for (let generation = 0; generation < LONGEST_CHAIN; generation += 1) {
    await db.run(
      `INSERT INTO ${roots} SELECT record, ancestor FROM ${front} AS f
       WHERE NOT EXISTS (SELECT 1 FROM ${edges} AS e WHERE e.child = f.ancestor)`,
    )
    const next = await delivery.table(
      'chain front',
      `SELECT DISTINCT f.record, e.parent AS ancestor FROM ${front} AS f JOIN ${edges} AS e ON e.child = f.ancestor`,
    )
    await db.run(`DROP TABLE ${front}`)
    front = next
    const [left] = await db.rows(`SELECT count(*) AS n FROM ${front}`)
    if (Number(left?.n) === 0) return roots
  }
  await delivery.noteCount(
    'shares',
    'circular-chain',
    `SELECT s.line, s.record AS value FROM ${delivery.view('shares')} AS s WHERE s.record IN (SELECT record FROM ${front})`,
    'derives from itself in a circle: no first share',
    { column: 'preceding' },
  )
  return roots
}

/** SELECT of record and label, one row per share that begins a chain. */
function chainLabels(chained: string, members: string): string {
  const begun = `SELECT record, min(work) AS work, min(text) AS text FROM ${chained}
    WHERE record IN (SELECT root FROM ${members}) GROUP BY record`
  return `
    WITH begun AS (${begun}),
    counted AS (SELECT *, count(*) OVER (PARTITION BY work, text) AS namesakes FROM begun),
    contents AS (
      SELECT m.root, md5(array_to_string(list_sort(list(c.said)), ' ')) AS said
      FROM ${members} AS m JOIN ${chained} AS c ON c.record = m.record
      WHERE m.root IN (SELECT record FROM counted WHERE namesakes > 1) GROUP BY m.root
    ),
    numbered AS (
      SELECT record, text, row_number() OVER (PARTITION BY work, text ORDER BY said, record) AS number
      FROM counted LEFT JOIN contents ON root = record WHERE namesakes > 1
    )
    SELECT record, text AS label FROM counted WHERE namesakes = 1
    UNION ALL SELECT record, text || CASE WHEN number > 1 THEN ' #' || number ELSE '' END AS label FROM numbered`
}
