/** What is written to the terminal, read by a small terminal of our own. */
import { describe, expect, it } from 'vitest'
import { Canvas } from '../../src/ui/canvas.js'

/** Understands what the canvas writes: cursor to a row, erase a line, erase all. Throws at anything else. */
class Screen {
  rows: string[] = []
  written = 0

  draw(text: string): void {
    let row = 0
    this.written += 1
    for (const [whole, code = ''] of text.matchAll(/\u001b\[([?\d;]*[A-Za-z])|[^\u001b]+/g)) {
      if (!whole.startsWith('\u001b')) this.rows[row] = (this.rows[row] ?? '') + whole
      else if (code === '2J') this.rows = []
      else if (code === '2K') this.rows[row] = ''
      else if (/^\d+;1H$/.test(code)) row = Number.parseInt(code, 10) - 1
      else if (!['0m', '1m', '22m', '?2026h', '?2026l'].includes(code)) throw new Error(`unknown: ${code}`)
    }
  }
}

function setUp(rows = 10) {
  const screen = new Screen()
  const size = { columns: 20, rows }
  const canvas = new Canvas(
    () => size,
    (text) => screen.draw(text),
  )
  return { screen, size, canvas }
}

describe('frames', () => {
  it('are painted, then only the lines that changed', () => {
    const { screen, canvas } = setUp()
    canvas.paint(['one', 'two', 'three'])
    screen.rows[0] = 'untouched'
    canvas.paint(['one', '2', 'three'])
    expect(screen.rows).toEqual(['untouched', '2', 'three'])
  })

  it('that are the same write nothing', () => {
    const { screen, canvas } = setUp()
    canvas.paint(['one'])
    canvas.paint(['one'])
    expect(screen.written).toBe(1)
  })

  it('that are shorter leave nothing behind', () => {
    const { screen, canvas } = setUp()
    canvas.paint(['one', 'two', 'three'])
    canvas.paint(['one'])
    expect(screen.rows).toEqual(['one', '', ''])
  })

  it('that are too wide are cut, so that they never run on into the next row', () => {
    const { screen, canvas } = setUp()
    // 20 columns: 21 letters; ten signs of two columns and one more; colours, which take none.
    canvas.paint(['a'.repeat(21), `${'曲'.repeat(10)}!`, `\u001b[1m${'b'.repeat(20)}\u001b[22m`])
    expect(screen.rows.slice(0, 2)).toEqual([`${'a'.repeat(19)}…`, `${'曲'.repeat(9)}…`])
    expect(screen.rows[2]).toBe('b'.repeat(20))
  })

  it('never touch the last row', () => {
    const { screen, canvas } = setUp(4)
    canvas.paint(['1', '2', '3', '4', '5'])
    expect(screen.rows).toEqual(['1', '2', '3'])
  })
})

describe('a screen that was lost', () => {
  it('is painted whole by the next frame, once', () => {
    const { screen, canvas } = setUp()
    canvas.paint(['one', 'two'])
    screen.rows = ['$ ls', 'rest', 'of', 'the', 'shell']
    canvas.invalidate()
    canvas.paint(['one', 'two'])
    canvas.restore()
    expect(screen.rows).toEqual(['one', 'two'])
    expect(screen.written).toBe(2)
  })

  it('is painted again where no other frame comes', () => {
    const { screen, canvas } = setUp()
    canvas.paint(['one'])
    screen.rows = []
    canvas.invalidate()
    canvas.restore()
    canvas.restore()
    expect(screen.rows).toEqual(['one'])
    expect(screen.written).toBe(2)
  })

  it('belongs to others after the end', () => {
    const { screen, canvas } = setUp()
    canvas.paint(['one'])
    canvas.close()
    canvas.paint(['two'])
    canvas.invalidate()
    canvas.restore()
    expect(screen.rows).toEqual(['one'])
  })
})
