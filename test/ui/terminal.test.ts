/** The terminal is given back as it was found, whatever happens. */
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { colorsOf } from '../../src/cli/color.js'
import { watchSignals } from '../../src/cli/signals.js'
import type { System } from '../../src/cli/system.js'
import { canShowScreens, Terminal } from '../../src/cli/terminal.js'
import { MemoryStream } from '../support/memory-stream.js'

const ENTER = '\u001b[?1049h'
const LEAVE = '\u001b[?1049l'

function setUp(env: Record<string, string> = {}) {
  const events = new EventEmitter()
  const stdout = Object.assign(new MemoryStream(), { isTTY: true, columns: 100, rows: 30 })
  const modes: boolean[] = []
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) })
  const stops: number[] = []
  const system: System = {
    ...{ platform: 'linux' as const, argv: [], env, stdin, stdout, stderr: new MemoryStream(), events, pid: 1 },
    ...{ cwd: () => '/', now: () => new Date(0), ticks: () => 0, isAlive: () => true },
    suspend: () => {
      stops.push(events.listenerCount('SIGTSTP'))
      setTimeout(() => events.emit('SIGCONT'), 5)
    },
    exit: () => {
      throw new Error('exit')
    },
  }
  const interruption = watchSignals({ events, exit: () => undefined })
  const before = countListeners(events)
  const terminal = new Terminal(system, interruption, colorsOf(0))
  return { events, stdout, modes, stops, interruption, terminal, before }
}

const countListeners = (events: EventEmitter): number =>
  events.eventNames().reduce((sum, name) => sum + events.listenerCount(name), 0)

const changes = (text: string): string[] => text.match(/\u001b\[\?(?:1049[hl])/g) ?? []

describe('a terminal', () => {
  it('is taken and given back once, and nothing listens any more', () => {
    const { terminal, stdout, events, before } = setUp()
    terminal.open()
    terminal.open()
    terminal.close()
    terminal.close()
    expect(changes(stdout.text)).toEqual([ENTER, LEAVE])
    expect(stdout.text.endsWith(`\u001b[?25h${LEAVE}`)).toBe(true)
    expect(countListeners(events)).toBe(before)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('is given back at %s', async (signal) => {
    const { terminal, stdout, events, interruption } = setUp()
    terminal.open()
    events.emit(signal)
    await interruption.stop()
    expect(changes(stdout.text)).toEqual([ENTER, LEAVE])
    expect(terminal.signal.aborted).toBe(true)
  })

  it.each(['uncaughtException', 'unhandledRejection'])('is given back at %s, before it is told', (fault) => {
    const { terminal, stdout, events } = setUp()
    events.on(fault, () => stdout.write('error: told'))
    terminal.open()
    events.emit(fault, new Error('fault'))
    expect(stdout.text).toMatch(/1049lerror: told$/)
  })

  it('is given back at the end of the process', () => {
    const { terminal, stdout, events } = setUp()
    terminal.open()
    events.emit('exit', 0)
    expect(changes(stdout.text)).toEqual([ENTER, LEAVE])
  })

  it('is given back while the program is suspended, and taken again', async () => {
    const { terminal, stdout, modes, stops, events } = setUp()
    let changed = 0
    terminal.open()
    terminal.onChange(() => {
      changed += 1
    })
    await terminal.suspend()
    expect(changes(stdout.text)).toEqual([ENTER, LEAVE, ENTER])
    expect(modes.slice(0, 2)).toEqual([true, false])
    expect(modes.at(-1)).toBe(true)
    expect(changed).toBe(1)
    // Nobody listened for the signal when it came, and somebody does now.
    expect(stops).toEqual([0])
    expect(events.listenerCount('SIGTSTP')).toBe(1)
    terminal.close()
    expect(changes(stdout.text).at(-1)).toBe(LEAVE)
  })

  it('suspends at a signal from outside too', async () => {
    const { terminal, stdout, stops, events } = setUp()
    terminal.open()
    events.emit('SIGTSTP')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect([stops.length, changes(stdout.text)]).toEqual([1, [ENTER, LEAVE, ENTER]])
  })

  it('stays given back when the end comes while suspended', async () => {
    const { terminal, stdout } = setUp()
    terminal.open()
    const suspended = terminal.suspend()
    terminal.close()
    await suspended
    expect(changes(stdout.text)).toEqual([ENTER, LEAVE])
  })

  it('is taken again after a stop by force', () => {
    const { terminal, stdout, events, modes } = setUp()
    terminal.open()
    events.emit('SIGCONT')
    expect(changes(stdout.text)).toEqual([ENTER, ENTER])
    // Taken; then off and on: the driver takes no notice of what it believes to be in force.
    expect(modes).toEqual([true, false, true])
  })

  it('tells of a new size', () => {
    const { terminal, stdout } = setUp()
    const sizes: unknown[] = []
    terminal.open()
    const stop = terminal.onChange(() => sizes.push(terminal.size))
    Object.assign(stdout, { columns: 60, rows: 15 })
    stdout.emit('resize')
    stop()
    stdout.emit('resize')
    expect(sizes).toEqual([{ columns: 60, rows: 15 }])
  })

  it('of unknown size has the usual one', () => {
    const { terminal, stdout } = setUp()
    Object.assign(stdout, { columns: 0, rows: 0 })
    expect(terminal.size).toEqual({ columns: 80, rows: 24 })
  })

  it('reads UTF-8 when its locale says so', () => {
    const reads = (env: Record<string, string>) => setUp(env).terminal.unicode
    expect([{ LANG: 'C.UTF-8' }, { LANG: 'de_DE.utf8' }, { LANG: 'C' }, {}].map(reads)).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(reads({ LC_ALL: 'C', LANG: 'C.UTF-8' })).toBe(false)
  })
})

describe('screens', () => {
  it('are not for dumb terminals, build machines and screen readers', () => {
    expect(canShowScreens({ TERM: 'xterm-256color' })).toBe(true)
    expect(canShowScreens({ TERM: 'xterm', CI: 'false' })).toBe(true)
    for (const env of [{ TERM: 'dumb' }, { CI: '1' }, { INK_SCREEN_READER: 'true' }])
      expect(canShowScreens(env)).toBe(false)
  })
})
