import { RELATIONS, type Relation, type RelationName } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import type { Catalogue } from '../store/evidence/catalogue.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import { LOCAL_POINTERS, type PointerScheme, sqlPointerKey } from '../store/evidence/pointers.js'
import { type Statement, StatementReader } from '../store/evidence/statements.js'
import type { LocalId } from './local-ids.js'
import { Pointers, type SubjectRef } from './pointers.js'

type Among = { readonly column: string; readonly texts: readonly string[] }

/** What pointers are followed by: identifiers, and ids local to a feed. */
export interface Wanted {
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
