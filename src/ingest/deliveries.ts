/**
 * From paths to deliveries: every file is unpacked, measured and recognised by its content, and grouped into what one
 * provider delivered at one time. A folder of tables, a BWARM folder and a MusicBrainz dump are one delivery each, all
 * ERN messages under one path are one, and every CWR file is one.
 */
import { open, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { InputError } from '../errors.js'
import { looksLikeBwarm } from './bwarm/index.js'
import { looksLikeCwr } from './cwr/index.js'
import { looksLikeErn } from './ern/index.js'
import { FEED_FILE_NAME, type FeedFile, readFeedFile } from './feed-file.js'
import { folderFiles, type PlainFacts, unpack } from './files/index.js'
import { looksLikeMusicBrainz } from './musicbrainz/index.js'
import type { Finding, SourceFile } from './reader.js'
import type { Format } from './request.js'
import { HEAD_BYTES, type Mapping, type RecognisedTable, recogniseTable } from './tables/index.js'

/** An unpacked file with what one pass over it told. */
export interface ReceivedFile {
  readonly source: SourceFile
  readonly facts: PlainFacts
  /** What unpacking changed. */
  readonly findings: readonly Finding[]
  /** The first bytes. */
  readonly head: Buffer
  readonly table: RecognisedTable | null
}

export interface Delivery {
  /** How people know it: the path as given, and the folder below it. */
  readonly label: string
  readonly format: Format
  readonly files: readonly ReceivedFile[]
  readonly feedFile: FeedFile | null
  readonly mapping: Mapping | null
  /** Text of the mapping file as far as it says how the content is read. */
  readonly mappingText: string | null
}

export interface Deliveries {
  readonly deliveries: readonly Delivery[]
  readonly skipped: readonly { readonly name: string; readonly reason: string }[]
}

export interface FindOptions {
  readonly format: 'auto' | Format
  readonly mapping: Mapping | null
  readonly mappingText: string | null
  /** Folder for unpacked files. */
  readonly temporary: string
  readonly signal: AbortSignal
  onFile(name: string, bytes: number): void
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

interface Found {
  readonly folder: string
  readonly file: ReceivedFile
}

/** The folder of a file's name inside the delivery; an archive is a folder. */
const folderOf = (name: string): string => path.posix.dirname(name)

async function receive(
  given: string,
  options: FindOptions,
): Promise<{ found: Found[]; feedFiles: Map<string, FeedFile> }> {
  const found: Found[] = []
  const feedFiles = new Map<string, FeedFile>()
  const isFolder = (await statOrRefuse(given)).isDirectory()
  const custom = options.mapping?.isCustom === true ? [options.mapping.relation.name] : []
  const base = path.basename(given)
  const inputs = isFolder
    ? (await folderFiles(given)).map((one) => ({ name: `${base}/${one.name}`, path: one.path }))
    : [{ name: base, path: given }]
  for (const input of inputs) {
    for await (const { source, facts, findings } of unpack(input.path, options.temporary, {
      name: input.name,
      signal: options.signal,
    })) {
      if (path.posix.basename(source.name) === FEED_FILE_NAME) {
        feedFiles.set(folderOf(source.name), readFeedFile(await readFile(source.path, 'utf8'), source.name, custom))
        continue
      }
      options.onFile(source.name, source.bytes)
      const file = { source, facts, findings, head: await headOf(source.path), table: null }
      found.push({ folder: folderOf(source.name), file })
    }
  }
  return { found, feedFiles }
}

async function statOrRefuse(given: string) {
  try {
    return await stat(given)
  } catch (cause) {
    throw new InputError(`There is no file or folder ${given}.`, {
      code: 'no-such-file',
      file: given,
      cause,
      suggestions: ['Check the path'],
    })
  }
}

/** The nearest feed.yaml of a folder or of one above it within the path. */
function feedFileOf(folder: string, feedFiles: ReadonlyMap<string, FeedFile>): FeedFile | null {
  for (let at = folder; ; at = path.posix.dirname(at)) {
    const found = feedFiles.get(at)
    if (found !== undefined) return found
    if (at === '.' || at === '/') return null
  }
}

function byFolder(found: readonly Found[]): Map<string, ReceivedFile[]> {
  const folders = new Map<string, ReceivedFile[]>()
  for (const { folder, file } of found) folders.set(folder, [...(folders.get(folder) ?? []), file])
  return folders
}

const asText = ({ source, head }: ReceivedFile): { name: string; head: string } => ({
  name: source.name,
  head: head.toString('utf8'),
})

/** Groups the files of one path. */
function group(
  given: string,
  found: readonly Found[],
  feedFiles: ReadonlyMap<string, FeedFile>,
  options: FindOptions,
): Deliveries {
  const wants = (format: Format): boolean => options.format === 'auto' || options.format === format
  const deliveries: Delivery[] = []
  const messages: Found[] = []
  const skipped: { name: string; reason: string }[] = []
  for (const [folder, files] of [...byFolder(found)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const feedFile = feedFileOf(folder, feedFiles)
    const delivery = (format: Format, members: readonly ReceivedFile[], label = folder): Delivery => ({
      label: label === '.' ? path.basename(given) : label,
      format,
      files: members,
      feedFile,
      mapping: options.mapping,
      mappingText: options.mappingText,
    })
    if (options.mapping === null && wants('bwarm') && looksLikeBwarm(files.map(asText))) {
      deliveries.push(delivery('bwarm', files))
      continue
    }
    if (options.mapping === null && wants('musicbrainz') && looksLikeMusicBrainz(files.map(asText))) {
      deliveries.push(delivery('musicbrainz', files))
      continue
    }
    const tables: ReceivedFile[] = []
    for (const file of files) {
      const kind = kindOf(file, options)
      if (kind.format === 'ern') messages.push({ folder, file })
      else if (kind.format === 'cwr') deliveries.push(delivery('cwr', [file], file.source.name))
      else if (kind.format === 'tables') tables.push({ ...file, table: kind.table })
      else if (kind.format === null) skipped.push({ name: file.source.name, reason: kind.reason })
    }
    if (tables.length > 0) deliveries.push(delivery('tables', tables))
  }
  if (messages.length > 0) {
    const feedFile = feedFileOf(messages[0]?.folder ?? '.', feedFiles)
    const files = messages.map(({ file }) => file)
    deliveries.push({ label: path.basename(given), format: 'ern', files, feedFile, mapping: null, mappingText: null })
  }
  return { deliveries, skipped }
}

type Kind = { format: 'ern' | 'cwr' } | { format: 'tables'; table: RecognisedTable } | { format: null; reason: string }

function kindOf(file: ReceivedFile, options: FindOptions): Kind {
  const wants = (format: Format): boolean => options.format === 'auto' || options.format === format
  if (options.mapping === null) {
    if (wants('ern') && looksLikeErn(file.head)) return { format: 'ern' }
    const cwr = wants('cwr') && looksLikeCwr(file.head)
    if (cwr === 'cwr-3') return { format: null, reason: 'CWR 3.x cannot be read yet: ask the sender for 2.1 or 2.2' }
    if (cwr) return { format: 'cwr' }
  }
  if (!wants('tables')) return { format: null, reason: `not recognised as ${options.format}` }
  const table = recogniseTable(file.source, file.facts, file.head, options.mapping ?? undefined)
  return table === null ? { format: null, reason: 'not recognised as any format' } : { format: 'tables', table }
}

const LOOKED_FOR = [
  'tables: CSV, TSV, JSONL, Parquet or Avro files named after a relation (parties, works, recordings, links, shares, licences, affiliations, right_weights, usage), or any table with --mapping',
  'DDEX BWARM: a folder of .tsv files with their manifest',
  'CISAC CWR 2.1 or 2.2: a file that starts with an HDR record',
  'DDEX ERN 3 or 4: NewReleaseMessage or PurgeReleaseMessage XML',
  'MusicBrainz: table files of a dump (recording, isrc, work, …)',
]

/** The refusal of a path with nothing to read: what was found, and what was looked for. */
function nothingRecognised(given: string, found: readonly Found[], skipped: Deliveries['skipped']): InputError {
  const name = path.basename(given)
  const empty = found.filter(({ file }) => file.facts.bytes === 0)
  const [first] = skipped
  const message =
    found.length === 0
      ? `${name} has no files.`
      : empty.length === found.length
        ? `${empty[0]?.file.source.name ?? name} is empty.`
        : skipped.length === 1 && first !== undefined
          ? `${first.name}: ${first.reason}.`
          : `Nothing in ${name} was recognised (${found.length} files).`
  return new InputError(message, {
    code: 'nothing-recognised',
    file: name,
    examples: LOOKED_FOR.map((one) => `looked for ${one}`),
    suggestions: ['Check the path, or say how to read it with --format or --mapping'],
  })
}

/**
 * Finds the deliveries under the given paths, in the order given, then by name.
 * Throws InputError for a path that is not there, a damaged archive, or where nothing is recognised.
 */
export async function findDeliveries(paths: readonly string[], options: FindOptions): Promise<Deliveries> {
  const deliveries: Delivery[] = []
  const skipped: { name: string; reason: string }[] = []
  for (const given of paths) {
    const { found, feedFiles } = await receive(given, options)
    const here = group(given, found, feedFiles, options)
    if (here.deliveries.length === 0) throw nothingRecognised(given, found, here.skipped)
    deliveries.push(...here.deliveries)
    skipped.push(...here.skipped)
  }
  return { deliveries, skipped }
}
