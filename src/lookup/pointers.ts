/** From identifiers and references to the subjects that mention them. */
import type { Evidence } from '../store/duckdb.js'
import { sqlPicked } from '../store/evidence/picked.js'
import { subjectByNumber } from '../store/evidence/statements.js'

/** A subject of a feed, as an SQL expression; hashes never leave SQL. */
export interface SubjectRef {
  readonly relation: string
  readonly sql: string
  /** The feed it is a subject of, where whoever made it knew: a feed that says nothing in a relation need not be asked. */
  readonly feed?: string
}

/** Subjects of a relation that one step follows at least, where there are so many. */
const POINTER_LIMIT = 2000

/**
 * Subjects that are many and that nobody needs who does not ask for them: the shares that name a large publisher by its IPI, and the
 * affiliations with a large society. In a synthetic catalogue of ten million tracks, 940,000 affiliations name one licensor.
 */
export type Except = 'shares' | 'affiliations'

interface Wanted {
  readonly key: string
  readonly except: Except | null
}

/** Follows pointers, each once: the subjects that mention a global identifier, or refer to a feed-local id. */
export class Pointers {
  readonly #followed = new Map<string, Promise<SubjectRef[]>>()
  readonly #cut = new Set<string>()
  /** What the next query is for, and that query. */
  #next: Wanted[] = []
  #fetching: Promise<Map<Wanted, SubjectRef[]>> | undefined
  readonly #limit: number

  constructor(
    private readonly db: Evidence,
    limit = POINTER_LIMIT,
  ) {
    this.#limit = Math.max(limit, POINTER_LIMIT)
  }

  /** Relations of which not all subjects were followed. */
  get cut(): ReadonlySet<string> {
    return this.#cut
  }

  /**
   * What is asked for in one go, whoever asks, is one query.
   * @param keys SQL expressions of `sqlPointerKey`
   * @param except a relation whose subjects are left out
   */
  async follow(keys: readonly string[], except: Except | null = null): Promise<SubjectRef[]> {
    const found = [...new Set(keys)].map((key) => {
      const name = `${except} ${key}`
      const followed = this.#followed.get(name) ?? this.#soon({ key, except })
      this.#followed.set(name, followed)
      return followed
    })
    return (await Promise.all(found)).flat()
  }

  async #soon(wanted: Wanted): Promise<SubjectRef[]> {
    this.#next.push(wanted)
    this.#fetching ??= Promise.resolve().then(() => {
      const all = this.#next
      this.#next = []
      this.#fetching = undefined
      return this.#fetch(all)
    })
    return (await this.#fetching).get(wanted) ?? []
  }

  async #fetch(all: readonly Wanted[]): Promise<Map<Wanted, SubjectRef[]>> {
    const parts: string[] = []
    const sorted: Wanted[] = []
    for (const [except, wanted] of groupBy(all, (one) => one.except)) {
      const conditions = except === null ? [] : [`r.relation <> '${except}'`]
      const picked = { table: 'pointers', key: '"key"', columns: ['r.relation', 'r.subject'], conditions }
      const keys = wanted.map(({ key }) => key)
      parts.push(sqlPicked(picked, keys, sorted.length))
      sorted.push(...wanted)
    }
    const found = await distinctSubjects(this.db, parts.join(' UNION ALL '), this.#limit)
    for (const [relation, subjects] of groupBy(found, (subject) => subject.relation)) {
      if (subjects.length > this.#limit) this.#cut.add(relation)
    }
    const byPlace = groupBy(found, ({ pick }) => pick)
    return new Map(sorted.map((wanted, place) => [wanted, byPlace.get(place) ?? []]))
  }
}

/**
 * The different subjects of a query for `pick`, `relation` and `subject`: of each relation all, or, where there are more
 * than `limit` (2000 at least), one more than that. To tell them apart costs DuckDB more than to find them, and nearly always there are few.
 */
export async function distinctSubjects(
  db: Evidence,
  sql: string,
  atLeast: number,
): Promise<(SubjectRef & { readonly pick: number })[]> {
  const limit = Math.max(atLeast, POINTER_LIMIT)
  const some = await db.rowsAside(`${sql} LIMIT ${limit + 1}`)
  const rows =
    some.length <= limit
      ? some
      : await db.rowsAside(
          `SELECT * FROM (SELECT DISTINCT * FROM (${sql}))
           QUALIFY row_number() OVER (PARTITION BY relation ORDER BY pick, subject) <= ${limit + 1}`,
        )
  const subjects = new Map(rows.map((row) => [`${row.pick} ${row.relation} ${row.subject}`, row]))
  return [...subjects.values()].map(({ pick, relation, subject }) => ({
    pick: Number(pick),
    relation: String(relation),
    sql: subjectByNumber(String(subject)),
  }))
}

function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group === undefined) groups.set(keyOf(value), [value])
    else group.push(value)
  }
  return groups
}
