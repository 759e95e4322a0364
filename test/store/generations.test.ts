import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cleanUp, removeOrphanSnapshots } from '../../src/store/clean-up.js'
import { beginGeneration, type NewGeneration, openCurrentForReading, readCurrent } from '../../src/store/generations.js'
import type { Workspace } from '../../src/store/workspace.js'
import { acquireWriterLock, type WriterLock } from '../../src/store/writer-lock.js'
import { addRound, rowsPerRound, wholeRounds } from '../support/rounds.js'
import { startChild, temporaryFolder, temporaryWorkspace, thisProcess } from '../support/workspaces.js'

const WRITE = { inputFolders: [], threads: 1 }

async function published(lock: WriterLock, times = 1): Promise<void> {
  for (let round = 0; round < times; round++) {
    const generation = await beginGeneration(lock, WRITE)
    await addRound(generation)
    await generation.publish()
  }
}

async function content(workspace: Workspace): Promise<unknown[] | undefined> {
  const open = await openCurrentForReading(workspace, { threads: 1 })
  if (open === undefined) return undefined
  const rows = await rowsPerRound(open.evidence)
  await open.evidence.close()
  return rows
}

const generationsIn = (workspace: Workspace) => readdirSync(workspace.paths.generations).sort()

async function writing(): Promise<{ workspace: Workspace; lock: WriterLock }> {
  const workspace = temporaryWorkspace()
  return { workspace, lock: await acquireWriterLock(workspace) }
}

/** Whether this file system shares the blocks of copies, so that no space is needed for one. */
function sharesBlocks(): boolean {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'a'), 'a')
  try {
    copyFileSync(join(folder, 'a'), join(folder, 'b'), constants.COPYFILE_FICLONE_FORCE)
    return true
  } catch {
    return false
  }
}

describe('publishing', () => {
  it('has nothing to read before the first generation', async () => {
    const workspace = temporaryWorkspace()
    expect(readCurrent(workspace)).toBe(0)
    expect(await openCurrentForReading(workspace)).toBeUndefined()
  })

  it('builds each generation on the one before and keeps the last two', async () => {
    const { workspace, lock } = await writing()
    for (const number of [1, 2, 3, 4]) {
      await published(lock)
      expect(readCurrent(workspace)).toBe(number)
      expect(await content(workspace)).toEqual(wholeRounds(number))
    }
    expect(generationsIn(workspace)).toEqual(['3', '4'])
    expect(readdirSync(join(workspace.paths.generations, '4'))).toEqual(['evidence.duckdb'])
  })

  it('shows nothing of a generation before it is published, or when it is discarded', async () => {
    const { workspace, lock } = await writing()
    await published(lock)
    const generation = await beginGeneration(lock, WRITE)
    await addRound(generation)
    await generation.evidence.run('CHECKPOINT')
    expect(await content(workspace)).toEqual(wholeRounds(1))
    await generation.discard()
    await generation.discard()
    expect(readCurrent(workspace)).toBe(1)
    expect(await content(workspace)).toEqual(wholeRounds(1))
    expect(generationsIn(workspace)).toEqual(['1'])
  })

  it('leaves the generation before when it fails, and keeps what it published when discarded after', async () => {
    const { workspace, lock } = await writing()
    await published(lock)
    const failing = await beginGeneration(lock, WRITE)
    await addRound(failing)
    await expect(failing.publish([join(workspace.paths.snapshots, 'absent')])).rejects.toMatchObject({
      code: 'unwritable',
    })
    await failing.discard()
    expect(await content(workspace)).toEqual(wholeRounds(1))
    const generation = await beginGeneration(lock, WRITE)
    await addRound(generation)
    mkdirSync(join(workspace.paths.snapshots, 's1', 'parts'), { recursive: true })
    writeFileSync(join(workspace.paths.snapshots, 's1', 'parts', 'rows.parquet'), 'x')
    await generation.publish([join(workspace.paths.snapshots, 's1')])
    await generation.discard()
    await expect(generation.publish()).rejects.toMatchObject({ code: 'generation-ended' })
    expect(await content(workspace)).toEqual(wholeRounds(2))
  })

  it('needs the lock until the end', async () => {
    const { workspace, lock } = await writing()
    const generation = await beginGeneration(lock, WRITE)
    lock.release()
    await expect(generation.publish()).rejects.toMatchObject({ code: 'lock-released' })
    await expect(beginGeneration(lock, WRITE)).rejects.toMatchObject({ code: 'lock-released' })
    await generation.discard()
    expect(readCurrent(workspace)).toBe(0)
  })

  it('never removes what CURRENT names', async () => {
    const { workspace, lock } = await writing()
    const generation = await beginGeneration(lock, WRITE)
    await addRound(generation)
    await generation.evidence.close()
    // As after a rename that was followed by a failing sync.
    writeFileSync(workspace.paths.current, '1\n')
    await generation.discard()
    expect(await content(workspace)).toEqual(wholeRounds(1))
  })

  it('writes archives inside the workspace, and reads them later', async () => {
    const { workspace, lock } = await writing()
    const generation = await beginGeneration(lock, WRITE)
    const folder = join(workspace.paths.snapshots, 's1')
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'rows.parquet')
    await generation.evidence.run(`COPY (SELECT 7 AS a) TO '${file}' (FORMAT parquet)`)
    await generation.publish([folder])
    const open = await openCurrentForReading(workspace)
    expect(await open?.evidence.rows('SELECT a FROM read_parquet($file)', { file })).toEqual([{ a: 7 }])
    await open?.evidence.close()
  })

  it('asks for room before it makes a full copy', async (context) => {
    context.skip(sharesBlocks(), 'copies take no room on this file system')
    const { workspace, lock } = await writing()
    await published(lock)
    await expect(beginGeneration(lock, { ...WRITE, freeBytes: async () => 10_000_000 })).rejects.toMatchObject({
      code: 'disk-full',
      exitCode: 5,
      message: expect.stringContaining('10 MB free'),
    })
    expect(generationsIn(workspace)).toEqual(['1'])
    expect(await content(workspace)).toEqual(wholeRounds(1))
    const generation: NewGeneration = await beginGeneration(lock, { ...WRITE, freeBytes: async () => 100_000_000 })
    await generation.discard()
  })
})

describe('reading', () => {
  it('follows a writer that publishes and removes while it opens', async () => {
    const { workspace, lock } = await writing()
    await published(lock, 2)
    writeFileSync(workspace.paths.current, '1\n')
    const opening = openCurrentForReading(workspace)
    writeFileSync(workspace.paths.current, '2\n')
    rmSync(join(workspace.paths.generations, '1'), { recursive: true })
    const open = await opening
    expect(open?.number).toBe(2)
    await open?.evidence.close()
  })

  it('keeps its rows in another process while generations come and go', { timeout: 30_000 }, async () => {
    const { workspace, lock } = await writing()
    await published(lock)
    const early = startChild('read', workspace.root)
    expect(await early.line()).toBe('500')
    await published(lock, 3)
    expect(existsSync(join(workspace.paths.generations, '1'))).toBe(false)
    early.process.stdin?.write('again\n')
    expect(await early.line()).toBe('500')
    const late = startChild('read', workspace.root)
    expect(await late.line()).toBe('2000')
  })

  it.each<[string, (workspace: Workspace) => void, string]>([
    ['a missing CURRENT', ({ paths }) => rmSync(paths.current), 'CURRENT is missing'],
    ['an empty CURRENT', ({ paths }) => writeFileSync(paths.current, ''), 'CURRENT names no generation'],
    ['a path in CURRENT', ({ paths }) => writeFileSync(paths.current, '../1\n'), 'CURRENT names no generation'],
    ['missing evidence', ({ paths }) => rmSync(join(paths.generations, '1'), { recursive: true }), 'evidence'],
  ])('names the damage: %s', async (_, damage, words) => {
    const { workspace, lock } = await writing()
    await published(lock)
    damage(workspace)
    await expect(openCurrentForReading(workspace)).rejects.toMatchObject({
      code: 'damaged',
      exitCode: 5,
      message: expect.stringContaining(words),
    })
    expect(() => cleanUp(lock)).toThrow(words)
  })
})

describe('cleaning up', () => {
  it('removes unfinished and outdated generations and the spilled data of ended processes', async () => {
    const { workspace, lock } = await writing()
    await published(lock, 3)
    const { paths } = workspace
    for (const folder of ['1', '4', 'notes']) mkdirSync(join(paths.generations, folder), { recursive: true })
    for (const folder of [`${process.pid}-a`, '987654-b', 'odd']) {
      mkdirSync(join(paths.temporary, folder), { recursive: true })
    }
    const running = { ...thisProcess, isAlive: (pid: number) => pid === process.pid }
    expect(cleanUp({ ...lock, workspace: { ...workspace, running } })).toEqual({ generations: [1, 4], temporary: 2 })
    expect(generationsIn(workspace)).toEqual(['2', '3', 'notes'])
    expect(readdirSync(paths.temporary)).toEqual([`${process.pid}-a`])
    expect(await content(workspace)).toEqual(wholeRounds(3))
  })

  it('removes nothing when CURRENT was put back', async () => {
    const { workspace, lock } = await writing()
    await published(lock, 3)
    writeFileSync(workspace.paths.current, '1\n')
    mkdirSync(join(workspace.paths.generations, '1'))
    expect(() => cleanUp(lock)).toThrow('names generation 1, but generation 3 exists')
    expect(generationsIn(workspace)).toEqual(['1', '2', '3'])
  })

  it('removes the archives that were never published, and no others', async () => {
    const { workspace, lock } = await writing()
    expect(removeOrphanSnapshots(lock, [])).toEqual([])
    for (const id of ['a', 'b', 'c']) mkdirSync(join(workspace.paths.snapshots, id), { recursive: true })
    expect(removeOrphanSnapshots(lock, ['b', 'x'])).toEqual(['a', 'c'])
    expect(readdirSync(workspace.paths.snapshots)).toEqual(['b'])
  })
})

describe('a writer killed at any moment', () => {
  /** Milliseconds after it became the writer, or after its first generation; spread over the work on several. */
  const MOMENTS = Array.from({ length: 20 }, (_, index) => (index * 37) % 211)

  it('leaves a published generation whole, and the next writer goes on', { timeout: 180_000 }, async () => {
    const workspace = temporaryWorkspace()
    let unfinished = 0
    for (const [index, moment] of MOMENTS.entries()) {
      const child = startChild('write', workspace.root)
      expect(await child.line()).toBe('ready')
      if (index >= 5) expect(await child.line()).toBe('publishing')
      await new Promise((resolve) => setTimeout(resolve, moment))
      await child.kill()
      const left = readCurrent(workspace)
      // What a reader sees before anyone has cleaned up.
      expect(await content(workspace)).toEqual(left === 0 ? undefined : wholeRounds(left))
      const lock = await acquireWriterLock(workspace)
      unfinished += cleanUp(lock).generations.includes(left + 1) ? 1 : 0
      await published(lock)
      lock.release()
      expect(readCurrent(workspace)).toBe(left + 1)
      expect(await content(workspace)).toEqual(wholeRounds(left + 1))
      expect(generationsIn(workspace)).toEqual(left === 0 ? ['1'] : [String(left), String(left + 1)].sort())
    }
    // The moments did meet writers at work, and writers that had published.
    expect(unfinished).toBeGreaterThan(0)
    expect(readCurrent(workspace)).toBeGreaterThan(MOMENTS.length + 15)
  })

  it('never makes a reader wait or fail', { timeout: 60_000 }, async () => {
    const workspace = temporaryWorkspace()
    const child = startChild('write', workspace.root)
    await child.line()
    let last = 0
    for (let opened = 0; opened < 40; ) {
      const open = await openCurrentForReading(workspace, { threads: 1 })
      if (open === undefined) continue
      opened += 1
      expect(open.number).toBeGreaterThanOrEqual(last)
      last = open.number
      expect(await rowsPerRound(open.evidence)).toEqual(wholeRounds(open.number))
      await open.evidence.close()
    }
    expect(last).toBeGreaterThan(1)
  })
})
