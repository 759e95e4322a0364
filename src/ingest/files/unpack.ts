/** From what was delivered to plain files: gzip and zip unpacked, UTF-16 turned into UTF-8, each with its facts. */
import { mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { InputError } from '../../errors.js'
import type { Finding, SourceFile } from '../reader.js'
import { readHead } from './chunks.js'
import { fileFacts, type PlainFacts } from './facts.js'
import { inflateGzip, isGzip } from './gzip.js'
import { UnpackGuard, type UnpackLimits } from './limits.js'
import { utf16AsUtf8, utf16Mark } from './utf16.js'
import { writeFacts } from './write.js'
import { isZip, zipMembers } from './zip.js'

/** A plain file with the facts of its plain bytes; `facts.sha256` is that of the delivered bytes, like the source's. */
export interface UnpackedFile {
  source: SourceFile
  facts: PlainFacts
  /** What unpacking changed that people should know of. */
  findings: Finding[]
}

export interface UnpackOptions {
  /** The name by which people know the file. Default: its last path segment. */
  readonly name?: string
  readonly limits?: UnpackLimits
  readonly signal?: AbortSignal
}

interface Place {
  readonly folder: string
  readonly limits: UnpackLimits
  readonly signal: AbortSignal | undefined
  /** The path of a new temporary file. */
  temporary(): Promise<string>
}

/** Numbered files in a folder of their own, which is made for the first of them. */
function temporaryFiles(folder: string): () => Promise<string> {
  let own: Promise<string> | undefined
  let count = 0
  return async () => {
    own ??= mkdtemp(join(folder, 'unpacked-'))
    count += 1
    return join(await own, String(count))
  }
}

/**
 * Yields the plain files of one delivered file: itself, the content of a `.gz` (known by its first bytes, not its name),
 * or the members of a `.zip`, in its order. Temporary files are made in `folder`, which must exist; the caller removes it.
 * Throws InputError: `unreadable`, `damaged`, `encrypted`, `unsafe-name`, `nested-archive`, `unsupported`, `encoding`,
 * `unpack-limit`, `disk-full`.
 */
export async function* unpack(
  path: string,
  folder: string,
  options: UnpackOptions = {},
): AsyncGenerator<UnpackedFile, void, undefined> {
  const name = options.name ?? basename(path)
  const place: Place = {
    folder,
    limits: options.limits ?? {},
    signal: options.signal,
    temporary: temporaryFiles(folder),
  }
  const head = await readHead(path, 4)
  if (!isZip(head)) {
    yield await plainFile(path, name, head, place)
    return
  }
  for await (const member of zipMembers(path, name, place)) {
    const memberName = `${name}/${member.name}`
    const start = await readHead(member.path, 4)
    if (isZip(start)) throw nested(memberName)
    yield await plainFile(member.path, memberName, start, place, member.facts)
  }
}

function nested(name: string): InputError {
  return new InputError(`${name} is an archive inside an archive, which is not read.`, {
    code: 'nested-archive',
    file: name,
    suggestions: ['Unpack the outer archive and ingest what it holds'],
  })
}

async function plainFile(
  path: string,
  name: string,
  head: Buffer,
  place: Place,
  known?: PlainFacts,
): Promise<UnpackedFile> {
  if (!isGzip(head)) {
    const facts = known ?? (await fileFacts(path, place.signal))
    return asUtf8(
      { source: { name, path, sha256: facts.sha256, bytes: facts.bytes }, facts, findings: [] },
      head,
      place,
    )
  }
  const target = await place.temporary()
  const guard = new UnpackGuard(name, place.folder, place.limits)
  const { facts, sha256, bytes } = await inflateGzip(path, name, target, guard)
  if (known !== undefined) await rm(path)
  const start = await readHead(target, 4)
  if (isGzip(start) || isZip(start)) throw nested(name)
  const source: SourceFile = { name, path: target, sha256, bytes }
  return asUtf8({ source, facts: { ...facts, sha256 }, findings: [] }, start, place)
}

async function asUtf8(file: UnpackedFile, head: Buffer, place: Place): Promise<UnpackedFile> {
  const { source } = file
  const encoding = utf16Mark(head, source.name)
  if (encoding === null) return file
  const path = await place.temporary()
  let isBroken = file.facts.bytes % 2 === 1
  const guard = new UnpackGuard(source.name, place.folder, { ...place.limits, ratio: Number.POSITIVE_INFINITY })
  const text = utf16AsUtf8(source.path, encoding, () => {
    isBroken = true
  })
  const facts = await writeFacts(path, text, (written) => guard.check(source.bytes, written))
  const message = `${source.name} is ${encoding.toUpperCase()} text with characters that cannot be read, shown as \ufffd`
  const findings = isBroken ? [...file.findings, { code: 'encoding', message }] : file.findings
  return { source: { ...source, path }, facts: { ...facts, sha256: source.sha256 }, findings }
}
