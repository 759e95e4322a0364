/** The review of alerts without a terminal: what keys and edits do to it, and that it fits every size. */
import { Chalk } from 'chalk'
import { describe, expect, it } from 'vitest'
import type { Review } from '../../../src/cli/alerts/review.js'
import { displayWidth } from '../../../src/cli/display-width.js'
import type { CompareDocument, DifferenceEntry } from '../../../src/cli/views/alerts/compare.js'
import type { AlertEntry, DryRunDocument } from '../../../src/cli/views/alerts/dry-run-document.js'
import { bindingsOf } from '../../../src/ui/keys.js'
import { alertsScreen } from '../../../src/ui/screens/alerts/alerts-screen.js'
import { reduce } from '../../../src/ui/screens/alerts/reduce.js'
import { chosenItem, openingState, type State, shownItems, wantedRow } from '../../../src/ui/screens/alerts/state.js'
import fc from '../../support/property.js'

const alert = (rule: string, id: string | null, more: Partial<AlertEntry> = {}): AlertEntry => ({
  ...{ rule, severity: 'high', owner: 'desk', key: id === null ? null : { id }, group: null, op: 'update' },
  ...{ message: `${rule} ${id}`, because: [{ condition: 'after.price > 1', operands: { 'after.price': 2 } }] },
  ...{ route: [], runbook: null, file: 'rules.yaml', line: 3, ...more },
})
const LIST = [
  alert('spike', '1'),
  alert('spike', '2', { owner: null, message: '夜に駆ける\u001b[31m' }),
  alert('moved', '2', { severity: 'low', owner: 'fraud' }),
]
const KEPT = { ...alert('drop', '3'), by: { rule: 'spike', key: { id: '3' }, group: null, received: null } }

const document = (alerts: AlertEntry[], more: Partial<DryRunDocument> = {}): DryRunDocument => ({
  ...{
    kind: 'recital.alerts.dry-run',
    version: 1,
    file: 'rules.yaml',
    snapshot: null,
    changes: 9,
    unmatched: 5,
    alerts,
  },
  ...{
    suppressed: [],
    shadowed: [],
    evaluate: [],
    cannotEvaluate: [],
    rules: {},
    owners: {},
    problems: [],
    whyNot: null,
  },
  totals: { alerts: alerts.length, suppressed: 0 },
  ...more,
})
const difference = (more: Partial<CompareDocument>): CompareDocument => ({
  ...{ kind: 'recital.alerts.compare', version: 1, changes: 9, alerts: { old: 3, new: 3 } },
  ...{ added: [], removed: [], changed: [], rules: {}, cut: false, ...more },
})
const entry = (one: AlertEntry, ruleChange: string): DifferenceEntry => ({
  ...{ ...one, ruleChange, by: null, differs: [], before: null },
})

const FIRST: Review = { document: document(LIST, { suppressed: [KEPT] }), difference: null }
const opening = (size = { columns: 100, rows: 24 }, review = FIRST): State =>
  openingState({ file: 'rules.yaml', sourceWords: ['--feed', 'acme/x'] }, review, size)
const NAMED = /^(?:enter|escape|tab|down|up|left|right|backspace|pagedown|pageup|home|end|ctrl\+.)$/
const press = (state: State, ...keys: string[]): State =>
  keys.reduce((now, name) => reduce(now, { type: 'key', key: { name, text: NAMED.test(name) ? null : name } }), state)
const told = (state: State) => shownItems(state).map(({ mark, alert: one }) => `${mark} ${one.rule} ${one.key?.id}`)

const frame = (state: State): string[] =>
  alertsScreen(state, { colors: new Chalk({ level: 0 }), isUnicode: true }).map((line) => line.trimEnd())

describe('the list', () => {
  it('has the alerts in their order, then what is not raised', () => {
    expect(told(opening())).toEqual(['raised spike 1', 'raised spike 2', 'raised moved 2', 'kept back drop 3'])
    expect(chosenItem(press(opening(), 'G'))?.note).toBe('by spike')
    expect(chosenItem(press(opening(), 'down', 'down', 'down', 'down', 'up'))?.alert.rule).toBe('moved')
  })

  it('is narrowed by rule, severity and owner in turn, and by words', () => {
    // In the order of the alphabet: drop, moved, spike, all.
    expect(told(press(opening(), 'r', 'r'))).toEqual(['raised moved 2'])
    expect(told(press(opening(), 'r', 'r', 'r', 'r'))).toHaveLength(4)
    expect(told(press(opening(), 's', 's'))).toEqual(['raised moved 2'])
    expect(told(press(opening(), 'o'))).toEqual(['raised spike 2'])
    expect(told(press(opening(), '/', ...'owner:desk SPIKE', 'enter'))).toEqual(['raised spike 1'])
    expect(told(press(opening(), '/', ...'nothing', 'enter'))).toEqual([])
    expect(told(press(opening(), '/', ...'nothing', 'enter', '0'))).toHaveLength(4)
  })

  it('Esc closes what is open, then shows all, then leaves; q in a filter is a letter', () => {
    const typing = press(opening(), 'r', '/', 'q')
    expect(typing.overlay).toEqual({ kind: 'filter', text: 'q' })
    expect(press(typing, 'escape').overlay).toBeNull()
    expect(told(press(typing, 'escape', 'escape'))).toHaveLength(4)
    expect(press(typing, 'escape', 'escape').task).toBeNull()
    expect(press(typing, 'escape', 'escape', 'escape').task).toEqual({ kind: 'leave' })
    expect(press(typing, 'ctrl+c').task).toEqual({ kind: 'leave' })
  })
})

describe('an edit', () => {
  const next = document([LIST[0] as AlertEntry, LIST[2] as AlertEntry, alert('new', '7')])
  const review: Review = {
    document: next,
    difference: difference({
      added: [entry(alert('new', '7'), 'added')],
      removed: [entry(LIST[1] as AlertEntry, 'changed')],
    }),
  }

  it('is asked for, and shows first what it adds and removes, whatever was filtered', () => {
    const asking = press(opening(), 's', 'e')
    expect(asking.task).toEqual({ kind: 'edit' })
    const after = reduce(asking, { type: 'reviewed', review })
    expect(told(after)).toEqual(['added new 7', 'removed spike 2', 'raised spike 1', 'raised moved 2'])
    expect(after.notice).toBe('The edit adds 1, removes 1 and changes 0 of 3 alerts.')
    expect(after.task).toBeNull()
    expect(frame(after)[3]).toContain('- spike  id 2')
    expect(frame(after)[1]).toContain('last edit: +1 -1 ~0')
  })

  it('that changes nothing says so and leaves the choice', () => {
    const after = reduce(press(opening(), 'down', 'E'), {
      type: 'reviewed',
      review: { ...FIRST, difference: difference({}) },
    })
    expect(after.notice).toBe('The edit changes no alert.')
    expect(after.chosen).toBe(1)
  })

  it('that cannot be used leaves everything as it was', () => {
    const after = reduce(press(opening(), 'e'), { type: 'done', notice: 'Still as before the edit: bad' })
    expect(told(after)).toHaveLength(4)
    expect(frame(after).at(-1)).toMatch(/^Still as before the edit: bad/)
  })
})

describe('frames', () => {
  it('show the conditions with the values that they saw, and the row', () => {
    const state = opening()
    const item = wantedRow(state)
    if (item === undefined) throw new Error('no row is wanted')
    const row = [
      { name: 'id', before: '1', after: '1' },
      { name: 'price', before: '1', after: '2' },
    ]
    const withRow = reduce(state, { type: 'row', item, row })
    expect(wantedRow(withRow)).toBeUndefined()
    const right = frame(withRow).map((line) => line.split('│')[1]?.trimEnd())
    expect(right).toContain('   after.price > 1')
    expect(right).toContain('     after.price = 2')
    expect(right).toContain('   id     1')
    expect(right).toContain(' * price  1 -> 2')
    expect(frame(press(withRow, 'c')).join('\n')).toContain(
      'recital alerts dry-run rules.yaml --feed acme/x --why-not 1',
    )
  })

  it('fit every size from 60 x 15 to 300 x 80, whatever was pressed', () => {
    const keys = [...bindingsOf('alerts').flatMap((binding) => binding.keys), 'x', 'enter'].filter(
      (name) => !['e', 'E', 'q', 'ctrl+c', 'ctrl+z', 'ctrl+l'].includes(name),
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 15, max: 80 }),
        fc.array(fc.constantFrom(...keys), { maxLength: 12 }),
        (columns, rows, pressed) => {
          const lines = frame(press(opening({ columns, rows }), ...pressed))
          expect(lines).toHaveLength(rows - 1)
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
          expect(lines.join('')).not.toContain('\u001b')
        },
      ),
      { numRuns: 25 },
    )
    expect(frame(opening({ columns: 59, rows: 15 }))[0]).toBe('This terminal has 59 x 15 characters;')
  })
})
