/**
 * Everything known about what was found: from recordings to their works, from works to their recordings, shares,
 * claimants and licences. The same valid ISRC, ISWC, IPI or ISNI means the same thing in every feed, so the other
 * providers' statements come along, side by side.
 */
import { validIdentifiers } from '../model/identifiers/parse.js'
import { RELATIONS, type Relation, type RelationName } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import { NO_LICENSOR, type PointerScheme, sqlPointerKey } from '../store/evidence/pointers.js'
import { readStatements, type Statement } from '../store/evidence/statements.js'
import { followPointers, localSubject, type SubjectRef } from './targets.js'

type Among = { readonly column: string; readonly texts: readonly string[] }

export class Gathering {
  private readonly found = new Map<string, Map<string, Statement>>()

  constructor(
    private readonly db: Evidence,
    private readonly known: Knowledge | null,
    private readonly stored: ReadonlySet<string>,
    private readonly limit: number,
  ) {}

  /** Statements of a relation, in the order of reading. */
  of(relation: string): Statement[] {
    return [...(this.found.get(relation)?.values() ?? [])]
  }

  /** Forgets the statements of a relation that do not pass. */
  keep(relation: string, passes: (statement: Statement) => boolean): void {
    const remembered = this.found.get(relation)
    for (const [key, statement] of remembered ?? []) if (!passes(statement)) remembered?.delete(key)
  }

  /** Reads the statements of subjects, remembers them and returns them. */
  async read(relation: RelationName, subjects: readonly SubjectRef[], among?: Among): Promise<Statement[]> {
    return this.readSpec(RELATIONS[relation], subjects, among)
  }

  async readSpec(spec: Relation, subjects: readonly SubjectRef[], among?: Among): Promise<Statement[]> {
    if (!this.stored.has(spec.name) || subjects.length === 0) return []
    const statements = await readStatements(this.db, {
      relation: spec,
      subjects: subjects.map(({ sql }) => sql),
      known: this.known,
      limit: this.limit,
      ...(among === undefined ? {} : { among }),
    })
    const remembered = this.found.get(spec.name) ?? new Map<string, Statement>()
    for (const one of statements) remembered.set(`${one.statement} ${one.known.from}`, one)
    this.found.set(spec.name, remembered)
    return statements
  }

  /** Subjects of a relation that are found by global identifiers. */
  byIdentifier(scheme: PointerScheme, values: Iterable<string>, relation: string): Promise<SubjectRef[]> {
    return followPointers(
      this.db,
      [...values].map((value) => sqlPointerKey(scheme, literal(value))),
      relation,
    )
  }

  /** Subjects of a relation that refer to local ids of a feed. */
  byReference(
    scheme: PointerScheme,
    ids: Iterable<readonly [feed: string, id: string]>,
    relation: string,
  ): Promise<SubjectRef[]> {
    const keys = [...ids].map(([feed, id]) => sqlPointerKey(scheme, literal(feed), literal(id)))
    return followPointers(this.db, keys, relation)
  }
}

const text = (value: Statement['values'][string] | undefined): string | null => (value == null ? null : String(value))

/** Local ids of a column with their feeds, without repetition. */
function localIds(statements: readonly Statement[], column: string): (readonly [string, string])[] {
  const ids = new Map<string, readonly [string, string]>()
  for (const { source, values } of statements) {
    const id = text(values[column])
    if (id !== null) ids.set(`${source.feed} ${id}`, [source.feed, id])
  }
  return [...ids.values()]
}

/** Valid identifiers in a column, several in a cell apart. */
function identifiers(statements: readonly Statement[], column: string): Set<string> {
  return new Set(
    statements.flatMap(({ values }) => (text(values[column]) ?? '').split('|').filter((one) => one !== '')),
  )
}

const local = (relation: RelationName, ids: readonly (readonly [string, string])[]): SubjectRef[] =>
  ids.map(([feed, id]) => ({ feed, relation, sql: localSubject(relation, feed, id) }))

/** Ids that are themselves valid identifiers (a reference that is no id of its feed, contract 1). */
const asIdentifiers = (kind: 'isrc' | 'iswc' | 'ipi-name', ids: readonly (readonly [string, string])[]): Set<string> =>
  new Set(ids.flatMap(([, id]) => validIdentifiers(kind, id)))

/** The recordings named by links, with the same ISRC in every feed. */
export async function gatherRecordings(all: Gathering, links: readonly Statement[]): Promise<Statement[]> {
  const ids = localIds(links, 'recording_id')
  const named = await all.read('recordings', local('recordings', ids))
  const isrcs = new Set([...identifiers(named, 'isrc'), ...asIdentifiers('isrc', ids)])
  return all.read('recordings', await all.byIdentifier('isrc', isrcs, 'recordings'))
}

/** The works of recordings: links, then works with the same ISWC in every feed. */
export async function gatherWorks(all: Gathering, recordings: readonly Statement[]): Promise<void> {
  const own = localIds(recordings, 'recording_id')
  const isrcs = identifiers(recordings, 'isrc')
  const links = [
    ...(await all.read('links', local('links', own))),
    ...(await all.read('links', await all.byIdentifier('isrc', isrcs, 'links'))),
  ]
  await all.read('usage', local('usage', own))
  await all.read('usage', await all.byIdentifier('isrc', isrcs, 'usage'))
  await gatherSameWorks(all, localIds(links, 'work_id'), [])
}

/** Works by local id and by ISWC, in every feed, with their shares. */
export async function gatherSameWorks(
  all: Gathering,
  ids: readonly (readonly [string, string])[],
  iswcs: readonly string[],
): Promise<void> {
  const named = await all.read('works', local('works', ids))
  const codes = new Set([...iswcs, ...identifiers(named, 'iswc'), ...asIdentifiers('iswc', ids)])
  const same = await all.read('works', await all.byIdentifier('iswc', codes, 'works'))
  const works = localIds([...named, ...same], 'work_id')
  const shares = [
    ...(await all.read('shares', local('shares', works.length === 0 ? ids : [...works, ...ids]))),
    ...(await all.read('shares', await all.byIdentifier('iswc', codes, 'shares'))),
  ]
  await all.read('acknowledgements', local('acknowledgements', works))
  await gatherParties(all, localIds(shares, 'party_id'))
}

/** Claimants by local id and by IPI, in every feed. */
export async function gatherParties(all: Gathering, ids: readonly (readonly [string, string])[]): Promise<void> {
  const named = await all.read('parties', local('parties', ids))
  const codes = new Set([...identifiers(named, 'ipi_name_number'), ...asIdentifiers('ipi-name', ids)])
  await all.read('parties', await all.byIdentifier('ipi-name', codes, 'parties'))
  await all.read('parties', await all.byIdentifier('isni', identifiers(named, 'isni'), 'parties'))
}

/** Licences that list what was found, whose licensor is a claimant or represents one, and those for everything. */
export async function gatherLicences(all: Gathering, feeds: readonly string[]): Promise<void> {
  const parties = all.of('parties')
  const items = [...localIds(all.of('recordings'), 'recording_id'), ...localIds(all.of('works'), 'work_id')]
  const ipis = identifiers(parties, 'ipi_name_number')
  const own = localIds(parties, 'party_id')
  const affiliations = await all.read('affiliations', local('affiliations', own))
  const licensors = [
    ...own,
    ...localIds(affiliations, 'licensor_party_id'),
    ...feeds.map((feed) => [feed, NO_LICENSOR] as const),
  ]
  for (const relation of ['licences', 'takedowns'] as const) {
    await all.read(relation, await all.byReference('item', items, relation))
    await all.read(relation, await all.byIdentifier('isrc', identifiers(all.of('recordings'), 'isrc'), relation))
    await all.read(relation, await all.byIdentifier('iswc', identifiers(all.of('works'), 'iswc'), relation))
  }
  await all.read('licences', await all.byReference('licensor', licensors, 'licences'))
  await all.read('licences', await all.byIdentifier('ipi-name', ipis, 'licences'))
  await gatherParties(all, localIds(all.of('licences'), 'licensor_party_id'))
}

/** Links to works, from the works' side. */
export async function gatherLinksOfWorks(all: Gathering): Promise<Statement[]> {
  const works = all.of('works')
  return [
    ...(await all.read('links', await all.byReference('work', localIds(works, 'work_id'), 'links'))),
    ...(await all.read('links', await all.byIdentifier('iswc', identifiers(works, 'iswc'), 'links'))),
  ]
}

/** Shares of parties, from the parties' side: by local id and by IPI; the works' other shares are left out. */
export async function gatherSharesOfParties(all: Gathering): Promise<void> {
  const parties = all.of('parties')
  const ids = localIds(parties, 'party_id')
  const ipis = identifiers(parties, 'ipi_name_number')
  const wanted = new Set(ids.map(([feed, id]) => `${feed} ${id}`))
  const subjects = [
    ...(await all.byReference('party', ids, 'shares')),
    ...(await all.byIdentifier('ipi-name', ipis, 'shares')),
  ]
  await all.read('shares', subjects, { column: 'party_id', texts: [...ids.map(([, id]) => id), ...ipis] })
  // A local id may mean somebody else in another feed.
  all.keep('shares', ({ source, values }) => {
    const id = text(values.party_id) ?? ''
    return wanted.has(`${source.feed} ${id}`) || validIdentifiers('ipi-name', id).some((ipi) => ipis.has(ipi))
  })
  await all.read('works', local('works', localIds(all.of('shares'), 'work_id')))
}
