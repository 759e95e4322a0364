/** Where the files of generations are, and which of them are kept. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from './files.js'
import { damaged, type Workspace } from './workspace.js'

/**
 * Reads which generation is published; 0 before the first.
 * Throws StoreError `damaged` when CURRENT is missing or names no generation.
 */
export function readCurrent(workspace: Workspace): number {
  const path = workspace.paths.current
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw damaged(path, errorCode(error) === 'ENOENT' ? 'is missing' : 'cannot be read', error)
  }
  if (!/^(?:0|[1-9]\d{0,14})\n$/.test(text)) throw damaged(path, 'names no generation')
  return Number(text)
}

/** Folder of a generation. */
export const generationFolder = (workspace: Workspace, number: number) =>
  join(workspace.paths.generations, String(number))

/** The evidence file of a generation. */
export const evidencePath = (workspace: Workspace, number: number) =>
  join(generationFolder(workspace, number), 'evidence.duckdb')

let temporaryFolders = 0

/**
 * A path for spilled data that no other process and no other open evidence uses; DuckDB makes it when it spills. Named by
 * process, its start and a number: to ask for chance takes a look-up longer than the rest of this file.
 */
export function temporaryFolder({ paths, running }: Workspace): string {
  temporaryFolders += 1
  const started = running.startedAt.replaceAll(/\D/g, '')
  return join(paths.temporary, `${running.pid}-${started}-${temporaryFolders}`)
}

/** The process id in the name of a temporary folder; undefined for a name that is not of this kind. */
export function temporaryOwner(name: string): number | undefined {
  const digits = /^(\d+)-/.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Numbers of the generations on disk, ascending; other names there are not ours to touch. */
export function generationNumbers(workspace: Workspace): number[] {
  return namesIn(workspace.paths.generations)
    .filter((name) => /^[1-9]\d{0,14}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
}

/** Removes all before the current generation but the last, which readers may still be opening; returns which. */
export function removeOldGenerations(workspace: Workspace, current: number): number[] {
  const removed: number[] = []
  for (const number of generationNumbers(workspace)) {
    if (number >= current - 1) continue
    try {
      rmSync(generationFolder(workspace, number), { recursive: true, force: true })
      removed.push(number)
    } catch {
      // Some systems keep a file that a reader has open; the next writer tries again.
    }
  }
  return removed
}

/** Names in a folder, sorted; none when it does not exist. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}
