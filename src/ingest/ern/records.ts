/** The records of a message that is refused: none of them acts, and each of them is listed. */
import { RecordScanner } from './count.js'
import { XmlDecoder } from './encoding.js'
import { REJECT_TEXT_LIMIT } from './refusal.js'

export interface ListedRecord {
  /** Line of its start tag, from 1. */
  line: number
  /** Its text, or the start of it. */
  raw: string
}

const LINE_END = /\r\n|\n|\r/g

/** Follows the scanner through the text, of which it holds no more than a tag that may begin a record. */
class RecordLister {
  readonly #listed: ListedRecord[] = []
  readonly #scanner = new RecordScanner({ began: (at) => this.#begin(at), ended: (at) => this.#end(at) })
  #text = ''
  #from = 0
  #line = 1
  #endsWithReturn = false
  #open: ListedRecord | null = null

  write(text: string): void {
    this.#text += text
    this.#scanner.write(text)
    this.#drop(this.#scanner.from)
  }

  /** The records that the scanner counts, without the message itself. */
  end(): ListedRecord[] {
    const records = this.#scanner.end() - 1
    this.#drop(this.#from + this.#text.length)
    if (this.#open !== null && this.#listed.length < records) this.#listed.push(this.#open)
    return this.#listed
  }

  #begin(at: number): void {
    this.#drop(at)
    this.#open = { line: this.#line, raw: '' }
  }

  #end(at: number): void {
    this.#drop(at)
    if (this.#open !== null) this.#listed.push(this.#open)
    this.#open = null
  }

  /** Lets go of the text before an index: its lines are counted, an open record takes it in. */
  #drop(to: number): void {
    const text = this.#text.slice(0, to - this.#from)
    if (text === '') return
    this.#text = this.#text.slice(text.length)
    this.#from = to
    if (this.#open !== null && this.#open.raw.length < REJECT_TEXT_LIMIT) {
      this.#open.raw += text.slice(0, REJECT_TEXT_LIMIT - this.#open.raw.length)
    }
    // CR and LF may come in two pieces.
    const isSplit = this.#endsWithReturn && text.startsWith('\n')
    this.#line += (text.match(LINE_END)?.length ?? 0) - (isSplit ? 1 : 0)
    this.#endsWithReturn = text.endsWith('\r')
  }
}

/** All records in a file but the message itself, in their order: as many as `countErnRecords` finds less one. */
export async function listRecords(chunks: AsyncIterable<Buffer>): Promise<ListedRecord[]> {
  const decoder = new XmlDecoder()
  const lister = new RecordLister()
  for await (const chunk of chunks) lister.write(decoder.write(chunk).text)
  lister.write(decoder.write(Buffer.alloc(0), true).text)
  return lister.end()
}
