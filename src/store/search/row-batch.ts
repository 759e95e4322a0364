/** Rows written many at a time: a call of the database costs more than the row that it writes. */
import type { SqliteDatabase, SqliteStatement } from '../sqlite.js'

/** Values of one statement; SQLite takes 32,766 at most. */
const VALUES = 400

export class RowBatch {
  readonly #db: SqliteDatabase
  readonly #table: string
  readonly #columns: number
  readonly #full: SqliteStatement
  #values: (string | number)[] = []

  /** @param table a name of ours, with the name of its database where it needs one; rows that are there stay */
  constructor(db: SqliteDatabase, table: string, columns: number) {
    this.#db = db
    this.#table = table
    this.#columns = columns
    this.#full = this.#statement(Math.floor(VALUES / columns))
  }

  add(...row: readonly (string | number)[]): void {
    this.#values.push(...row)
    if (this.#values.length < VALUES) return
    this.#full.run(...this.#values)
    this.#values = []
  }

  /** Writes what is left. */
  flush(): void {
    if (this.#values.length === 0) return
    this.#statement(this.#values.length / this.#columns).run(...this.#values)
    this.#values = []
  }

  #statement(rows: number): SqliteStatement {
    const row = `(${new Array(this.#columns).fill('?').join(', ')})`
    return this.#db.prepare(`INSERT OR IGNORE INTO ${this.#table} VALUES ${new Array(rows).fill(row).join(', ')}`)
  }
}
