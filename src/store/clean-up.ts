/** What the next writer clears away: the remains of killed writers and readers. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  evidencePath,
  generationFolder,
  generationNumbers,
  namesIn,
  readCurrent,
  removeOldGenerations,
  temporaryOwner,
} from './generation-files.js'
import { damaged, storeFileError, type Workspace } from './workspace.js'
import type { WriterLock } from './writer-lock.js'

export interface CleanUpReport {
  /** Numbers of the generations removed: old ones left behind, and an unfinished one. */
  readonly generations: readonly number[]
  /** How many temporary folders of processes that no longer run. */
  readonly temporary: number
}

/**
 * Removes unfinished and outdated generations and the temporary files of processes that ended. Each writer runs it
 * before it begins a generation.
 * Throws StoreError `damaged` (and removes nothing) when CURRENT does not fit the generations on disk, `unwritable`.
 */
export function cleanUp({ workspace }: WriterLock): CleanUpReport {
  const current = readCurrent(workspace)
  const numbers = generationNumbers(workspace)
  // A killed writer leaves the next one at most. More than that means that CURRENT was put back or overwritten.
  const beyond = numbers.find((number) => number > current + 1)
  if (beyond !== undefined) {
    throw damaged(workspace.paths.current, `names generation ${current}, but generation ${beyond} exists`)
  }
  if (current > 0 && !existsSync(evidencePath(workspace, current))) {
    throw damaged(evidencePath(workspace, current), 'is missing')
  }
  try {
    const unfinished = numbers.filter((number) => number > current)
    for (const number of unfinished) rmSync(generationFolder(workspace, number), { recursive: true, force: true })
    return {
      generations: [...removeOldGenerations(workspace, current), ...unfinished],
      temporary: removeTemporaryFolders(workspace),
    }
  } catch (error) {
    throw storeFileError(error, workspace.root)
  }
}

/**
 * Removes the archives of snapshots that were never published. `known` are the ids of all snapshots of the current
 * generation. To be run before a new delivery is archived; returns the ids removed, sorted.
 * Throws StoreError `unwritable`.
 */
export function removeOrphanSnapshots({ workspace }: WriterLock, known: readonly string[]): string[] {
  const kept = new Set(known)
  try {
    const orphans = namesIn(workspace.paths.snapshots).filter((name) => !kept.has(name))
    for (const name of orphans) rmSync(join(workspace.paths.snapshots, name), { recursive: true, force: true })
    return orphans
  } catch (error) {
    throw storeFileError(error, workspace.paths.snapshots)
  }
}

function removeTemporaryFolders(workspace: Workspace): number {
  let removed = 0
  for (const name of namesIn(workspace.paths.temporary)) {
    const owner = temporaryOwner(name)
    // A reader that still runs has its spilled rows there.
    if (owner !== undefined && workspace.running.isAlive(owner)) continue
    rmSync(join(workspace.paths.temporary, name), { recursive: true, force: true })
    removed += 1
  }
  return removed
}
