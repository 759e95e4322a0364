/** Gzip, unpacked here because the database reads damaged and cut gzip files as if they were whole. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { InputError } from '../../errors.js'
import { readChunks } from './chunks.js'
import type { PlainFacts } from './facts.js'
import type { UnpackGuard } from './limits.js'
import { writeFacts } from './write.js'

export interface Inflated {
  facts: PlainFacts
  /** sha256 and size of the packed bytes. */
  sha256: string
  bytes: number
}

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b

/**
 * Unpacks a gzip file (of one or several members) to `target`.
 * Throws InputError `damaged` when it is cut, its check sum differs or something else follows it.
 */
export async function inflateGzip(path: string, name: string, target: string, guard: UnpackGuard): Promise<Inflated> {
  const hash = createHash('sha256')
  let bytes = 0
  async function* packed(): AsyncGenerator<Buffer> {
    for await (const chunk of readChunks(path)) {
      hash.update(chunk)
      bytes += chunk.length
      // A copy: the stream may still hold this piece when the next one is read.
      yield Buffer.from(chunk)
    }
  }
  const source = Readable.from(packed())
  const gunzip = createGunzip({ chunkSize: 1 << 18 })
  source.on('error', (error) => gunzip.destroy(error))
  // Begun by whoever reads, who then hears of any damage: nobody would while the target is still being opened.
  async function* unpacked(): AsyncGenerator<Buffer> {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>
  }
  try {
    const facts = await writeFacts(target, unpacked(), (written) => guard.check(bytes, written))
    return { facts, sha256: hash.digest('hex'), bytes }
  } catch (error) {
    throw isZlibError(error) ? damagedGzip(name, error) : error
  } finally {
    source.destroy()
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

function damagedGzip(name: string, cause: unknown): InputError {
  const isCut = cause instanceof Error && 'code' in cause && cause.code === 'Z_BUF_ERROR'
  const why = isCut ? 'it ends too early' : 'its content does not match its check sums'
  return new InputError(`The gzip file ${name} is damaged: ${why}.`, {
    code: 'damaged',
    file: name,
    cause,
    suggestions: ['Ask for the file again or copy it again, and compare its size and check sum'],
  })
}
