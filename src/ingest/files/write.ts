/** Writes a stream of bytes to a temporary file while its facts are gathered. */
import { open } from 'node:fs/promises'
import { FactsCounter, type PlainFacts } from './facts.js'

/**
 * Writes the pieces to a new file at `path` and returns the facts of what was written.
 * @param check called after each piece with the bytes written so far; what it throws ends the writing
 */
export async function writeFacts(
  path: string,
  pieces: AsyncIterable<Buffer>,
  check: (written: number) => Promise<void>,
): Promise<PlainFacts> {
  const counter = new FactsCounter()
  const file = await open(path, 'wx')
  try {
    for await (const piece of pieces) {
      counter.push(piece)
      await file.writeFile(piece)
      await check(counter.bytes)
    }
  } finally {
    await file.close()
  }
  return counter.end()
}
