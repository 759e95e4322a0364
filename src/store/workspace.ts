/**
 * A workspace: the folder `.recital/` that holds everything recital knows.
 *
 *   format                          which layout this is, and who wrote it
 *   CURRENT                         number of the published generation, 0 before the first
 *   generations/<n>/evidence.duckdb the evidence, never changed once published
 *   snapshots/<snapshot id>/        archive of each delivery's rows, shared by all generations
 *   casebook.sqlite                 what people decide and asked
 *   tmp/<pid>-<id>/                 spilled data of running processes
 *   writer.lock.sqlite, writer.pid  who is writing now
 */
import { mkdirSync, readdirSync, readFileSync, type Stats, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { RecitalError, StoreError } from '../errors.js'
import { errorCode, replaceFile } from './files.js'

/** What only `cli/` may ask the system about the running process. */
export interface RunningProcess {
  readonly pid: number
  /** RFC 3339 instant. */
  readonly startedAt: string
  /** What it was asked to do, e.g. `recital ingest`. */
  readonly command: string
  /** Program and version, e.g. `recital 0.1.0`. */
  readonly program: string
  /** Whether a process with this id runs on this machine. */
  isAlive(pid: number): boolean
}

export interface WorkspacePaths {
  readonly format: string
  readonly current: string
  readonly generations: string
  readonly snapshots: string
  readonly casebook: string
  readonly temporary: string
  readonly writerLock: string
  readonly writerPid: string
}

export interface Workspace {
  /** Absolute path of the `.recital` folder. */
  readonly root: string
  readonly paths: WorkspacePaths
  readonly running: RunningProcess
}

const FOLDER = '.recital'
/**
 * The layout above. A change that older programs would misread raises it.
 * 2: snapshots in quarantine are archived but not folded; format 1 is read as it is, and raised by the next ingest.
 */
const WORKSPACE_FORMAT = 2

const pathsOf = (root: string): WorkspacePaths => ({
  format: join(root, 'format'),
  current: join(root, 'CURRENT'),
  generations: join(root, 'generations'),
  snapshots: join(root, 'snapshots'),
  casebook: join(root, 'casebook.sqlite'),
  temporary: join(root, 'tmp'),
  writerLock: join(root, 'writer.lock.sqlite'),
  writerPid: join(root, 'writer.pid'),
})

/**
 * Finds the workspace of a folder: its own `.recital`, or that of the nearest folder above.
 * Returns the absolute path of the `.recital` folder, undefined when there is none.
 */
export function findWorkspace(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    const root = join(folder, FOLDER)
    if (isFolder(root) && !isUnfinished(root)) return root
    if (dirname(folder) === folder) return undefined
  }
}

/**
 * The `.recital` folder that a person means by naming a path: that folder itself, or the one in it.
 * Returns an absolute path; nothing needs to exist there.
 */
export function workspaceAt(given: string): string {
  const path = resolve(given)
  const isItself = basename(path) === FOLDER || ['format', 'CURRENT'].every((name) => isFile(join(path, name)))
  return isItself ? path : join(path, FOLDER)
}

/**
 * Makes an empty workspace at the path of a `.recital` folder, or opens the one that is there already.
 * Throws StoreError: `unwritable`, `disk-full`, and what `openWorkspace` throws.
 */
export function createWorkspace(root: string, running: RunningProcess): Workspace {
  if (isFolder(root) && !isUnfinished(root)) return openWorkspace(root, running)
  const paths = pathsOf(root)
  try {
    mkdirSync(root, { recursive: true })
    startCurrent(paths.current)
    // Last, as it makes the folder a workspace: a creation that was cut short is taken up again.
    writeFormat(paths.format, running.program)
  } catch (error) {
    throw storeFileError(error, root)
  }
  return { root, paths, running }
}

/** Writes generation 0 unless another process, making the same workspace, was there first and may have gone further. */
function startCurrent(path: string): void {
  try {
    writeFileSync(path, '0\n', { flag: 'wx', flush: true })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
    // Cut short between the making of the file and its text.
    if (readFileSync(path, 'utf8') === '') replaceFile(path, '0\n')
  }
}

/**
 * Opens an existing workspace by the path of its `.recital` folder.
 * Throws StoreError: `no-workspace`, `newer-format` (written by a later recital), `damaged`.
 */
export function openWorkspace(root: string, running: RunningProcess): Workspace {
  const paths = pathsOf(root)
  if (!isFolder(root) || isUnfinished(root)) {
    throw new StoreError(`There is no workspace at ${root}.`, {
      code: 'no-workspace',
      file: root,
      suggestions: ['Start one with `recital ingest PATH`', 'Name another with --workspace'],
    })
  }
  const { format, writer } = readFormat(paths.format)
  if (format > WORKSPACE_FORMAT) {
    throw new StoreError(
      `The workspace ${root} has format ${format}, written by ${writer}; this is ${running.program}, which reads format ${WORKSPACE_FORMAT}.`,
      { code: 'newer-format', file: root, suggestions: ['Update recital and run the command again'] },
    )
  }
  return { root, paths, running }
}

const writeFormat = (path: string, program: string): void =>
  replaceFile(path, `${JSON.stringify({ format: WORKSPACE_FORMAT, writer: program })}\n`)

/**
 * Marks the workspace as one of this program's format, before something is published that an older one would misread.
 * Throws StoreError `unwritable`, `disk-full`, `damaged`.
 */
export function raiseFormat({ paths, running }: Workspace): void {
  if (readFormat(paths.format).format >= WORKSPACE_FORMAT) return
  try {
    writeFormat(paths.format, running.program)
  } catch (error) {
    throw storeFileError(error, paths.format)
  }
}

function readFormat(path: string): { format: number; writer: string } {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw damaged(path, errorCode(error) === 'ENOENT' ? 'is missing' : 'cannot be read', error)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw damaged(path, 'is not JSON', error)
  }
  if (typeof value !== 'object' || value === null || !('format' in value)) throw damaged(path, 'names no format')
  const { format } = value
  if (typeof format !== 'number' || !Number.isSafeInteger(format) || format < 1) {
    throw damaged(path, 'names no format that exists')
  }
  return { format, writer: 'writer' in value ? String(value.writer) : 'an unknown program' }
}

/** A StoreError `damaged` that names the file of the workspace and what is wrong with it. */
export function damaged(path: string, what: string, cause?: unknown): StoreError {
  return new StoreError(`The workspace is damaged: ${path} ${what}.`, {
    code: 'damaged',
    file: path,
    suggestions: ['Keep the folder as it is, and restore it from a copy'],
    ...(cause === undefined ? {} : { cause }),
  })
}

/** Turns a failed file operation inside the workspace into a StoreError `disk-full` or `unwritable`. */
export function storeFileError(error: unknown, path: string): RecitalError {
  if (error instanceof RecitalError) return error
  const full = ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(errorCode(error))
  return new StoreError(full ? 'The disk is full.' : `${path} cannot be written.`, {
    code: full ? 'disk-full' : 'unwritable',
    file: path,
    cause: error,
    suggestions: [full ? 'Free some disk space and run the command again' : 'Check the rights on the folder'],
  })
}

/** A folder whose creation was cut short: no format yet, and nothing that a workspace in use would have. */
function isUnfinished(root: string): boolean {
  try {
    return readdirSync(root).every((name) => ['CURRENT', 'CURRENT.tmp', 'format.tmp'].includes(name))
  } catch {
    // Not ours to list: reading its format will say so.
    return false
  }
}

const isFolder = (path: string) => entryAt(path)?.isDirectory() ?? false
const isFile = (path: string) => entryAt(path)?.isFile() ?? false

/** What is at a path; undefined for nothing, and for what may not be looked at. */
function entryAt(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}
