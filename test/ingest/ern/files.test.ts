import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CancelledError, InternalError } from '../../../src/errors.js'
import { type ErnFilesOptions, type ErnMessage, readErnFiles } from '../../../src/ingest/ern/index.js'
import type { SourceFile } from '../../../src/ingest/reader.js'
import { message, recording3, release3, Said } from './kit.js'

const folder = mkdtempSync(join(tmpdir(), 'ern-'))
const worker = join(folder, 'parse.worker.mjs')
const FILES = 40

const source = (name: string): SourceFile => ({ name, path: join(folder, name), sha256: '', bytes: 0 })
const nameOf = (index: number): string => `m${String(index).padStart(3, '0')}.xml`
const content = (index: number): string =>
  index === 7
    ? '<broken'
    : message({
        resources: recording3('A1', `GBAAA99${String(index).padStart(5, '0')}`),
        releases: release3('R0', `<ProprietaryId>${index}</ProprietaryId>`, ['A1']),
      })

/** A thread that dies, without a word, on the file whose name it is given. */
const DYING = (name: string) => `
import { parentPort } from 'node:worker_threads'
parentPort.postMessage('ready')
parentPort.on('message', ({ index, name }) => {
  if (name === ${JSON.stringify(name)}) process.exit(3)
  const tally = { header: 1, staged: 0, rejected: 0, continued: 0, blank: 0 }
  parentPort.postMessage({ index, message: { refused: false, tally } })
})`

beforeAll(async () => {
  for (let index = 0; index < FILES; index++) writeFileSync(join(folder, nameOf(index)), content(index))
  writeFileSync(join(folder, 'dying.mjs'), DYING('m020.xml'))
  writeFileSync(join(folder, 'never.mjs'), 'throw new Error("no start")')
  await build({
    entryPoints: ['src/ingest/ern/parse.worker.ts'],
    outfile: worker,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function readAll(options: ErnFilesOptions, names = Array.from({ length: FILES }, (_, index) => nameOf(index))) {
  const order: string[] = []
  const messages = new Map<string, ErnMessage>()
  const said = new Map<string, Said>()
  const receiver = {
    sink: (file: SourceFile) => {
      const sink = new Said()
      said.set(file.name, sink)
      return sink
    },
    done: (file: SourceFile, found: ErnMessage) => {
      order.push(file.name)
      messages.set(file.name, found)
    },
  }
  await readErnFiles([...names].reverse().map(source), receiver, options)
  return { order, messages, said }
}

const inThreads = (script: string): ErnFilesOptions => ({ threads: 2, worker: pathToFileURL(join(folder, script)) })

describe('many files', () => {
  it('threads give the same as the calling thread, in the order of the names', async () => {
    const here = await readAll({ threads: 1 })
    const threads = await readAll(inThreads('parse.worker.mjs'))
    expect(threads.order).toEqual(Array.from({ length: FILES }, (_, index) => nameOf(index)))
    expect(here.order).toEqual(threads.order)
    expect(threads.messages).toEqual(here.messages)
    expect(threads.said).toEqual(here.said)
    expect(threads.said.get('m012.xml')?.column('recordings', 'recording_id')).toEqual(['GBAAA9900012'])
  })

  it('a broken file is rejected and the others load', async () => {
    const { messages, said } = await readAll(inThreads('parse.worker.mjs'))
    expect(messages.get('m007.xml')?.refused).toBe(true)
    expect(said.get('m007.xml')?.rejects[0]?.reason).toMatch(/^message refused \(malformed\) at m007\.xml, line 1/)
    expect([...messages.values()].filter(({ refused }) => refused)).toHaveLength(1)
  })

  it('a missing file is rejected too', async () => {
    const { messages, said } = await readAll({ threads: 1 }, ['m001.xml', 'gone.xml'])
    expect(messages.get('gone.xml')?.tally).toMatchObject({ header: 0, rejected: 1 })
    expect(said.get('gone.xml')?.rejects[0]?.reason).toContain('ENOENT')
    expect(messages.get('m001.xml')?.refused).toBe(false)
  })

  it('a thread that dies costs the file it was reading', async () => {
    const { order, messages, said } = await readAll(inThreads('dying.mjs'))
    expect(order).toHaveLength(FILES)
    expect([...messages].filter(([, { refused }]) => refused).map(([name]) => name)).toEqual(['m020.xml'])
    // The message, a recording and a release, counted without the parser.
    expect(messages.get('m020.xml')?.tally.rejected).toBe(3)
    expect(said.get('m020.xml')?.rejects[0]?.reason).toContain('the parsing thread stopped')
  })

  it('threads that cannot start are our fault, not the files’', async () => {
    await expect(readAll(inThreads('never.mjs'))).rejects.toThrow(InternalError)
  })

  it('stops when cancelled, before and while reading', async () => {
    await expect(readAll({ ...inThreads('parse.worker.mjs'), signal: AbortSignal.abort() })).rejects.toThrow(
      CancelledError,
    )
    const controller = new AbortController()
    const receiver = {
      sink: () => {
        controller.abort()
        return new Said()
      },
      done: () => {},
    }
    const files = Array.from({ length: FILES }, (_, index) => source(nameOf(index)))
    const options = { ...inThreads('parse.worker.mjs'), signal: controller.signal }
    await expect(readErnFiles(files, receiver, options)).rejects.toThrow(CancelledError)
  })

  it('what the receiver throws comes out', async () => {
    const receiver = {
      sink: () => new Said(),
      done: () => {
        throw new Error('disk full')
      },
    }
    const files = Array.from({ length: FILES }, (_, index) => source(nameOf(index)))
    await expect(readErnFiles(files, receiver, inThreads('parse.worker.mjs'))).rejects.toThrow('disk full')
  })
})
