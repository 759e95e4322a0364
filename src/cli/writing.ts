/** How a command that writes gets its workspace: made when there is none, and said so once something is in it. */
import { basename, dirname } from 'node:path'
import { workspaceForWork } from '../store/new-workspace.js'
import type { Workspace } from '../store/workspace.js'
import type { Session } from './session.js'

/**
 * Does work in the workspace. One that is made for it stays only if the work published something: a dry run and a failure
 * leave no trace. Throws StoreError as opening and creating do, and what the work throws.
 */
export async function inWorkspaceForWriting<T>(
  session: Session,
  work: (workspace: Workspace) => Promise<T>,
  hasPublished: (result: T) => boolean,
): Promise<T> {
  const root = session.workspaceRoot()
  const { workspace, isNew, undo } = workspaceForWork(root, session.running)
  let stays = false
  try {
    const result = await work(workspace)
    stays = hasPublished(result)
    if (isNew && stays) session.note(`Made a workspace in ${basename(dirname(root))}/.recital`)
    return result
  } finally {
    if (!stays) await undo()
  }
}
