import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { colorsOf } from '../../src/cli/color.js'
import { errorDocument, errorLines } from '../../src/cli/error-report.js'
import { toRecitalError } from '../../src/cli/errors.js'
import { InputError, NotFoundError } from '../../src/errors.js'

/** An error as Node makes it of a failed system call. */
function systemError(code: string, syscall: string, path?: string): Error {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall, ...(path === undefined ? {} : { path }) })
}

const mapped = (error: unknown) => {
  const { exitCode, code, message } = toRecitalError(error, '/home/work')
  return { exitCode, code, message }
}

describe('toRecitalError', () => {
  it('leaves our own errors alone', () => {
    const error = new NotFoundError('No.', { code: 'unknown-feed' })
    expect(toRecitalError(error, '/')).toBe(error)
  })

  it('takes unreadable input for bad input, named as people know it', () => {
    const message = 'in/a.csv does not exist.'
    expect(mapped(systemError('ENOENT', 'open', '/home/work/in/a.csv'))).toEqual({
      exitCode: 3,
      code: 'no-such-file',
      message,
    })
    expect(mapped(systemError('EACCES', 'open', '/elsewhere/a.csv'))).toEqual({
      exitCode: 3,
      code: 'unreadable',
      message: '/elsewhere/a.csv cannot be read: permission denied.',
    })
    expect(mapped(systemError('EISDIR', 'read'))).toMatchObject({
      exitCode: 3,
      message: 'A file is a folder, not a file.',
    })
  })

  it('takes a failed write for trouble with the store', () => {
    expect(mapped(systemError('ENOSPC', 'write'))).toMatchObject({ exitCode: 5, code: 'disk-full' })
    expect(mapped(systemError('EACCES', 'mkdir', '/home/work/x'))).toMatchObject({ exitCode: 5, code: 'unwritable' })
    expect(mapped(systemError('EROFS', 'open', '/home/work/x'))).toMatchObject({ exitCode: 5, code: 'unwritable' })
    expect(mapped(systemError('EMFILE', 'open', '/home/work/x'))).toMatchObject({
      exitCode: 5,
      code: 'too-many-open-files',
    })
  })

  it('understands what the databases say', () => {
    const full = new Error('IO Error: Could not write file "x": No space left on device')
    expect(mapped(full)).toEqual({ exitCode: 5, code: 'disk-full', message: 'The disk is full.' })
    const interrupted = new Error('INTERRUPT Error: Interrupted!')
    expect(mapped(interrupted)).toMatchObject({ exitCode: 130, code: 'cancelled' })
    const busy = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
    expect(mapped(busy)).toMatchObject({ exitCode: 5, code: 'locked' })
    expect(toRecitalError(busy, '/').details.file).toBeUndefined()
  })

  it('takes an aborted operation for cancelled', () => {
    expect(mapped(AbortSignal.abort().reason)).toMatchObject({ exitCode: 130, code: 'cancelled' })
  })

  it('takes everything else for a fault of ours', () => {
    expect(mapped(new TypeError('x is undefined\nmore'))).toEqual({
      exitCode: 70,
      code: 'internal',
      message: 'Unexpected failure: x is undefined',
    })
    expect(mapped('text')).toMatchObject({ exitCode: 70, message: 'Unexpected failure: text' })
    expect(mapped(undefined)).toMatchObject({ exitCode: 70 })
    // The same codes are used of things that are no files.
    expect(mapped(Object.assign(new Error('no'), { code: 'EPERM' }))).toMatchObject({ exitCode: 70 })
  })

  it('maps what Node really throws', () => {
    const read = (path: string) => {
      try {
        return readFileSync(path)
      } catch (error) {
        return error
      }
    }
    expect(mapped(read('no/such/file'))).toMatchObject({ exitCode: 3, code: 'no-such-file' })
    expect(mapped(read('.'))).toMatchObject({ exitCode: 3, code: 'unreadable' })
  })
})

const details = {
  code: 'bad-number',
  suggestions: ['Correct the file'],
  file: 'shares.csv',
  line: 12,
  column: 5,
  excerpt: 'a\u001b[2J',
}
const error = new InputError('The share is not a number.', details)

describe('errorLines', () => {
  it('says what, where, the value and what to do, with nothing that moves a cursor', () => {
    expect(errorLines(error, colorsOf(0), false)).toEqual([
      'error: The share is not a number.',
      '  at shares.csv:12:5',
      '  value: a\\x1b[2J',
      '  next: Correct the file',
    ])
  })

  it('shows the stack and its causes only when asked', () => {
    const outer = new InputError('Outer.', { code: 'outer', cause: new TypeError('inner fault') })
    expect(errorLines(outer, colorsOf(0), false)).toEqual(['error: Outer.'])
    const text = errorLines(outer, colorsOf(0), true).join('\n')
    expect(text).toContain('errors.test.ts')
    expect(text).toContain('caused by: TypeError: inner fault')
  })

  it('names the file alone when no line is known, unless the message does', () => {
    const lines = (message: string) =>
      errorLines(new InputError(message, { code: 'x', file: 'a.csv' }), colorsOf(0), false)
    expect(lines('It is empty.')).toEqual(['error: It is empty.', '  at a.csv'])
    expect(lines('a.csv is empty.')).toEqual(['error: a.csv is empty.'])
  })
})

describe('errorDocument', () => {
  it('is the failure of the contract and the place', () => {
    expect(errorDocument(error)).toEqual({
      error: { ...details, message: 'The share is not a number.', exitCode: 3 },
    })
    expect(Object.keys(errorDocument(new InputError('X.', { code: 'x' })).error)).toEqual([
      'code',
      'message',
      'suggestions',
      'exitCode',
    ])
  })
})
