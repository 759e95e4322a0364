import { describe, expect, it } from 'vitest'
import { parseMemory } from '../../src/cli/flags.js'
import { usageError } from '../../src/cli/usage-errors.js'
import { InputError, UsageError } from '../../src/errors.js'

describe('parseMemory', () => {
  it('reads sizes in thousands and in powers of two', () => {
    expect(parseMemory('2GB')).toBe(2_000_000_000)
    expect(parseMemory('512mb')).toBe(512_000_000)
    expect(parseMemory('1.5 GiB')).toBe(1_610_612_736)
    expect(parseMemory('64000000B')).toBe(64_000_000)
  })

  it('refuses what is no size or too little to work with', () => {
    for (const text of ['', '2', '2 parsecs', '-1GB', '63MB', '0GB', '1e3GB', '99999999TB']) {
      expect(() => parseMemory(text)).toThrow(UsageError)
    }
  })
})

describe('usageError', () => {
  it('keeps the class of an error that a flag threw itself', () => {
    const thrown = new InputError('bad', { code: 'x' })
    thrown.message = 'Parsing --mapping \n\tThe mapping has no key.\nSee more help with --help'
    const error = usageError(thrown, 'recital ingest', {})
    expect(error).toBe(thrown)
    expect(error.message).toBe('--mapping: The mapping has no key.')
  })

  it('writes longer complaints in one line', () => {
    const error = usageError(
      new Error('The following error occurred:\n  one\n  two\nSee more help with --help'),
      'recital diff',
      {},
    )
    expect(error).toMatchObject({ exitCode: 2, message: 'The following error occurred: one two' })
    expect(error.suggestions).toEqual(['See `recital diff --help`'])
  })
})
