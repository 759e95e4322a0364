/** Reading an index: small questions, each answered within milliseconds, so that whoever asks may stop between two. */
import { StoreError } from '../../errors.js'
import { openSqlite, type SqliteDatabase, type SqliteStatement, translateSqliteError } from '../sqlite.js'
import type { StoredDocument } from './document.js'
import { firstPacked, MOST_TERMS, titleHash } from './hashes.js'
import { deletionsOf } from './spelling.js'

/** A stretch of document numbers: those of a kind, or what remains of them. */
export interface Numbers {
  readonly first: number
  readonly end: number
}

/** Reading is cheap by memory; the pages of the common words stay. */
const CACHE_KIB = 32 * 1024

export class SearchIndex {
  readonly #db: SqliteDatabase
  readonly #statements = new Map<string, SqliteStatement>()

  private constructor(
    db: SqliteDatabase,
    readonly path: string,
  ) {
    this.#db = db
  }

  /** Opens a whole index. Throws StoreError: `damaged`, `unwritable`, `native-module-missing`. */
  static async open(path: string): Promise<SearchIndex> {
    const db = await openSqlite(path, { busyTimeoutMs: 0, isReadOnly: true })
    try {
      db.pragma('query_only = true')
      db.pragma(`cache_size = -${CACHE_KIB}`)
      db.pragma('mmap_size = 1073741824')
      db.prepare('SELECT count(*) FROM meta').get()
      return new SearchIndex(db, path)
    } catch (error) {
      db.close()
      throw translateSqliteError(error, path)
    }
  }

  close(): void {
    this.#db.close()
  }

  meta(): Readonly<Record<string, string>> {
    const rows = this.#all('SELECT name, value FROM meta ORDER BY name') as { name: string; value: string }[]
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  }

  /**
   * The first documents that match, the most popular first.
   * @param match an FTS5 expression in which every word is quoted
   */
  matching(match: string, { first, end }: Numbers, limit: number): number[] {
    const sql = 'SELECT rowid FROM words WHERE words MATCH ? AND rowid >= ? AND rowid < ? ORDER BY rowid LIMIT ?'
    // FTS5 takes no notice of a limit that is no integer, as which other numbers of this size arrive.
    return this.#numbers(sql, match, BigInt(first), BigInt(end), limit)
  }

  /** Documents with a whole title, folded. */
  titled(title: string, { first, end }: Numbers, limit: number): number[] {
    const sql = 'SELECT id FROM titles WHERE hash = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?'
    return this.#numbers(sql, titleHash(title), first, end, limit)
  }

  /** Documents with an identifier, normalised. */
  identified(text: string, limit: number): number[] {
    return this.#numbers('SELECT id FROM identifiers WHERE text = ? ORDER BY id LIMIT ?', text, limit)
  }

  /** Documents with an identifier that begins so. */
  identifiedFrom(beginning: string, limit: number): number[] {
    const sql = 'SELECT DISTINCT id FROM identifiers WHERE text >= ? AND text < ? ORDER BY text, id LIMIT ?'
    return this.#numbers(sql, beginning, `${beginning}\u{10ffff}`, limit)
  }

  documents(ids: readonly number[]): StoredDocument[] {
    const statement = this.#statement('SELECT id, streams, popularity, body FROM documents WHERE id = ?')
    return ids.flatMap((id) => this.#guarded(() => (statement.get(id) as StoredDocument | undefined) ?? []))
  }

  /** How many documents hold a word. */
  holding(word: string): number {
    const statement = this.#statement('SELECT documents FROM terms WHERE term = ?').pluck()
    return this.#guarded(() => Number(statement.get(word) ?? 0))
  }

  /** Number of all documents. */
  size(): number {
    return Number(this.meta().documents ?? 0)
  }

  /** Words that share a deletion with a word, among them all that are one letter away; with how many documents hold them. */
  near(word: string): { readonly term: string; readonly documents: number }[] {
    const sql = 'SELECT packed FROM deletions WHERE packed >= ? AND packed < ?'
    const numbers = deletionsOf(word).flatMap((left) => {
      const first = firstPacked(left)
      return this.#numbers(sql, first, first + MOST_TERMS).map((packed) => packed % MOST_TERMS)
    })
    const statement = this.#statement('SELECT term, documents FROM terms WHERE no = ? AND documents > 0')
    return [...new Set(numbers)].flatMap((no) =>
      this.#guarded(() => (statement.get(no) as { term: string; documents: number } | undefined) ?? []),
    )
  }

  #numbers(sql: string, ...values: (string | number | bigint)[]): number[] {
    const statement = this.#statement(sql).pluck()
    return this.#guarded(() => statement.all(...values) as number[])
  }

  #all(sql: string): unknown[] {
    return this.#guarded(() => this.#statement(sql).all())
  }

  #statement(sql: string): SqliteStatement {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#guarded(() => this.#db.prepare(sql))
    this.#statements.set(sql, statement)
    return statement
  }

  #guarded<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw this.#told(error)
    }
  }

  #told(error: unknown): unknown {
    const told = translateSqliteError(error, this.path)
    if (!(told instanceof StoreError) || told.code !== 'damaged') return told
    return new StoreError(`The search index ${this.path} is damaged.`, {
      code: 'damaged',
      file: this.path,
      cause: error,
      suggestions: ['Make it anew with `recital reindex --rebuild`'],
    })
  }
}
