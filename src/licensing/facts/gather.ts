/**
 * All statements that the degree of one recording may rest on, at whatever date of knowledge: everything that shares an
 * identifier with it, step by step until nothing new is found, in every feed.
 */
import {
  asIdentifiers,
  findTargets,
  Gathering,
  identifierKeys,
  identifiersIn,
  inBackground,
  type LocalId,
  localIds,
  localSubjects,
  Pointers,
  type Reading,
  type SubjectRef,
} from '../../lookup/index.js'
import type { Evidence } from '../../store/duckdb.js'
import { catalogueOf } from '../../store/evidence/catalogue.js'
import { NO_LICENSOR, type PointerScheme } from '../../store/evidence/pointers.js'
import type { Statement } from '../../store/evidence/statements.js'

export interface RecordingFacts {
  readonly readings: readonly Reading[]
  /** The recordings that the asked id itself names: statements of `recordings` and `links`, in every feed and time. */
  readonly named: readonly Statement[]
  /** By relation; the same statement twice only where it was known twice. */
  readonly statements: Readonly<Record<string, readonly Statement[]>>
}

type IdentifierKind = 'isrc' | 'iswc' | 'ipi-name' | 'ipi-base' | 'isni'

/** Every statement counts here: nothing may be cut off. */
const NO_LIMIT = 1_000_000_000

const LOADED = ['recordings', 'works', 'parties', 'links', 'shares', 'licences', 'affiliations', 'takedowns'] as const

/** Gathers the facts about one recording, given by ISRC or by the id of a feed. `named` is empty when nobody mentions it. */
export async function gatherRecordingFacts(db: Evidence, id: string): Promise<RecordingFacts> {
  const pointers = new Pointers(db, NO_LIMIT)
  // Depends on nothing else, and is asked for again below.
  const mentions = pointers.follow(identifierKeys(id.trim()))
  const { relations, feeds: byNumber, speakers } = await catalogueOf(db)
  const feeds = [...byNumber.values()].sort()
  const all = new Gathering(db, null, speakers, NO_LIMIT, pointers)
  const weights = speakers.has('right_weights') ? rightWeights(db, all) : Promise.resolve([])
  inBackground(weights)
  const mentioned = await mentions
  if (mentioned.length > 0) inBackground(gatherAbout(all.ahead(), mentioned, feeds))
  const asked = relations.filter(({ name }) => name === 'recordings' || name === 'links')
  const target = await findTargets(db, pointers, id.trim(), asked, speakers)
  const named = await gatherAbout(all, target.subjects, feeds)
  const rest = named.length > 0 ? await weights : []
  await all.finish()
  const gathered = LOADED.map((name) => [name, all.of(name)] as const)
  return {
    readings: target.readings,
    named,
    statements: { ...Object.fromEntries(gathered), right_weights: rest },
  }
}

/** All facts about recordings; returns the statements that name them, without which there is nothing to gather. */
async function gatherAbout(
  all: Gathering,
  subjects: readonly SubjectRef[],
  feeds: readonly string[],
): Promise<Statement[]> {
  const named = (await Promise.all([all.read('recordings', subjects), all.read('links', subjects)])).flat()
  if (named.length === 0) return []
  const links = await closeRecordings(all)
  const works = await closeWorks(all, links)
  const shares = await all.read('shares', [...localSubjects('shares', works.ids), ...works.mentions])
  await gatherGrants(all, feeds, shares)
  return named
}

const unseen = (values: readonly string[], seen: Set<string>): string[] =>
  [...new Set(values)].filter((value) => {
    const isNew = !seen.has(value)
    seen.add(value)
    return isNew
  })

/** Recordings and links that share an ISRC with those that were found, until there is no other. Returns all links. */
export async function closeRecordings(all: Gathering): Promise<Statement[]> {
  const seen = new Set<string>()
  for (;;) {
    const recordings = all.of('recordings')
    const linked = localIds(all.of('links'), 'recording_id')
    const ids = [...localIds(recordings, 'recording_id'), ...linked]
    const isrcs = unseen([...identifiersIn(recordings, 'isrc'), ...asIdentifiers('isrc', linked)], seen)
    const mentions = isrcs.length === 0 ? [] : await all.follow({ identifiers: { isrc: isrcs } })
    await Promise.all([
      all.read('recordings', [...localSubjects('recordings', ids), ...mentions]),
      all.read('links', [...localSubjects('links', ids), ...mentions]),
    ])
    if (isrcs.length === 0) return all.of('links')
  }
}

/** What may be usage of the recordings found. */
export async function gatherUsage(all: Gathering): Promise<SubjectRef[]> {
  const linked = localIds(all.of('links'), 'recording_id')
  const isrcs = [...identifiersIn(all.of('recordings'), 'isrc'), ...asIdentifiers('isrc', linked)]
  const mentions = await all.follow({ identifiers: { isrc: isrcs } })
  return [
    ...localSubjects('usage', [...localIds(all.of('recordings'), 'recording_id'), ...linked]),
    ...mentions.filter(({ relation }) => relation === 'usage'),
  ]
}

/** Works that share an ISWC with linked ones, until there is no other; with whatever else mentions their ISWCs. */
export async function closeWorks(
  all: Gathering,
  links: readonly Statement[],
): Promise<{ ids: LocalId[]; mentions: SubjectRef[] }> {
  const seen = new Set<string>()
  const linked = localIds(links, 'work_id')
  const mentions: SubjectRef[] = []
  // Whoever wants works wants their shares.
  all.readAhead(localSubjects('works', linked), ['works', 'shares'])
  await all.read('works', localSubjects('works', linked))
  for (;;) {
    const iswcs = unseen([...identifiersIn(all.of('works'), 'iswc'), ...asIdentifiers('iswc', linked)], seen)
    if (iswcs.length === 0) break
    const found = await all.follow({ identifiers: { iswc: iswcs } })
    mentions.push(...found)
    all.readAhead(found, ['shares'])
    await all.read('works', found)
  }
  return { ids: [...linked, ...localIds(all.of('works'), 'work_id')], mentions }
}

/** Parties that share an identifier or a group with these, until there is no other. */
export async function closeParties(all: Gathering, ids: readonly LocalId[]): Promise<void> {
  const seen = new Set<string>()
  await all.read('parties', localSubjects('parties', ids))
  let references = ids
  for (;;) {
    const parties = all.of('parties')
    const fresh = (kind: IdentifierKind, column: string, more: readonly string[] = []): string[] =>
      unseen(
        [...identifiersIn(parties, column), ...more].map((value) => `${kind} ${value}`),
        seen,
      ).map((value) => value.slice(kind.length + 1))
    const wanted = {
      'ipi-name': fresh('ipi-name', 'ipi_name_number', asIdentifiers('ipi-name', references)),
      'ipi-base': fresh('ipi-base', 'ipi_base_number'),
      isni: fresh('isni', 'isni'),
    }
    const groups = localIds(parties, 'group_id').filter(
      ([feed, id]) => unseen([`group ${feed} ${id}`], seen).length > 0,
    )
    const members = localIds(parties, 'party_id').filter(
      ([feed, id]) => unseen([`group ${feed} ${id}`], seen).length > 0,
    )
    const isDone = Object.values(wanted).every((values) => values.length === 0) && groups.length + members.length === 0
    if (isDone) return
    const found = await all.follow({ identifiers: wanted, references: { group: [...groups, ...members] } })
    await all.read('parties', [...found, ...localSubjects('parties', groups)])
    references = []
  }
}

/** Licences that may bear on claimants or recordings, with the parties that grant them and those they represent. */
export async function gatherGrants(
  all: Gathering,
  feeds: readonly string[],
  shares: readonly Statement[],
): Promise<void> {
  const claimants = localIds(shares, 'party_id')
  await closeParties(all, claimants)
  const ipis = (): string[] => [
    ...identifiersIn(all.of('parties'), 'ipi_name_number'),
    ...asIdentifiers('ipi-name', claimants),
  ]
  const parties = (): LocalId[] => [...claimants, ...localIds(all.of('parties'), 'party_id')]
  const represented = await all.follow({ identifiers: { 'ipi-name': ipis() } })
  const affiliations = await all.read('affiliations', [...localSubjects('affiliations', parties()), ...represented])
  const licensors = localIds(affiliations, 'licensor_party_id')
  if (licensors.length > 0) await closeParties(all, licensors)
  const recordings = [...localIds(all.of('recordings'), 'recording_id'), ...localIds(all.of('links'), 'recording_id')]
  const works = [...localIds(all.of('works'), 'work_id'), ...localIds(all.of('links'), 'work_id')]
  const identifiersOf = (scheme: PointerScheme): string[] => {
    if (scheme === 'isrc') return [...identifiersIn(all.of('recordings'), 'isrc'), ...asIdentifiers('isrc', recordings)]
    if (scheme === 'iswc') return [...identifiersIn(all.of('works'), 'iswc'), ...asIdentifiers('iswc', works)]
    return [...ipis(), ...asIdentifiers('ipi-name', licensors)]
  }
  const grants = await all.follow({
    identifiers: { isrc: identifiersOf('isrc'), iswc: identifiersOf('iswc'), 'ipi-name': identifiersOf('ipi-name') },
    references: {
      item: [...recordings, ...works],
      licensor: [...parties(), ...licensors, ...feeds.map((feed): LocalId => [feed, NO_LICENSOR])],
    },
  })
  const [licences] = await Promise.all([all.read('licences', grants), all.read('takedowns', grants)])
  await closeParties(all, localIds(licences, 'licensor_party_id'))
}

/** The weights of the rights, of all feeds: few rows, which belong to no recording. */
async function rightWeights(db: Evidence, all: Gathering): Promise<readonly Statement[]> {
  const rows = await db.rowsAside(
    'SELECT DISTINCT f.feed, r.territories FROM statements.right_weights AS r JOIN feeds AS f USING (feed_no) ORDER BY ALL',
  )
  const ids = rows.map((row): LocalId => [String(row.feed), String(row.territories)])
  return all.read('right_weights', localSubjects('right_weights', ids))
}
