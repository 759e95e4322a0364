import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { StoreError } from '../../src/errors.js'
import type { Workspace } from '../../src/store/workspace.js'
import { acquireWriterLock } from '../../src/store/writer-lock.js'
import { startChild, temporaryWorkspace } from '../support/workspaces.js'

async function refusal(workspace: Workspace): Promise<StoreError> {
  const error = await acquireWriterLock(workspace).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof StoreError) return error
  throw new Error('the lock was given')
}

describe('the writer’s lock', () => {
  it('names its holder and goes to the next when released', async () => {
    const workspace = temporaryWorkspace()
    const lock = await acquireWriterLock(workspace)
    expect(JSON.parse(readFileSync(workspace.paths.writerPid, 'utf8'))).toEqual({
      pid: process.pid,
      startedAt: '2024-01-09T10:00:00Z',
      command: 'recital ingest',
    })
    const error = await refusal(workspace)
    expect([error.code, error.exitCode]).toEqual(['locked', 5])
    expect(error.message).toContain(`process ${process.pid} (recital ingest, started 2024-01-09T10:00:00Z)`)
    lock.release()
    lock.release()
    expect(existsSync(workspace.paths.writerPid)).toBe(false)
    const next = await acquireWriterLock(workspace)
    next.release()
  })

  it('refuses a second process with the id of the first, and is freed by kill -9', { timeout: 30_000 }, async () => {
    const workspace = temporaryWorkspace()
    const child = startChild('lock', workspace.root)
    expect(await child.line()).toBe('locked')
    const error = await refusal(workspace)
    expect(error.code).toBe('locked')
    expect(error.message).toContain(`process ${child.pid} (child lock`)
    await child.kill()
    expect(existsSync(workspace.paths.writerPid)).toBe(true)
    const lock = await acquireWriterLock(workspace)
    expect(readFileSync(workspace.paths.writerPid, 'utf8')).toContain(`"pid":${process.pid},`)
    lock.release()
  })

  it('takes no stale or broken pid file for a lock', async () => {
    const workspace = temporaryWorkspace()
    for (const text of [JSON.stringify({ pid: process.pid, startedAt: '', command: 'x' }), 'null', '{', '']) {
      writeFileSync(workspace.paths.writerPid, text)
      const lock = await acquireWriterLock(workspace)
      lock.release()
    }
  })

  it('does not blame a process that has ended', async () => {
    const workspace = temporaryWorkspace()
    const lock = await acquireWriterLock(workspace)
    writeFileSync(workspace.paths.writerPid, JSON.stringify({ pid: 123456, startedAt: '', command: 'x' }))
    const error = await refusal({ ...workspace, running: { ...workspace.running, isAlive: () => false } })
    expect(error.message).toContain('by another process.')
    lock.release()
  })

  it('says when the lock file is not a lock file', async () => {
    const workspace = temporaryWorkspace()
    writeFileSync(workspace.paths.writerLock, 'something else entirely'.repeat(100))
    expect((await refusal(workspace)).code).toBe('damaged')
  })
})
