/**
 * Many ERN files at once. Parsing runs on worker threads; what they find is delivered on the calling thread, file by file
 * in the order of the names, so that the result does not depend on which thread was faster.
 */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { CancelledError } from '../../errors.js'
import type { RecordSink, SourceFile } from '../reader.js'
import { ParserPool } from './pool.js'
import { fileChunks, type ParsedFile, parseFile } from './protocol.js'
import { type ErnMessage, refuseMessage } from './read.js'
import { type ListedRecord, listRecords } from './records.js'
import { replay } from './rows.js'

export interface ErnReceiver {
  /** The sink for a file's rows; asked once per file, in the order of the names. */
  sink(file: SourceFile): RecordSink
  /** A file has been delivered whole. */
  done(file: SourceFile, message: ErnMessage): void
}

export interface ErnFilesOptions {
  /** Parsing threads; 1 parses on the calling thread. Default: one less than the machine has, at least 1, at most 8. */
  threads?: number
  signal?: AbortSignal
  /** The compiled parse.worker.js, where it is not beside this module or in `ingest/ern/` above it. */
  worker?: URL
}

const MOST_THREADS = 8
/** Below this many files the start of threads costs more than it gains. */
const FEWEST_FILES = 8

/** Compiled beside this module, or bundled: then this module may be in a chunk or a command anywhere below dist/. */
const WORKER_PLACES = ['./parse.worker.js', './ingest/ern/parse.worker.js', '../ingest/ern/parse.worker.js']

function findWorker(): URL | null {
  const places = WORKER_PLACES.map((place) => new URL(place, import.meta.url))
  return places.find((url) => existsSync(fileURLToPath(url))) ?? null
}

/** Character order of the names: the same everywhere. */
function byName(left: SourceFile, right: SourceFile): number {
  if (left.name === right.name) return 0
  return left.name < right.name ? -1 : 1
}

async function recordsOf(file: SourceFile): Promise<ListedRecord[]> {
  try {
    return await listRecords(fileChunks(file.path))
  } catch {
    // The file cannot even be read: what is lost is one message.
    return []
  }
}

async function deliver(file: SourceFile, parsed: ParsedFile, receiver: ErnReceiver): Promise<void> {
  const sink = receiver.sink(file)
  if ('failure' in parsed) {
    const reason = `message refused (unreadable) at ${file.name}: ${parsed.failure}`
    receiver.done(file, refuseMessage(sink, { line: 1, reason, raw: '' }, await recordsOf(file)))
    return
  }
  replay(parsed.calls, sink)
  receiver.done(file, parsed.message)
}

function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new CancelledError('reading was cancelled', { code: 'cancelled' })
}

async function readHere(files: readonly SourceFile[], receiver: ErnReceiver, signal?: AbortSignal): Promise<void> {
  for (const file of files) {
    stopIfCancelled(signal)
    await deliver(file, await parseFile(file), receiver)
  }
}

async function readInThreads(
  files: readonly SourceFile[],
  receiver: ErnReceiver,
  { threads, worker, signal }: { threads: number; worker: URL; signal?: AbortSignal | undefined },
): Promise<void> {
  const pool = new ParserPool(files, { threads, worker })
  const stop = () => pool.stop(new CancelledError('reading was cancelled', { code: 'cancelled' }))
  signal?.addEventListener('abort', stop, { once: true })
  try {
    for (const [index, file] of files.entries()) {
      stopIfCancelled(signal)
      await deliver(file, await pool.result(index), receiver)
    }
  } finally {
    signal?.removeEventListener('abort', stop)
    await pool.close()
  }
}

/**
 * Reads ERN files and delivers each as a whole, in the order of their names; rows as `readErnMessage` says. A file that
 * cannot be read or parsed gives a reject (file, line, column, reason) for itself and each of its records, and never stops
 * the others.
 *
 * Parses on the calling thread when there are few files, one thread is asked for, or the compiled worker is not there.
 * Throws CancelledError when the signal aborts, and what the receiver throws.
 */
export async function readErnFiles(
  files: readonly SourceFile[],
  receiver: ErnReceiver,
  options: ErnFilesOptions = {},
): Promise<void> {
  const { signal } = options
  const ordered = [...files].sort(byName)
  const wanted = options.threads ?? Math.min(MOST_THREADS, Math.max(1, availableParallelism() - 1))
  const threads = Math.min(wanted, Math.ceil(ordered.length / 2))
  const worker = options.worker ?? findWorker()
  if (threads <= 1 || ordered.length < FEWEST_FILES || worker === null) return readHere(ordered, receiver, signal)
  return readInThreads(ordered, receiver, { threads, worker, signal })
}
