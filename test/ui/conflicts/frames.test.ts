/** What is drawn: lines worked out by hand from story.ts, at several sizes, and what must hold of every frame. */
import { describe, expect, it } from 'vitest'
import { displayWidth } from '../../../src/cli/display-width.js'
import { bindingsOf } from '../../../src/ui/keys.js'
import { conflictsScreen } from '../../../src/ui/screens/conflicts/conflicts-screen.js'
import type { State } from '../../../src/ui/screens/conflicts/state.js'
import fc from '../../support/property.js'
import { afterKeys, DOCUMENT, OVERCLAIM, opened, PLAIN } from './story.js'

const frame = (state: State): string[] => conflictsScreen(state, PLAIN).map((line) => line.trimEnd())

const at = (columns: number, rows: number, document = DOCUMENT) => opened({ columns, rows }, document)

describe('the list', () => {
  it('at 80 x 24: the list alone', () => {
    const lines = frame(at(80, 24))
    expect(lines[0]).toBe(`${'Conflicts as known on 2022-04-11'.padEnd(74)}1 of 4`)
    expect(lines[1]).toBe('all; the gravest first')
    expect(lines[2]).toBe('>  C-SHR-01 1 mech   Eight Hats T1          120 % claimed, 20 over 100       500')
    expect(lines[3]).toMatch(/^ {3}C-LNK-01 1 {8}Alone ZZ1 +9,000$/)
    expect(lines[22]).toMatch(/^Enter open {2}Left Right row .*\? help {2}q leave$/)
  })

  it('says what is hidden, and what was decided', () => {
    const decision = { id: 1, at: '2022-05-01', author: 'M', verdict: 'accepted', identity: null, reason: 'r' }
    const document = { ...DOCUMENT, leftOut: 1200, conflicts: [{ ...OVERCLAIM, decisions: [decision] }] }
    const lines = frame(at(80, 24, document))
    expect(lines[0]).toContain('(1,200 more are not listed: --limit)')
    expect(lines[2]).toMatch(/^>\* C-SHR-01/)
    expect(frame(afterKeys(at(80, 24), 'f', 'f', 'f', 'f'))[2]).toBe(
      '  No conflict passes the filter; Esc shows all again.',
    )
    expect(frame(at(80, 24, { ...DOCUMENT, conflicts: [] }))[2]).toBe('  Nothing contradicts anything here.')
  })
})

describe('the detail', () => {
  const lines = frame(afterKeys(at(80, 45), 'enter', '|'))

  it('tells the arithmetic in words', () => {
    expect(lines).toContain('Aurora 01 60 (p1/x) + Birch 02 60 (p2/x) = 120; 120 - 100 = 20 too much')
    expect(lines).toContain('mech; US, from 2019-01-01')
    expect(lines).toContain('500 streams at stake')
    expect(lines).toContain('Next: List who is licensed.')
  })

  it('has the rows side by side, what differs marked: not the ids, which are each feed’s own', () => {
    const named = (name: string) => lines.find((line) => line.slice(2).startsWith(name))
    // Two columns of 30 after 2 + 18.
    expect(named('feed')).toBe(`  ${'feed'.padEnd(18)}${'p1/x'.padEnd(30)}p2/x`)
    expect(named('source')).toBe(`  ${'source'.padEnd(18)}${'one.csv:7'.padEnd(30)}two.csv:7`)
    expect(named('share')).toBe(`  ${'share'.padEnd(18)}${'60'.padEnd(30)}60`)
    expect(named('role')).toBe(`* ${'role'.padEnd(18).slice(0)}${'publisher'.padEnd(30)}administrator`)
    expect(named('work_id')?.startsWith('  ')).toBe(true)
    expect(lines.some((line) => line.startsWith('* valid_from'))).toBe(true)
  })

  it('draws when each holds: 2018-01-01 to 2019-01-01 are 365 days, 60 days at both ends', () => {
    // 61 columns for 485 days: the first begins in column 60 * 61 / 485 = 7, the second and the conflict in 425 * 61 / 485 = 53.
    expect(lines).toContain(`row 1 60 Aurora 01${' '.repeat(1 + 7)}${'='.repeat(53)}>`)
    expect(lines).toContain(`row 2 60 Birch 02 ${' '.repeat(1 + 53)}${'='.repeat(7)}>`)
    expect(lines).toContain(`conflict          ${' '.repeat(1 + 53)}${'#'.repeat(7)}>`)
  })

  it('stands beside the list where there is room', () => {
    const wide = frame(at(160, 30))
    expect(wide[2]).toMatch(/^> {2}C-SHR-01 .* \| C-SHR-01 Overclaim \(severity 1\)$/)
  })
})

describe('what is open above', () => {
  it('the source of the chosen row', () => {
    const lines = frame(afterKeys(at(80, 24), 'right', 'o'))
    expect(lines).toContain('source      2020/two.csv:7')
    expect(lines).toContain('look up     recital lookup two')
  })

  it('the commands, of the whole, of the kind, of a decision', () => {
    const text = frame(afterKeys(at(100, 24), 'c')).join('\n')
    expect(text).toContain('  recital conflicts --known 2022-04-11 --id C-SHR-01')
    expect(text).toContain('recital decide C-SHR-01:000000000000 explained')
  })

  it('the help lists every key of the table', () => {
    const text = frame(afterKeys(at(100, 60), '?')).join('\n')
    for (const { does } of bindingsOf('conflicts')) expect(text).toContain(does)
  })
})

it('every frame fits, whatever the size and whatever is pressed', () => {
  const keys = fc.constantFrom(
    ...bindingsOf('conflicts').flatMap(({ keys: names }) => [...names]),
    "'ab'",
    'x',
    'y',
    'v',
  )
  const sizes = fc.record({ columns: fc.integer({ min: 60, max: 300 }), rows: fc.integer({ min: 15, max: 80 }) })
  fc.assert(
    fc.property(sizes, fc.array(keys, { maxLength: 12 }), ({ columns, rows }, pressed) => {
      const lines = frame(afterKeys(at(columns, rows), ...pressed))
      expect(lines.length).toBeLessThanOrEqual(rows - 1)
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
    }),
    { numRuns: 25 },
  )
  expect(frame(at(59, 14))[0]).toBe('This terminal has 59 x 14 characters;')
})
