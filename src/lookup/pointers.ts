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

/** Follows pointers, each once: the subjects that mention a global identifier, or refer to a feed-local id. */
export class Pointers {
  readonly #followed = new Map<string, Promise<SubjectRef[]>>()
  readonly #cut = new Set<string>()
  /** Keys of the next query, and that query. */
  #next: string[] = []
  #fetching: Promise<Map<number, SubjectRef[]>> | undefined
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
   */
  async follow(keys: readonly string[]): Promise<SubjectRef[]> {
    const wanted = [...new Set(keys)]
    for (const key of wanted) {
      if (!this.#followed.has(key)) this.#followed.set(key, this.#soon(key))
    }
    return (await Promise.all(wanted.map((key) => this.#followed.get(key) ?? []))).flat()
  }

  async #soon(key: string): Promise<SubjectRef[]> {
    const place = this.#next.push(key) - 1
    this.#fetching ??= Promise.resolve().then(() => {
      const keys = this.#next
      this.#next = []
      this.#fetching = undefined
      return this.#fetch(keys)
    })
    return (await this.#fetching).get(place) ?? []
  }

  /** The subjects behind keys, by the place of the key in the list. */
  async #fetch(keys: readonly string[]): Promise<Map<number, SubjectRef[]>> {
    const columns = ['r.relation', 'r.subject']
    const found = await distinctSubjects(
      this.db,
      sqlPicked({ table: 'pointers', key: '"key"', columns }, keys),
      this.#limit,
    )
    for (const [relation, subjects] of groupBy(found, (subject) => subject.relation)) {
      if (subjects.length > this.#limit) this.#cut.add(relation)
    }
    return groupBy(found, ({ pick }) => pick)
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
