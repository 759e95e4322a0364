/** Parameters and folders that cannot be taken, and what is left behind: nothing. */
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { CancelledError, UsageError } from '../../src/errors.js'
import { synthesise, synthParameters } from '../../src/synth/index.js'
import { folderForSuite } from '../support/workspaces.js'
import { context, filesBelow } from './kit.js'

const GIVEN = { tracks: '300', seed: '1', snapshots: '1', providers: '2', format: 'tables' } as const

describe('parameters', () => {
  it.each([
    ['tracks', '0'],
    ['tracks', '199'],
    ['tracks', '-5'],
    ['tracks', '1.5'],
    ['tracks', '1,000'],
    ['tracks', 'many'],
    ['tracks', ''],
    ['tracks', '1e12'],
    ['tracks', '0x100'],
    ['tracks', 'Infinity'],
    ['seed', '-1'],
    ['seed', '9007199254740993'],
    ['snapshots', '0'],
    ['snapshots', '61'],
    ['providers', '1'],
    ['providers', '13'],
    ['providers', '2.5'],
  ])('refuse --%s %s', (flag, value) => {
    const asked = (): unknown => synthParameters({ ...GIVEN, [flag]: value })
    expect(asked).toThrow(UsageError)
    expect(asked).toThrow(`--${flag} must be a whole number`)
  })

  it('take whole numbers in both ways of writing', () => {
    const { tracks, seed } = synthParameters({ ...GIVEN, tracks: ' 1e7 ', seed: '9007199254740991' })
    expect({ tracks, seed }).toEqual({ tracks: 10_000_000, seed: Number.MAX_SAFE_INTEGER })
  })

  it('refuse BWARM where nobody delivers it', () => {
    expect(() => synthParameters({ ...GIVEN, format: 'bwarm' })).toThrow('third provider')
  })
})

describe('folder', () => {
  const parent = folderForSuite()
  const write = (name: string, signal?: AbortSignal) => {
    const folder = path.join(parent, name)
    return synthesise({ ...synthParameters(GIVEN), folder, name, truth: false }, context(1, signal))
  }

  it('that has something in it is refused and left alone', async () => {
    mkdirSync(path.join(parent, 'full'))
    writeFileSync(path.join(parent, 'full', 'mine'), 'x')
    await expect(write('full')).rejects.toMatchObject({ code: 'not-empty', exitCode: 2 })
    expect([...filesBelow(path.join(parent, 'full')).keys()]).toEqual(['mine'])
  })

  it('that is a file is refused', async () => {
    writeFileSync(path.join(parent, 'file'), 'x')
    await expect(write('file')).rejects.toMatchObject({
      code: 'not-empty',
      message: expect.stringContaining('is a file'),
    })
  })

  it('that is empty is filled, and no trace of the work is in it', async () => {
    mkdirSync(path.join(parent, 'empty'))
    await write('empty')
    expect(readdirSync(path.join(parent, 'empty')).sort()).toEqual(['feeds', 'synth.yaml'])
  })

  it('is made with those above it, and gets what a killed run left out of the way', async () => {
    mkdirSync(path.join(parent, 'a'))
    mkdirSync(path.join(parent, 'a', 'new.partial-4711'))
    await write('a/new')
    expect(readdirSync(path.join(parent, 'a'))).toEqual(['new'])
    expect(readdirSync(path.join(parent, 'a', 'new')).sort()).toEqual(['feeds', 'synth.yaml'])
  })

  it('is not there after a cancelled run, nor what was made for it', async () => {
    const controller = new AbortController()
    const running = write('deep/er/gone', controller.signal)
    setTimeout(() => controller.abort(new CancelledError('Cancelled.', { code: 'cancelled' })), 300)
    await expect(running).rejects.toBeInstanceOf(CancelledError)
    expect(existsSync(path.join(parent, 'deep'))).toBe(false)
  })

  it.skipIf(process.getuid?.() === 0)('that may not be written is told in words', async () => {
    mkdirSync(path.join(parent, 'closed'))
    chmodSync(path.join(parent, 'closed'), 0o500)
    await expect(write('closed/new')).rejects.toMatchObject({ code: 'unwritable', exitCode: 5 })
  })
})
