/** Look anything up: an identifier, a feed's own id or a statement, with every provider's word and its source. */
import { NotFoundError } from '../errors.js'
import type { Relation } from '../model/relations.js'
import type { Evidence } from '../store/duckdb.js'
import { catalogueOf } from '../store/evidence/catalogue.js'
import { type Knowledge, resolveKnowledge } from '../store/evidence/knowledge.js'
import { byFeedAndContent } from '../store/evidence/statement-order.js'
import { STATEMENT_LIMIT, type Statement } from '../store/evidence/statements.js'
import {
  gatherLicences,
  gatherLinksOfWorks,
  gatherParties,
  gatherRecordings,
  gatherSameWorks,
  gatherSharesOfParties,
  gatherWorks,
} from './gather.js'
import { Gathering, inBackground } from './gathering.js'
import { Pointers } from './pointers.js'
import { findTargets, identifierKeys, type Reading, type Target } from './targets.js'

export type { Statement } from '../store/evidence/statements.js'
export { Gathering, inBackground } from './gathering.js'
export { asIdentifiers, identifiersIn, type LocalId, localIds, localSubjects, textOf } from './local-ids.js'
export { Pointers } from './pointers.js'
export { findTargets, identifierKeys, localSubject, type Reading, type SubjectRef } from './targets.js'

export interface LookupRequest {
  readonly id: string
  readonly known?: string | undefined
  /** The whole history: what was withdrawn and what arrived too late to be believed, too. */
  readonly history?: boolean | undefined
  /** Statements read of each relation at most. */
  readonly limit?: number | undefined
}

/** One row per relation that has anything, in a fixed order; statements by feed. */
export interface LookupResult {
  readonly id: string
  readonly readings: readonly Reading[]
  readonly known: string
  readonly history: boolean
  readonly relations: Readonly<Record<string, readonly Statement[]>>
  /** Relations of which more than `limit` statements exist: only the first are here. */
  readonly cut: readonly string[]
}

/** The order in which relations are shown. */
const ORDER = [
  'recordings',
  'links',
  'works',
  'shares',
  'parties',
  'licences',
  'affiliations',
  'takedowns',
  'usage',
  'acknowledgements',
  'agreements',
  'right_weights',
] as const

/**
 * Everything known about an id.
 * Throws NotFoundError when no statement mentions it, UsageError for a `known` after the last receipt.
 */
export async function lookup(db: Evidence, request: LookupRequest): Promise<LookupResult> {
  const [text, limit, history] = [request.id.trim(), request.limit ?? STATEMENT_LIMIT, request.history === true]
  const pointers = new Pointers(db, limit + 1)
  const [catalogue, knowledge, mentions] = await Promise.all([
    catalogueOf(db),
    resolveKnowledge(db, request.known),
    // Depends on nothing else, and is asked for again below.
    pointers.follow(identifierKeys(text)),
  ])
  const { relations, speakers } = catalogue
  const feeds = [...catalogue.feeds.values()].sort()
  const all = new Gathering(db, history ? null : knowledge, speakers, limit + 1, pointers)
  if (mentions.length > 0) inBackground(gather(all.ahead(), { readings: [], subjects: mentions }, relations, feeds))
  const target = await findTargets(db, pointers, text, relations, speakers)
  await gather(all, target, relations, feeds)
  await all.finish()
  const names = [
    ...ORDER,
    ...relations.map(({ name }) => name).filter((name) => !(ORDER as readonly string[]).includes(name)),
  ]
  const found = names
    .map((name) => [name, all.of(name).sort(byFeedAndContent)] as const)
    .filter(([, statements]) => statements.length > 0)
  if (found.length === 0) throw await notFound(db, request, knowledge)
  return {
    id: request.id,
    readings: target.readings,
    known: knowledge.label,
    history,
    relations: Object.fromEntries(found.map(([name, statements]) => [name, statements.slice(0, limit)])),
    cut: found
      .filter(([name, statements]) => statements.length > limit || all.pointers.cut.has(name))
      .map(([name]) => name),
  }
}

async function gather(
  all: Gathering,
  { readings, subjects }: Target,
  relations: readonly Relation[],
  feeds: readonly string[],
): Promise<void> {
  await Promise.all(relations.map((relation) => all.readSpec(relation, subjects)))
  if (readings[0]?.as === 'statement') {
    for (const { name } of relations) all.keep(name, ({ statement }) => statement === readings[0]?.normalised)
    return
  }
  const local = (name: string, column: string) =>
    all.of(name).map(({ source, values }) => [source.feed, String(values[column])] as const)
  const isParty = all.of('parties').length > 0 && all.of('works').length + all.of('recordings').length === 0
  const isWork = all.of('works').length > 0 || readings.some(({ as }) => as === 'iswc')
  if (all.of('recordings').length > 0 || readings.some(({ as }) => as === 'isrc')) {
    await gatherWorks(all, [...all.of('recordings'), ...(await gatherRecordings(all, all.of('links')))], feeds)
  } else if (isWork) {
    const iswcs = readings.filter(({ as }) => as === 'iswc').map(({ normalised }) => normalised)
    await gatherSameWorks(all, local('works', 'work_id'), iswcs, feeds)
    await gatherRecordings(all, await gatherLinksOfWorks(all))
  } else if (isParty) {
    await gatherParties(all, local('parties', 'party_id'))
    await gatherSharesOfParties(all)
  }
  if (all.of('works').length + all.of('recordings').length + all.of('parties').length > 0)
    await gatherLicences(all, isParty ? [] : feeds)
}

async function notFound(db: Evidence, request: LookupRequest, knowledge: Knowledge): Promise<NotFoundError> {
  const later = request.known === undefined && request.history !== true
  const { feeds } = await catalogueOf(db)
  return new NotFoundError(`No statement known by ${knowledge.label} mentions "${request.id}".`, {
    code: 'unknown-id',
    excerpt: request.id,
    suggestions: [
      ...(later ? ['See also what was withdrawn or came too late: add --history'] : []),
      `It was looked for as an identifier in any spelling and as an id of each of ${feeds.size} feeds; check with \`recital status\``,
    ],
  })
}
