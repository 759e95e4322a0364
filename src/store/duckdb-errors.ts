/**
 * What DuckDB says when the store itself is in trouble, in words that people can act on. Anything else (a wrong
 * statement, a value that does not convert) is passed on as it is: whoever wrote the statement knows more.
 */
import { CancelledError, type ErrorDetails, RecitalError, StoreError } from '../errors.js'

interface Trouble {
  readonly pattern: RegExp
  readonly code: string
  readonly message: (path: string, found: RegExpMatchArray) => string
  readonly suggestions?: readonly string[]
}

/** Only these kinds of message: the text of others may quote values of the data. */
const KINDS = /^(?:IO|Out of Memory|TransactionContext|FATAL|Serialization) Error:/

const TROUBLES: readonly Trouble[] = [
  {
    pattern: /Could not set lock on file(?:.*\(PID (\d+)\))?/s,
    code: 'locked',
    message: (path, found) =>
      `The evidence ${path} is locked by ${found[1] === undefined ? 'another process' : `process ${found[1]}`}.`,
    suggestions: ['Wait until that process has finished, or end it'],
  },
  {
    pattern: /older development version of DuckDB/,
    code: 'older-format',
    message: (path) => `The evidence ${path} was written by a version of DuckDB too old to read.`,
    suggestions: ['Ingest the deliveries again into a new workspace'],
  },
  {
    pattern: /database file with version number|newer version of DuckDB|storage version greater/,
    code: 'newer-format',
    message: (path) => `The evidence ${path} was written by a newer version of recital.`,
    suggestions: ['Update recital and run the command again'],
  },
  {
    pattern: /max_temp_directory_size/,
    code: 'disk-full',
    message: () => 'The disk has no room left for the temporary files of this work.',
    suggestions: ['Free some disk space', 'Allow more memory with --memory, so that less goes to disk'],
  },
  {
    pattern: /No space left on device|There is not enough space on the disk|Disk quota exceeded/,
    code: 'disk-full',
    message: () => 'The disk is full.',
    suggestions: ['Free some disk space and run the command again'],
  },
  {
    pattern: /^Out of Memory Error/,
    code: 'out-of-memory',
    message: () => 'This work needs more memory than it may use.',
    suggestions: ['Allow more with --memory', 'Use fewer --threads'],
  },
  {
    pattern: /not a valid DuckDB database file|Corrupt database file|replaying WAL|database does not exist/,
    code: 'damaged',
    message: (path) => `The evidence ${path} is damaged and cannot be read.`,
    suggestions: ['Keep the file aside, and restore the workspace from a copy'],
  },
]

const CUT_SHORT = /Could not read (?:enough bytes )?from file "([^"]*)"/

/**
 * Translates what DuckDB threw while it worked on the evidence at `path`: a StoreError (`locked`, `newer-format`,
 * `older-format`, `disk-full`, `out-of-memory`, `damaged`), a CancelledError after `interrupt()`, or the error itself.
 */
export function translateDuckDBError(error: unknown, path: string): unknown {
  if (error instanceof RecitalError || !(error instanceof Error)) return error
  const text = error.message
  if (text.startsWith('INTERRUPT Error')) return new CancelledError('Cancelled.', { code: 'cancelled', cause: error })
  if (!KINDS.test(text)) return error
  for (const trouble of TROUBLES) {
    const found = text.match(trouble.pattern)
    if (found === null) continue
    const details: ErrorDetails = { code: trouble.code, file: path, cause: error }
    if (trouble.suggestions !== undefined) details.suggestions = trouble.suggestions
    return new StoreError(trouble.message(path, found), details)
  }
  // The same words are used for a data file that is cut short; only our own file speaks of the store.
  if (text.match(CUT_SHORT)?.[1] === path) {
    return new StoreError(`The evidence ${path} is damaged: the file is cut short.`, {
      code: 'damaged',
      file: path,
      cause: error,
      suggestions: ['Keep the file aside, and restore the workspace from a copy'],
    })
  }
  return error
}
