/** What each key of the table does to the state. Days and columns are worked out by hand from story.ts. */
import { describe, expect, it } from 'vitest'
import { dateOfNumber, dayNumber } from '../../../src/model/dates/day-numbers.js'
import { type Binding, bindingsOf, type KeyCommand } from '../../../src/ui/keys.js'
import { itemsOf } from '../../../src/ui/screens/timeline/details.js'
import { reduce } from '../../../src/ui/screens/timeline/reduce.js'
import { questionsOf, type State } from '../../../src/ui/screens/timeline/state.js'
import { territoriesMatching } from '../../../src/ui/screens/timeline/territories.js'
import { afterKeys, answeredBy, earlierDocument, opened, storyDocument, withWorks } from './story.js'

const place = ({ cursor }: State) => `${cursor.lane} ${dateOfNumber(cursor.day)}`

describe('the screen as it opens', () => {
  it('stands on the first event with all events in view', () => {
    const state = opened()
    expect(place(state)).toBe('mech 2018-01-01')
    // 180 days beside the first and the last event, which are 790 days apart.
    expect([state.view.from, state.view.to].map(dateOfNumber)).toEqual(['2017-07-05', '2020-08-28'])
  })

  it('stands on the date of knowledge when nothing changes', () => {
    const [, perf] = storyDocument().rights
    const state = opened(undefined, storyDocument({ rights: perf === undefined ? [] : [perf] }))
    expect(place(state)).toBe('perf 2022-04-11')
  })
})

/** For each command of the table: what it does. */
const DEEDS: Readonly<Record<KeyCommand<'timeline'>, (key: string) => void>> = {
  'next-event': (key) => {
    const places = [1, 2, 3, 4].map((times) => place(afterKeys(opened(), ...new Array(times).fill(key))))
    expect(places).toEqual(['master 2019-07-01', 'mech 2020-01-01', 'mech 2020-03-01', 'mech 2020-03-01'])
    expect(afterKeys(opened(), key, key, key, key).notice).toBe('No event after this one.')
  },
  'previous-event': (key) => {
    expect(place(afterKeys(opened(), 'G', key))).toBe('mech 2020-01-01')
    expect(place(afterKeys(opened(), key))).toBe('mech 2018-01-01')
    expect(afterKeys(opened(), key).notice).toBe('No event before this one.')
  },
  'first-event': (key) => expect(place(afterKeys(opened(), 'G', key))).toBe('mech 2018-01-01'),
  'last-event': (key) => expect(place(afterKeys(opened(), key))).toBe('mech 2020-03-01'),
  'go-to-date': (key) => {
    expect(place(afterKeys(opened(), key, "'2019-06'", 'enter'))).toBe('mech 2019-06-01')
    const far = afterKeys(opened(), key, "'1999-12-31'", 'enter')
    expect(place(far)).toBe('mech 1999-12-31')
    expect(far.view.from).toBeLessThan(dayNumber('1999-12-31'))
    expect(far.view.to).toBeGreaterThan(dayNumber('1999-12-31'))
    const wrong = afterKeys(opened(), key, "'2019-02-30'", 'enter')
    expect(wrong.overlay).toMatchObject({
      kind: 'date',
      text: '2019-02-30',
      problem: expect.stringContaining('2019-06-01'),
    })
    expect(place(afterKeys(wrong, 'backspace', 'backspace', "'28'", 'enter'))).toBe('mech 2019-02-28')
  },
  'next-lane': (key) => {
    expect(place(afterKeys(opened(), key))).toBe('perf 2018-01-01')
    expect(place(afterKeys(opened(), key, key, key))).toBe('mech 2018-01-01')
  },
  'previous-lane': (key) => expect(place(afterKeys(opened(), key))).toBe('master 2018-01-01'),
  'next-line': (key) => {
    // One cause, and the two statements that the stretch rests on.
    expect([0, 1, 2, 3].map((times) => afterKeys(opened(), ...new Array(times).fill(key)).line)).toEqual([0, 1, 2, 2])
  },
  'previous-line': (key) => {
    expect(afterKeys(opened(), 'down', 'down', key).line).toBe(1)
    expect(afterKeys(opened(), key).line).toBe(0)
  },
  'known-earlier': (key) => {
    const state = afterKeys(opened(), key)
    expect(state.wanted).toEqual({ known: '2020-01-01', territory: 'FR' })
    // Until the answer is there, what is shown stays as it was.
    expect(state.shown.known).toBe('2022-04-11')
    expect(answeredBy(state, earlierDocument()).shown.known).toBe('2020-01-01')
    expect(afterKeys(opened(), key, key, key)).toMatchObject({
      wanted: { known: '2018-06-05' },
      notice: 'Nothing that bears on the recording was received earlier.',
    })
  },
  'known-later': (key) => {
    expect(afterKeys(opened(), '[', '[', key).wanted.known).toBe('2020-01-01')
    expect(afterKeys(opened(), key).notice).toBe('Nothing that bears on the recording was received later.')
  },
  'known-first': (key) => expect(afterKeys(opened(), key).wanted.known).toBe('2018-06-05'),
  'known-last': (key) => expect(afterKeys(opened(), '{', key).wanted.known).toBe('2022-04-11'),
  compare: (key) => {
    const earlier = answeredBy(afterKeys(opened(), '['), earlierDocument())
    const compared = afterKeys(earlier, key)
    expect(compared.isCompared).toBe(true)
    const differing = itemsOf(compared).filter(({ kind }) => kind === 'differs')
    expect(differing.map(({ text }) => text)).toEqual([
      '2020-03-01 to open: unlicensed 100 %; now licensed 60 %, unknown 40 %',
    ])
    expect(afterKeys(compared, key).isCompared).toBe(false)
    // The answer of now is asked for when it is not there.
    const alone = afterKeys(opened(undefined, earlierDocument()), key)
    expect(questionsOf(alone)[0]).toEqual({ known: '2022-04-11', territory: 'FR' })
  },
  territory: (key) => {
    expect(afterKeys(opened(), key, "'ger'", 'enter').wanted).toEqual({ known: '2022-04-11', territory: 'DE' })
    // The list begins with what statements name, by name: France, Germany.
    expect(afterKeys(opened(), key, 'down', 'enter').wanted.territory).toBe('DE')
    expect(afterKeys(opened(), key, "'zzz'", 'enter').overlay).toMatchObject({ kind: 'territories', filter: 'zzz' })
    expect(afterKeys(opened(), key, "'q'").overlay).toMatchObject({ filter: 'q' })
  },
  works: (key) => {
    const state = afterKeys(opened(undefined, withWorks()), key)
    expect(state.isByWork).toBe(true)
    expect(place(afterKeys(state, 'tab'))).toBe('mech T9000000033 2018-01-01')
    // The second work joins in 2019, which is a change of its own.
    expect(place(afterKeys(state, 'right', 'right'))).toBe('mech S-04 2019-01-01')
    expect(place(afterKeys(state, 'tab', key))).toBe('mech 2018-01-01')
    expect(afterKeys(opened(), key).notice).toBe('Nobody says which work the recording embodies.')
  },
  'zoom-in': (key) => {
    const { view } = afterKeys(opened(), key)
    // Half of 1150 days, with the cursor, 180 days in, then 90 days in.
    expect(view.to - view.from).toBe(575)
    expect(dayNumber('2018-01-01') - view.from).toBe(90)
    expect(afterKeys(opened(), ...new Array(6).fill(key)).notice).toBe('A column is one day already.')
  },
  'zoom-out': (key) => {
    const { view } = afterKeys(opened(), key)
    expect(view.to - view.from).toBe(2300)
    expect(afterKeys(opened(), ...new Array(20).fill(key)).notice).toBe('There is no more time.')
  },
  'zoom-all': (key) => expect(afterKeys(opened(), '+', 'h', '+', key).view).toEqual(opened().view),
  'pan-earlier': (key) => expect(afterKeys(opened(), key).view.from).toBe(opened().view.from - 287),
  'pan-later': (key) => expect(afterKeys(opened(), key).view.to).toBe(opened().view.to + 288),
  source: (key) => {
    expect(afterKeys(opened(), key).overlay).toEqual({ kind: 'source', top: 0 })
    expect(afterKeys(opened(), 'tab', key)).toMatchObject({
      overlay: null,
      notice: 'This line has no statement behind it.',
    })
  },
  commands: (key) => {
    expect(afterKeys(opened(), key).overlay).toEqual({ kind: 'commands', top: 0 })
    expect(afterKeys(opened(), key, key).overlay).toBeNull()
  },
  export: (key) => {
    const asking = afterKeys(opened(), key, 'h')
    expect(asking.overlay).toMatchObject({ kind: 'file', format: 'html', text: 'ZZRCL1800003-FR-2022-04-11.html' })
    const writing = afterKeys(asking, 'enter')
    const question = { known: '2022-04-11', territory: 'FR' }
    const file = { format: 'html', name: 'ZZRCL1800003-FR-2022-04-11.html', overwrite: false }
    expect(writing.task).toEqual({ kind: 'write', file, question })
    expect(reduce(writing, { type: 'done', notice: 'Wrote it' })).toMatchObject({ task: null, notice: 'Wrote it' })
    expect(afterKeys(opened(), key, 's').overlay).toMatchObject({ format: 'svg' })
    expect(afterKeys(asking, 'ctrl+u', 'enter').overlay).toMatchObject({ problem: 'write the name of a file' })
  },
  help: (key) => {
    const help = afterKeys(opened(), key)
    expect(help.overlay).toEqual({ kind: 'help', top: 0 })
    expect(afterKeys(help, 'down', 'pagedown', 'up').overlay).toEqual({ kind: 'help', top: 5 })
    expect(afterKeys(help, key).overlay).toBeNull()
    expect(afterKeys(help, 'q').task).toEqual({ kind: 'leave' })
  },
  close: (key) => {
    const openers = ['?', 'o', 'c', 't', '/', 'e']
    for (const opener of openers) {
      const state = afterKeys(opened(), opener, key)
      expect([state.overlay, state.task], opener).toEqual([null, null])
    }
    expect(afterKeys(opened(), key).task).toEqual({ kind: 'leave' })
  },
  leave: (key) => expect(afterKeys(opened(), key).task).toEqual({ kind: 'leave' }),
  suspend: (key) => expect(afterKeys(opened(), 't', key)).toMatchObject({ task: { kind: 'suspend' } }),
  redraw: (key) => expect(afterKeys(opened(), '?', key)).toMatchObject({ task: { kind: 'redraw' } }),
}

const bindings: readonly Binding[] = bindingsOf('timeline')

describe('every key', () => {
  it.each(
    bindings.flatMap(({ keys, command, does }) =>
      keys.map((key) => ({ key, command: command as KeyCommand<'timeline'>, does })),
    ),
  )('$key: $does', ({ key, command }) => DEEDS[command](key))

  it('that is in no table does nothing', () => {
    const state = opened()
    expect(afterKeys(state, 'x', 'ctrl+q', 'pagedown', 'enter')).toEqual(state)
  })
})

describe('leaving', () => {
  it('by Ctrl-C works wherever one is; q is a letter where text is typed', () => {
    for (const opener of ['?', 't', '/', 'e']) {
      expect(afterKeys(opened(), opener, 'ctrl+c').task, opener).toEqual({ kind: 'leave' })
    }
    expect(afterKeys(opened(), '/', 'q')).toMatchObject({ task: null, overlay: { text: 'q' } })
    expect(afterKeys(opened(), 'e', 'h', 'ctrl+u', 'q')).toMatchObject({ task: null, overlay: { text: 'q' } })
  })
})

describe('a file that is there', () => {
  const refused = () =>
    reduce(afterKeys(opened(), 'e', 'h', 'enter'), { type: 'not-written', code: 'file-exists', message: 'x exists' })

  it('is only written over after a plain yes', () => {
    expect(refused().overlay).toMatchObject({ kind: 'overwrite' })
    expect(afterKeys(refused(), 'x', 'down')).toEqual(refused())
    expect(afterKeys(refused(), 'y').task).toMatchObject({ kind: 'write', file: { overwrite: true } })
  })

  it('may be left for another name', () => {
    for (const key of ['n', 'enter'])
      expect(afterKeys(refused(), key)).toMatchObject({ overlay: { kind: 'file' }, task: null })
    expect(afterKeys(refused(), 'escape')).toMatchObject({ overlay: null, task: null })
  })

  it('and other failures are told beside the name', () => {
    const failed = reduce(afterKeys(opened(), 'e', 's', 'enter'), {
      type: 'not-written',
      code: 'no-such-folder',
      message: 'There is no folder for it.',
    })
    expect(failed.overlay).toMatchObject({ kind: 'file', format: 'svg', problem: 'There is no folder for it.' })
  })
})

describe('answers', () => {
  it('are shown again at once when they were given before', () => {
    const earlier = answeredBy(afterKeys(opened(), '['), earlierDocument())
    expect(afterKeys(earlier, ']').shown.known).toBe('2022-04-11')
    expect(afterKeys(earlier, ']', '[').shown.known).toBe('2020-01-01')
  })

  it('that nobody waits for any more change nothing that is shown', () => {
    const moved = afterKeys(opened(), '[', ']')
    expect(answeredBy(moved, earlierDocument()).shown.known).toBe('2022-04-11')
  })

  it('are wanted first for what is asked, then beside it, so that the next step needs no waiting', () => {
    const known = (state: State) => questionsOf(state).map((question) => question.known)
    expect(known(opened())).toEqual(['2020-01-01'])
    expect(known(afterKeys(opened(), '['))).toEqual(['2020-01-01', '2018-06-05'])
    expect(known(afterKeys(opened(), '{'))).toEqual(['2018-06-05', '2020-01-01'])
  })

  it('that fail leave what is shown, say so, and are asked again only when they are wanted again', () => {
    const asking = afterKeys(opened(), '[')
    const failed = reduce(asking, { type: 'not-answered', question: asking.wanted, message: 'Several feeds use "r3".' })
    expect(failed).toMatchObject({ wanted: { known: '2022-04-11' }, notice: 'Several feeds use "r3".' })
    expect(questionsOf(failed)).toEqual([])
    expect(questionsOf(afterKeys(failed, '['))[0]).toEqual(asking.wanted)
  })

  it('keep the day under the cursor and the view', () => {
    const state = afterKeys(opened(), 'right', '+', '[')
    const answered = answeredBy(state, earlierDocument())
    expect([answered.cursor, answered.view]).toEqual([state.cursor, state.view])
  })

  it('are not kept without end', () => {
    let state = opened()
    for (let day = 0; day < 300; day += 1) {
      state = answeredBy(state, storyDocument({ known: dateOfNumber(day) }))
    }
    expect(state.answers.size).toBeLessThanOrEqual(201)
    expect(state.shown.known).toBe('2022-04-11')
  })
})

describe('a change of size', () => {
  it('keeps a day for each column', () => {
    const narrow = afterKeys(opened({ columns: 60, rows: 15 }), ...new Array(9).fill('+'))
    const { view } = reduce(narrow, { type: 'resized', size: { columns: 300, rows: 80 } })
    expect(view.to - view.from).toBeGreaterThanOrEqual(300 - 26)
  })
})

describe('the list of countries', () => {
  const codes = (filter: string) => territoriesMatching(filter, ['FR', 'DE']).map(({ code }) => code)

  it('begins with those that statements name', () => {
    expect(codes('').slice(0, 3)).toEqual(['FR', 'DE', 'AF'])
  })

  it('finds by code, by the start of the name, by any part of it', () => {
    expect(codes('us')[0]).toBe('US')
    expect(codes('united s')).toEqual(['US', 'UM'])
    expect(codes('land').length).toBeGreaterThan(5)
    expect(codes('  FRANCE ')).toEqual(['FR'])
  })
})
