/**
 * Where the index of a generation is, and how it gets there: made in a temporary folder of the process that makes it,
 * and renamed into the generation's folder when it is whole. A reader sees all of it or nothing; what a killed process
 * leaves is cleared away with its other temporary files (clean-up.ts).
 */
import { constants, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorCode, syncTree } from '../files.js'
import { generationFolder, temporaryFolder } from '../generation-files.js'
import { storeFileError, type Workspace } from '../workspace.js'

/** The index, and the list of its documents by which a later one is made from it. */
const NAMES = { index: 'search.sqlite', list: 'search-documents.parquet' } as const
/** The same of an earlier generation, kept for the next index. */
const BEFORE = { index: 'search-before.sqlite', list: 'search-documents-before.parquet' } as const

export interface IndexFiles {
  readonly index: string
  readonly list: string
}

const filesIn = (folder: string, names: IndexFiles): IndexFiles => ({
  index: join(folder, names.index),
  list: join(folder, names.list),
})

const areThere = ({ index, list }: IndexFiles): boolean => existsSync(index) && existsSync(list)

/** The files of a generation's index; they need not be there. */
export const indexFiles = (workspace: Workspace, generation: number): IndexFiles =>
  filesIn(generationFolder(workspace, generation), NAMES)

export const hasIndex = (workspace: Workspace, generation: number): boolean =>
  areThere(indexFiles(workspace, generation))

/** The index of an earlier generation that was kept for this one; null when there is none. */
export function earlierIndex(workspace: Workspace, generation: number): IndexFiles | null {
  const files = filesIn(generationFolder(workspace, generation), BEFORE)
  return areThere(files) ? files : null
}

/**
 * Keeps the index of one generation, or the earlier one that it kept, for the next. It costs a name, not a copy; where
 * the file system has no second names nothing is kept, and the next index is made from nothing.
 */
export function keepIndexForNext(folder: string, next: string): void {
  const from = [NAMES, BEFORE].map((names) => filesIn(folder, names)).find(areThere)
  if (from === undefined) return
  const to = filesIn(next, BEFORE)
  try {
    linkSync(from.index, to.index)
    linkSync(from.list, to.list)
  } catch {
    for (const path of [to.index, to.list]) rmSync(path, { force: true })
  }
}

export interface IndexWorkshop {
  readonly folder: string
  readonly files: IndexFiles
  /** Puts the finished files in their place; false when the generation is gone. Throws StoreError. */
  publish(generation: number): boolean
  /** Removes what is left; never throws. */
  clear(): void
}

/** A folder to make an index in, on the disk of the workspace. Throws StoreError `unwritable`. */
export function openWorkshop(workspace: Workspace): IndexWorkshop {
  const folder = temporaryFolder(workspace)
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw storeFileError(error, folder)
  }
  const files = filesIn(folder, NAMES)
  return {
    folder,
    files,
    publish(generation) {
      const target = indexFiles(workspace, generation)
      try {
        syncTree(folder)
        // The list first: an index without it is no index yet.
        renameSync(files.list, target.list)
        renameSync(files.index, target.index)
        return true
      } catch (error) {
        if (errorCode(error) === 'ENOENT' && !existsSync(generationFolder(workspace, generation))) return false
        throw storeFileError(error, target.index)
      }
    },
    clear: () => rmSync(folder, { recursive: true, force: true, maxRetries: 2 }),
  }
}

/** Copies an earlier index to work on, sharing its blocks where the file system can. Throws StoreError. */
export async function copyIndex(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE)
  } catch (error) {
    throw storeFileError(error, to)
  }
}
