/** A workspace that is made for one piece of work, and taken back when the work comes to nothing. */
import { existsSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { StoreError } from '../errors.js'
import { namesIn, readCurrent, temporaryOwner } from './generation-files.js'
import { createWorkspace, type RunningProcess, type Workspace } from './workspace.js'
import { acquireWriterLock, type WriterLock } from './writer-lock.js'

export interface WorkspaceForWork {
  readonly workspace: Workspace
  /** Made by this call. */
  readonly isNew: boolean
  /**
   * Removes a workspace that this call made, with the folders above that were made for it, unless something was
   * published or asked in it, or another process writes in it. Never throws.
   */
  undo(): Promise<void>
}

/** The folders above a path that do not exist, the deepest first. */
function missingAbove(path: string): string[] {
  const missing: string[] = []
  for (let folder = dirname(path); !existsSync(folder) && dirname(folder) !== folder; folder = dirname(folder)) {
    missing.push(folder)
  }
  return missing
}

/** Opens the workspace at the path of a `.recital` folder, or makes it. Throws StoreError as both do. */
export function workspaceForWork(root: string, running: RunningProcess): WorkspaceForWork {
  if (existsSync(root)) return { workspace: createWorkspace(root, running), isNew: false, undo: async () => undefined }
  const above = missingAbove(root)
  try {
    const workspace = createWorkspace(root, running)
    return { workspace, isNew: true, undo: () => takeBack(workspace, above) }
  } catch (error) {
    if (existsSync(root) && !readdirSync(root).includes('format')) rmSync(root, { recursive: true, force: true })
    removeEmpty(above)
    throw error
  }
}

async function takeBack(workspace: Workspace, above: readonly string[]): Promise<void> {
  try {
    const lock = await lockUnlessTaken(workspace)
    try {
      if (isUsed(workspace)) return
      // Under another name first: who comes meanwhile finds a whole workspace or none.
      const gone = `${workspace.root}.gone-${workspace.running.pid}`
      renameSync(workspace.root, gone)
      rmSync(gone, { recursive: true, force: true })
    } finally {
      lock?.release()
    }
  } catch {
    // Somebody else works there, or the system does not let go: an empty workspace harms nobody.
    return
  }
  removeEmpty(above)
}

/** Throws where another process writes; where nothing can be locked at all, nobody writes. */
async function lockUnlessTaken(workspace: Workspace): Promise<WriterLock | undefined> {
  try {
    return await acquireWriterLock(workspace)
  } catch (error) {
    if (error instanceof StoreError && error.code === 'locked') throw error
    return undefined
  }
}

/** Whether anything was published or asked, or another process works there. */
function isUsed(workspace: Workspace): boolean {
  const { paths, running } = workspace
  const owners = namesIn(paths.temporary).map(temporaryOwner)
  const isBusy = owners.some((pid) => pid !== undefined && pid !== running.pid && running.isAlive(pid))
  return readCurrent(workspace) > 0 || existsSync(paths.casebook) || isBusy
}

function removeEmpty(folders: readonly string[]): void {
  for (const folder of folders) {
    try {
      rmdirSync(folder)
    } catch {
      // Something was put there meanwhile, or it was never made.
      return
    }
  }
}
