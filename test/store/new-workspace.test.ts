/** Taking back a workspace that was made for work which came to nothing. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { workspaceForWork } from '../../src/store/new-workspace.js'
import { createWorkspace } from '../../src/store/workspace.js'
import { acquireWriterLock } from '../../src/store/writer-lock.js'
import { startChild, temporaryFolder, thisProcess } from '../support/workspaces.js'

const made = (folder: string) => workspaceForWork(join(folder, '.recital'), thisProcess)

describe('undo', () => {
  it('removes what was made, a killed writer’s remains with it, and the folders above', async () => {
    const folder = temporaryFolder()
    const { workspace, isNew, undo } = made(join(folder, 'not', 'yet'))
    mkdirSync(join(workspace.paths.generations, '1'), { recursive: true })
    mkdirSync(join(workspace.paths.temporary, `${process.pid}-spill`), { recursive: true })
    await undo()
    expect([isNew, readdirSync(folder)]).toEqual([true, []])
    await undo()
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves a workspace that was there, even an empty one', async () => {
    const folder = temporaryFolder()
    createWorkspace(join(folder, '.recital'), thisProcess)
    const { isNew, undo } = made(folder)
    await undo()
    expect([isNew, readdirSync(join(folder, '.recital')).sort()]).toEqual([false, ['CURRENT', 'format']])
  })

  it('leaves one in which something was published or asked', async () => {
    for (const change of [
      (root: string) => writeFileSync(join(root, 'CURRENT'), '1\n'),
      (root: string) => writeFileSync(join(root, 'casebook.sqlite'), ''),
    ]) {
      const folder = temporaryFolder()
      const { workspace, undo } = made(folder)
      change(workspace.root)
      await undo()
      expect(readdirSync(folder)).toEqual(['.recital'])
      expect(existsSync(workspace.paths.format)).toBe(true)
    }
  })

  it('leaves one in which another process writes, and lets go of the lock where it leaves it', {
    timeout: 30_000,
  }, async () => {
    const folder = temporaryFolder()
    const { workspace, undo } = made(folder)
    const child = startChild('lock', workspace.root)
    expect(await child.line()).toBe('locked')
    await undo()
    expect(readFileSync(workspace.paths.current, 'utf8')).toBe('0\n')
    await child.kill()
    writeFileSync(workspace.paths.current, '1\n')
    await undo()
    const lock = await acquireWriterLock(workspace)
    expect(lock.held).toBe(true)
    lock.release()
  })
})
