/** Widths of text: what is worked out without the library must be what the library says. */
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { displayWidth, wrapToWidth } from '../../src/cli/display-width.js'
import fc from '../support/property.js'

describe('displayWidth', () => {
  it('agrees with the library on every character of the basic plane', () => {
    const wrong: string[] = []
    for (let code = 0; code <= 0xffff; code += 1) {
      const character = String.fromCharCode(code)
      if (displayWidth(character) !== stringWidth(character)) wrong.push(code.toString(16))
    }
    expect(wrong).toEqual([])
  })

  it('agrees with the library on texts of several scripts, with marks and joiners among them', () => {
    const blocks = [
      [0x20, 0x7e],
      [0xa1, 0x2ff],
      [0x300, 0x36f],
      [0x384, 0x52f],
      [0x1e00, 0x1eff],
      [0x2000, 0x206f],
      [0x20a0, 0x20ff],
      [0x3041, 0x30ff],
      [0x4e00, 0x4eff],
      [0xac00, 0xacff],
      [0x1100, 0x11ff],
      [0xfe00, 0xfe0f],
    ] as const
    const character = fc
      .oneof(...blocks.map(([min, max]) => fc.integer({ min, max })))
      .map((code) => String.fromCharCode(code))
    fc.assert(
      fc.property(fc.array(character, { maxLength: 12 }), (characters) => {
        const text = characters.join('')
        expect(displayWidth(text)).toBe(stringWidth(text))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('wrapToWidth', () => {
  it('breaks at spaces, and where the text does', () => {
    expect(wrapToWidth('one two three', 7)).toEqual(['one two', 'three'])
    expect(wrapToWidth('one\ntwo three', 20)).toEqual(['one', 'two three'])
    expect(wrapToWidth('', 5)).toEqual([''])
  })

  it('breaks within a word that is longer than a line, between whole characters', () => {
    expect(wrapToWidth('a seventeen b', 5)).toEqual(['a', 'seven', 'teen', 'b'])
    expect(wrapToWidth('夜に駆ける', 5)).toEqual(['夜に', '駆け', 'る'])
  })

  it('keeps every word and never exceeds the width', () => {
    const word = fc.stringMatching(/^[a-zé夜]{1,12}$/)
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), fc.integer({ min: 2, max: 30 }), (words, width) => {
        const lines = wrapToWidth(words.join(' '), width)
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''))
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      }),
    )
  })
})
