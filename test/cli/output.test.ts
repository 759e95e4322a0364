import { describe, expect, it } from 'vitest'
import { flushed, Output, onReaderGone, widthOf } from '../../src/cli/output.js'
import { MemoryStream } from '../support/memory-stream.js'

describe('Output', () => {
  it('lets no escape code out without colours, whoever made it', () => {
    const stream = new MemoryStream()
    const out = new Output(stream, { level: 0, width: 80 })
    out.line(`a ${out.colors.red('b')} \u001b[1mc\u001b[22m`)
    out.table([{ header: 'X' }], [['1']])
    expect(stream.text).toBe('a b c\nX\n1\n')
  })

  it('colours when it may', () => {
    const stream = new MemoryStream()
    const out = new Output(stream, { level: 1, width: 80 })
    out.line(out.colors.red('b'))
    expect(stream.text).toBe('\u001b[31mb\u001b[39m\n')
  })

  it('sets a heading in bold, and what data brings along not', () => {
    const stream = new MemoryStream()
    new Output(stream, { level: 1, width: 80 }).heading('a\u001b[31mb')
    expect(stream.text).toBe('\u001b[1ma\\x1b[31mb\u001b[22m\n')
  })

  it('passes bytes for machines unchanged', async () => {
    const stream = new MemoryStream()
    new Output(stream, { level: 0, width: 80 }).raw('a\u001b[1m\r\n')
    await flushed(stream)
    expect(stream.text).toBe('a\u001b[1m\r\n')
  })
})

describe('widthOf', () => {
  it('is what was asked, else the terminal, else 80', () => {
    const terminal = (columns: number) => Object.assign(new MemoryStream(), { isTTY: true, columns })
    expect(widthOf(terminal(120), 100)).toBe(100)
    expect(widthOf(terminal(120))).toBe(120)
    expect(widthOf(terminal(20))).toBe(40)
    expect(widthOf(terminal(0))).toBe(80)
    expect(widthOf(Object.assign(new MemoryStream(), { columns: 120 }))).toBe(80)
  })
})

describe('onReaderGone', () => {
  it('leaves when the reader of stdout has, and not for stderr', () => {
    const [stdout, stderr] = [new MemoryStream(), new MemoryStream()]
    let left = 0
    const stop = onReaderGone(stdout, stderr, () => {
      left += 1
    })
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })
    stderr.emit('error', gone)
    expect(left).toBe(0)
    stdout.emit('error', gone)
    expect(left).toBe(1)
    expect(() => stdout.emit('error', new Error('disk'))).toThrow('disk')
    stop()
    expect(stdout.listenerCount('error')).toBe(0)
  })
})
