import { describe, expect, it } from 'vitest'
import { colorLevel, colorsOf } from '../../src/cli/color.js'

const terminal = { isTTY: true }
const pipe = { isTTY: false }

describe('colorLevel', () => {
  it('is none on a pipe and 16 colours on a plain terminal', () => {
    expect(colorLevel(pipe, { TERM: 'xterm' })).toBe(0)
    expect(colorLevel({}, {})).toBe(0)
    expect(colorLevel(terminal, { TERM: 'xterm' })).toBe(1)
  })

  it('follows what the terminal says it can show', () => {
    expect(colorLevel(terminal, { TERM: 'xterm-256color' })).toBe(2)
    expect(colorLevel(terminal, { TERM: 'xterm-256color', COLORTERM: 'truecolor' })).toBe(3)
    expect(colorLevel(terminal, { TERM: 'dumb', COLORTERM: 'truecolor' })).toBe(0)
  })

  it('puts --no-color before FORCE_COLOR before NO_COLOR before the terminal', () => {
    expect(colorLevel(terminal, { FORCE_COLOR: '3' }, true)).toBe(0)
    expect(colorLevel(pipe, { FORCE_COLOR: '3', NO_COLOR: '1' })).toBe(3)
    expect(colorLevel(terminal, { FORCE_COLOR: '0' })).toBe(0)
    expect(colorLevel(terminal, { NO_COLOR: '1', COLORTERM: 'truecolor' })).toBe(0)
  })

  it('takes empty variables as unset', () => {
    expect(colorLevel(terminal, { NO_COLOR: '', FORCE_COLOR: '', TERM: 'xterm' })).toBe(1)
  })
})

describe('colorsOf', () => {
  it('leaves text as it is without colours', () => {
    expect(colorsOf(0).red.bold('x')).toBe('x')
    expect(colorsOf(1).red('x')).toBe('\u001b[31mx\u001b[39m')
  })
})
