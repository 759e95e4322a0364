/** What is drawn: lines worked out by hand from story.ts, at four sizes, and what must hold of every frame. */
import { describe, expect, it } from 'vitest'
import { displayWidth } from '../../../src/cli/display-width.js'
import { bindingsOf } from '../../../src/ui/keys.js'
import { reduce } from '../../../src/ui/screens/timeline/reduce.js'
import type { State } from '../../../src/ui/screens/timeline/state.js'
import { timelineScreen } from '../../../src/ui/screens/timeline/timeline-screen.js'
import fc from '../../support/property.js'
import { afterKeys, answeredBy, earlierDocument, opened, PLAIN, storyDocument, withWorks } from './story.js'

const frame = (state: State, brush = PLAIN): string[] => timelineScreen(state, brush).map((line) => line.trimEnd())

const at = (columns: number, rows: number, first = storyDocument()) => opened({ columns, rows }, first)
const part = (sign: string, count: number) => sign.repeat(count)

// 2017-07-05 to 2020-08-28 is 1150 days; events are 180, 910 and 970 days in. A column that holds a day of both sides of
// an event shows the side with less licensed. The last stretch is 60 licensed, 40 unknown.
describe('the lanes', () => {
  it('at 60 x 15: 46 columns of time, two rows a lane', () => {
    const lines = frame(at(60, 15))
    const [start, gap] = [part('.', 8), part('.', 3)]
    expect(lines[2]).toBe(`> Mechanical  ${start}${part('#', 28)}${gap}${part('?', 7)}`)
    expect(lines[3]).toBe(`  licens 100% ${start}${part('#', 28)}${gap}${part('#', 7)}`)
    expect(lines[4]).toBe(`  Performing  ${part('?', 46)}`)
    expect(lines[0]).toBe('Sixty Days of Fog, Nemo                         ZZRCL1800003')
    expect(lines[1]).toBe(`${'France (FR), as known on 2022-04-11'.padEnd(48)}o-o-@ 3 of 3`)
  })

  it('at 80 x 24: 60 columns of time, three rows a lane', () => {
    const lines = frame(at(80, 24))
    const [start, gap] = [part('.', 10), part('.', 4)]
    expect(lines[2]).toBe('# licensed   + exempt   ? unknown   ~ disputed   . unlicensed')
    expect(lines[3]).toBe(`> Mechanical right  ${start}${part('#', 37)}${gap}${part('?', 9)}`)
    expect(lines[4]).toBe(`    licensed 100 %  ${start}${part('#', 37)}${gap}${part('#', 9)}`)
    expect(lines[5]).toBe(`                    ${start}${part('#', 37)}${gap}${part('#', 9)}`)
    expect(lines[6]).toBe(`  Performing right  ${part('?', 60)}`)
    // 2019-07-01 is 726 days in: column 37, whose first days are of June.
    expect(lines[9]).toBe(`  Master            ${part('.', 38)}${part('#', 22)}`)
    // Marks: the cursor in column 9, the master's event in 37, two events of the right in 47 and 50.
    expect(lines[12]).toBe(`  2018-01-01        ${' '.repeat(9)}^${' '.repeat(27)}:${' '.repeat(9)}*  *`)
    expect(lines[14]).toBe('Mechanical right on 2018-01-01: licensed 100 % (fully licensed), from        1/3')
    expect(lines[15]).toBe('2018-01-01 to 2020-01-01')
    expect(lines[16]).toBe('Changed on this day; before: unlicensed 100 %')
    expect(lines[17]).toBe(
      `${'> because  streamland/rights: licence begins, LIC-G1'.padEnd(55)}2020-01-01/licences.csv:4`,
    )
    expect(lines[18]).toBe('  rests on streamland/rights: LIC-G1 (by-claim) by l…  2020-01-01/licences.csv:4')
    expect(lines[19]).toBe(`${'  rests on streamland/rights: r3 is T9000000033'.padEnd(58)}2020-01-01/links.csv:4`)
    expect(lines[22]).toBe('Left Right event  / date  Tab right  [ ] known  d difference  ? help  q leave')
  })

  it('at 120 x 40: 94 columns of time, five rows a lane, a gap between', () => {
    const lines = frame(at(120, 40))
    const [start, gap] = [part('.', 15), part('.', 6)]
    const top = `${start}${part('#', 59)}${gap}${part('?', 14)}`
    const bottom = `${start}${part('#', 59)}${gap}${part('#', 14)}`
    expect(lines[3]).toBe(`> Mechanical right        ${top}`)
    expect(lines.slice(4, 8).map((line) => line.slice(26))).toEqual([top, bottom, bottom, bottom])
    expect(lines[8]).toBe('')
    expect(lines[9]).toBe(`  Performing right        ${part('?', 94)}`)
  })

  it('at 300 x 80: 274 columns of time, ten rows a lane', () => {
    const lines = frame(at(300, 80))
    const rows = lines.slice(3, 13).map((line) => line.slice(26))
    const row = (last: string) => `${part('.', 43)}${part('#', 174)}${part('.', 15)}${part(last, 42)}`
    expect(rows).toEqual([...new Array(4).fill(row('?')), ...new Array(6).fill(row('#'))])
  })

  it('in shades where the terminal reads UTF-8', () => {
    const lines = frame(at(80, 24), { ...PLAIN, isUnicode: true })
    expect(lines[2]).toBe('█ licensed   ▓ exempt   ░ unknown   ▒ disputed   · unlicensed')
    expect(lines[3]).toBe(`> Mechanical right  ${part('·', 10)}${part('█', 37)}${part('·', 4)}${part('░', 9)}`)
  })

  it('by work: with a hole where a work is not part of the recording', () => {
    const lines = frame(afterKeys(at(80, 24, withWorks()), 'w', 'tab', 'tab'))
    expect(lines[1]).toContain('by work')
    // 2019-01-01 is 545 days in: column 28, which begins on day 536 and so shows the hole.
    const second = lines.find((line) => line.includes('> S-04'))
    expect(second).toBe(`${'  > S-04'.padEnd(20 + 29)}${part('?', 31)}`)
    expect(lines.join('\n')).toContain('not part of it')
  })

  it('with what is known now below, where it differs', () => {
    const earlier = answeredBy(afterKeys(at(80, 24), '['), earlierDocument())
    const lines = frame(afterKeys(earlier, 'd'))
    expect(lines[1]).toContain('as known on 2020-01-01, compared with 2022-04-11')
    // Now: licensed for the larger part from 2020-03-01. Its first column still shows the gap in both.
    expect(lines[5]).toBe(`    now             ${' '.repeat(51)}${part('#', 9)}`)
    expect(lines.join('\n')).toContain('As known now (2022-04-11): licensed 100 %')
  })
})

describe('what is open above', () => {
  it('the source of a line is shown whole', () => {
    const lines = frame(afterKeys(at(80, 24), 'o'))
    expect(lines).toContain('source     2020-01-01/licences.csv:4')
    expect(lines).toContain('sha256     95a50dbbeaf114444a693f6b99c24ca07aaf3a92a23d98a35ea297acf13d055d')
  })

  it('the commands print the same, and break so that a shell can read them', () => {
    const lines = frame(afterKeys(at(60, 15), 'c'))
    expect(lines).toContain('  recital timeline ZZRCL1800003 --territory FR --known \\')
    expect(lines).toContain('    2022-04-11')
    expect(lines).toContain('  recital licensed ZZRCL1800003 --on 2018-01-01 \\')
    expect(lines).toContain('    --territory FR --right mech --known 2022-04-11')
  })

  it('the help lists every key of the table', () => {
    const text = frame(afterKeys(at(80, 60), '?')).join('\n')
    for (const { does } of bindingsOf('timeline')) expect(text).toContain(does)
  })

  it('the countries can be searched', () => {
    const lines = frame(afterKeys(at(80, 24), 't', "'ger'"))
    expect(lines.slice(3, 5)).toEqual(['Territory: ger_', '> DE  Germany  (named by statements)'])
  })

  it('questions stand in the last line, above which the lanes stay', () => {
    expect(frame(afterKeys(at(80, 24), '/', "'2019'")).at(-1)).toBe('Go to date: 2019_')
    expect(frame(afterKeys(at(80, 24), 'e')).at(-1)).toContain('h HTML page   s SVG picture')
    const taken = reduce(afterKeys(at(80, 24), 'e', 'h', 'enter'), {
      type: 'not-written',
      code: 'file-exists',
      message: '',
    })
    expect(frame(taken).at(-1)).toBe('ZZRCL1800003-FR-2022-04-11.html exists already. Write over it? y yes   n no')
  })

  it('while an answer is worked out, the old one keeps its name', () => {
    expect(frame(afterKeys(at(100, 24), '['))[1]).toContain('as known on 2022-04-11, working out FR 2020-01-01 ...')
  })
})

describe('a terminal that is too small', () => {
  it.each([
    [59, 15],
    [60, 14],
    [10, 3],
    [1, 1],
  ])('%i x %i says so', (columns, rows) => {
    const lines = frame(at(columns, rows))
    expect(lines.length).toBeLessThanOrEqual(Math.max(1, rows - 1))
    expect(lines[0]).toBe(`This terminal has ${columns} x ${rows} characters;`.slice(0, columns))
  })
})

describe('data that would harm a terminal', () => {
  it('is written out', () => {
    const recording = { isrc: 'ZZRCL1800003', title: 'Fog\u001b[2J\u202e', artist: null }
    expect(frame(at(80, 24, storyDocument({ recording })))[0]).toContain('Fog\\x1b[2J\\u202e')
  })

  it('is measured as the terminal shows it', () => {
    const recording = { isrc: 'ZZRCL1800003', title: '夜に駆ける'.repeat(12), artist: 'Ångström' }
    const [line = ''] = frame(at(80, 24, storyDocument({ recording })))
    expect(displayWidth(line)).toBe(80)
    expect(line).toMatch(/…\s+ZZRCL1800003$/)
  })
})

describe('whatever was pressed', () => {
  const keys = bindingsOf('timeline')
    .flatMap(({ keys: names }) => [...names])
    .filter((name) => !['q', 'ctrl+c', 'ctrl+z'].includes(name))
  const size = fc.record({ columns: fc.integer({ min: 60, max: 300 }), rows: fc.integer({ min: 15, max: 80 }) })
  const first = fc.constantFrom(storyDocument(), withWorks(), earlierDocument(), storyDocument({ rights: [] }))

  it('a frame has one line less than the terminal, and no line is wider', () => {
    fc.assert(
      fc.property(
        size,
        first,
        fc.array(fc.constantFrom(...keys, 'enter', "'fr'", 'y'), { maxLength: 12 }),
        (of, document, names) => {
          const state = answeredBy(afterKeys(opened(of, document), ...names), earlierDocument())
          const lines = frame(state)
          expect(lines).toHaveLength(of.rows - 1)
          expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(of.columns)
        },
      ),
      { numRuns: 60 },
    )
  })
})
