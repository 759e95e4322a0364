/** The conflicts in a real terminal: looked through, decided, undone, written; the terminal is given back as it was. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { DecideDocument } from '../../../src/cli/views/decide.js'
import { FIXTURES, placeForTest } from '../../support/cli.js'
import { hasTmux, RealTerminal } from '../real-terminal.js'

const title = hasTmux ? 'in a real terminal' : 'in a real terminal (left out: tmux is not installed)'

it.skipIf(!hasTmux)(
  title,
  async () => {
    const place = placeForTest()
    await place.ingest(path.join(FIXTURES, 'catalogue', 'society/2018-06-01'))
    const real = await RealTerminal.open(place.folder, { columns: 100, rows: 40 })
    real.line('recital conflicts --work T9000000011 --severity 1,2 --browse --author "M. Case"')
    // fixtures/README.md: eight parties claim 100 each, in lines 2 to 9.
    await real.shows(/> {2}C-SHR-02 2 mech .*T9000000011 +800 % claimed, 700 over 100/)
    await real.shows('800 - 100 = 700 too much')
    expect(real.state()).toEqual({ isOtherScreen: true, isCursorShown: false })
    real.press('Right')
    real.type('o')
    await real.shows(/source +2018-06-01\/shares\.csv:[2-9]/)
    real.press('Enter')
    real.type('dx')
    await real.shows('explained, why: _')
    real.type('Registered eight times')
    real.press('Enter')
    await real.shows('by whom: M. Case_')
    real.press('Enter')
    await real.shows('Decided: explained. z undoes it.')
    await real.shows(/Decision 1, .*, M\. Case: explained\. Registered eight times/)
    real.resize(60, 15)
    await real.shows(/^>\* C-SHR-02/m)
    real.resize(160, 40)
    real.type('z')
    real.type('Another song')
    real.press('Enter')
    real.press('Enter')
    await real.shows('Decision 1 is undone.')
    real.type('em')
    real.press('Enter')
    await real.shows(/Wrote conflicts-\S+\.md/)
    real.type('q')
    await real.prompt()
    real.line('echo code=$?; ls *.md')
    await real.shows(/^code=0$/m)
    const screen = await real.shows(/^conflicts-\S+\.md$/m)
    expect(real.state()).toEqual({ isOtherScreen: false, isCursorShown: true })
    const name = /^(conflicts-\S+\.md)$/m.exec(screen)?.[1] ?? ''
    expect(readFileSync(path.join(place.folder, name), 'utf8')).toContain('C-SHR-02')
    const { decisions } = await place.json<DecideDocument>('decide')
    expect(decisions.map(({ verdict, reason, undoes }) => [verdict, reason, undoes])).toEqual([
      ['explained', 'Registered eight times', null],
      ['undone', 'Another song', 1],
    ])
  },
  240_000,
)
