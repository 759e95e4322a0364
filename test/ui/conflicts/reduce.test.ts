/** What keys do to the screen of conflicts. */
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../src/errors.js'
import { runErrands } from '../../../src/ui/screens/conflicts/errands.js'
import { type Action, reduce } from '../../../src/ui/screens/conflicts/reduce.js'
import { listed, type State } from '../../../src/ui/screens/conflicts/state.js'
import { Store } from '../../../src/ui/store.js'
import { afterKeys, OVERCLAIM, opened } from './story.js'

const ids = (state: State): string[] => listed(state).map(({ id }) => id)

describe('the list', () => {
  it('moves within its ends', () => {
    expect(afterKeys(opened(), 'j', 'down', 'k').chosen).toBe(1)
    expect(afterKeys(opened(), 'up').chosen).toBe(0)
    expect(afterKeys(opened(), 'G').chosen).toBe(3)
    expect(afterKeys(opened(), 'G', 'j', 'g').chosen).toBe(0)
  })

  it('by severity, by kind, by text; Escape shows all again, then leaves', () => {
    expect(ids(afterKeys(opened(), 'f'))).toEqual(['C-SHR-01', 'C-LNK-01'])
    expect(ids(afterKeys(opened(), 'f', 'f', 'f'))).toEqual(['C-DAT-05'])
    expect(ids(afterKeys(opened(), 'f', 'f', 'f', 'f', 'f')).length).toBe(4)
    expect(ids(afterKeys(opened(), 'j', 'i'))).toEqual(['C-LNK-01'])
    const narrowed = afterKeys(opened(), '/', "'ALON'", 'enter')
    expect(ids(narrowed)).toEqual(['C-LNK-01'])
    const whole = afterKeys(narrowed, 'escape')
    expect([ids(whole).length, whole.task]).toEqual([4, null])
    expect(afterKeys(whole, 'escape').task).toEqual({ kind: 'leave' })
  })

  it('q is a letter where text is typed', () => {
    const typed = afterKeys(opened(), '/', 'q')
    expect([typed.task, typed.filter.text]).toEqual([null, 'q'])
    expect(afterKeys(opened(), 'q').task).toEqual({ kind: 'leave' })
  })

  it('in four orders', () => {
    expect(ids(afterKeys(opened(), 's'))).toEqual(['C-LNK-01', 'C-SHR-01', 'C-SHR-03', 'C-DAT-05'])
    expect(ids(afterKeys(opened(), 's', 's'))).toEqual(['C-SHR-03', 'C-SHR-01', 'C-LNK-01', 'C-DAT-05'])
    expect(ids(afterKeys(opened(), 's', 's', 's'))[0]).toBe('C-LNK-01')
    expect(ids(afterKeys(opened(), 's', 's', 's', 's'))[0]).toBe('C-SHR-01')
  })

  it('says so where there is nothing to act on', () => {
    const none = afterKeys(opened(), '/', "'zebra'", 'enter')
    for (const key of ['d', 'enter']) expect(afterKeys(none, key).notice).toBe('There is no conflict here.')
    expect(afterKeys(none, 'o').notice).toContain('no row')
    expect(afterKeys(none, 'z').notice).toContain('Nothing has been decided')
  })
})

describe('decisions', () => {
  const draft = { key: OVERCLAIM.key, verdict: 'explained', undoes: null, reason: 'A letter', author: 'M. Case' }

  it('ask why and by whom, and nothing else', () => {
    const asked = afterKeys(opened(), 'd', 'x', "'A letter'", 'enter')
    expect(asked.overlay).toMatchObject({ kind: 'decision', asked: 'author', text: '' })
    expect(afterKeys(asked, "'M. Case'", 'enter').task).toEqual({ kind: 'decide', draft })
  })

  it('which identity is meant is asked first, and an author who is known is offered', () => {
    const asked = afterKeys(opened(undefined, undefined, 'M. Case'), 'd', 'i', "'T1'", 'enter', "'Same'", 'enter')
    expect(asked.overlay).toMatchObject({ asked: 'author', text: 'M. Case' })
    expect(afterKeys(asked, 'enter').task).toMatchObject({
      draft: { verdict: 'identity', identity: 'T1', reason: 'Same' },
    })
  })

  it('refuse an empty answer, and Escape decides nothing', () => {
    const empty = afterKeys(opened(), 'd', 'a', 'enter')
    expect(empty.overlay).toMatchObject({ problem: 'write why' })
    expect(afterKeys(empty, 'escape')).toMatchObject({ overlay: null, task: null })
  })

  it('are shown beside the conflict, and undone by their number', () => {
    const standing = [
      { id: 4, at: '2022-05-01T00:00:00Z', author: 'M. Case', verdict: 'explained', identity: null, reason: 'x' },
    ]
    const waiting = { ...opened(), task: { kind: 'decide', draft } as const }
    const shown = reduce(waiting, { type: 'decided', key: OVERCLAIM.key, standing, notice: 'Decided.' })
    expect(shown).toMatchObject({ task: null, author: 'M. Case', notice: 'Decided.' })
    expect(ids(afterKeys(shown, 'u'))).toEqual(['C-LNK-01', 'C-SHR-03', 'C-DAT-05'])
    expect(ids(afterKeys(shown, 'u', 'u'))).toEqual(['C-SHR-01'])
    const undone = afterKeys(shown, 'z', "'Another letter'", 'enter', 'enter')
    expect(undone.task).toMatchObject({
      kind: 'decide',
      draft: { undoes: 4, reason: 'Another letter', author: 'M. Case' },
    })
  })
})

it('a file that is there is written over only after a plain yes', () => {
  const named = afterKeys(opened(), 'e', 'v')
  expect(named.overlay).toMatchObject({ kind: 'file', text: 'conflicts-2022-04-11.csv' })
  const wanted = afterKeys(named, 'enter')
  expect(wanted.task).toMatchObject({ file: { format: 'csv', overwrite: false } })
  const there = reduce(wanted, { type: 'failed', code: 'file-exists', message: 'is there' })
  expect(afterKeys(there, 'enter').overlay).toMatchObject({ kind: 'file' })
  expect(afterKeys(there, 'y').task).toMatchObject({ file: { overwrite: true } })
})

it('errands: what is decided outside comes back, and a refusal is told where it was typed', async () => {
  const asked: string[] = []
  const store = new Store<State, Action>(opened(), reduce)
  const end = runErrands({
    store,
    desk: {
      decide: ({ verdict, reason }) => {
        asked.push(`${verdict}: ${reason}`)
        return reason === 'no'
          ? Promise.reject(new UsageError('The casebook says no.', { code: 'x' }))
          : Promise.resolve([{ id: 1, at: '', author: 'me', verdict, identity: null, reason }])
      },
      undo: () => Promise.resolve([]),
      write: () => Promise.resolve(),
    },
    suspend: () => Promise.resolve(),
    redraw: () => undefined,
    leave: () => asked.push('leave'),
    fail: (fault) => asked.push(String(fault)),
  })
  const press = async (...words: string[]): Promise<void> => {
    for (const word of words) {
      const key = { name: word, text: word.length === 1 ? word : null }
      store.dispatch({ type: 'key', key })
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  await press('d', 'd', 'n', 'o', 'enter', 'm', 'enter')
  expect(store.get().overlay).toMatchObject({ asked: 'reason', text: 'no', problem: 'The casebook says no.' })
  await press('backspace', 'w', 'enter', 'enter')
  expect(store.get().document.conflicts[0]?.decisions).toMatchObject([{ verdict: 'disputed', reason: 'nw' }])
  await press('q')
  await end()
  expect(asked).toEqual(['disputed: no', 'disputed: nw', 'leave'])
})
