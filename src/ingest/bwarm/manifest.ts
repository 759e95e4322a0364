/** The BWARM manifest: what the sender says it sent, and whether that is what arrived. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { tableOfType } from './tables.js'

export interface ManifestFile {
  readonly tableType: string
  readonly fileName: string
  /** NumberOfLinesInFile; null where it is not a whole number. */
  readonly lines: number | null
  /** Lower-case hex, or null. */
  readonly md5: string | null
}

export interface Manifest {
  /** DataFeedVersionId as given. */
  readonly version: string
  readonly senderName: string | null
  readonly senderDpid: string | null
  /** DataFeedCreatedDateTime as given. */
  readonly created: string | null
  readonly files: readonly ManifestFile[]
  /** The record that ends the manifest is there. */
  readonly hasFooter: boolean
  /** Line numbers (from 1) of records that are neither header, file nor footer. */
  readonly unread: readonly number[]
  readonly tally: {
    readonly header: number
    readonly staged: number
    readonly rejected: number
    readonly blank: number
  }
}

const cellsOf = (line: string): string[] => line.split('\t').map((cell) => cell.trim())

function fileRecord(cells: readonly string[]): ManifestFile | null {
  const [tableType = '', fileName = '', lines = '', md5 = ''] = cells
  if (cells.length < 3 || !/^[0-9]+$/.test(lines)) return null
  if (tableOfType(tableType) === null && !/\.(tsv|txt)(\.gz)?$/i.test(fileName)) return null
  const hash = /^[0-9a-f]{32}$/i.test(md5) ? md5.toLowerCase() : null
  return { tableType, fileName, lines: lines.length <= 15 ? Number(lines) : null, md5: hash }
}

const HEADER_CELLS = 7

/**
 * A manifest read from all its lines (or the first ones), or null when they are none: it has a header record with
 * the feed's version and sender and at least one file record of a known table (DDEX BWARM, manifest).
 */
export function parseManifest(lines: readonly string[]): Manifest | null {
  let header: string[] | null = null
  let hasFooter = false
  const files: ManifestFile[] = []
  const unread: number[] = []
  const tally = { header: 0, staged: 0, rejected: 0, blank: 0 }
  lines.forEach((line, index) => {
    const cells = cellsOf(line)
    const file = fileRecord(cells)
    if (line === '') tally.blank += 1
    else if (line.startsWith('#')) tally.header += 1
    else if (/^EOF\b/.test(line)) {
      tally.header += 1
      hasFooter = true
    } else if (file !== null) {
      tally.staged += 1
      files.push(file)
    } else if (header === null && cells.length >= 4 && cells.length <= HEADER_CELLS + 1) {
      tally.header += 1
      header = cells
    } else {
      tally.rejected += 1
      unread.push(index + 1)
    }
  })
  if (header === null || !files.some(({ tableType }) => tableOfType(tableType) !== null)) return null
  const [version = '', , senderName, senderDpid, , , created] = header as string[]
  return {
    version,
    senderName: senderName || null,
    senderDpid: senderDpid || null,
    created: created || null,
    files,
    hasFooter,
    unread,
    tally,
  }
}

/** Lower-case hex MD5 of a file, read as a stream. */
export async function md5OfFile(path: string): Promise<string> {
  const hash = createHash('md5')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Lines of a file as counted here, for comparing with a manifest. */
export interface CountedFile {
  readonly name: string
  readonly stated: number
  readonly lines: number
  readonly header: number
  readonly blank: number
}

const agrees = ({ stated, lines, header, blank }: CountedFile, withHeader: boolean): boolean => {
  const counted = withHeader ? lines : lines - header
  return stated === counted || stated === counted - blank
}

/**
 * The files whose number of lines is not the one that the manifest states. The standard does not say whether header
 * rows are counted: the reading that fits more files of the delivery is taken, for all of them.
 */
export function countMismatches(files: readonly CountedFile[]): readonly CountedFile[] {
  const withHeader = files.filter((file) => !agrees(file, true))
  const withoutHeader = files.filter((file) => !agrees(file, false))
  return withoutHeader.length < withHeader.length ? withoutHeader : withHeader
}
