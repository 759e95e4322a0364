/** What the main thread and the parsing threads tell each other. */
import { createReadStream } from 'node:fs'
import type { SourceFile } from '../reader.js'
import { type ErnMessage, readErnMessage } from './read.js'
import { CollectingSink, type SinkCall } from './rows.js'

/** Main thread to parser: read this file. */
export interface ParseOrder {
  index: number
  name: string
  path: string
}

/** Parser to main thread: once that it runs; then some of a file's calls in order; then its message, or why it could not be read. */
export type ParseReply =
  | 'ready'
  | { index: number; calls: readonly SinkCall[] }
  | { index: number; message: ErnMessage }
  | { index: number; failure: string }

/** What became of one file: all that it says, or why it could not be read. */
export type ParsedFile = { calls: readonly SinkCall[]; message: ErnMessage } | { failure: string }

/** Calls per reply: large enough to make posting cheap, small enough to let it overlap with parsing. */
export const CALLS_PER_REPLY = 2_000

export const fileChunks = (path: string): AsyncIterable<Buffer> => createReadStream(path)

const failureText = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Reads one file; everything that goes wrong comes back as text. */
export async function parseFile(file: Pick<SourceFile, 'name' | 'path'>): Promise<ParsedFile> {
  const sink = new CollectingSink()
  try {
    const message = await readErnMessage({ name: file.name, chunks: () => fileChunks(file.path) }, sink)
    return { calls: sink.calls, message }
  } catch (error) {
    return { failure: failureText(error) }
  }
}
