/** In which order the screen asks, what it drops, and how files are written. */
import { describe, expect, it } from 'vitest'
import type { TimelineFile } from '../../../src/cli/timeline.js'
import type { TimelineQuestion } from '../../../src/cli/views/timeline-command.js'
import type { TimelineDocument } from '../../../src/cli/views/timeline-document.js'
import { UsageError } from '../../../src/errors.js'
import { Errands } from '../../../src/ui/screens/timeline/errands.js'
import { type Action, reduce } from '../../../src/ui/screens/timeline/reduce.js'
import type { State } from '../../../src/ui/screens/timeline/state.js'
import { Store } from '../../../src/ui/store.js'
import { opened, storyDocument } from './story.js'

/** A desk whose answers come when the test says so. */
function setUp(write: (file: TimelineFile) => Promise<void> = async () => undefined) {
  const asked: string[] = []
  const waiting: { resolve: (document: TimelineDocument) => void; reject: (error: Error) => void }[] = []
  const calls: string[] = []
  const faults: unknown[] = []
  const store = new Store<State, Action>(opened(), reduce)
  const errands = new Errands({
    store,
    desk: {
      ask: ({ known, territory }: TimelineQuestion) => {
        asked.push(`${territory} ${known}`)
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
      },
      write: (_, file) => write(file),
    },
    suspend: async () => void calls.push('suspend'),
    redraw: () => calls.push('redraw'),
    leave: () => calls.push('leave'),
    fail: (fault) => faults.push(fault),
  })
  const press = (...names: string[]) => {
    for (const name of names) store.dispatch({ type: 'key', key: { name, text: name.length === 1 ? name : null } })
  }
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  const answer = async () => {
    const [territory = '', known = ''] = (asked.at(-1) ?? '').split(' ')
    waiting.shift()?.resolve(storyDocument({ known, territory }))
    await settle()
  }
  return { store, errands, asked, waiting, calls, faults, press, answer, settle }
}

describe('questions', () => {
  it('are asked one after the other, and those that were passed over never', async () => {
    const { asked, press, answer, store } = setUp()
    // While the screen opens, the date beside the first is worked out already.
    expect(asked).toEqual(['FR 2020-01-01'])
    press('t', 'd', 'e', 'enter', '[', '[')
    expect(asked).toHaveLength(1)
    await answer()
    // Germany in 2022 and in 2020 were on the way only.
    expect(asked).toEqual(['FR 2020-01-01', 'DE 2018-06-05'])
    await answer()
    expect(store.get().shown).toEqual({ territory: 'DE', known: '2018-06-05' })
    expect(asked.slice(2)).toEqual(['DE 2020-01-01'])
  })

  it('that were answered are not asked again', async () => {
    const { asked, press, answer } = setUp()
    await answer()
    press('[', ']', '[')
    expect(asked).toEqual(['FR 2020-01-01', 'FR 2018-06-05'])
  })

  it('that cannot be answered are told, and the screen goes on', async () => {
    const { store, waiting, press, settle, asked } = setUp()
    press('[')
    waiting.shift()?.reject(new UsageError('Several feeds use "r3".', { code: 'ambiguous-recording' }))
    await settle()
    expect(store.get()).toMatchObject({ notice: 'Several feeds use "r3".', shown: { known: '2022-04-11' } })
    press('[')
    expect(asked).toEqual(['FR 2020-01-01', 'FR 2020-01-01'])
  })

  it('that fail by a fault of ours end the screen', async () => {
    const { waiting, settle, faults } = setUp()
    waiting.shift()?.reject(new TypeError('fault'))
    await settle()
    expect(faults).toEqual([new TypeError('fault')])
  })

  it('under way are waited for at the end, and nothing is asked after', async () => {
    const { errands, asked, answer, press, store } = setUp()
    let isOver = false
    const end = errands.end().then(() => {
      isOver = true
    })
    press('{')
    await new Promise((resolve) => setImmediate(resolve))
    expect(isOver).toBe(false)
    await answer()
    await end
    expect(asked).toHaveLength(1)
    expect(store.get().answers.size).toBe(1)
  })
})

describe('errands', () => {
  it('are run once each', async () => {
    const { press, calls, settle, store } = setUp()
    press('ctrl+l', 'ctrl+z')
    await settle()
    press('ctrl+z')
    await settle()
    expect(calls).toEqual(['redraw', 'suspend', 'suspend'])
    expect(store.get().task).toBeNull()
    press('q', 'q')
    expect(calls.filter((call) => call === 'leave').length).toBeGreaterThan(0)
  })

  it('write what is shown, under the name that was given', async () => {
    const files: TimelineFile[] = []
    const { press, settle, store } = setUp(async (file) => void files.push(file))
    press('e', 's', 'enter')
    await settle()
    expect(files).toEqual([{ format: 'svg', name: 'ZZRCL1800003-FR-2022-04-11.svg', overwrite: false }])
    expect(store.get().notice).toBe('Wrote ZZRCL1800003-FR-2022-04-11.svg')
  })

  it('ask before a file is written over', async () => {
    const files: TimelineFile[] = []
    const { press, settle, store } = setUp(async (file) => {
      files.push(file)
      if (!file.overwrite) throw new UsageError('It exists.', { code: 'file-exists' })
    })
    press('e', 'h', 'enter')
    await settle()
    expect(store.get().overlay).toMatchObject({ kind: 'overwrite' })
    press('y')
    await settle()
    expect(files.map(({ overwrite }) => overwrite)).toEqual([false, true])
    expect(store.get().notice).toContain('Wrote')
  })
})
