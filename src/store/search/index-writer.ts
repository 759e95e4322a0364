/**
 * Writing an index: a file in a folder of its own, which nobody reads before it is whole. Nothing is synced on the way;
 * what is half done when the power fails is thrown away.
 */
import { rmSync } from 'node:fs'
import { InternalError } from '../../errors.js'
import { openSqlite, type SqliteDatabase, type SqliteStatement, translateSqliteError } from '../sqlite.js'
import type { IndexEntry } from './document.js'
import { MOST_TERMS, packedDeletion, titleHash } from './hashes.js'
import { RowBatch } from './row-batch.js'
import schema from './schema.sql'
import { canBeMistyped, deletionsOf } from './spelling.js'

/** Pages that FTS5 keeps before it writes a segment, and that SQLite keeps in memory. */
const CACHE_KIB = 128 * 1024
const SEGMENT_BYTES = 32 * 1024 ** 2

const SCRATCH = `
CREATE TABLE scratch.titles (hash INTEGER, id INTEGER);
CREATE TABLE scratch.identifiers (text TEXT, id INTEGER);
`

/** Takes documents in the order of their numbers; `finish` makes the file whole. */
export class IndexWriter {
  readonly #db: SqliteDatabase
  readonly #path: string
  readonly #isNew: boolean
  readonly #document: SqliteStatement
  readonly #words: SqliteStatement
  readonly #titles: RowBatch
  readonly #identifiers: RowBatch
  /** Changes of how many documents hold a word, while an index is brought up to date. */
  readonly #held = new Map<string, number>()
  #last = -1

  private constructor(db: SqliteDatabase, path: string, isNew: boolean) {
    this.#db = db
    this.#path = path
    this.#isNew = isNew
    const [titles, identifiers] = isNew ? ['scratch.titles', 'scratch.identifiers'] : ['titles', 'identifiers']
    this.#document = db.prepare('INSERT INTO documents (id, streams, popularity, body) VALUES (?, ?, ?, ?)')
    this.#words = db.prepare(
      'INSERT INTO words (rowid, title, artist, writer, owner, release, feed) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    this.#titles = new RowBatch(db, titles, 2)
    this.#identifiers = new RowBatch(db, identifiers, 2)
  }

  /**
   * Opens the file for writing: empty, or with the documents of an earlier index that was copied there.
   * Throws StoreError as `openSqlite`.
   */
  static async open(path: string, isNew: boolean): Promise<IndexWriter> {
    const db = await openSqlite(path, { busyTimeoutMs: 0 })
    try {
      db.pragma('journal_mode = OFF')
      db.pragma('synchronous = OFF')
      db.pragma('locking_mode = EXCLUSIVE')
      db.pragma(`cache_size = -${CACHE_KIB}`)
      if (isNew) {
        db.exec(schema)
        db.prepare('ATTACH ? AS scratch').run(`${path}.scratch`)
        db.pragma('scratch.journal_mode = OFF')
        db.pragma('scratch.synchronous = OFF')
        db.exec(SCRATCH)
        db.exec("INSERT INTO words (words, rank) VALUES ('automerge', 0)")
        db.exec(`INSERT INTO words (words, rank) VALUES ('hashsize', ${SEGMENT_BYTES})`)
      }
      db.exec('BEGIN')
      return new IndexWriter(db, path, isNew)
    } catch (error) {
      db.close()
      throw translateSqliteError(error, path)
    }
  }

  add(entry: IndexEntry): void {
    const { id, streams, popularity, body, words, titles, identifiers } = entry
    if (id <= this.#last) throw new InternalError('Documents came out of order.', { code: 'index-order' })
    this.#last = id
    this.#guarded(() => {
      this.#document.run(id, streams, popularity, body)
      this.#words.run(BigInt(id), words.title, words.artist, words.writer, words.owner, words.release, words.feed)
      for (const title of titles) this.#titles.add(titleHash(title), id)
      for (const text of identifiers) this.#identifiers.add(text, id)
    })
    if (!this.#isNew) this.#count(entry, 1)
  }

  /** Takes a document out, given as it was put in. */
  remove(entry: IndexEntry): void {
    const { id, titles, identifiers } = entry
    this.#guarded(() => {
      this.#db.prepare('DELETE FROM documents WHERE id = ?').run(id)
      this.#db.prepare('DELETE FROM words WHERE rowid = ?').run(BigInt(id))
      for (const title of titles)
        this.#db.prepare('DELETE FROM titles WHERE hash = ? AND id = ?').run(titleHash(title), id)
      for (const text of identifiers)
        this.#db.prepare('DELETE FROM identifiers WHERE text = ? AND id = ?').run(text, id)
    })
    this.#count(entry, -1)
  }

  /** Changes only how popular a document is. */
  touch(id: number, streams: number, popularity: number): void {
    this.#guarded(() =>
      this.#db.prepare('UPDATE documents SET streams = ?, popularity = ? WHERE id = ?').run(streams, popularity, id),
    )
  }

  /** What is stored of a document. Throws InternalError for one that is not there. */
  stored(id: number): { readonly streams: number; readonly popularity: number; readonly body: string } {
    const row = this.#db.prepare('SELECT streams, popularity, body FROM documents WHERE id = ?').get(id)
    if (row === undefined) throw new InternalError('A document to be removed is not there.', { code: 'index-document' })
    return row as { streams: number; popularity: number; body: string }
  }

  #count({ words }: IndexEntry, step: 1 | -1): void {
    const distinct = new Set(Object.values(words).flatMap((text) => text.split(' ')))
    for (const word of distinct) if (word !== '') this.#held.set(word, (this.#held.get(word) ?? 0) + step)
  }

  /** Makes the file whole and closes it. Throws StoreError when the disk is full. */
  finish(meta: Readonly<Record<string, string>>): void {
    this.#guarded(() => {
      this.#titles.flush()
      this.#identifiers.flush()
      if (this.#isNew) {
        this.#db.exec('INSERT OR IGNORE INTO titles SELECT hash, id FROM scratch.titles ORDER BY hash, id')
        this.#db.exec('INSERT OR IGNORE INTO identifiers SELECT text, id FROM scratch.identifiers ORDER BY text, id')
        this.#db.exec("INSERT INTO words (words) VALUES ('optimize')")
        this.#listTerms()
      } else this.#updateTerms()
      const put = this.#db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)')
      for (const [name, value] of Object.entries(meta)) put.run(name, value)
      this.#db.exec('COMMIT')
      if (this.#isNew) this.#db.exec('DETACH scratch')
    })
    this.close()
  }

  /** Lets go of the file; the second call does nothing. */
  close(): void {
    if (this.#db.open) this.#db.close()
    rmSync(`${this.#path}.scratch`, { force: true })
  }

  #listTerms(): void {
    this.#db.exec("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'words', 'row')")
    this.#db.exec('INSERT INTO terms (term, documents) SELECT term, doc FROM vocabulary ORDER BY term')
    this.#db.exec('DROP TABLE temp.vocabulary')
    this.#db.exec('CREATE UNIQUE INDEX terms_by_term ON terms (term, documents)')
    const rows = this.#db.prepare('SELECT no, term FROM terms').iterate() as IterableIterator<{
      no: number
      term: string
    }>
    this.#insertDeletions(packedOf(rows))
  }

  #insertDeletions(packed: Float64Array): void {
    const batch = new RowBatch(this.#db, 'deletions', 1)
    for (const one of packed) batch.add(one)
    batch.flush()
  }

  #updateTerms(): void {
    const find = this.#db.prepare('SELECT no FROM terms WHERE term = ?').pluck()
    const change = this.#db.prepare('UPDATE terms SET documents = documents + ? WHERE no = ?')
    const insert = this.#db.prepare('INSERT INTO terms (term, documents) VALUES (?, ?)')
    const added: { no: number; term: string }[] = []
    for (const term of [...this.#held.keys()].sort()) {
      const step = this.#held.get(term) ?? 0
      const no = find.get(term) as number | undefined
      if (no !== undefined) change.run(step, no)
      else if (step > 0) added.push({ no: Number(insert.run(term, step).lastInsertRowid), term })
    }
    this.#insertDeletions(packedOf(added))
  }

  #guarded(work: () => void): void {
    try {
      work()
    } catch (error) {
      throw translateSqliteError(error, this.#path)
    }
  }
}

/** All deletions of words, sorted, so that they are written from front to back. */
function packedOf(rows: Iterable<{ readonly no: number; readonly term: string }>): Float64Array {
  let packed = new Float64Array(1024)
  let length = 0
  for (const { no, term } of rows) {
    if (no >= MOST_TERMS || !canBeMistyped(term)) continue
    for (const left of deletionsOf(term)) {
      if (length === packed.length) {
        const larger = new Float64Array(length * 2)
        larger.set(packed)
        packed = larger
      }
      packed[length] = packedDeletion(left, no)
      length += 1
    }
  }
  return packed.slice(0, length).sort()
}
