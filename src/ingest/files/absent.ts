/** Texts that a file does not hold, to separate its cells with. */
import { InputError } from '../../errors.js'
import { readChunks } from './chunks.js'

/** Control characters first; then sequences of which no end is a beginning, so that two cannot overlap. */
const CANDIDATES: readonly string[] = [
  ...Array.from({ length: 31 }, (_, index) => 31 - index)
    .filter((code) => code !== 0x09 && code !== 0x0a && code !== 0x0d)
    .map((code) => String.fromCharCode(code)),
  ...Array.from({ length: 200 }, (_, index) => `\x1e${index}\x1f`),
]

const OVERLAP = Math.max(...CANDIDATES.map((text) => text.length)) - 1

/** The first `wanted` texts of a fixed list that do not occur in a file. Throws InputError when it holds nearly all. */
export async function absentTexts(path: string, wanted: number, name: string): Promise<string[]> {
  let absent = CANDIDATES.map((text) => Buffer.from(text, 'latin1'))
  let tail: Buffer = Buffer.alloc(0)
  for await (const chunk of readChunks(path)) {
    const seen = tail.length === 0 ? chunk : Buffer.concat([tail, chunk])
    absent = absent.filter((text) => !seen.includes(text))
    tail = Buffer.from(seen.subarray(Math.max(0, seen.length - OVERLAP)))
  }
  if (absent.length >= wanted) return absent.slice(0, wanted).map((text) => text.toString('latin1'))
  throw new InputError(`${name} is not a text file: it holds every control character.`, { code: 'binary', file: name })
}
