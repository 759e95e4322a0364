import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { watchSignals } from '../../src/cli/signals.js'
import { CancelledError } from '../../src/errors.js'

function setUp(graceMs?: number) {
  const events = new EventEmitter()
  const exits: number[] = []
  const exit = (code: number) => void exits.push(code)
  const interruption = watchSignals({ events, exit, ...(graceMs === undefined ? {} : { graceMs }) })
  return { events, exits, interruption }
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('query interrupted'))))

describe('watchSignals', () => {
  it('lets work that is not interrupted pass', async () => {
    const { interruption } = setUp()
    await expect(interruption.guard(Promise.resolve(7))).resolves.toBe(7)
    await expect(interruption.guard(Promise.reject(new Error('own fault')))).rejects.toThrow('own fault')
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'aborts the work at the first %s, runs the clean-ups and says what was kept',
    async (name) => {
      const { events, exits, interruption } = setUp()
      const order: string[] = []
      interruption.onInterrupt(() => {
        order.push('first registered')
        return 'The evidence is as it was.'
      })
      const withdraw = interruption.onInterrupt(() => void order.push('withdrawn') as undefined)
      interruption.onInterrupt(async () => {
        order.push('last registered')
        throw new Error('could not tidy')
      })
      withdraw()
      const work = interruption.guard(untilAborted(interruption.signal))
      events.emit(name)
      const error = await work.catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(CancelledError)
      expect(error).toMatchObject({ exitCode: 130, message: 'Cancelled. The evidence is as it was.' })
      expect(order).toEqual(['last registered', 'first registered'])
      expect(exits).toEqual([])
    },
  )

  it('does not wait for ever for work that ignores the signal', async () => {
    const { events, interruption } = setUp(20)
    const work = interruption.guard(new Promise(() => undefined))
    events.emit('SIGINT')
    await expect(work).rejects.toThrow(CancelledError)
  })

  it('leaves at once at the second signal', () => {
    const { events, exits, interruption } = setUp()
    interruption.onInterrupt(() => new Promise(() => undefined))
    events.emit('SIGINT')
    expect(exits).toEqual([])
    events.emit('SIGINT')
    expect(exits).toEqual([130])
  })

  it('tells the result of work that ended well in spite of the signal', async () => {
    const { events, interruption } = setUp()
    const work = interruption.guard(
      new Promise((resolve) => interruption.signal.addEventListener('abort', () => resolve('done'))),
    )
    events.emit('SIGINT')
    await expect(work).resolves.toBe('done')
  })

  it('stops listening when disposed', () => {
    const { events, interruption } = setUp()
    interruption.dispose()
    expect(events.eventNames()).toEqual([])
  })
})
