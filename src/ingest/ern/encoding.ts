/**
 * Bytes of an XML file as text: the encoding is that of the byte order mark, else that of the XML declaration, else
 * UTF-8 (XML 1.0, appendix F). The text is always complete; bytes that do not fit show as U+FFFD and are reported.
 */

import { TextDecoder } from 'node:util'

interface DecodedText {
  text: string
  /** The first thing wrong with the encoding, at an index of `text`; reported once. */
  problem?: { at: number; reason: string }
}

/** Enough to hold an XML declaration. */
const HEAD_BYTES = 1024

const DECLARATION = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/

interface Detected {
  label: string
  reason?: string
}

function declaredEncoding(head: Buffer): Detected {
  const declared = DECLARATION.exec(head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, ''))?.[1]
  // The declaration was readable byte by byte, so a UTF-16 that it names is not what the file is in.
  if (declared === undefined || /^(utf-?16|ucs-?2|iso-10646)/i.test(declared)) return { label: 'utf-8' }
  try {
    return { label: new TextDecoder(declared).encoding }
  } catch {
    return { label: 'windows-1252', reason: `the encoding ${declared} is not known` }
  }
}

function detect(head: Buffer): Detected {
  const [a, b, c] = head
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8' }
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le' }
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be' }
  if (a === 0x3c && b === 0) return { label: 'utf-16le' }
  if (a === 0 && b === 0x3c) return { label: 'utf-16be' }
  return declaredEncoding(head)
}

/** Decodes the chunks of one file in order; characters that are split between chunks stay whole. */
export class XmlDecoder {
  #head: Buffer | null = Buffer.alloc(0)
  #lenient = new TextDecoder()
  #strict: TextDecoder | null = null
  #reason: string | undefined

  /** The text of the next bytes; `isLast` flushes what is left. */
  write(chunk: Buffer, isLast = false): DecodedText {
    if (this.#head === null) return this.#decode(chunk, isLast)
    const head: Buffer = Buffer.concat([this.#head, chunk])
    if (head.length < HEAD_BYTES && !isLast) {
      this.#head = head
      return { text: '' }
    }
    const { label, reason } = detect(head)
    this.#head = null
    this.#reason = reason
    this.#lenient = new TextDecoder(label)
    this.#strict = new TextDecoder(label, { fatal: true })
    return this.#decode(head, isLast)
  }

  #decode(chunk: Buffer, isLast: boolean): DecodedText {
    const text = this.#lenient.decode(chunk, { stream: !isLast })
    if (this.#reason !== undefined) {
      const reason = this.#reason
      this.#reason = undefined
      return { text, problem: { at: 0, reason } }
    }
    try {
      this.#strict?.decode(chunk, { stream: !isLast })
      return { text }
    } catch {
      const encoding = this.#lenient.encoding.toUpperCase()
      this.#strict = null
      const at = text.indexOf('\ufffd')
      return { text, problem: { at: at < 0 ? text.length : at, reason: `bytes that are not ${encoding}` } }
    }
  }
}
