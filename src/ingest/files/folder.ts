/** The files of a delivery that is a folder. */
import { constants } from 'node:fs'
import { access, readdir, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { InputError } from '../../errors.js'
import { unreadable } from './chunks.js'

export interface FolderFile {
  /** Path inside the folder, forward slashes. */
  name: string
  path: string
}

/** Files that only the system that wrote the folder needs. */
const isLitter = (name: string): boolean => name.startsWith('.') || name === '__MACOSX'

/**
 * All files below a folder in the character order of their names; hidden files and `__MACOSX` are left out. A link to
 * something inside the folder is left out too: that is read in its own place.
 * Throws InputError: `unreadable`, `unsafe-name` (a link out of the folder).
 */
export async function folderFiles(folder: string): Promise<FolderFile[]> {
  const root = await realpath(folder).catch((error: unknown) => {
    throw unreadable(folder, error)
  })
  const files: FolderFile[] = []
  await walk(root, '', root, files)
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

async function walk(path: string, prefix: string, root: string, files: FolderFile[]): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  for (const entry of entries) {
    if (isLitter(entry.name)) continue
    const [name, full] = [`${prefix}${entry.name}`, join(path, entry.name)]
    if (entry.isSymbolicLink()) await checkLink(full, name, root)
    else if (entry.isDirectory()) await walk(full, `${name}/`, root, files)
    else files.push(await readable(full, name, entry.isFile()))
  }
}

async function checkLink(path: string, name: string, root: string): Promise<void> {
  const target = await realpath(path).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  if (target === root || target.startsWith(root + sep)) return
  throw new InputError(`${name} is a link to something outside the folder, which is not followed.`, {
    code: 'unsafe-name',
    file: name,
    suggestions: ['Copy the file into the folder, or name it on the command line'],
  })
}

async function readable(path: string, name: string, isFile: boolean): Promise<FolderFile> {
  if (!isFile) {
    throw new InputError(`${name} is not a file that can be read.`, { code: 'unreadable', file: name })
  }
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw unreadable(name, error)
  })
  return { name, path }
}
