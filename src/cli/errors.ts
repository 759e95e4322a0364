/** The one place where anything that was thrown becomes one of our error classes. */
import { relative } from 'node:path'
import { CancelledError, type ErrorDetails, InputError, InternalError, RecitalError, StoreError } from '../errors.js'
import { translateDuckDBError } from '../store/duckdb-errors.js'
import { translateSqliteError } from '../store/sqlite.js'

/**
 * The error itself when it is ours; a CancelledError for an aborted operation; a StoreError for a full disk, a database in
 * trouble or too many open files; an InputError for a file that cannot be read; else an InternalError.
 * `cwd` is the folder that file names are told relative to.
 */
export function toRecitalError(error: unknown, cwd: string): RecitalError {
  if (error instanceof RecitalError) return error
  if (isAbort(error)) return new CancelledError('Cancelled.', { code: 'cancelled', cause: error })
  return fromSystem(error, cwd) ?? fromDatabase(error) ?? internal(error)
}

const isAbort = (error: unknown) =>
  error instanceof Error && (error.name === 'AbortError' || codeOf(error) === 'ABORT_ERR')

interface Trouble {
  readonly kind: 'input' | 'store'
  readonly code: string
  /** What is wrong, after the name of the file. */
  readonly words: string
  readonly next: string
}

const FULL: Trouble = {
  kind: 'store',
  code: 'disk-full',
  words: 'cannot be written: the disk is full',
  next: 'Free some disk space and run the command again',
}
const UNWRITABLE: Trouble = {
  kind: 'store',
  code: 'unwritable',
  words: 'cannot be written',
  next: 'Check the rights on the file and its folder',
}
const FORBIDDEN: Trouble = {
  kind: 'input',
  code: 'unreadable',
  words: 'cannot be read: permission denied',
  next: 'Check the rights on the file and its folder',
}
const TOO_MANY_OPEN: Trouble = {
  kind: 'store',
  code: 'too-many-open-files',
  words: 'cannot be opened: too many files are open',
  next: 'Raise the limit of open files (`ulimit -n`), or ingest fewer files at once',
}

const SYSTEM_TROUBLES: Readonly<Record<string, Trouble>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: FULL,
  EROFS: { ...UNWRITABLE, words: 'cannot be written: the disk is read-only' },
  EMFILE: TOO_MANY_OPEN,
  ENFILE: TOO_MANY_OPEN,
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  ENOENT: { kind: 'input', code: 'no-such-file', words: 'does not exist', next: 'Check the path' },
  ENOTDIR: {
    kind: 'input',
    code: 'no-such-file',
    words: 'lies below something that is no folder',
    next: 'Check the path',
  },
  EISDIR: { kind: 'input', code: 'unreadable', words: 'is a folder, not a file', next: 'Name a file' },
  ELOOP: { kind: 'input', code: 'unreadable', words: 'is a link that leads back to itself', next: 'Check the link' },
  ENAMETOOLONG: {
    kind: 'input',
    code: 'no-such-file',
    words: 'is a longer name than the system allows',
    next: 'Check the path',
  },
  EIO: { kind: 'input', code: 'unreadable', words: 'cannot be read: the disk failed', next: 'Check the disk' },
}

/** System calls that change the disk: no right to do them is no fault of an input file. */
const WRITING = new Set([
  'mkdir',
  'rename',
  'unlink',
  'rmdir',
  'rm',
  'write',
  'fsync',
  'ftruncate',
  'copyfile',
  'link',
  'symlink',
])

function fromSystem(error: unknown, cwd: string): RecitalError | undefined {
  if (!(error instanceof Error)) return undefined
  const isDenied = codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM'
  const writes = 'syscall' in error && WRITING.has(String(error.syscall))
  const trouble = isDenied && writes ? UNWRITABLE : SYSTEM_TROUBLES[codeOf(error)]
  // Only failed file operations: the same codes are used of processes, sockets and by libraries.
  if (trouble === undefined || !('syscall' in error || 'path' in error)) return undefined
  const file = 'path' in error && typeof error.path === 'string' ? nameOf(error.path, cwd) : undefined
  const details: ErrorDetails = { code: trouble.code, suggestions: [trouble.next], cause: error }
  if (file !== undefined) details.file = file
  const message = `${file ?? 'A file'} ${trouble.words}.`
  return trouble.kind === 'store' ? new StoreError(message, details) : new InputError(message, details)
}

/** A path as people know it: relative to where they stand when it is below, else as it is. */
function nameOf(path: string, cwd: string): string {
  const fromHere = relative(cwd, path)
  return fromHere === '' || fromHere.startsWith('..') ? path : fromHere
}

/** Whoever opened the database should have translated this with its path; here only its place is known. */
function fromDatabase(error: unknown): RecitalError | undefined {
  const translated = translateSqliteError(
    translateDuckDBError(error, 'of this workspace'),
    'A database of this workspace',
  )
  if (!(translated instanceof StoreError)) return translated instanceof RecitalError ? translated : undefined
  const { code, suggestions } = translated
  return new StoreError(translated.message, { code, suggestions, cause: error })
}

function internal(error: unknown): InternalError {
  const text = error instanceof Error ? error.message : String(error)
  const firstLine = text.split('\n', 1)[0] ?? ''
  return new InternalError(`Unexpected failure: ${firstLine === '' ? 'no message' : firstLine}`, {
    code: 'internal',
    cause: error,
    suggestions: ['This is a fault of recital, not of your data: run again with --debug and report what it prints'],
  })
}

const codeOf = (error: Error): string => ('code' in error ? String(error.code) : '')
