/** Writing files so that they are there after the power fails. */
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes a small file whole or not at all: beside it, synced, renamed over it, the folder synced. */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.tmp`
  writeFileSync(beside, text, { flush: true })
  renameSync(beside, path)
  syncFolder(dirname(path))
}

/** Syncs every file below a folder, then the folders themselves. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) syncTree(path)
    else if (entry.isFile()) syncFile(path)
  }
  syncFolder(folder)
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Systems that cannot open or sync a folder (Windows, some network disks) keep names by other means. */
const NO_FOLDER_SYNC = new Set(['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP'])

/** Syncs the names in a folder. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(errorCode(error))) throw error
  }
}

/** The system's word for a failed file operation, e.g. `ENOENT`; '' for other errors. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
