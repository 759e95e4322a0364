/** What keys and answers do to the browser of changes. */
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../src/errors.js'
import { bindingsOf } from '../../../src/ui/keys.js'
import { Errands } from '../../../src/ui/screens/diff/errands.js'
import { type Action, reduce } from '../../../src/ui/screens/diff/reduce.js'
import {
  changeAt,
  KEPT_PAGES,
  layoutOfState,
  PAGE,
  questionOf,
  type State,
} from '../../../src/ui/screens/diff/state.js'
import { Store } from '../../../src/ui/store.js'
import fc from '../../support/property.js'
import { afterKeys, answered, CHANGES, DESK, keyAction, opened, passing } from './kit.js'

describe('the list', () => {
  it('asks for what is shown first, then for what comes next, and for nothing twice', () => {
    const state = opened()
    expect(questionOf(state)).toEqual({ filter: {}, number: 0 })
    const first = reduce(state, {
      type: 'read',
      question: { filter: {}, number: 0 },
      changes: passing({}).slice(0, PAGE),
      total: CHANGES,
    })
    expect(questionOf(first)).toEqual({ filter: {}, number: 1 })
    expect(questionOf(answered(first))).toBeNull()
  })

  it('goes to the last change and back without reading what lies between', () => {
    const last = afterKeys(opened(), 'G')
    expect(last.cursor).toBe(CHANGES - 1)
    expect(changeAt(last, last.cursor)?.key).toEqual({ id: 'A250' })
    expect(afterKeys(last, 'g').cursor).toBe(0)
  })

  it('keeps the cursor in view and in the list, whatever is pressed and however the size changes', () => {
    const names = bindingsOf('diff').flatMap(({ keys }) => [...keys])
    const step = fc.oneof(
      fc.constantFrom(...names, 'A', '9').map((name): Action => keyAction(name)),
      fc.record({
        type: fc.constant('resized' as const),
        size: fc.record({ columns: fc.integer({ min: 1, max: 300 }), rows: fc.integer({ min: 1, max: 80 }) }),
      }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let state = answered(opened())
        for (const action of steps) {
          state = answered(reduce(state, action))
          const { cursor, top, total } = state
          expect(total).toBe(passing(state.filter).length)
          expect(cursor).toBeGreaterThanOrEqual(top)
          expect(cursor - top).toBeLessThan(Math.max(1, layoutOfState(state).list))
          expect(cursor).toBeLessThan(Math.max(1, total ?? 0))
          expect(state.pages.size).toBeLessThanOrEqual(KEPT_PAGES)
          expect(changeAt(state, cursor)).toEqual(passing(state.filter)[cursor])
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('filters', () => {
  it('by operation, one after the other', () => {
    const totals = [1, 2, 3, 4].map((times) => afterKeys(opened(), ...new Array(times).fill('o')).total)
    expect(totals).toEqual([25, 200, 25, 250])
  })

  it('by column and by text of the key, together, and off again', () => {
    const column = afterKeys(opened(), 'f', 'down', 'enter')
    expect(column.filter).toMatchObject({ op: 'update', column: 'price' })
    const both = afterKeys(column, '/', 'a', '0', '1', 'enter')
    // A010 was created and A011 deleted: A012 to A019 are left.
    expect(both.total).toBe(8)
    expect(changeAt(both, 0)?.key).toEqual({ id: 'A012' })
    expect(afterKeys(both, '0')).toMatchObject({ total: CHANGES, filter: {}, cursor: 0 })
  })

  it('an answer to a filter that was left meanwhile changes nothing', () => {
    const state = reduce(answered(opened()), keyAction('o'))
    const late = {
      type: 'read',
      question: { filter: {}, number: 0 },
      changes: passing({}).slice(0, PAGE),
      total: CHANGES,
    } as const
    expect(reduce(state, late)).toBe(state)
  })
})

describe('errands', () => {
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5))

  function setUp(desk: Partial<typeof DESK> = {}) {
    const store = new Store<State, Action>(opened(), reduce)
    const calls: string[] = []
    const stage = {
      suspend: async () => void calls.push('suspend'),
      redraw: () => void calls.push('redraw'),
      copy: () => void calls.push('copy'),
      leave: () => void calls.push('leave'),
      fail: (fault: unknown) => void calls.push(`fault ${fault}`),
    }
    const errands = new Errands({ ...stage, store, desk: { ...DESK, ...desk } })
    const press = (...names: string[]) => {
      for (const name of names) store.dispatch(keyAction(name))
    }
    return { store, errands, calls, press }
  }

  it('write what passes the filter, and ask before they write over a file', async () => {
    const written: unknown[] = []
    const { store, press, errands } = setUp({
      write: async (file, filter) => {
        written.push([file, filter])
        if (!file.overwrite) throw new UsageError('It is there.', { code: 'file-exists' })
      },
    })
    press('o', 'e', 'enter')
    await settle()
    expect(store.get().overlay).toEqual({ kind: 'overwrite', name: 'changes.jsonl' })
    press('y')
    await settle()
    expect(store.get()).toMatchObject({ overlay: null, notice: 'Wrote changes.jsonl', task: null })
    expect(written).toEqual([
      [{ name: 'changes.jsonl', overwrite: false }, { op: 'create' }],
      [{ name: 'changes.jsonl', overwrite: true }, { op: 'create' }],
    ])
    await errands.end()
  })

  it('tell why a file cannot be written, where its name is asked for', async () => {
    const { store, press } = setUp({
      write: async () => {
        throw new UsageError('No such format.', { code: 'unknown-format' })
      },
    })
    press('e', 'x', 'enter')
    await settle()
    expect(store.get().overlay).toEqual({ kind: 'file', text: 'changes.jsonlx', problem: 'No such format.' })
  })

  it('a fault of ours ends the screen; leaving leaves', async () => {
    const { calls } = setUp({ page: () => Promise.reject(new TypeError('planted')) })
    await settle()
    expect(calls).toEqual(['fault TypeError: planted'])
    const other = setUp()
    other.press('q')
    await settle()
    expect(other.calls).toEqual(['leave'])
  })
})
