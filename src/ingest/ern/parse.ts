/**
 * The XML of one message as a stream of small trees: the root's start tag, then each record and each other top-level
 * element when it is complete. Nothing is expanded beyond the five XML entities and character references; a DOCTYPE,
 * a nesting or a piece of text beyond the limits is refused, as is anything that is not well-formed.
 */
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { isList } from './count.js'
import type { XmlElement } from './element.js'
import { ErnRefusal, type RefusalCode } from './refusal.js'

/** Deepest nesting; the standard needs about 15, and the parser's time grows with the square of the depth. */
const DEPTH_LIMIT = 200
/** Longest single text, tag or comment, in UTF-16 units. */
const PIECE_LIMIT = 4 * 1024 * 1024
/** Longest record, in UTF-16 units. */
const RECORD_LIMIT = 64 * 1024 * 1024

interface MessageEvents {
  /** The root's start tag. */
  root(name: string, namespace: string): void
  /** A top-level element that is no list: MessageHeader, UpdateIndicator, …, and PurgedRelease, which is a record. */
  section(element: XmlElement): void
  /** A child of a top-level list, e.g. of ResourceList. */
  record(list: string, element: XmlElement): void
}

type MutableElement = XmlElement & { attributes: Record<string, string> }

const localAttributes = (tag: SaxesTagNS): Record<string, string> =>
  Object.fromEntries(
    Object.values(tag.attributes)
      .filter(({ prefix, local }) => prefix !== 'xmlns' && local !== 'xmlns')
      .map(({ local, value }) => [local, value]),
  )

/** Reads the text of one message, in pieces. Throws `ErnRefusal`; after that it must not be used again. */
export class MessageParser {
  readonly #parser = new SaxesParser<{ xmlns: true; position: true }>({ xmlns: true, position: true })
  readonly #events: MessageEvents
  /** Open elements that belong to a tree; the first is a record or another top-level element. */
  readonly #open: MutableElement[] = []
  #depth = 0
  #list = ''
  #startLine = 1
  #eventAt = 0
  #treeAt = 0
  #sawRoot = false

  constructor(events: MessageEvents) {
    this.#events = events
    const parser = this.#parser
    parser.on('error', (error) => this.refuse('malformed', error.message.replace(/^[0-9]+:[0-9]+: /, '')))
    parser.on('doctype', () => this.#refuseDoctype())
    parser.on('opentagstart', () => this.#startTag())
    parser.on('opentag', (tag) => this.#openTag(tag))
    parser.on('text', (text) => this.#text(text))
    parser.on('cdata', (text) => this.#text(text))
    parser.on('closetag', () => this.#closeTag())
    parser.on('comment', () => this.#mark())
    parser.on('processinginstruction', () => this.#mark())
  }

  /** Line of the character read last, from 1. */
  get line(): number {
    return this.#parser.line
  }

  write(text: string): void {
    this.#parser.write(text)
    if (this.#parser.position - this.#eventAt > PIECE_LIMIT) {
      this.refuse('too-large', `a single text, tag or comment is longer than ${PIECE_LIMIT} characters`)
    }
    if (this.#open.length > 0 && this.#parser.position - this.#treeAt > RECORD_LIMIT) {
      this.refuse('too-large', `a record is longer than ${RECORD_LIMIT} characters`)
    }
  }

  end(): void {
    this.#parser.close()
    if (!this.#sawRoot) this.refuse('malformed', 'the file holds no element')
  }

  /** Refuses the message at the place where reading is now. */
  refuse(code: RefusalCode, message: string): never {
    throw new ErnRefusal(code, message, this.#parser.line, Math.max(1, this.#parser.column))
  }

  #refuseDoctype(): void {
    this.refuse('doctype', 'a document type declaration (DOCTYPE) is not allowed: it could define entities')
  }

  #mark(): void {
    this.#eventAt = this.#parser.position
  }

  #startTag(): void {
    this.#mark()
    // The character after the name has been read already; column 0 says that it was a line break.
    this.#startLine = this.#parser.column === 0 ? this.#parser.line - 1 : this.#parser.line
    if (this.#depth >= DEPTH_LIMIT) this.refuse('too-deep', `elements are nested deeper than ${DEPTH_LIMIT}`)
  }

  #openTag(tag: SaxesTagNS): void {
    this.#mark()
    this.#depth++
    if (this.#depth === 1) {
      this.#sawRoot = true
      this.#events.root(tag.local, tag.uri)
      return
    }
    if (this.#depth === 2) {
      this.#list = isList(tag.local) ? tag.local : ''
      if (this.#list !== '') return
    }
    const { local } = tag
    const element = { name: local, line: this.#startLine, attributes: localAttributes(tag), children: [], text: '' }
    const parent = this.#open.at(-1)
    if (parent === undefined) this.#treeAt = this.#parser.position
    else parent.children.push(element)
    this.#open.push(element)
  }

  #text(text: string): void {
    this.#mark()
    const element = this.#open.at(-1)
    if (element !== undefined) element.text += text
  }

  #closeTag(): void {
    this.#mark()
    this.#depth--
    const element = this.#open.pop()
    if (element === undefined) return
    element.text = element.text.trim()
    if (this.#open.length > 0) return
    if (this.#depth === 1) this.#events.section(element)
    else this.#events.record(this.#list, element)
  }
}
