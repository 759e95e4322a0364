import { describe, expect, it } from 'vitest'
import { harmless } from '../../../src/model/text/harmless.js'
import fc from '../../support/property.js'

describe('harmless', () => {
  it.each([
    ['\u001b[2J\u001b[1;1Hgone', '\\x1b[2J\\x1b[1;1Hgone'],
    ['a\tb\nc\rd', 'a\\tb\\nc\\rd'],
    ['bell\u0007 nul\u0000 del\u007f', 'bell\\x07 nul\\x00 del\\x7f'],
    ['\u009b31m\u0085', '\\x9b31m\\x85'],
    ['\u202egnp.exe\u202c \u2066x\u2069', '\\u202egnp.exe\\u202c \\u2066x\\u2069'],
    ['one\u2028two\u2029', 'one\\u2028two\\u2029'],
    ['Beyoncé · 坂本龍一 · שלום · 👩‍🎤 · AC\\DC', 'Beyoncé · 坂本龍一 · שלום · 👩‍🎤 · AC\\DC'],
    ['', ''],
  ])('%j', (text, shown) => {
    expect(harmless(text)).toBe(shown)
  })

  it('leaves no control character and touches nothing else', () => {
    const isControl = (character: string) => /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(character)
    const part = fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), fc.constantFrom('\u001b', '\u202e', '\n', 'a'))
    const text = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(text, (given) => {
        const shown = harmless(given)
        expect([...shown].filter(isControl)).toEqual([])
        const kept = [...given].filter((character) => !isControl(character)).join('')
        expect(shown.replace(/\\(x[0-9a-f]{2}|u[0-9a-f]{4}|[tnr])/g, '')).toBe(
          kept.replace(/\\(x[0-9a-f]{2}|u[0-9a-f]{4}|[tnr])/g, ''),
        )
      }),
      { numRuns: 200 },
    )
  })
})
