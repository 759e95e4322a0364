import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StoreError } from '../../src/errors.js'
import { createWorkspace, findWorkspace, openWorkspace, workspaceAt } from '../../src/store/workspace.js'
import { temporaryFolder, temporaryWorkspace, thisProcess } from '../support/workspaces.js'

const failure = (work: () => unknown): StoreError => {
  try {
    work()
  } catch (error) {
    if (error instanceof StoreError) return error
    throw error
  }
  throw new Error('it did not fail')
}

describe('finding a workspace', () => {
  it('finds the nearest .recital upward', () => {
    const folder = temporaryFolder()
    const deep = join(folder, 'a', 'b')
    mkdirSync(deep, { recursive: true })
    expect(findWorkspace(deep)).toBeUndefined()
    createWorkspace(join(folder, '.recital'), thisProcess)
    expect(findWorkspace(deep)).toBe(join(folder, '.recital'))
    expect(findWorkspace(folder)).toBe(join(folder, '.recital'))
    createWorkspace(join(folder, 'a', '.recital'), thisProcess)
    expect(findWorkspace(deep)).toBe(join(folder, 'a', '.recital'))
  })

  it('passes over a file of that name and a creation that was cut short', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'a', '.recital'), { recursive: true })
    writeFileSync(join(folder, 'a', '.recital', 'CURRENT'), '')
    mkdirSync(join(folder, 'a', 'b'))
    writeFileSync(join(folder, 'a', 'b', '.recital'), 'not a folder')
    createWorkspace(join(folder, '.recital'), thisProcess)
    expect(findWorkspace(join(folder, 'a', 'b'))).toBe(join(folder, '.recital'))
  })

  it('takes both the folder and its parent as the explicit path', () => {
    const { root } = temporaryWorkspace()
    expect(workspaceAt(root)).toBe(root)
    expect(workspaceAt(join(root, '..'))).toBe(root)
    expect(workspaceAt(join(root, '..', 'new'))).toBe(join(root, '..', 'new', '.recital'))
  })
})

describe('creating and opening', () => {
  it('writes the format and generation 0, and opens what it made', () => {
    const { root, paths } = temporaryWorkspace()
    expect(JSON.parse(readFileSync(paths.format, 'utf8'))).toEqual({ format: 2, writer: 'recital 0.1.0' })
    expect(readFileSync(paths.current, 'utf8')).toBe('0\n')
    expect(openWorkspace(root, thisProcess).root).toBe(root)
  })

  it('leaves an existing workspace as it is', () => {
    const { root, paths } = temporaryWorkspace()
    writeFileSync(paths.current, '7\n')
    createWorkspace(root, { ...thisProcess, program: 'recital 0.2.0' })
    expect(readFileSync(paths.current, 'utf8')).toBe('7\n')
    expect(readFileSync(paths.format, 'utf8')).toContain('recital 0.1.0')
  })

  it('takes up a creation that was cut short', () => {
    const root = join(temporaryFolder(), '.recital')
    mkdirSync(root)
    writeFileSync(join(root, 'CURRENT'), '')
    expect(failure(() => openWorkspace(root, thisProcess)).code).toBe('no-workspace')
    const { paths } = createWorkspace(root, thisProcess)
    expect(readFileSync(paths.current, 'utf8')).toBe('0\n')
    expect(openWorkspace(root, thisProcess).root).toBe(root)
  })

  it('says that there is none', () => {
    const error = failure(() => openWorkspace(join(temporaryFolder(), '.recital'), thisProcess))
    expect([error.code, error.exitCode]).toEqual(['no-workspace', 5])
  })

  it('refuses a newer format and names both programs', () => {
    const { root, paths } = temporaryWorkspace()
    writeFileSync(paths.format, JSON.stringify({ format: 3, writer: 'recital 3.0.0' }))
    const error = failure(() => openWorkspace(root, thisProcess))
    expect([error.code, error.exitCode]).toEqual(['newer-format', 5])
    expect(error.message).toContain('format 3, written by recital 3.0.0')
    expect(error.suggestions[0]).toContain('Update recital')
  })

  it.each([
    ['', 'is not JSON'],
    ['{"format": 1', 'is not JSON'],
    ['[]', 'names no format'],
    ['{"format": "1"}', 'names no format that exists'],
    ['{"format": 0}', 'names no format that exists'],
  ])('names damage: %j', (text, what) => {
    const { root, paths } = temporaryWorkspace()
    writeFileSync(paths.format, text)
    const error = failure(() => openWorkspace(root, thisProcess))
    expect(error.code).toBe('damaged')
    expect(error.message).toContain(`format ${what}`)
  })

  it('names a missing format file where evidence exists, and does not start anew over it', () => {
    const { root, paths } = temporaryWorkspace()
    mkdirSync(join(paths.generations, '1'), { recursive: true })
    rmSync(paths.format)
    expect(failure(() => openWorkspace(root, thisProcess)).message).toContain('format is missing')
    expect(failure(() => createWorkspace(root, thisProcess)).code).toBe('damaged')
    expect(findWorkspace(root)).toBe(root)
  })

  it('says when the folder cannot be written', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const error = failure(() => createWorkspace(join(file, '.recital'), thisProcess))
    expect(error.code).toBe('unwritable')
  })
})
