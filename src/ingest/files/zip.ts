/** The members of a zip file, each as a temporary file. Their names are labels only, never paths on this disk. */
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { InputError, RecitalError } from '../../errors.js'
import type { PlainFacts } from './facts.js'
import { UnpackGuard, type UnpackLimits } from './limits.js'
import { writeFacts } from './write.js'

export interface ZipMember {
  /** The name inside the zip file. */
  name: string
  /** The temporary file that holds it. */
  path: string
  facts: PlainFacts
}

/** Local file header, or the end record of an empty zip file. */
export const isZip = (head: Buffer): boolean =>
  head.length >= 4 && (head.readUInt32LE(0) === 0x04034b50 || head.readUInt32LE(0) === 0x06054b50)

/** Files that only the system that packed them needs. */
const isLitter = (name: string): boolean =>
  name.split('/').some((part) => part === '__MACOSX' || (part.startsWith('.') && part !== '.' && part !== '..'))

const refused = (name: string, why: string, code = 'damaged', cause?: unknown): InputError =>
  new InputError(`The zip file ${name} was refused: ${why}.`, { code, file: name, cause })

/**
 * Unpacks the members of a zip file in the order of its directory; folders, hidden files and `__MACOSX` are left out.
 * Throws InputError: `unsafe-name` (a path out of the zip file), `encrypted`, `damaged` (cut, sizes or CRC differ),
 * `unsupported` (packed by another method than deflate), `unpack-limit`, `disk-full`.
 * @param temporary gives the path of a new file
 */
export async function* zipMembers(
  path: string,
  name: string,
  options: { folder: string; temporary: () => Promise<string>; limits: UnpackLimits },
): AsyncGenerator<ZipMember, void, undefined> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch((error) => {
    throw refused(name, textOf(error), 'damaged', error)
  })
  try {
    const entries = await readEntries(zip, name)
    await new UnpackGuard(name, options.folder, options.limits).needRoom(
      entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0),
    )
    for (const entry of entries) yield await unpackEntry(zip, entry, name, options)
  } finally {
    zip.close()
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function readEntries(zip: ZipFile, name: string): Promise<Entry[]> {
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/') && !isLitter(entry.fileName)) entries.push(entry)
    }
  } catch (error) {
    const why = textOf(error)
    const isName = /absolute path|invalid relative path|invalid characters in fileName/.test(why)
    throw refused(name, why, isName ? 'unsafe-name' : 'damaged', error)
  }
  return entries
}

async function unpackEntry(
  zip: ZipFile,
  entry: Entry,
  zipName: string,
  { folder, temporary, limits }: { folder: string; temporary: () => Promise<string>; limits: UnpackLimits },
): Promise<ZipMember> {
  const name = entry.fileName
  if (entry.isEncrypted()) throw refused(zipName, `${name} is encrypted`, 'encrypted')
  if (!entry.canDecodeFileData()) {
    throw refused(zipName, `${name} is packed by method ${entry.compressionMethod}, which is not read`, 'unsupported')
  }
  const target = await temporary()
  const guard = new UnpackGuard(`${zipName}/${name}`, folder, limits)
  let sum = 0
  try {
    // Opened by whoever reads, who then hears of any damage: nobody would while the target is still being opened.
    async function* summed(): AsyncGenerator<Buffer> {
      const stream: Readable = await zip.openReadStreamPromise(entry)
      // The library may say twice that the data is damaged; the second time nobody would listen.
      stream.on('error', () => undefined)
      for await (const piece of stream as AsyncIterable<Buffer>) {
        sum = crc32(piece, sum)
        yield piece
      }
    }
    const facts = await writeFacts(target, summed(), (written) => guard.check(entry.compressedSize, written))
    if (sum !== entry.crc32) throw refused(zipName, `${name} does not match its check sum`)
    return { name, path: target, facts }
  } catch (error) {
    throw error instanceof RecitalError ? error : refused(zipName, `${name}: ${textOf(error)}`, 'damaged', error)
  }
}
