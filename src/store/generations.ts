/**
 * Generations: each writer works on its own copy of the evidence and publishes it by renaming the small file
 * CURRENT. Readers never wait, and a writer killed at any moment leaves the published generation whole.
 */
import { constants, existsSync, mkdirSync, promises, rmSync, statSync } from 'node:fs'
import { InternalError, StoreError } from '../errors.js'
import { type Evidence, openEvidence } from './duckdb.js'
import { errorCode, replaceFile, syncFolder, syncTree } from './files.js'
import {
  evidencePath,
  generationFolder,
  readCurrent,
  removeOldGenerations,
  temporaryFolder,
} from './generation-files.js'
import { keepIndexForNext } from './search/index-files.js'
import { damaged, storeFileError, type Workspace } from './workspace.js'
import type { WriterLock } from './writer-lock.js'

export { readCurrent } from './generation-files.js'

/** How much of the machine an open evidence may use; see `EvidenceOptions`. */
export interface Limits {
  readonly memoryBytes?: number | undefined
  readonly threads?: number | undefined
}

export interface ReadOptions extends Limits {
  /** Folders that statements may read besides the workspace's archive of snapshots. */
  readonly allowedDirectories?: readonly string[] | undefined
}

/** A published generation, open for questions. */
export interface PublishedGeneration {
  readonly number: number
  readonly evidence: Evidence
}

export interface WriteOptions extends Limits {
  /** Folders of the deliveries to be read, besides the workspace itself. */
  readonly inputFolders: readonly string[]
  /** Free bytes on the workspace's disk; asked from the system unless given. */
  readonly freeBytes?: (() => Promise<number>) | undefined
}

/** A generation in the making, open for writing. It must end with `publish` or `discard`. */
export interface NewGeneration {
  readonly number: number
  /** Its folder, for what is published together with the evidence. */
  readonly folder: string
  readonly evidence: Evidence
  /**
   * Makes it the current generation, durably, and removes all but this and the one before. `alongside` names folders
   * written for it elsewhere (snapshot archives), which must be on disk before it is. It closes the evidence.
   * Throws StoreError (`disk-full`, `unwritable`); the generation before stays current.
   */
  publish(alongside?: readonly string[]): Promise<void>
  /** Closes and removes it; does nothing after `publish`. */
  discard(): Promise<void>
}

/** A reader is overtaken only when two generations are published while it opens a file; more often is no accident. */
const OPEN_ATTEMPTS = 10
/** Room left for other files while a clone is made. */
const SPARE_BYTES = 16 * 1024 ** 2

/**
 * Opens the published generation for reading, again if a writer removed it meanwhile. The rows stay the same as long
 * as it is open, whatever is published. Returns undefined while nothing has been ingested.
 * Throws StoreError: `damaged`, `newer-format`, `native-module-missing`.
 */
export async function openCurrentForReading(
  workspace: Workspace,
  options: ReadOptions = {},
): Promise<PublishedGeneration | undefined> {
  let number = readCurrent(workspace)
  for (let attempt = 1; ; attempt++) {
    if (number === 0) return undefined
    try {
      const evidence = await openEvidence(evidencePath(workspace, number), {
        mode: 'read',
        tempDirectory: temporaryFolder(workspace),
        allowedDirectories: [workspace.paths.snapshots, ...(options.allowedDirectories ?? [])],
        memoryBytes: options.memoryBytes,
        threads: options.threads,
      })
      return { number, evidence }
    } catch (error) {
      const now = readCurrent(workspace)
      if (now === number || attempt === OPEN_ATTEMPTS) throw error
      number = now
    }
  }
}

/**
 * Begins the generation after the current one: a clone of it, or an empty file before the first. Run `cleanUp` first.
 * Throws StoreError: `disk-full` (the clone does not fit), `unwritable`, `damaged`, `native-module-missing`.
 */
export async function beginGeneration(lock: WriterLock, options: WriteOptions): Promise<NewGeneration> {
  requireHeld(lock)
  const { workspace } = lock
  const current = readCurrent(workspace)
  const number = current + 1
  const folder = generationFolder(workspace, number)
  const path = evidencePath(workspace, number)
  try {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    if (current > 0) {
      await clone(workspace, evidencePath(workspace, current), path, options.freeBytes)
      keepIndexForNext(generationFolder(workspace, current), folder)
    }
    const evidence = await openEvidence(path, {
      mode: 'write',
      tempDirectory: temporaryFolder(workspace),
      allowedDirectories: [workspace.root, ...options.inputFolders],
      memoryBytes: options.memoryBytes,
      threads: options.threads,
    })
    return newGeneration(lock, number, evidence)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw isSystemError(error) ? storeFileError(error, folder) : error
  }
}

function newGeneration(lock: WriterLock, number: number, evidence: Evidence): NewGeneration {
  const { workspace } = lock
  const folder = generationFolder(workspace, number)
  let state: 'open' | 'published' | 'discarded' = 'open'
  return {
    number,
    folder,
    evidence,
    async publish(alongside = []) {
      if (state !== 'open') throw new InternalError(`Generation ${number} is ${state}.`, { code: 'generation-ended' })
      requireHeld(lock)
      await evidence.run('CHECKPOINT')
      await evidence.close()
      if (existsSync(`${evidence.path}.wal`)) {
        throw new InternalError(`Generation ${number} was not written out whole.`, { code: 'checkpoint-incomplete' })
      }
      makeCurrent(workspace, number, alongside)
      state = 'published'
      removeOldGenerations(workspace, number)
    },
    async discard() {
      if (state !== 'open') return
      state = 'discarded'
      await evidence.close()
      // A publication may fail after its rename, when the disk does: what CURRENT names stays.
      if (readCurrent(workspace) !== number) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Brings all files of a generation to the disk, then its number into CURRENT: in this order, whatever happens. */
function makeCurrent(workspace: Workspace, number: number, alongside: readonly string[]): void {
  const folder = generationFolder(workspace, number)
  try {
    for (const tree of [...alongside, folder]) syncTree(tree)
    for (const parent of [workspace.paths.snapshots, workspace.paths.generations]) {
      if (existsSync(parent)) syncFolder(parent)
    }
    replaceFile(workspace.paths.current, `${number}\n`)
  } catch (error) {
    throw storeFileError(error, folder)
  }
}

/** Without the lock another writer may be making the same generation. */
function requireHeld(lock: WriterLock): void {
  if (!lock.held) throw new InternalError('The writer’s lock was released too early.', { code: 'lock-released' })
}

/** Copies the evidence, sharing its blocks where the file system can; otherwise only when it fits. */
async function clone(workspace: Workspace, from: string, to: string, freeBytes: WriteOptions['freeBytes']) {
  if (!existsSync(from)) throw damaged(from, 'is missing')
  try {
    await promises.copyFile(from, to, constants.COPYFILE_FICLONE_FORCE)
    return
  } catch (error) {
    if (errorCode(error) === 'ENOSPC') throw error
  }
  const needed = statSync(from).size
  const free = await (freeBytes ?? (() => freeDiskBytes(workspace.root)))()
  if (free < needed + SPARE_BYTES) {
    throw new StoreError(
      `The disk has ${megabytes(free)} MB free; a copy of the evidence to work on needs ${megabytes(needed + SPARE_BYTES)} MB.`,
      { code: 'disk-full', file: from, suggestions: ['Free some disk space and run the command again'] },
    )
  }
  await promises.copyFile(from, to, constants.COPYFILE_FICLONE)
}

async function freeDiskBytes(path: string): Promise<number> {
  const { bavail, bsize } = await promises.statfs(path)
  return bavail * bsize
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6)

const isSystemError = (error: unknown) => error instanceof Error && 'syscall' in error
