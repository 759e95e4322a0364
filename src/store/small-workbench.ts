/**
 * Relations of few rows, worked out in memory by SQLite. DuckDB takes some 5 ms to plan and run a statement of many joins
 * however few the rows are; SQLite takes a tenth of a millisecond, and falls behind only when there are many.
 */
import type { Row, SqlParameters } from './duckdb.js'
import { addBitFunctions } from './small-bits.js'
import { inSqlite, orderedBy, withoutOrder } from './small-dialect.js'
import { addListFunctions } from './small-lists.js'
import { addTextFunctions } from './small-texts.js'
import { openSqlite, type SqliteDatabase } from './sqlite.js'

/** Where relations are worked out, whatever does it: evidence, or a workbench. */
export interface Workbench {
  run(sql: string, parameters?: SqlParameters): Promise<unknown>
  rows<T extends Row = Row>(sql: string, parameters?: SqlParameters): Promise<T[]>
}

/** Texts, numbers, and NULL. */
export type SmallRow = Readonly<Record<string, string | number | bigint | null>>

type Whole = bigint | string | null

const present = (values: readonly Whole[]): Whole[] => values.filter((value) => value !== null)

/** As DuckDB's, they leave NULL out; SQLite's own would give NULL. */
const greatest = (...values: Whole[]): Whole =>
  present(values).reduce((a, b) => (a === null || (b ?? a) > a ? b : a), null)
const least = (...values: Whole[]): Whole =>
  present(values).reduce((a, b) => (a === null || (b ?? a) < a ? b : a), null)

/** A column of this name is true or false; SQLite has numbers for that. */
const IS_CONDITION = /^(?:is|has)_/

const BETWEEN_TABLES = /;\s*(?=CREATE OR REPLACE TEMP (?:TABLE|VIEW) )/

export class SmallWorkbench implements Workbench {
  /** Statements in SQLite's words, by DuckDB's. */
  readonly #words = new Map<string, string>()

  private constructor(private readonly database: SqliteDatabase) {}

  static async open(): Promise<SmallWorkbench> {
    const database = await openSqlite(':memory:', { busyTimeoutMs: 0 })
    database.pragma('case_sensitive_like = ON')
    database.pragma('temp_store = MEMORY')
    // Nothing is ever taken back.
    database.pragma('journal_mode = OFF')
    const exact = { deterministic: true, safeIntegers: true, varargs: true }
    database.function('greatest', exact, greatest)
    database.function('least', exact, least)
    addBitFunctions(database)
    addListFunctions(database)
    addTextFunctions(database)
    database.table('pieces_of', {
      columns: ['value'],
      parameters: ['texts'],
      *rows(texts) {
        for (const value of String(texts ?? '').split('|')) yield { value }
      },
    })
    database.table('parts_of', {
      columns: ['value'],
      parameters: ['list'],
      *rows(list) {
        for (const value of JSON.parse(String(list ?? '[]')) as (string | null)[]) yield { value }
      },
    })
    return new SmallWorkbench(database)
  }

  /** Makes a table of rows; a column that a row does not have is NULL. */
  fill(table: string, columns: readonly string[], rows: readonly SmallRow[]): void {
    const names = columns.map((name) => `"${name}"`)
    this.database.exec(`DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (${names.join(', ')})`)
    const insert = this.database.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`)
    for (const row of rows) insert.run(columns.map((name) => exactly(row[name] ?? null)))
  }

  async run(sql: string, parameters?: SqlParameters): Promise<void> {
    if (parameters === undefined) this.database.exec(this.#in(sql))
    else this.database.prepare(this.#in(sql)).run(parameters)
  }

  async rows<T extends Row = Row>(sql: string, parameters: SqlParameters = {}): Promise<T[]> {
    const { sql: words, isOrdered } = withoutOrder(this.#in(sql))
    const plain = this.database.prepare(words)
    const columns = plain.columns().map(({ name }) => name)
    const statement = isOrdered ? this.database.prepare(words + orderedBy(columns.length)) : plain
    const conditions = columns.filter((name) => IS_CONDITION.test(name))
    const rows = statement.all(parameters) as T[]
    for (const row of rows) {
      for (const name of conditions) if (row[name] !== null) (row as Row)[name] = row[name] === 1
    }
    return rows
  }

  /** Relations are made many at a time, and the same ones again at another date of knowledge. */
  #in(sql: string): string {
    return sql
      .split(BETWEEN_TABLES)
      .map((each) => this.#wordsOf(each))
      .join(';\n')
  }

  #wordsOf(sql: string): string {
    const words = this.#words.get(sql) ?? inSqlite(sql)
    this.#words.set(sql, words)
    return words
  }
}

/** The library would hand a number to SQLite as a floating one unless it is small. */
const exactly = (value: string | number | bigint | null): string | number | bigint | null =>
  Number.isInteger(value) ? BigInt(value as number) : value
