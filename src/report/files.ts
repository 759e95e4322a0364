/** Writing a report so that nothing is lost: whole or not at all, and never over a file that nobody agreed to lose. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from '../errors.js'

export interface ReportFile {
  /** Absolute path. */
  readonly path: string
  /** As the user named it: for messages. */
  readonly name: string
  readonly text: string
  readonly overwrite: boolean
}

/**
 * Refuses what could not be written anyway, before the work for it is done.
 * Throws UsageError: `file-exists`, `no-such-folder`, `not-a-file`, and `same-file` where two are one.
 */
export function checkReportFiles(files: readonly Omit<ReportFile, 'text'>[]): void {
  for (const file of files) checkReportFile(file)
  const places = files.map(({ path }) => path)
  const again = files.find(({ path }, index) => places.indexOf(path) !== index)
  if (again === undefined) return
  throw new UsageError(`${again.name} is named for two reports.`, {
    code: 'same-file',
    file: again.name,
    suggestions: ['Name a file of its own for each'],
  })
}

/** The same for one. */
export function checkReportFile({ path, name, overwrite }: Omit<ReportFile, 'text'>): void {
  if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`There is no folder for ${name}.`, {
      code: 'no-such-folder',
      file: name,
      suggestions: [`Make the folder ${dirname(name)}, or name a file in one that exists`],
    })
  }
  const there = statSync(path, { throwIfNoEntry: false })
  if (there?.isFile() === false) {
    throw new UsageError(`${name} is no file.`, {
      code: 'not-a-file',
      file: name,
      suggestions: ['Name a file to write to'],
    })
  }
  if (there !== undefined && !overwrite) throw fileExists(name)
}

const fileExists = (name: string): UsageError =>
  new UsageError(`${name} exists already.`, {
    code: 'file-exists',
    file: name,
    suggestions: ['Name another file, or give --overwrite'],
  })

/** Writes beside the file, then puts it in place. Throws as `checkReportFiles` does; what was there is then as it was. */
export function writeReportFile(file: ReportFile): void {
  checkReportFile(file)
  const beside = placeBeside(file.path)
  try {
    writeFileSync(beside, file.text, { flag: 'wx', flush: true })
    putInPlace(beside, file)
  } finally {
    rmSync(beside, { force: true })
  }
}

/**
 * The same for a file too large to be held: `write` makes it at the path that it is given, which is in the same folder.
 * Throws as `checkReportFiles` and `write` do; what was there is then as it was.
 */
export async function writeLargeFile(
  file: Omit<ReportFile, 'text'>,
  write: (beside: string) => Promise<void>,
): Promise<void> {
  checkReportFile(file)
  const beside = placeBeside(file.path)
  try {
    await write(beside)
    syncFile(beside)
    putInPlace(beside, file)
  } finally {
    rmSync(beside, { force: true })
  }
}

const placeBeside = (path: string): string => freeName(join(dirname(path), `.${basename(path)}`))

function putInPlace(beside: string, { path, name, overwrite }: Omit<ReportFile, 'text'>): void {
  if (overwrite) renameSync(beside, path)
  else putInFreePlace(beside, path, name)
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function freeName(stem: string): string {
  for (let number = 0; ; number += 1) {
    const name = `${stem}.${number}.tmp`
    if (!existsSync(name)) return name
  }
}

/** Disks without hard links. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])

/** Unlike a rename, a link fails when somebody else has taken the name meanwhile. */
function putInFreePlace(beside: string, path: string, name: string): void {
  try {
    linkSync(beside, path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EEXIST') throw fileExists(name)
    if (!NO_LINKS.has(code)) throw error
    renameSync(beside, path)
  }
}
