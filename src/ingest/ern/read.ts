/** One ERN message from its bytes: decoded, parsed, counted by the scanner beside it, and sent to the sink as a whole. */
import type { LineTally, RecordSink, Reject } from '../reader.js'
import { RecordScanner } from './count.js'
import { emitMessage } from './emit.js'
import { XmlDecoder } from './encoding.js'
import { MessageCollector, type MessageFacts } from './message.js'
import { MessageParser } from './parse.js'
import { type ListedRecord, listRecords } from './records.js'
import { ErnRefusal, REJECT_TEXT_LIMIT } from './refusal.js'
import { CollectingSink, replay } from './rows.js'
import { ernVersion, isKnownVersion, type MessageKind, messageKind, versionName } from './versions.js'

export interface ErnMessage {
  /** In records: the message itself (header) and the record elements that `countErnRecords` counts. */
  tally: LineTally
  /** The whole message was rejected: nothing of it acts. */
  refused: boolean
  /** Last part of the namespace, e.g. `382`; `''` when reading ended before the root element. */
  version: string
  kind: MessageKind
  messageId: string
  sender: { dpid: string; name: string }
  /** MessageCreatedDateTime as an RFC 3339 instant in UTC; `''` when not stated. */
  created: string
  /** Release keys that the message is about. */
  releases: string[]
}

/** The text around the place where reading is, to show the line that a message was refused for. */
class RecentText {
  #text = ''
  #firstLine = 1

  /** Call before the parser is given the text, with the line it is at. */
  add(text: string, line: number): void {
    const lastLine = Math.max(this.#text.lastIndexOf('\n'), this.#text.lastIndexOf('\r')) + 1
    this.#text = this.#text.slice(Math.max(lastLine, this.#text.length - REJECT_TEXT_LIMIT)) + text
    this.#firstLine = line
  }

  lineAt(line: number): string {
    const lines = this.#text.split(/\r\n|\n|\r/)
    return (lines[line - this.#firstLine] ?? '').slice(0, REJECT_TEXT_LIMIT)
  }
}

/** Reads the pieces of one message; stops parsing, but not counting, at the first reason to refuse it. */
class MessageReader {
  readonly #decoder = new XmlDecoder()
  readonly #scanner = new RecordScanner()
  readonly #recent = new RecentText()
  readonly #parser: MessageParser
  #collector: MessageCollector | null = null
  #refusal: ErnRefusal | null = null
  #refusedLine = ''

  constructor(readonly name: string) {
    this.#parser = new MessageParser({
      root: (rootName, namespace) => this.#start(rootName, namespace),
      section: (element) => this.#collector?.section(element),
      record: (list, element) => this.#collector?.record(list, element),
    })
  }

  #start(rootName: string, namespace: string): void {
    const version = ernVersion(namespace)
    const kind = messageKind(rootName)
    const found = `${rootName} in the namespace "${namespace}"`
    if (version === null) this.#parser.refuse('not-ern', `the file is no DDEX ERN message: it holds ${found}`)
    if (!isKnownVersion(version)) {
      const known = 'versions 3.3 to 3.8.3 and 4.1 to 4.3.2 are read'
      this.#parser.refuse('version', `ERN version ${versionName(version)} (${namespace}) is not known; ${known}`)
    }
    if (kind === null) this.#parser.refuse('not-ern', `ERN messages of the type ${rootName} are not read`)
    this.#collector = new MessageCollector(this.name, kind, version)
  }

  write(chunk: Buffer, isLast = false): void {
    const { text, problem } = this.#decoder.write(chunk, isLast)
    this.#scanner.write(text)
    if (this.#refusal !== null) return
    const readable = problem === undefined ? text : text.slice(0, problem.at)
    this.#recent.add(text, this.#parser.line)
    this.#attempt(() => {
      this.#parser.write(readable)
      if (problem !== undefined) this.#parser.refuse('encoding', problem.reason)
      if (isLast) this.#parser.end()
    })
  }

  #attempt(parse: () => void): void {
    try {
      parse()
    } catch (error) {
      if (!(error instanceof ErnRefusal)) throw error
      this.#refusal = error
      this.#refusedLine = this.#recent.lineAt(error.line)
    }
  }

  /** Sends everything to the sink; `records` lists those that a refused message takes along. Call once, after the last piece. */
  async finish(sink: RecordSink, records: () => Promise<ListedRecord[]>): Promise<ErnMessage> {
    const facts = this.#collector?.facts
    this.#scanner.end()
    if (this.#refusal !== null || facts === undefined) {
      return refuseMessage(sink, this.#refused(), await records(), facts)
    }
    const collected = new CollectingSink()
    const { spoken, releases, rejected } = emitMessage(facts, collected)
    replay(collected.calls, sink)
    return { ...describe(facts), ...tallied(1, facts.records - rejected, rejected), created: spoken, releases }
  }

  #refused(): Reject {
    const { code, message, line, column } = this.#refusal ?? new ErnRefusal('malformed', 'no element', 1, 1)
    const what = code === 'malformed' ? `not well-formed XML: ${message}` : message
    const reason = `message refused (${code}) at ${this.name}, line ${line}, column ${column}: ${what}`
    return { line, reason, raw: this.#refusedLine }
  }
}

const tallied = (header: number, staged: number, rejected: number) => ({
  refused: header === 0,
  tally: { header, staged, rejected, continued: 0, blank: 0 },
})

function describe(facts: MessageFacts | undefined) {
  const header = facts?.header
  return {
    version: facts?.version ?? '',
    kind: facts?.kind ?? ('new' as const),
    messageId: header?.messageId ?? '',
    sender: { dpid: header?.senderDpid ?? '', name: header?.sender?.name ?? '' },
  }
}

/**
 * A message of which nothing acts: itself and each of its records, as many as are found without a parser, are rejected
 * for the one reason.
 */
export function refuseMessage(
  sink: RecordSink,
  message: Reject,
  records: readonly ListedRecord[],
  facts?: MessageFacts | undefined,
): ErnMessage {
  sink.reject(message)
  for (const { line, raw } of records) sink.reject({ line, reason: message.reason, raw })
  return { ...describe(facts), ...tallied(0, 0, records.length + 1), created: '', releases: [] }
}

/**
 * Reads one DDEX ERN message (NewReleaseMessage or PurgeReleaseMessage, versions 3.3 to 4.3.2) and sends its rows to the
 * sink after its last byte.
 *
 * Rows: recordings (one per sound recording or video, ERN 4.3 one per edition), parties, works and links (where an ISWC
 * is stated), licences and takedowns (one per deal and validity period). `unit` is `release:<release key>` of the main
 * release: a later message, by `spoken`, replaces all its rows. A message that cannot be read to its end (not well-formed,
 * DOCTYPE, wrong encoding, unknown version, beyond the limits) gives no row: itself and each of its records is a reject.
 * Resources of other kinds, prices and other lists give no rows and count as staged.
 *
 * Throws only what reading the chunks throws.
 * @param input.chunks begins to read the message: once, and once more when it is refused
 */
export async function readErnMessage(
  input: { name: string; chunks: () => AsyncIterable<Buffer> },
  sink: RecordSink,
): Promise<ErnMessage> {
  const reader = new MessageReader(input.name)
  for await (const chunk of input.chunks()) reader.write(chunk)
  reader.write(Buffer.alloc(0), true)
  return reader.finish(sink, () => listRecords(input.chunks()))
}
