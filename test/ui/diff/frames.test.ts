/** What the browser of changes draws: lines worked out by hand from kit.ts, and what must hold of every frame. */
import { describe, expect, it } from 'vitest'
import { displayWidth } from '../../../src/cli/display-width.js'
import { bindingsOf } from '../../../src/ui/keys.js'
import { diffScreen } from '../../../src/ui/screens/diff/diff-screen.js'
import { reduce } from '../../../src/ui/screens/diff/reduce.js'
import type { State } from '../../../src/ui/screens/diff/state.js'
import fc from '../../support/property.js'
import { afterKeys, answered, keyAction, opened, PLAIN } from './kit.js'

const frame = (state: State): string[] => diffScreen(state, PLAIN).map((line) => line.trimEnd())

describe('the screen', () => {
  it('at 60 x 15: counts, filter, five changes, the chosen one cell by cell', () => {
    const lines = frame(answered(opened(60, 15)))
    expect(lines[0]).toBe('old.csv to new.csv                  + 25  ~ 200  - 25  = 775')
    expect(lines[1]).toBe(`${'all changes'.padEnd(52)}1 of 250`)
    expect(lines[2]).toBe('> - A001  name=row 1  price=1.50')
    // The blank at the end of the new price is shown.
    expect(lines[3]).toBe('  ~ A002  price: 1.50 -> 2.50␣')
    expect(lines[7]).toBe('-'.repeat(60))
    expect(lines[8]).toBe(`${'id: A001'.padEnd(53)}deleted`)
    expect(lines[9]).toBe(`column  ${'before'.padEnd(27)}after`)
    expect(lines[10]).toBe('name    row 1')
    expect(lines[11]).toBe('price   1.50')
    expect(lines[13]).toMatch(/^Enter whole {2}o operation .*\? help {2}q leave$/)
    expect(lines).toHaveLength(14)
  })

  it('shows the values of an update side by side, and the tenth change as created', () => {
    const lines = frame(afterKeys(opened(80, 24), 'down'))
    const at = lines.indexOf(`${'id: A002'.padEnd(73)}updated`)
    expect(lines[at + 2]).toBe(`price   1.50${' '.repeat(31)}  2.50␣`)
    expect(lines[11]).toBe('  + A010  name=row 10  price=2.50␣')
  })

  it('shows the whole of a change, the columns to choose from, the commands and the keys', () => {
    const whole = frame(afterKeys(opened(), 'down', 'enter'))
    expect(whole.slice(2, 10)).toEqual([
      'id A002  (update)',
      '',
      'id',
      '    A002',
      'name',
      '    row 2',
      'price differs',
      '  - 1.50',
    ])
    expect(frame(afterKeys(opened(), 'f'))[3]).toBe('  price  (200)')
    expect(frame(afterKeys(opened(), 'o', 'c')).slice(2, 9)).toEqual([
      'This diff in print:',
      '  recital diff old.csv new.csv --key id --no-browse',
      '',
      'All of its changes in a file:',
      '  recital diff old.csv new.csv --key id --out changes.jsonl',
      '',
      'Shown here: created rows. The key e writes just these to a file.',
    ])
    const help = frame(afterKeys(opened(80, 40), '?')).join('\n')
    for (const { does } of bindingsOf('diff')) expect(help).toContain(does)
  })

  it('says when nothing passes the filter, and when nothing has been read yet', () => {
    expect(frame(afterKeys(opened(), '/', 'z', 'enter'))[2]).toBe('  No change is like this. 0 shows all of them.')
    expect(frame(opened())[1]).toBe(`${'all changes'.padEnd(71)}reading …`)
    expect(frame(opened(59, 15))[0]).toBe('This terminal has 59 x 15 characters;')
  })

  it('never is wider or higher than the terminal, from 60 x 15 to 300 x 80', () => {
    const names = ['down', 'G', 'o', 'f', '/', 'enter', 'c', '?', 'e', 'escape', ' ', 'A']
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 15, max: 80 }),
        fc.array(fc.constantFrom(...names), { maxLength: 8 }),
        (columns, rows, keys) => {
          const state = keys.reduce(
            (now, name) => answered(reduce(now, keyAction(name))),
            answered(opened(columns, rows)),
          )
          const lines = frame(state)
          expect(lines).toHaveLength(rows - 1)
          // The library's terminal has 100 columns.
          for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(100, columns))
        },
      ),
      { numRuns: 15 },
    )
  })
})
