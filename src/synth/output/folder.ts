/** The folder of a catalogue: made under another name, and given its own when it is whole. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../../errors.js'
import { errorCode } from '../../store/files.js'
import { type RunningProcess, storeFileError } from '../../store/workspace.js'

/** Written last: a folder without it is no catalogue. */
export const SETTINGS_FILE = 'synth.yaml'

export interface UnfinishedFolder {
  /** Where to write. */
  readonly path: string
  /** Gives it its name. */
  finish(): void
  /** Removes it with everything in it, and the folders that were made to hold it. */
  discard(): void
}

/** The names in a folder; null where there is none. */
function namesIn(folder: string, asked = folder): string[] | null {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null
    if (errorCode(error) === 'ENOTDIR') throw refused(asked, 'is a file')
    throw storeFileError(error, asked)
  }
}

const refused = (folder: string, what: string): UsageError =>
  new UsageError(`${folder} ${what}; a catalogue is written into a new or an empty folder.`, {
    code: 'not-empty',
    file: folder,
    suggestions: ['Name a folder that is not there yet', 'Remove the old one first'],
  })

/** Removes what killed processes left beside a folder, or in it. */
function clearLeftovers(folder: string, isOurs: RegExp, running: RunningProcess): void {
  for (const name of namesIn(folder) ?? []) {
    const pid = isOurs.exec(name)?.[1]
    if (pid === undefined || running.isAlive(Number(pid))) continue
    rmSync(join(folder, name), { recursive: true, force: true })
  }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Begins the folder (an absolute path) that the user named `asked`: beside it, or within it where it is there and empty.
 * Throws UsageError `not-empty`, StoreError `unwritable`, `disk-full`.
 */
export function beginFolder(folder: string, asked: string, running: RunningProcess): UnfinishedFolder {
  const before = namesIn(folder, asked)
  try {
    if (before === null) return beside(folder, running)
    clearLeftovers(folder, /^\.partial-(\d+)$/, running)
    if (readdirSync(folder).length > 0) throw refused(asked, 'is not empty')
    return within(folder, running)
  } catch (error) {
    throw storeFileError(error, asked)
  }
}

function beside(folder: string, running: RunningProcess): UnfinishedFolder {
  const name = basename(folder)
  clearLeftovers(dirname(folder), new RegExp(`^${escaped(name)}\\.partial-(\\d+)$`), running)
  const path = `${folder}.partial-${running.pid}`
  rmSync(path, { recursive: true, force: true })
  // The first of the folders above it that had to be made, or itself.
  const made = mkdirSync(path, { recursive: true }) ?? path
  return {
    path,
    finish: () => renameSync(path, folder),
    discard: () => rmSync(made, { recursive: true, force: true }),
  }
}

function within(folder: string, running: RunningProcess): UnfinishedFolder {
  const path = join(folder, `.partial-${running.pid}`)
  mkdirSync(path)
  const parts = (): string[] =>
    readdirSync(path).sort((a, b) => Number(a === SETTINGS_FILE) - Number(b === SETTINGS_FILE))
  const moved: string[] = []
  return {
    path,
    finish() {
      for (const name of parts()) {
        renameSync(join(path, name), join(folder, name))
        moved.push(name)
      }
      rmSync(path, { recursive: true, force: true })
    },
    discard() {
      for (const name of [path, ...moved.map((part) => join(folder, part))])
        rmSync(name, { recursive: true, force: true })
    },
  }
}

/** Bytes of a file. */
export const bytesOf = (file: string): number => statSync(file).size
