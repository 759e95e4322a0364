import { describe, expect, it } from 'vitest'
import { cutToWidth, displayWidth, padToWidth } from '../../src/cli/display-width.js'
import { type Column, tableLines } from '../../src/cli/table.js'
import fc from '../support/property.js'

const ESCAPE = String.fromCharCode(27)

describe('display width', () => {
  it('counts two columns for wide characters and none for combining marks', () => {
    expect(displayWidth('夜に駆ける')).toBe(10)
    expect(displayWidth('e\u0301')).toBe(1)
    expect(displayWidth('👩‍👩‍👧')).toBe(2)
  })

  it('cuts whole characters only', () => {
    expect(cutToWidth('夜に駆ける', 10)).toBe('夜に駆ける')
    // Five columns: two wide characters take four, the mark one.
    expect(cutToWidth('夜に駆ける', 5)).toBe('夜に…')
    // Four columns: the second wide character would reach into the mark's column.
    expect(cutToWidth('夜に駆ける', 4)).toBe('夜…')
    expect(cutToWidth('👩‍👩‍👧ab', 3)).toBe('👩‍👩‍👧…')
    expect(cutToWidth('abc', 0)).toBe('')
  })

  it('pads on the asked side', () => {
    expect(padToWidth('夜', 4)).toBe('夜  ')
    expect(padToWidth('7', 3, 'right')).toBe('  7')
    expect(padToWidth('long', 2)).toBe('long')
  })

  it('never gives more columns than asked', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.nat(20), (text, width) => {
        expect(displayWidth(cutToWidth(text, width))).toBeLessThanOrEqual(width)
      }),
      { numRuns: 200 },
    )
  })
})

const COLUMNS: readonly Column[] = [
  { header: 'ISRC', kind: 'id' },
  { header: 'TITLE' },
  { header: 'SHARE', kind: 'number' },
]

describe('tableLines', () => {
  it('aligns columns by display width, numbers at the right', () => {
    const rows = [
      ['JPABC2000001', '夜に駆ける', '100'],
      ['USRC17607839', 'Go', '7.5'],
    ]
    expect(tableLines(COLUMNS, rows, { width: 80 })).toEqual([
      'ISRC          TITLE       SHARE',
      'JPABC2000001  夜に駆ける    100',
      'USRC17607839  Go            7.5',
    ])
  })

  it('cuts text to fit the width, never identifiers and numbers', () => {
    const rows = [['USRC17607839', 'A title that goes on and on', '33.3333']]
    // 12 + 2 + 11 + 2 + 7 = 34
    expect(tableLines(COLUMNS, rows, { width: 34 })).toEqual([
      'ISRC          TITLE          SHARE',
      'USRC17607839  A title th…  33.3333',
    ])
  })

  it('is wider than asked when identifiers alone are', () => {
    const rows = [['USRC17607839', 'A title that goes on and on', '33.3333']]
    expect(tableLines(COLUMNS, rows, { width: 10 })).toEqual([
      'ISRC          TITLE       SHARE',
      'USRC17607839  A title…  33.3333',
    ])
  })

  it('writes control characters out', () => {
    const lines = tableLines([{ header: 'T' }], [[`${ESCAPE}[2J\nx`]], { width: 80 })
    expect(lines).toEqual(['T', '\\x1b[2J\\nx'])
  })

  it('prints the header alone when there are no rows, and takes missing cells as empty', () => {
    expect(tableLines(COLUMNS, [], { width: 80 })).toEqual(['ISRC  TITLE  SHARE'])
    expect(tableLines(COLUMNS, [['X']], { width: 80 })).toEqual(['ISRC  TITLE  SHARE', 'X'])
  })

  it('colours after measuring', () => {
    const columns: Column[] = [{ header: 'A', style: (cell) => `<${cell}>` }, { header: 'B' }]
    expect(tableLines(columns, [['x', 'y']], { width: 80 })).toEqual(['A  B', '<x>  y'])
  })
})
