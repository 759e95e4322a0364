-- The search index of one generation. Nothing in it is evidence: it is made from the evidence and can be made again.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

-- One row per document: a recording, work or party as it is found and shown. `id`: kind, then popularity, the most
-- popular first, so that the first rows of any answer are the ones that are wanted most.
CREATE TABLE documents (
  id         INTEGER PRIMARY KEY,
  streams    REAL NOT NULL,
  popularity REAL NOT NULL,
  body       TEXT NOT NULL     -- JSON, see IndexedBody
) STRICT;

-- The words of each document, folded before. The text itself is in `documents`.
CREATE VIRTUAL TABLE words USING fts5(
  title, artist, writer, owner, release, feed,
  content = '', contentless_delete = 1, prefix = '1 2 3',
  -- Words come parted by blanks; every other character is part of a word.
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co S* P*'"
);

-- One row per whole title and document, by a hash of the folded title.
CREATE TABLE titles (hash INTEGER, id INTEGER, PRIMARY KEY (hash, id)) WITHOUT ROWID, STRICT;

-- One row per identifier and document: normalised identifiers and ids of feeds in upper case.
CREATE TABLE identifiers (text TEXT, id INTEGER, PRIMARY KEY (text, id)) WITHOUT ROWID, STRICT;

-- One row per word, with the number of documents that hold it.
CREATE TABLE terms (no INTEGER PRIMARY KEY, term TEXT NOT NULL, documents INTEGER NOT NULL) STRICT;

-- One row per word and letter left out of it: hash of what is left, and the number of the word, in one integer.
CREATE TABLE deletions (packed INTEGER PRIMARY KEY) STRICT;
