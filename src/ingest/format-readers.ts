/** Each format's reader behind one face: what it is given and what a delivery then knows about itself. */
import { createReadStream } from 'node:fs'
import { InputError } from '../errors.js'
import { readBwarm } from './bwarm/index.js'
import { readCwr } from './cwr/index.js'
import type { Delivery, ReceivedFile } from './deliveries.js'
import { countErnRecords, readErnFiles } from './ern/index.js'
import { lineCount } from './files/index.js'
import { readMusicBrainz } from './musicbrainz/index.js'
import type { RecordSink } from './reader.js'
import type { Format } from './request.js'
import type { StagedFile, Staging } from './staging.js'
import { readTables } from './tables/index.js'

/** What a delivery says about itself; null where it does not. */
export interface SelfDescription {
  /** Default name of the feed. */
  readonly feed: string | null
  /** Canonical instant. */
  readonly published: string | null
  readonly scope: 'full' | 'delta'
  /** A later delivery replaces units (releases, registrations) instead of natural keys. */
  readonly byUnit: boolean
  /** Relations of which the delivery is known to be incomplete; true = all of them. */
  readonly partial: boolean
}

export interface ReadOptions {
  readonly scope: 'full' | 'delta' | undefined
  readonly threads?: number | undefined
  readonly signal: AbortSignal
  onFile(rows: number): void
}

type Reader = (staging: Staging, delivery: Delivery, options: ReadOptions) => Promise<SelfDescription>

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')

/** The MLC's DDEX party id: its feed has a name that people know. */
const KNOWN_SENDERS: Readonly<Record<string, string>> = { PADPIDA2020062405C: 'mlc' }

const senderName = (id: string, name: string): string => KNOWN_SENDERS[id] ?? (slug(name) || slug(id) || 'unknown')

const chunksOf = (file: ReceivedFile, signal: AbortSignal): AsyncIterable<Buffer> =>
  createReadStream(file.source.path, { signal })

/** Registers a file with what unpacking it found. */
function addFile(staging: Staging, received: ReceivedFile, lines = lineCount(received.facts)): StagedFile {
  const file = staging.addFile(received.source, lines)
  for (const finding of received.findings) staging.findings.note(file.index, finding)
  return file
}

/**
 * A registration that follows another of the same work in one file replaces it, and an acknowledgement is a unit of its
 * own: CWR says neither, so the order of the lines is put behind the file's date in microseconds.
 */
function orderedSink(sink: RecordSink, created: () => string | null): RecordSink {
  const order = new Map<string, number>()
  return {
    row(relation, place, values) {
      const unit =
        place.unit ??
        `${relation}:${[values.work_id, values.original_file_date, values.original_group, values.original_transaction].join('/')}`
      if (relation === 'works' || !order.has(unit)) order.set(unit, place.line)
      const instant = created()
      const spoken = instant === null ? {} : { spoken: addMicroseconds(instant, order.get(unit) ?? place.line) }
      sink.row(relation, { ...place, unit, ...spoken }, values)
    },
    reject: (reject) => sink.reject(reject),
    note: (finding) => sink.note(finding),
  }
}

/** Lines of a file are fewer than the microseconds of a second in all but giant files; then the last count alike. */
const addMicroseconds = (instant: string, count: number): string =>
  `${instant.slice(0, 19)}.${String(Math.min(count, 999_999)).padStart(6, '0')}`

const readCwrFile: Reader = async (staging, delivery, { scope, signal, onFile }) => {
  const [file] = delivery.files
  if (file === undefined) throw new InputError('The delivery has no file.', { code: 'empty-delivery' })
  await staging.openSinks()
  // Nothing but LF ends a record of CWR.
  const staged = addFile(staging, file, file.facts.lines)
  const created = await cwrCreated(file)
  const result = await readCwr(
    { name: file.source.name, chunks: chunksOf(file, signal) },
    orderedSink(staging.sink(staged), () => created),
  )
  staged.tally = result.tally
  staged.partial = !result.complete
  onFile(result.tally.staged)
  const { sender } = result
  return {
    feed: `${senderName(sender.id, sender.name)}/cwr`,
    published: result.created,
    scope: scope ?? 'delta',
    byUnit: true,
    partial: !result.complete,
  }
}

/** The instant of a CWR file, needed before its rows are read: its first line is its header. */
async function cwrCreated(file: ReceivedFile): Promise<string | null> {
  const quiet: RecordSink = { row: () => undefined, reject: () => undefined, note: () => undefined }
  const [first = ''] = file.head.toString('latin1').split('\n')
  const only = async function* (): AsyncIterable<Buffer> {
    yield Buffer.from(`${first}\n`, 'latin1')
  }
  return (await readCwr({ name: file.source.name, chunks: only() }, quiet)).created
}

const readErn: Reader = async (staging, delivery, { scope, threads, signal, onFile }) => {
  await staging.openSinks()
  const staged = new Map<string, StagedFile>()
  for (const file of delivery.files) {
    // Records are counted by other means than the parser, before it: law 1 for a format without lines.
    const records = await countErnRecords(chunksOf(file, signal))
    staged.set(file.source.name, addFile(staging, file, records))
  }
  const senders = new Map<string, number>()
  let published: string | null = null
  let lastSender: { dpid: string; name: string } | null = null
  const at = (name: string): StagedFile => {
    const file = staged.get(name)
    if (file === undefined) throw new InputError(`${name} is not of this delivery.`, { code: 'unknown-file' })
    return file
  }
  await readErnFiles(
    delivery.files.map(({ source }) => source),
    {
      sink: (source) => staging.sink(at(source.name)),
      done: (source, message) => {
        const file = at(source.name)
        file.tally = message.tally
        if (message.refused) file.partial = true
        else {
          if (published === null || message.created > published) published = message.created
          lastSender = message.sender
          senders.set(message.sender.dpid, (senders.get(message.sender.dpid) ?? 0) + 1)
        }
        onFile(message.tally.staged)
      },
    },
    { signal, ...(threads === undefined ? {} : { threads }) },
  )
  const sender = lastSender as { dpid: string; name: string } | null
  return {
    feed: senders.size === 1 && sender !== null ? `${senderName(sender.dpid, sender.name)}/ern` : null,
    published,
    scope: scope ?? 'delta',
    byUnit: true,
    partial: false,
  }
}

const readBwarmFolder: Reader = async (staging, delivery, { signal, onFile }) => {
  const files = delivery.files.map((file) => ({
    file: addFile(staging, file),
    facts: file.facts,
  }))
  const result = await readBwarm(staging, files, { folderName: delivery.label, signal })
  for (const { file } of files) onFile(file.tally.staged)
  return {
    feed: `${senderName(result.sender.dpid, result.sender.name)}/bwarm`,
    published: result.created,
    scope: 'full',
    byUnit: false,
    partial: result.partial,
  }
}

const readMusicBrainzFolder: Reader = async (staging, delivery, { signal, onFile }) => {
  const files = delivery.files.map((file) => ({
    file: addFile(staging, file),
    facts: file.facts,
  }))
  const result = await readMusicBrainz(staging, files, signal)
  for (const { file } of files) onFile(file.tally.staged)
  return {
    feed: 'musicbrainz/mbdump',
    published: result.created,
    scope: 'full',
    byUnit: false,
    partial: result.partial,
  }
}

const readTablesFolder: Reader = async (staging, delivery, { scope, signal, onFile }) => {
  const files = delivery.files.map((file) => {
    if (file.table === null) throw new InputError(`${file.source.name} is no table.`, { code: 'not-a-table' })
    return { file: addFile(staging, file), facts: file.facts, recognised: file.table }
  })
  const wanted = scope ?? delivery.feedFile?.scope ?? delivery.mapping?.scope ?? 'full'
  await readTables(staging, files, {
    scope: wanted,
    signal,
    ...(delivery.mapping === null ? {} : { mapping: delivery.mapping }),
  })
  for (const { file } of files) onFile(file.tally.staged)
  return { feed: null, published: null, scope: wanted, byUnit: false, partial: false }
}

export const READERS: Readonly<Record<Format, Reader>> = {
  tables: readTablesFolder,
  bwarm: readBwarmFolder,
  cwr: readCwrFile,
  ern: readErn,
  musicbrainz: readMusicBrainzFolder,
}
