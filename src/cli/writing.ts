/** How a command that writes gets its workspace: made when there is none, and said so. */
import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { createWorkspace, type Workspace } from '../store/workspace.js'
import type { Session } from './session.js'

/** Throws StoreError as opening and creating do. */
export function workspaceForWriting(session: Session): Workspace {
  const root = session.workspaceRoot()
  const isNew = !existsSync(root)
  const workspace = createWorkspace(root, session.running)
  if (isNew) session.note(`Made a workspace in ${basename(dirname(root))}/.recital`)
  return workspace
}
