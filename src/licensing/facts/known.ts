/** What was known at an instant: views on the facts, and which licence data had been received. */
import { literal } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { catalogueOf } from '../../store/evidence/catalogue.js'
import type { Knowledge } from '../../store/evidence/knowledge.js'
import type { SmallWorkbench } from '../../store/small-workbench.js'
import { FACT_TABLE_NAMES } from './tables.js'

/** The rights that a licence may be for. */
export const LICENCE_RIGHTS = ['mech', 'perf', 'sync', 'master'] as const

export interface Sight {
  readonly hasLicences: boolean
  readonly feeds: 'names' | 'numbers'
  /** One feed, by number, that is seen as it was known at another instant than the others. */
  readonly except?: { readonly feed: number; readonly before: string } | undefined
}

/** An instant of knowledge as SQL, by the feed that a row is of. */
type BeforeOf = (feed: string) => string

function beforeOf(knowledge: Knowledge, except?: Sight['except']): BeforeOf {
  const instant = (text: string) => `TIMESTAMP ${literal(text.replace('Z', ''))}`
  return (feed) =>
    except === undefined
      ? instant(knowledge.before)
      : `CASE WHEN ${feed} = ${except.feed} THEN ${instant(except.before)} ELSE ${instant(knowledge.before)} END`
}

function sqlKnownViews(before: string): string {
  return FACT_TABLE_NAMES.map(
    (name) => `CREATE OR REPLACE TEMP VIEW known_${name} AS SELECT * FROM fact_${name}
      WHERE known_from < ${before} AND (known_to IS NULL OR known_to >= ${before})`,
  ).join(';\n')
}

/** Makes the views `known_…` on the facts, and the tables `licence_feeds` and `licence_rights`, for an instant. */
export async function seeAsKnown(
  db: Evidence,
  knowledge: Knowledge,
  { hasLicences, feeds, except }: Sight,
): Promise<void> {
  const before = beforeOf(knowledge, except)
  await db.run(`${sqlKnownViews(before('feed'))};
    CREATE OR REPLACE TEMP TABLE licence_feeds AS ${licenceFeeds(before('s.feed_no'), feeds === 'names' ? 'f.feed' : 'f.feed_no')};
    CREATE OR REPLACE TEMP TABLE licence_rights AS ${licenceRights(before, hasLicences)}`)
}

/** What licence data had been received: feeds by name, and rights. */
export interface LicenceData {
  readonly feeds: readonly string[]
  readonly rights: readonly string[]
}

/** Of evidence that cannot change. */
const received = new WeakMap<Evidence, Map<string, Promise<LicenceData>>>()

/** What licence data had been received; of published evidence it is read once for each date of knowledge. */
export function licenceDataAt(db: Evidence, knowledge: Knowledge): Promise<LicenceData> {
  const all = received.get(db) ?? new Map<string, Promise<LicenceData>>()
  const data = all.get(knowledge.before) ?? readLicenceData(db, knowledge)
  if (db.mode === 'read') received.set(db, all.set(knowledge.before, data))
  return data
}

async function readLicenceData(db: Evidence, knowledge: Knowledge): Promise<LicenceData> {
  const hasLicences = await storesLicences(db)
  const before = beforeOf(knowledge)
  const rows = await db.rowsAside(`SELECT 'feed' AS what, feed AS name FROM (${licenceFeeds(before(''), 'f.feed')})
    UNION ALL SELECT 'right', "right" FROM (${licenceRights(before, hasLicences)})`)
  const of = (what: string) => rows.filter((row) => row.what === what).map(({ name }) => String(name))
  return { feeds: of('feed'), rights: of('right') }
}

/** Whether any licence was ever stated. */
export const storesLicences = async (db: Evidence): Promise<boolean> =>
  (await catalogueOf(db)).relations.some(({ name }) => name === 'licences')

/** The same as `seeAsKnown` makes, on a workbench that holds the facts. @param data feeds as the facts have them */
export async function seeOnBench(
  bench: SmallWorkbench,
  knowledge: Knowledge,
  data: { readonly feeds: readonly (string | number)[]; readonly rights: readonly string[] },
): Promise<void> {
  await bench.run(sqlKnownViews(beforeOf(knowledge)('feed')))
  bench.fill(
    'licence_feeds',
    ['feed'],
    data.feeds.map((feed) => ({ feed })),
  )
  bench.fill(
    'licence_rights',
    ['right'],
    data.rights.map((right) => ({ right })),
  )
}

/** Feeds of which any licence file had been received. */
const licenceFeeds = (before: string, feed: string): string => `SELECT DISTINCT ${feed} AS feed
  FROM snapshot_relations AS r JOIN snapshots AS s USING (snapshot_no) JOIN feeds AS f USING (feed_no)
  WHERE r.relation = 'licences' AND s.received < ${before}`

/**
 * Rights for which licence data had been received: a licence row for the right, or the licence file of a full snapshot,
 * even an empty one, which speaks for all rights (domain.md 1.5 step 3).
 */
function licenceRights(before: BeforeOf, hasLicences: boolean): string {
  const full = `EXISTS (SELECT 1 FROM snapshot_relations AS r JOIN snapshots AS s USING (snapshot_no)
    WHERE r.relation = 'licences' AND r.scope = 'full' AND s.received < ${before('s.feed_no')})`
  const each = LICENCE_RIGHTS.map((right) => {
    const row = `EXISTS (SELECT 1 FROM statements.licences WHERE "right" = ${literal(right)} AND known_from < ${before('feed_no')})`
    return `SELECT ${literal(right)} AS "right" WHERE ${full}${hasLicences ? ` OR ${row}` : ''}`
  })
  return each.join(' UNION ALL ')
}
