/**
 * The casebook's schema, as steps from one `user_version` to the next. A step that was released is never edited;
 * a change is a new step. Tables are append-only: triggers refuse what would rewrite the record.
 */
import { StoreError } from '../../errors.js'
import type { SqliteDatabase } from '../sqlite.js'

/** One row is one question asked of the evidence; key `id`, in the order of asking. */
const QUERIES = `
CREATE TABLE queries (
  id         INTEGER PRIMARY KEY,
  asked_at   TEXT NOT NULL,    -- RFC 3339 instant
  program    TEXT NOT NULL,    -- program and version that answered
  command    TEXT NOT NULL,
  arguments  TEXT NOT NULL CHECK (json_valid(arguments)),
  generation INTEGER,          -- generation of the evidence that answered; NULL when there was none
  known      TEXT,             -- as known on this date; NULL when the question has no such date
  basis_hash TEXT,             -- hash of the snapshots that answered
  "rows"     INTEGER NOT NULL, -- rows of the answer
  summary    TEXT NOT NULL     -- the answer in one line
) STRICT;
CREATE TRIGGER queries_keep_update BEFORE UPDATE ON queries BEGIN SELECT RAISE(ABORT, 'the query log is append-only'); END;
CREATE TRIGGER queries_keep_delete BEFORE DELETE ON queries BEGIN SELECT RAISE(ABORT, 'the query log is append-only'); END;
`

/** One row is one comparison of a feed's changes with those of another system; key `id`, in the order of comparing. */
const AGREEMENTS = `
CREATE TABLE agreements (
  id          INTEGER PRIMARY KEY,
  compared_at TEXT NOT NULL,    -- RFC 3339 instant
  program     TEXT NOT NULL,
  feed        TEXT NOT NULL,
  snapshot    TEXT NOT NULL,
  relation    TEXT NOT NULL,
  against     TEXT NOT NULL,    -- name of their file
  sha256      TEXT NOT NULL,    -- of their file
  today       TEXT NOT NULL,    -- calendar day by which entries of the allow-list expired
  changes     INTEGER NOT NULL, -- = agreed + explained + unexplained
  agreed      INTEGER NOT NULL,
  explained   INTEGER NOT NULL,
  unexplained INTEGER NOT NULL,
  CHECK (changes = agreed + explained + unexplained)
) STRICT;
CREATE TRIGGER agreements_keep_update BEFORE UPDATE ON agreements BEGIN SELECT RAISE(ABORT, 'agreements are append-only'); END;
CREATE TRIGGER agreements_keep_delete BEFORE DELETE ON agreements BEGIN SELECT RAISE(ABORT, 'agreements are append-only'); END;
`

const STEPS: readonly string[] = [QUERIES, AGREEMENTS]

/**
 * Brings a casebook to the schema of this program; several processes may do so at once.
 * Throws StoreError `newer-format` when a later program has been there.
 */
export function migrateCasebook(database: SqliteDatabase): void {
  if (versionOf(database) === STEPS.length) return
  database
    .transaction(() => {
      const version = versionOf(database)
      if (version > STEPS.length) {
        throw new StoreError('The casebook was written by a newer version of recital.', {
          code: 'newer-format',
          file: database.name,
          suggestions: ['Update recital'],
        })
      }
      for (const step of STEPS.slice(version)) database.exec(step)
      database.pragma(`user_version = ${STEPS.length}`)
    })
    .immediate()
}

const versionOf = (database: SqliteDatabase) => Number(database.pragma('user_version', { simple: true }))
