/** Which relations a feed delivers, and the SQL of their rows: those of the background and those of stories. */
import { RELATIONS, type RelationName } from '../model/relations.js'
import { quoted } from '../store/columns.js'
import type { SqlParameters } from '../store/duckdb.js'
import type { Delivery } from './plan/calendar.js'
import type { Feed, FeedKind } from './plan/feeds.js'
import type { Plan } from './plan/index.js'
import affiliations from './sql/affiliations.sql'
import licences from './sql/licences.sql'
import links from './sql/links.sql'
import parties from './sql/parties.sql'
import recordings from './sql/recordings.sql'
import rightWeights from './sql/right_weights.sql'
import shares from './sql/shares.sql'
import storyLicences from './sql/story_licences.sql'
import storyLinks from './sql/story_links.sql'
import storyParties from './sql/story_parties.sql'
import storyRecordings from './sql/story_recordings.sql'
import storyShares from './sql/story_shares.sql'
import storyUsage from './sql/story_usage.sql'
import storyWorks from './sql/story_works.sql'
import usage from './sql/usage.sql'
import works from './sql/works.sql'

interface Source {
  readonly background: string
  readonly stories?: string
}

export type DeliveredRelation = Exclude<RelationName, 'acknowledgements' | 'agreements' | 'takedowns'>

const SOURCES: Readonly<Record<DeliveredRelation, Source>> = {
  parties: { background: parties, stories: storyParties },
  works: { background: works, stories: storyWorks },
  recordings: { background: recordings, stories: storyRecordings },
  links: { background: links, stories: storyLinks },
  shares: { background: shares, stories: storyShares },
  licences: { background: licences, stories: storyLicences },
  affiliations: { background: affiliations },
  right_weights: { background: rightWeights },
  usage: { background: usage, stories: storyUsage },
}

const DELIVERED: Readonly<Record<FeedKind, readonly DeliveredRelation[]>> = {
  society: ['parties', 'works', 'recordings', 'links', 'shares'],
  service: ['parties', 'recordings', 'licences', 'affiliations', 'right_weights', 'usage'],
  mlc: ['parties', 'works', 'recordings', 'links', 'shares'],
  label: ['parties', 'recordings', 'licences'],
  dsp: ['parties', 'works', 'recordings', 'links', 'shares'],
  publisher: ['parties', 'works', 'shares'],
}

/** The further societies link no recordings, so they have none. */
export const relationsOf = ({ kind, slug }: Feed): readonly DeliveredRelation[] =>
  kind === 'society' && slug !== kind ? ['parties', 'works', 'shares'] : DELIVERED[kind]

/** Values that the SQL of every relation is bound to. */
export function parametersOf(plan: Plan, { feed, round }: Delivery, prior: number): SqlParameters {
  return {
    feed: feed.number,
    round,
    prior,
    born_from: 0,
    reformatted: feed.kind === 'dsp' ? reformattedIn(plan) : NEVER,
  }
}

/** A delivery that never comes. */
export const NEVER = 1000

const COMMENT = /--.*$/gm

/** Those of the values that the SQL asks for. */
export function asked(sql: string, values: SqlParameters): SqlParameters {
  const names = new Set([...sql.replaceAll(COMMENT, '').matchAll(/\$(\w+)/g)].map(([, name]) => name))
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)))
}

/** Fewer rows than this no mass change is told of (domain.md 2, C-SNP-05: at least 1,000). */
const TRACKS_OF_MASS_CHANGE = 5_000

/** The delivery in which the player writes all titles in capitals. */
export const reformattedIn = ({ snapshots, tracks }: Plan): number =>
  snapshots > 1 && tracks >= TRACKS_OF_MASS_CHANGE ? 1 : NEVER

export const columnsOf = (relation: DeliveredRelation): string[] => RELATIONS[relation].columns.map(({ name }) => name)

const MARKS = ['since', 'until', 'gone', 'is_revised', 'is_cuttable']

/**
 * All rows of a relation that a feed has stated by $round, stories first: the contract's columns beside `since` and
 * `until` (first delivery with the row, first without it), `gone` (the first without its key), `is_revised` (it says
 * something else than by $prior under the same key) and `is_cuttable` (missing where the file is cut short).
 */
export function statedRows(relation: DeliveredRelation): string {
  const columns = [...MARKS, ...columnsOf(relation)].map(quoted).join(', ')
  const { background, stories } = SOURCES[relation]
  const bulk = `SELECT ${columns} FROM (SELECT * REPLACE (is_revised AND since <= $prior AS is_revised), until AS gone FROM (${background}))`
  return stories === undefined ? bulk : `SELECT ${columns} FROM (${stories}) UNION ALL ${bulk}`
}

/** The rows of a delivery, as columns of its file. */
export function deliveredRows(relation: DeliveredRelation, { isTruncated }: Delivery): string {
  const isCut = isTruncated && relation === 'usage'
  return `SELECT ${columnsOf(relation).map(quoted).join(', ')} FROM (${statedRows(relation)})
    WHERE since <= $round AND (until IS NULL OR until > $round)${isCut ? ' AND NOT is_cuttable' : ''}`
}
