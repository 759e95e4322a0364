/** UTF-16 text as UTF-8: databases and readers see one encoding. */
import { TextDecoder } from 'node:util'
import { InputError } from '../../errors.js'
import { readChunks } from './chunks.js'

export type Utf16 = 'utf-16le' | 'utf-16be'

/**
 * The UTF-16 encoding that a byte order mark at the start of a file says; null for all others.
 * Throws InputError `encoding` for UTF-32, which looks alike.
 */
export function utf16Mark(head: Buffer, name: string): Utf16 | null {
  const [a, b, c, d] = head
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) {
    throw new InputError(`${name} is UTF-32 text, which is not read.`, {
      code: 'encoding',
      file: name,
      suggestions: ['Save it as UTF-8'],
    })
  }
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return null
}

/** The text of a UTF-16 file as pieces of UTF-8, without the byte order mark; `onBroken` hears of broken characters. */
export async function* utf16AsUtf8(path: string, encoding: Utf16, onBroken: () => void): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding)
  const encode = (text: string): Buffer => {
    if (text.includes('\ufffd')) onBroken()
    return Buffer.from(text, 'utf8')
  }
  for await (const chunk of readChunks(path)) yield encode(decoder.decode(chunk, { stream: true }))
  yield encode(decoder.decode())
}
