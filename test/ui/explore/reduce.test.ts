/** The investigation without a terminal: what keys do to it, and that it fits every size. */
import { Chalk } from 'chalk'
import { describe, expect, it } from 'vitest'
import { displayWidth } from '../../../src/cli/display-width.js'
import type { HitJson, SearchDocument } from '../../../src/cli/views/search-document.js'
import type { Brush } from '../../../src/ui/brush.js'
import { layoutOfState } from '../../../src/ui/screens/explore/content.js'
import { bodyLines, headerLines } from '../../../src/ui/screens/explore/draw.js'
import { footerLine, pageLines } from '../../../src/ui/screens/explore/draw-pages.js'
import { type Action, reduce } from '../../../src/ui/screens/explore/reduce.js'
import {
  commandOfPage,
  openingState,
  pageOf,
  type State,
  visibleHits,
  wantedSearch,
  wantedView,
} from '../../../src/ui/screens/explore/state.js'

const BRUSH: Brush = { colors: new Chalk({ level: 0 }), isUnicode: true }
const hit = (id: string, title: string, kind: HitJson['kind'] = 'recording'): HitJson => ({
  ...{ kind, id, isrc: null, iswc: null, ipi: null, title, artist: 'Nemo', writers: null, version: null, label: null },
  ...{ owners: [], year: null, otherTitles: [], streams: 0, withdrawn: false, feeds: [], score: 0.5, found: 'words' },
})
const HITS = [hit('r1', 'Eight Hats'), hit('r2', 'Eight Coats'), hit('w1', '夜に駆ける\u001b[31m', 'work')]
const document: SearchDocument = {
  ...{ kind: 'recital.search', version: 1, query: 'eight', hits: HITS, forgiven: [], partial: false, cut: false },
  ...{ examined: null, basis: { generation: '1' } },
}

const opening = (query = '', size = { columns: 100, rows: 24 }): State =>
  openingState({ query, circumstances: { territory: 'US', on: '2020-01-01', known: '2020-06-01' } }, size)
const NAMED = /^(?:enter|escape|tab|shift\+tab|down|up|left|right|backspace|pagedown|pageup|home|end|ctrl\+.)$/
const press = (state: State, ...keys: string[]): State =>
  keys.reduce((now, name) => reduce(now, { type: 'key', key: { name, text: NAMED.test(name) ? null : name } }), state)
const typed = (state: State, text: string): State => press(state, ...text)
const answered = (state: State, text: string): State =>
  reduce(state, { type: 'searched', searched: { text, isTyping: true, document, problem: null } })
const linesOf = (lines: string[]): Action => ({
  type: 'viewed',
  id: 'r1',
  view: 'summary',
  answer: { lines: () => lines, things: [] },
})

/** With the first hit open. */
const opened = (): State => press(answered(typed(opening(), 'eight'), 'eight'), 'enter', 'enter')

describe('searching', () => {
  it('asks for what is typed, narrows what is at hand meanwhile', () => {
    const typing = typed(opening(), 'eight')
    expect(wantedSearch(typing)).toEqual({ text: 'eight', isTyping: true })
    const found = answered(typing, 'eight')
    expect(wantedSearch(found)).toBeNull()
    expect(visibleHits(found)).toHaveLength(3)
    const more = typed(found, ' co')
    expect(wantedSearch(more)?.text).toBe('eight co')
    expect(visibleHits(more).map(({ id }) => id)).toEqual(['r2'])
    expect(visibleHits(press(more, 'ctrl+u'))).toEqual([])
  })

  it('letters are letters while a question is typed, and keys afterwards', () => {
    const typing = typed(opening(), 'qac ')
    expect(pageOf(typing)).toMatchObject({ text: 'qac ', isTyping: true })
    expect(typing.task).toBeNull()
    expect(press(typing, 'escape', 'q').task).toEqual({ kind: 'leave' })
    expect(press(typing, 'ctrl+c').task).toEqual({ kind: 'leave' })
  })

  it('names the command that prints the hits, the last word as a beginning', () => {
    expect(commandOfPage(answered(typed(opening(), 'eig ht'), 'eig ht'))).toBe("recital search 'eig ht*' --limit 100")
    const filtered = 'eight kind:work'
    expect(commandOfPage(answered(typed(opening(), filtered), filtered))).toBe(
      "recital search 'eight kind:work' --limit 100",
    )
  })

  it('asks for a status in the circumstances of the screen, unless the question names others', () => {
    const command = (text: string) => commandOfPage(answered(typed(opening(), text), text))
    expect(command('status:not-licensed hats')).toBe(
      "recital search 'territory:US on:2020-01-01 known:2020-06-01 status:not-licensed hats*' --limit 100",
    )
    expect(command('on:2019-01-01 territory:FR hats status:undetermined')).toBe(
      "recital search 'known:2020-06-01 on:2019-01-01 territory:FR hats status:undetermined' --limit 100",
    )
  })
})

describe('going about', () => {
  it('opens, turns the views, goes back and forward', () => {
    const open = opened()
    expect(pageOf(open)).toMatchObject({ kind: 'thing', thing: { id: 'r1' }, view: 'summary' })
    expect(wantedView(open)).toMatchObject({ view: 'summary' })
    const next = press(open, 'tab')
    expect(pageOf(next)).toMatchObject({ view: 'timeline' })
    expect(pageOf(press(open, 'shift+tab'))).toMatchObject({ view: 'notes' })
    const back = press(next, '[')
    expect(pageOf(back)).toMatchObject({ kind: 'search', text: 'eight' })
    expect(pageOf(press(back, ']'))).toMatchObject({ view: 'timeline' })
    expect(press(back, '[').notice).toContain('Nothing was open before')
    expect(next.log).toEqual([
      "recital search 'eight*' --limit 100",
      'recital licensed r1 --on 2020-01-01 --territory US --known 2020-06-01',
      'recital timeline r1 --territory US --known 2020-06-01 --no-input',
    ])
  })

  it('scrolls no further than there are lines', () => {
    const long = reduce(opened(), linesOf(Array.from({ length: 50 }, (_, n) => `line ${n}`)))
    const { body } = layoutOfState(long)
    expect(pageOf(press(long, 'G'))).toMatchObject({ line: 50 - body })
    expect(pageOf(press(long, 'G', 'j', 'g', 'k'))).toMatchObject({ line: 0 })
  })

  it('goes to an id, and asks again when there is none', () => {
    const asked = press(typed(press(opened(), ':'), 'w9'), 'enter')
    expect(asked.task).toEqual({ kind: 'go-to', id: 'w9' })
    const missing = reduce(asked, { type: 'not-found', id: 'w9', message: 'unknown' })
    expect(missing.overlay).toEqual({ kind: 'go-to', text: 'w9', problem: 'unknown' })
    const found = reduce(asked, { type: 'found', thing: { kind: 'work', id: 'w9', title: 'Nine' } })
    expect(pageOf(found)).toMatchObject({ thing: { id: 'w9' }, view: 'claims' })
  })

  it('collects a view and leaves it out again', () => {
    const one = press(opened(), ' ')
    expect(one.collected).toEqual([{ thing: { kind: 'recording', id: 'r1', title: 'Eight Hats' }, view: 'summary' }])
    expect(press(one, ' ').collected).toEqual([])
    expect(press(opened(), 'e', 'h').notice).toContain('Nothing is collected')
    expect(press(one, 'e', 'v', 'enter').task).toEqual({
      kind: 'write',
      file: { format: 'csv', name: 'findings.csv', overwrite: false },
    })
    const there = reduce(press(one, 'e', 'v', 'enter'), {
      type: 'not-written',
      file: { format: 'csv', name: 'findings.csv', overwrite: false },
      code: 'file-exists',
      message: 'there',
    })
    expect(press(there, 'x').task).toBeNull()
    expect(press(there, 'y').task).toMatchObject({ file: { overwrite: true } })
  })

  it('notes, privileged by Tab', () => {
    const noted = press(typed(press(opened(), 'a'), 'hm'), 'tab', 'enter')
    expect(noted.task).toEqual({ kind: 'note', id: 'r1', text: 'hm', isPrivileged: true })
    expect(press(opened(), 'a', 'enter').task).toBeNull()
  })

  it('takes the last note of the session back, the one before it next', () => {
    expect(press(opened(), 'u')).toMatchObject({ task: null, notice: 'No note of this session is left to take back.' })
    const kept = [7, 9].reduce(
      (state, number) => reduce(state, { type: 'noted', note: { number, id: 'r1' }, notice: 'noted' }),
      opened(),
    )
    const first = press(kept, 'u')
    expect(first.task).toEqual({ kind: 'take-back', note: { number: 9, id: 'r1' } })
    const after = reduce(first, { type: 'taken-back', note: { number: 9, id: 'r1' }, notice: 'taken back' })
    expect(after.task).toBeNull()
    expect(press(after, 'u').task).toEqual({ kind: 'take-back', note: { number: 7, id: 'r1' } })
  })

  it('copies an id, or writes it to a file that it does not write over unasked', () => {
    expect(press(opened(), 'y').task).toEqual({ kind: 'copy', id: 'r1' })
    expect(press(opening(), 'escape', 'y').task).toBeNull()
    const written = press(opened(), 'Y', 'enter')
    const file = { format: 'id', name: 'id.txt', overwrite: false, text: 'r1' } as const
    expect(written.task).toEqual({ kind: 'write', file })
    const there = reduce(written, { type: 'not-written', file, code: 'file-exists', message: 'there' })
    expect(press(there, 'n', 'enter').task).toEqual({ kind: 'write', file })
    expect(press(there, 'y').task).toEqual({ kind: 'write', file: { ...file, overwrite: true } })
  })

  it('goes to the timeline of a recording, and logs how it came there', () => {
    const found = press(answered(typed(opening(), 'eight'), 'eight'), 'enter')
    const asked = press(found, 't')
    expect(asked.task).toEqual({ kind: 'timeline', id: 'r1' })
    expect(asked.log).toEqual([
      "recital search 'eight*' --limit 100",
      'recital timeline r1 --territory US --known 2020-06-01 --no-input',
    ])
    // The third hit is a work.
    expect(press(found, 'j', 'j', 't')).toMatchObject({ task: null, notice: 'Only recordings have a timeline.' })
  })
})

describe('drawing', () => {
  const states: readonly (readonly [string, State])[] = [
    ['nothing asked', opening()],
    ['hits', press(answered(typed(opening(), 'eight'), 'eight'), 'enter')],
    [
      'a view',
      reduce(
        opened(),
        linesOf([
          'a sentence that is long enough to be broken into several lines '.repeat(9),
          `a  ${'wide '.repeat(90)}`,
        ]),
      ),
    ],
    ['help', press(opened(), '?')],
    ['commands', press(opened(), 'c')],
    ['a note', typed(press(opened(), 'a'), 'x'.repeat(400))],
  ]
  const SIZES = [
    [60, 15],
    [80, 24],
    [120, 30],
    [300, 80],
  ] as const
  it.each(states.flatMap(([name, state]) => SIZES.map(([columns, rows]) => [name, columns, rows, state] as const)))(
    '%s fits %i x %i',
    (_, columns, rows, given) => {
      const state = reduce(given, { type: 'resized', size: { columns, rows } })
      const layout = layoutOfState(state)
      const page = state.overlay === null ? null : pageLines(state, state.overlay, layout.body, layout.width)
      const lines = [
        ...headerLines(state, layout, BRUSH),
        ...(page ?? bodyLines(state, BRUSH)),
        footerLine(state, columns, BRUSH),
      ]
      expect(lines).toHaveLength(rows - 1)
      for (const line of lines) {
        expect(displayWidth(line)).toBeLessThanOrEqual(columns)
        expect(line).not.toContain('\u001b')
      }
    },
  )

  it('shows what is chosen beside the hits where there is room', () => {
    const state = reduce(
      press(answered(typed(opening('', { columns: 140, rows: 30 }), 'eight'), 'eight'), 'enter'),
      linesOf(['said beside']),
    )
    expect(bodyLines(state, BRUSH)[0]).toMatch(/^> {2} {1,2}recording Eight Hats, Nemo .* r1 │ said beside/)
    expect(bodyLines(press(state, '|'), BRUSH)[0]).not.toContain('said beside')
  })

  it('moves rows of tables sideways and breaks sentences', () => {
    const wide = `a  ${'0123456789'.repeat(30)}`
    const state = reduce(opened(), linesOf([wide]))
    expect(bodyLines(press(state, 'right'), BRUSH)[0]).toMatch(/^7890123456789/)
    expect(bodyLines(press(state, 'right', 'left'), BRUSH)[0]).toMatch(/^a {2}0123/)
  })
})
