/** Reading a file in large pieces. */
import { open } from 'node:fs/promises'
import { InputError } from '../../errors.js'

const CHUNK_BYTES = 1 << 20

/** The failure to read a file, in words. */
export function unreadable(name: string, cause: unknown): InputError {
  const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
  return new InputError(`The file ${name} cannot be read${why}.`, { code: 'unreadable', file: name, cause })
}

/**
 * The bytes of a file in pieces of at most 1 MB, in order. Each piece is only valid until the next one is asked for:
 * copy what must last. Throws InputError `unreadable`, naming the path.
 */
export async function* readChunks(path: string): AsyncGenerator<Buffer, void, undefined> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error)
  })
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES).catch((error: unknown) => {
        throw unreadable(path, error)
      })
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** The first bytes of a file, at most `length`. Throws InputError `unreadable`, naming the path. */
export async function readHead(path: string, length: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  let missing = length
  for await (const chunk of readChunks(path)) {
    pieces.push(Buffer.from(chunk.subarray(0, missing)))
    missing -= Math.min(missing, chunk.length)
    if (missing === 0) break
  }
  return Buffer.concat(pieces)
}

/** How often a byte occurs in a file. */
export async function countByte(path: string, byte: number): Promise<number> {
  let count = 0
  for await (const chunk of readChunks(path)) {
    for (let at = 0; at < chunk.length; at += 1) if (chunk[at] === byte) count += 1
  }
  return count
}
