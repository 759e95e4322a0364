import { describe, expect, it } from 'vitest'
import { Progress } from '../../src/cli/progress.js'
import { duration } from '../../src/cli/progress-format.js'
import { count } from '../../src/cli/views/words.js'
import { MemoryStream } from '../support/memory-stream.js'

function setUp(options: { live?: boolean; quiet?: boolean; width?: number } = {}) {
  const stream = new MemoryStream()
  let now = 0
  const { live = false, quiet = false, width = 120 } = options
  const progress = new Progress({ stream, ticks: () => now, live, quiet, width })
  /** Lets time pass, then returns what was written since the last call. */
  const wait = (ms: number) => {
    now += ms
  }
  const written = () => {
    const { text } = stream
    stream.text = ''
    return text
  }
  return { progress, wait, written }
}

describe('progress in a log', () => {
  it('writes a line for each tenth, without carriage returns, and the final line', () => {
    const { progress, wait, written } = setUp()
    progress.phase('staging', { step: 2, of: 4, total: 1000 })
    for (let step = 0; step < 20; step += 1) {
      wait(1000)
      progress.advance({ rows: 50, rejects: step === 0 ? 2 : 0 })
    }
    progress.finish()
    const lines = written().split('\n')
    // 10 % to 90 %, the final line, and nothing after its line end.
    expect(lines).toHaveLength(11)
    // 100 rows in 2 s = 50 rows/s, 900 to go.
    expect(lines[0]).toBe('2/4 staging: 10 %, 100 rows, 50 rows/s, ETA 18 s, 2 rejected')
    expect(lines[8]).toBe('2/4 staging: 90 %, 900 rows, 50 rows/s, ETA 2.0 s, 2 rejected')
    expect(lines[9]).toBe('Done: 1,000 rows, 2 rejected, 20 s, 50 rows/s')
    expect(lines[10]).toBe('')
  })

  it('writes a line every 30 seconds when the total is unknown', () => {
    const { progress, wait, written } = setUp()
    progress.phase('reading')
    wait(29_999)
    progress.advance({ rows: 10 })
    expect(written()).toBe('')
    wait(1)
    progress.tick()
    // 10 rows in 30 s.
    expect(written()).toBe('reading: 10 rows, 0 rows/s, 30 s elapsed, 0 rejected\n')
  })

  it('counts percent in the unit of the total when that is not rows', () => {
    const { progress, wait, written } = setUp()
    progress.phase('reading', { total: 4_000_000 })
    wait(2000)
    progress.advance({ rows: 10, done: 1_000_000 })
    expect(written()).toBe('reading: 25 %, 10 rows, 5 rows/s, ETA 6.0 s, 0 rejected\n')
  })
})

describe('progress on a terminal', () => {
  it('redraws at most ten times a second', () => {
    const { progress, wait, written } = setUp({ live: true })
    progress.phase('staging', { total: 1000 })
    written()
    for (let step = 0; step < 100; step += 1) {
      wait(10)
      progress.advance({ rows: 1 })
    }
    expect(written().split('\r').length - 1).toBe(10)
  })

  it('shows bar, percent, rate, time left and rejects', () => {
    const { progress, wait, written } = setUp({ live: true })
    progress.phase('staging', { step: 2, of: 4, total: 1000 })
    written()
    wait(2000)
    progress.advance({ rows: 400, rejects: 3 })
    // 200 rows/s, 600 to go.
    const bar = '[########------------]'
    expect(written()).toBe(`\r2/4 staging  ${bar}  40%  200 rows/s  ETA 3.0 s  3 rejected\u001b[K`)
  })

  it('forgets the speed of more than five seconds ago', () => {
    const { progress, wait, written } = setUp({ live: true })
    progress.phase('staging', { total: 100_000 })
    wait(1000)
    progress.advance({ rows: 50_000 })
    for (let second = 0; second < 6; second += 1) {
      wait(1000)
      written()
      progress.advance({ rows: 10 })
    }
    expect(written()).toContain('  10 rows/s  ')
  })

  it('says 100 % of nothing that is not finished, and keeps to the width', () => {
    const { progress, wait, written } = setUp({ live: true, width: 30 })
    progress.phase('staging', { total: 10 })
    written()
    wait(1000)
    progress.advance({ rows: 12 })
    // Of 30 columns one is left free: 7 for the name, 2, the bracket, 18 of the bar and the mark.
    expect(written()).toBe(`\rstaging  [${'#'.repeat(18)}…\u001b[K`)
    const wide = setUp({ live: true })
    wide.progress.phase('staging', { total: 10 })
    wide.wait(1000)
    wide.progress.advance({ rows: 12 })
    expect(wide.written()).toContain('staging  [###################-]  99%  ')
  })

  it('takes the line away for a message and puts it back', () => {
    const { progress, written } = setUp({ live: true })
    progress.phase('staging')
    const line = written()
    progress.interject('warning: odd')
    expect(written()).toBe(`\r\u001b[Kwarning: odd\n${line}`)
    progress.finish()
    expect(written()).toBe('\r\u001b[KDone: 0 rows, 0 rejected, 0.0 s\n')
  })
})

describe('progress in general', () => {
  it('is silent when quiet, but passes messages on', () => {
    const { progress, wait, written } = setUp({ quiet: true, live: true })
    progress.phase('staging', { total: 10 })
    wait(60_000)
    progress.advance({ rows: 9 })
    progress.interject('warning: odd')
    progress.finish()
    expect(written()).toBe('warning: odd\n')
  })

  it('says nothing at the end when there was no phase', () => {
    const { progress, written } = setUp()
    progress.finish()
    expect(written()).toBe('')
  })

  it('counts rejects of all phases and the rows of the largest, unless told better', () => {
    const { progress, wait, written } = setUp()
    progress.phase('one')
    progress.advance({ rows: 5, rejects: 1 })
    progress.phase('two')
    progress.advance({ rows: 3, rejects: 1 })
    wait(1000)
    progress.finish()
    expect(written()).toBe('Done: 5 rows, 2 rejected, 1.0 s, 5 rows/s\n')
    progress.phase('again')
    wait(2000)
    progress.finish({ rows: 8, rejects: 0 })
    expect(written()).toBe('Done: 8 rows, 0 rejected, 2.0 s, 4 rows/s\n')
  })

  it('writes figures the same everywhere', () => {
    expect(count(1234567)).toBe('1,234,567')
    expect([400, 9_949, 9_950, 59_499, 61_000, 3_720_000].map(duration)).toEqual([
      '0.4 s',
      '9.9 s',
      '10 s',
      '59 s',
      '1 min 01 s',
      '1 h 02 min',
    ])
  })
})
