/**
 * The records of a message counted without an XML parser, to prove what the reader says (`lines = header + staged +
 * rejected`). Records are: the message itself (one, whatever the file holds), every child element of a top-level
 * `…List` (a SoundRecording, Video, Image, Release, TrackRelease, ReleaseDeal, Party, …: any name) and every top-level
 * PurgedRelease. Only tags are looked at, by their nesting; comments, CDATA, processing instructions and a DOCTYPE are
 * skipped. A broken file gives some number, the same each time.
 */
import { XmlDecoder } from './encoding.js'

const NAME_LIMIT = 256
type At = 'text' | 'skipping' | 'doctype' | 'tag'

const LESS = 0x3c
const GREATER = 0x3e
const SLASH = 0x2f
const QUOTES = [0x22, 0x27]
/** Where the name in a tag ends: blanks, `>` and `/` (the `/` that begins an end tag is taken off before). */
const NAME_END = /[\s/>]/

/** Where records stand, as indexes in the whole text; each begins, and ends before the next begins. */
export interface RecordEvents {
  /** The tag that begins a record is at an index; it counts once its tag has ended. */
  began(at: number): void
  /** The record that began last ends before an index. */
  ended(at: number): void
}

/** Counts records in pieces of text that arrive one after the other. */
export class RecordScanner {
  /** The message itself. */
  records = 1
  #at: At = 'text'
  #carry = ''
  #until = ''
  #depth = 0
  #inList = false
  #name = ''
  #nameEnded = false
  #closing = false
  #quote = 0
  #last = 0
  /** Characters before the text that is being looked at. */
  #before = 0
  #tagAt = 0
  #isRecord = false
  /** Depth of the record that is open; 0 = none. */
  #open = 0

  constructor(private readonly events?: RecordEvents) {}

  /** Index of the first character that an event to come may speak of. */
  get from(): number {
    return this.#at === 'tag' && !this.#nameEnded ? this.#tagAt : this.#before
  }

  write(text: string): void {
    this.#scan(this.#carry + text, false)
  }

  /** The number of records, after the last piece. */
  end(): number {
    this.#scan(this.#carry, true)
    return this.records
  }

  #scan(text: string, isLast: boolean): void {
    this.#carry = ''
    let index = 0
    while (index >= 0 && index < text.length) {
      if (this.#at === 'text') index = this.#findMarkup(text, index, isLast)
      else if (this.#at === 'tag') index = this.#readTag(text, index)
      else if (this.#at === 'doctype') index = this.#readDoctype(text, index)
      else index = this.#skip(text, index)
    }
    this.#before += text.length - this.#carry.length
  }

  #findMarkup(text: string, from: number, isLast: boolean): number {
    const start = text.indexOf('<', from)
    if (start < 0) return -1
    // `<![CDATA[` is the longest opening to tell apart.
    if (text.length - start < 9 && !isLast) {
      this.#carry = text.slice(start)
      return -1
    }
    if (text.startsWith('<!--', start)) return this.#skipUntil('-->', start + 4)
    if (text.startsWith('<![CDATA[', start)) return this.#skipUntil(']]>', start + 9)
    if (text.startsWith('<?', start)) return this.#skipUntil('?>', start + 2)
    if (text.startsWith('<!', start)) {
      this.#at = 'doctype'
      return start + 2
    }
    this.#at = 'tag'
    this.#tagAt = this.#before + start
    this.#closing = text.charCodeAt(start + 1) === SLASH
    this.#name = ''
    this.#nameEnded = false
    this.#quote = 0
    this.#last = LESS
    return start + (this.#closing ? 2 : 1)
  }

  #skipUntil(until: string, from: number): number {
    this.#at = 'skipping'
    this.#until = until
    return from
  }

  #skip(text: string, from: number): number {
    const end = text.indexOf(this.#until, from)
    if (end < 0) {
      this.#carry = text.slice(Math.max(from, text.length - this.#until.length + 1))
      return -1
    }
    this.#at = 'text'
    return end + this.#until.length
  }

  #readDoctype(text: string, from: number): number {
    const end = text.slice(from).search(/[[>]/)
    if (end < 0) return -1
    if (text.charCodeAt(from + end) === GREATER) {
      this.#at = 'text'
      return from + end + 1
    }
    return this.#skipUntil(']', from + end + 1)
  }

  #readTag(text: string, from: number): number {
    for (let index = from; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (!this.#nameEnded) this.#readName(text.charAt(index))
      if (this.#quote !== 0) {
        if (code === this.#quote) this.#quote = 0
      } else if (QUOTES.includes(code)) this.#quote = code
      else if (code === GREATER) {
        this.#endTag(this.#last === SLASH, this.#before + index + 1)
        return index + 1
      }
      this.#last = code
    }
    return -1
  }

  #readName(character: string): void {
    const isEnd = NAME_END.test(character)
    if (!isEnd) this.#name += character
    if (isEnd || this.#name.length === NAME_LIMIT) this.#endName()
  }

  #endName(): void {
    this.#nameEnded = true
    if (this.#closing) return
    const depth = this.#depth + 1
    const name = this.#name.slice(this.#name.indexOf(':') + 1)
    if (depth === 2) this.#inList = isList(name)
    this.#isRecord = depth === 2 ? isPurgedRelease(name) : depth === 3 && this.#inList
    if (this.#isRecord) this.events?.began(this.#tagAt)
  }

  /** @param end index behind the tag */
  #endTag(isEmpty: boolean, end: number): void {
    this.#at = 'text'
    if (this.#closing) {
      this.#depth = Math.max(0, this.#depth - 1)
      if (this.#depth < this.#open) this.#endRecord(end)
      return
    }
    const depth = this.#depth + 1
    if (!isEmpty) this.#depth = depth
    if (!this.#isRecord) return
    this.records++
    this.#open = depth
    if (isEmpty) this.#endRecord(end)
  }

  #endRecord(end: number): void {
    this.#open = 0
    this.events?.ended(end)
  }
}

/** Whether a top-level element holds records: ResourceList, ReleaseList, DealList, PartyList, WorkList, … */
export const isList = (name: string): boolean => name.endsWith('List')

/** Whether a top-level element is a record by itself. */
export const isPurgedRelease = (name: string): boolean => name === 'PurgedRelease'

/** The number of records in a file (see above); never fails on what the file holds, only on reading it. */
export async function countErnRecords(chunks: AsyncIterable<Buffer>): Promise<number> {
  const decoder = new XmlDecoder()
  const scanner = new RecordScanner()
  for await (const chunk of chunks) scanner.write(decoder.write(chunk).text)
  scanner.write(decoder.write(Buffer.alloc(0), true).text)
  return scanner.end()
}
