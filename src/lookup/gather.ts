/**
 * Everything known about what was found: from recordings to their works, from works to their recordings, shares,
 * claimants and licences. The same valid ISRC, ISWC, IPI or ISNI means the same thing in every feed, so the other
 * providers' statements come along, side by side.
 */
import { validIdentifiers } from '../model/identifiers/parse.js'
import { RELATIONS, type Relation, type RelationName } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { Catalogue } from '../store/evidence/catalogue.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import { LOCAL_POINTERS, NO_LICENSOR, type PointerScheme, sqlPointerKey } from '../store/evidence/pointers.js'
import { type Statement, StatementReader } from '../store/evidence/statements.js'
import { asIdentifiers, identifiersIn, type LocalId, localIds, localSubjects, textOf } from './local-ids.js'
import { Pointers, type SubjectRef } from './pointers.js'

type Among = { readonly column: string; readonly texts: readonly string[] }

/** What pointers are followed by: identifiers, and ids local to a feed. */
interface Wanted {
  readonly identifiers?: Readonly<Partial<Record<PointerScheme, Iterable<string>>>>
  readonly references?: Readonly<Partial<Record<PointerScheme, readonly LocalId[]>>>
  /** Also what parties claim, by their IPI: many. */
  readonly claims?: boolean
}

export class Gathering {
  private readonly found = new Map<string, Map<string, Statement>>()
  readonly reader: StatementReader

  constructor(
    private readonly db: Evidence,
    private readonly known: Knowledge | null,
    /** By stored relation, the feeds that speak about it. */
    private readonly speakers: Catalogue['speakers'],
    private readonly limit: number,
    readonly pointers = new Pointers(db, limit),
    reader?: StatementReader,
  ) {
    this.reader = reader ?? new StatementReader(db, known)
  }

  /**
   * Another gathering with the same memory of what was read. What it gathers while something else is waited for need not be
   * read again, and is otherwise forgotten.
   */
  ahead(): Gathering {
    return new Gathering(this.db, this.known, this.speakers, this.limit, this.pointers, this.reader)
  }

  feeds(): Promise<string[]> {
    return this.reader.feeds()
  }

  /** Completes the sources of what was read. */
  finish(): Promise<void> {
    return this.reader.addSources()
  }

  /** Statements of a relation, in the order of reading. */
  of(relation: string): Statement[] {
    return [...(this.found.get(relation)?.values() ?? [])]
  }

  /** Forgets the statements of a relation that do not pass. */
  keep(relation: string, passes: (statement: Statement) => boolean): void {
    const remembered = this.found.get(relation)
    for (const [key, statement] of remembered ?? []) if (!passes(statement)) remembered?.delete(key)
  }

  /** Reads the statements of those subjects that are of a relation, remembers them and returns them. */
  async read(relation: RelationName, subjects: readonly SubjectRef[], among?: Among): Promise<Statement[]> {
    return this.readSpec(RELATIONS[relation], subjects, among)
  }

  async readSpec(relation: Relation, subjects: readonly SubjectRef[], among?: Among): Promise<Statement[]> {
    const statements = await this.#statements(relation, this.#spoken(relation.name, subjects), among)
    const remembered = this.found.get(relation.name) ?? new Map<string, Statement>()
    for (const one of statements) remembered.set(`${one.statement} ${one.known.from}`, one)
    this.found.set(relation.name, remembered)
    return statements
  }

  /** The subjects about which a relation may say anything. */
  #spoken(relation: string, subjects: readonly SubjectRef[], about = relation): string[] {
    const speakers = this.speakers.get(relation)
    return subjects
      .filter((one) => one.relation === about && (one.feed === undefined || speakers?.has(one.feed)))
      .map(({ sql }) => sql)
  }

  async #statements(relation: Relation, subjects: readonly string[], among?: Among): Promise<Statement[]> {
    if (!this.speakers.has(relation.name) || subjects.length === 0) return []
    return this.reader.read({ relation, subjects, limit: this.limit, ...(among === undefined ? {} : { among }) })
  }

  /**
   * Begins to read what is stated of recordings, works and parties, also by other relations: whoever found them will
   * ask for it. Nothing is remembered yet.
   * @param wanted of these relations only
   */
  readAhead(subjects: readonly SubjectRef[], wanted?: readonly RelationName[]): void {
    for (const [found, relations] of Object.entries(SAME_SUBJECT)) {
      for (const relation of relations) {
        if (!(wanted?.includes(relation) ?? true)) continue
        inBackground(this.#statements(RELATIONS[relation], this.#spoken(relation, subjects, found)))
      }
    }
  }

  /** Subjects of all relations that mention identifiers or refer to local ids. */
  async follow({ identifiers = {}, references = {}, claims = false }: Wanted): Promise<SubjectRef[]> {
    const { 'ipi-name': ipis = [], ...codes } = identifiers
    const { licensor = [], ...ids } = references
    const keys = (wanted: Wanted): string[] => keysOf(wanted, this.speakers)
    const found = await Promise.all([
      this.pointers.follow(keys({ identifiers: codes, references: ids })),
      this.pointers.follow(keys({ identifiers: { 'ipi-name': ipis } }), claims ? null : 'shares'),
      // Licensors are asked for their licences; who is with them is known from the other end.
      this.pointers.follow(keys({ references: { licensor } }), 'affiliations'),
    ])
    return found.flat()
  }

  /** Begins to follow what will be wanted. */
  followAhead(wanted: Wanted): void {
    inBackground(this.follow(wanted))
  }
}

/** By relation, those that speak about the same subjects. */
const SAME_SUBJECT: Readonly<Record<string, readonly RelationName[]>> = {
  recordings: ['recordings', 'links', 'usage'],
  works: ['works', 'shares', 'acknowledgements'],
  parties: ['parties', 'affiliations'],
}

/** Whoever needs the result asks for it again, and is told what went wrong. */
export const inBackground = (work: Promise<unknown>): void => void work.catch(() => undefined)

/** Where no feed that speaks could have such a pointer, there is no key to look for. */
function keysOf({ identifiers = {}, references = {} }: Wanted, speakers: Catalogue['speakers']): string[] {
  const isSpoken = (scheme: PointerScheme, feed: string): boolean =>
    LOCAL_POINTERS[scheme]?.some((relation) => speakers.get(relation)?.has(feed)) ?? false
  return [
    ...Object.entries(identifiers).flatMap(([scheme, values]) =>
      [...(values ?? [])].map((value) => sqlPointerKey(scheme as PointerScheme, literal(value))),
    ),
    ...Object.entries(references).flatMap(([scheme, ids]) =>
      (ids ?? [])
        .filter(([feed]) => isSpoken(scheme as PointerScheme, feed))
        .map(([feed, id]) => sqlPointerKey(scheme as PointerScheme, literal(feed), literal(id))),
    ),
  ]
}

/** The recordings named by links, with the same ISRC in every feed. */
export async function gatherRecordings(all: Gathering, links: readonly Statement[]): Promise<Statement[]> {
  const ids = localIds(links, 'recording_id')
  const named = await all.read('recordings', localSubjects('recordings', ids))
  const isrcs = new Set([...identifiersIn(named, 'isrc'), ...asIdentifiers('isrc', ids)])
  return all.read('recordings', await all.follow({ identifiers: { isrc: isrcs } }))
}

/** The works of recordings: links, then works with the same ISWC in every feed. */
export async function gatherWorks(
  all: Gathering,
  recordings: readonly Statement[],
  feeds: readonly string[],
): Promise<void> {
  const own = localIds(recordings, 'recording_id')
  const same = await all.follow({ identifiers: { isrc: identifiersIn(recordings, 'isrc') } })
  const [links] = await Promise.all([
    all.read('links', [...localSubjects('links', own), ...same]),
    all.read('usage', [...localSubjects('usage', own), ...same]),
  ])
  await gatherSameWorks(all, localIds(links, 'work_id'), [], feeds)
}

/** Works by local id and by ISWC, in every feed, with their shares. */
export async function gatherSameWorks(
  all: Gathering,
  ids: readonly LocalId[],
  iswcs: readonly string[],
  feeds: readonly string[],
): Promise<void> {
  const [named, ownShares] = await Promise.all([
    all.read('works', localSubjects('works', ids)),
    all.read('shares', localSubjects('shares', ids)),
    all.read('acknowledgements', localSubjects('acknowledgements', ids)),
  ])
  const codes = new Set([...iswcs, ...identifiersIn(named, 'iswc'), ...asIdentifiers('iswc', ids)])
  const [mentions] = await Promise.all([
    all.follow({ identifiers: { iswc: codes } }),
    // Nearly always these are all claimants; what is read here is not read again below.
    gatherParties(all, localIds(ownShares, 'party_id'), () => all.followAhead(leadsToLicences(all, feeds))),
  ])
  const same = await all.read('works', mentions)
  const works = localIds([...named, ...same], 'work_id')
  const [shares] = await Promise.all([
    all.read('shares', [...localSubjects('shares', [...works, ...ids]), ...mentions]),
    all.read('acknowledgements', localSubjects('acknowledgements', works)),
  ])
  await gatherParties(all, localIds(shares, 'party_id'))
}

/** Claimants by local id and by IPI or ISNI, in every feed; `meanwhile` begins what needs those with local ids alone. */
export async function gatherParties(
  all: Gathering,
  ids: readonly LocalId[],
  meanwhile = (): void => undefined,
): Promise<void> {
  all.readAhead(localSubjects('parties', ids))
  const named = await all.read('parties', localSubjects('parties', ids))
  const ipis = new Set([...identifiersIn(named, 'ipi_name_number'), ...asIdentifiers('ipi-name', ids)])
  const mentions = all.follow({ identifiers: { 'ipi-name': ipis, isni: identifiersIn(named, 'isni') } })
  meanwhile()
  await all.read('parties', await mentions)
}

/** Pointers to licences: whose repertoire lists what was found, or whose licensor is one of these parties or anybody. */
function leadsToLicences(all: Gathering, feeds: readonly string[]): Wanted {
  const [recordings, works, parties] = [all.of('recordings'), all.of('works'), all.of('parties')]
  return {
    identifiers: {
      isrc: identifiersIn(recordings, 'isrc'),
      iswc: identifiersIn(works, 'iswc'),
      'ipi-name': identifiersIn(parties, 'ipi_name_number'),
    },
    references: {
      item: [...localIds(recordings, 'recording_id'), ...localIds(works, 'work_id')],
      licensor: [...localIds(parties, 'party_id'), ...feeds.map((feed) => [feed, NO_LICENSOR] as const)],
    },
  }
}

/** Licences that list what was found, whose licensor is a claimant or represents one, and those for everything. */
export async function gatherLicences(all: Gathering, feeds: readonly string[]): Promise<void> {
  const own = localIds(all.of('parties'), 'party_id')
  const [direct, affiliations] = await Promise.all([
    all.follow(leadsToLicences(all, feeds)),
    all.read('affiliations', localSubjects('affiliations', own)),
  ])
  const represented = await all.follow({ references: { licensor: localIds(affiliations, 'licensor_party_id') } })
  const subjects = [...direct, ...represented]
  const [licences] = await Promise.all([all.read('licences', subjects), all.read('takedowns', subjects)])
  const known = new Set(own.map(([feed, id]) => `${feed} ${id}`))
  const others = localIds(licences, 'licensor_party_id').filter(([feed, id]) => !known.has(`${feed} ${id}`))
  if (others.length > 0) await gatherParties(all, others)
}

/** Links to works, from the works' side. */
export async function gatherLinksOfWorks(all: Gathering): Promise<Statement[]> {
  const works = all.of('works')
  const subjects = await all.follow({
    identifiers: { iswc: identifiersIn(works, 'iswc') },
    references: { work: localIds(works, 'work_id') },
  })
  return all.read('links', subjects)
}

/** Shares of parties, from the parties' side: by local id and by IPI; the works' other shares are left out. */
export async function gatherSharesOfParties(all: Gathering): Promise<void> {
  const parties = all.of('parties')
  const ids = localIds(parties, 'party_id')
  const ipis = new Set(identifiersIn(parties, 'ipi_name_number'))
  const wanted = new Set(ids.map(([feed, id]) => `${feed} ${id}`))
  const subjects = await all.follow({
    identifiers: { 'ipi-name': ipis },
    references: { party: ids },
    claims: true,
  })
  await all.read('shares', subjects, { column: 'party_id', texts: [...ids.map(([, id]) => id), ...ipis] })
  // A local id may mean somebody else in another feed.
  all.keep('shares', (statement) => {
    const id = textOf(statement, 'party_id') ?? ''
    return wanted.has(`${statement.source.feed} ${id}`) || validIdentifiers('ipi-name', id).some((ipi) => ipis.has(ipi))
  })
  await all.read('works', localSubjects('works', localIds(all.of('shares'), 'work_id')))
}
