import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** Bytes on disk of the parts of a workspace. */
export interface WorkspaceSizes {
  readonly evidence: number
  readonly archive: number
  readonly casebook: number
}

function bytesOf(target: string): number {
  const found = statSync(target, { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.size
  return readdirSync(target).reduce((sum, name) => sum + bytesOf(path.join(target, name)), 0)
}

/** Sizes of a workspace by the path of its `.recital` folder. A file that vanishes meanwhile counts nothing. */
export const workspaceSizes = (root: string): WorkspaceSizes => ({
  evidence: bytesOf(path.join(root, 'generations')),
  archive: bytesOf(path.join(root, 'snapshots')),
  casebook: bytesOf(path.join(root, 'casebook.sqlite')),
})
