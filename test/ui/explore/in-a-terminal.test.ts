/** The investigation in a real terminal: search, open, resize, export, leave; the terminal is given back as it was. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FIXTURES, placeForSuite } from '../../support/cli.js'
import { hasTmux, RealTerminal } from '../real-terminal.js'

const title = hasTmux ? 'in a real terminal' : 'in a real terminal (left out: tmux is not installed)'

describe.skipIf(!hasTmux)(title, () => {
  const place = placeForSuite()
  beforeAll(async () => {
    const deliveries = ['society/2018-06-01', 'society/2019-03-01', 'service/2020-01-01', 'service/2021-07-01']
    await place.ingest(...deliveries.map((name) => path.join(FIXTURES, 'catalogue', name)))
    await place.json('reindex')
  })

  async function terminal(columns = 100): Promise<{ real: RealTerminal; modes: string }> {
    const real = await RealTerminal.open(place.folder, { columns })
    const modes = await real.output('stty -a')
    real.line("clear; echo 'before it'")
    await real.shows(/^before it\n\$$/m)
    return { real, modes }
  }

  async function givenBack({ real, modes }: { real: RealTerminal; modes: string }): Promise<number> {
    await real.prompt()
    real.line('echo code=$?')
    const screen = await real.shows(/^code=\d+$/m)
    expect(screen).toMatch(/^before it$/m)
    expect(real.state()).toEqual({ isOtherScreen: false, isCursorShown: true })
    await real.prompt()
    expect(await real.output('stty -a')).toBe(modes)
    return Number(/^code=(\d+)$/m.exec(screen)?.[1])
  }

  it('from a few letters to the findings in a file, and the session again by replay', async () => {
    const given = await terminal()
    const { real } = given
    real.line('recital explore --territory FR --on 2020-02-01')
    await real.shows('Search: _')
    expect(real.state()).toEqual({ isOtherScreen: true, isCursorShown: false })
    real.type('artist:nemo sixty')
    await real.shows(/recording Sixty Days of Fog, Nemo & the Nobodies .*ZZRCL1800003/)
    real.press('Enter')
    // The first hit's timeline by itself, and back to the hits.
    real.type('t')
    await real.shows(/because {2}streamland\/rights/)
    real.press('q')
    await real.shows(/^> . recording Sixty Days of Fog/m)
    real.press('Enter')
    // fixtures/README.md: between the two licences nothing covers the mechanical right in France.
    await real.shows('none of the mechanical right was licensed in France')
    real.press('Space')
    await real.shows('Collected: Summary of Sixty Days of Fog')
    real.press('Tab')
    await real.shows('[Timeline]')
    await real.shows(/2020-03-01/)
    real.resize(60, 15)
    await real.shows(/recording ZZRCL1800003$/m)
    real.resize(130, 30)
    real.type(':')
    await real.shows('Go to: _')
    real.type('T-900.000.003-3')
    real.press('Enter')
    await real.shows('[Claims]')
    await real.shows(/search artist:nemo sixty > Sixty Days of Fog > Sixty Days of Fog/)
    real.press('[')
    await real.shows('[Timeline]')
    real.type('eh')
    await real.shows('Write to file: findings.html_')
    real.press('Enter')
    await real.shows('Wrote findings.html')
    real.type('es')
    real.press('Enter')
    await real.shows('Wrote session.txt')
    real.resize(100, 30)
    // The next key takes the notice away.
    real.type('g')
    await real.shows(/1 collected/)
    real.press('q')
    expect(await givenBack(given)).toBe(0)
    const page = readFileSync(path.join(place.folder, 'findings.html'), 'utf8')
    expect(page).toContain('none of the mechanical right was licensed in France')
    const replayed = await place.run('replay', 'session.txt')
    expect(replayed.code).toBe(0)
    expect(replayed.stdout).toContain('none of the mechanical right was licensed in France')
    expect(replayed.stdout.match(/^\$ recital .*$/gm)).toEqual([
      "$ recital search 'artist:nemo sixty*' --limit 100",
      '$ recital timeline ZZRCL1800003 --territory FR --known 2021-07-01 --no-input',
      "$ recital search 'artist:nemo sixty*' --limit 100",
      '$ recital licensed ZZRCL1800003 --on 2020-02-01 --territory FR --known 2021-07-01',
      '$ recital timeline ZZRCL1800003 --territory FR --known 2021-07-01 --no-input',
      '$ recital lookup T9000000033 --known 2021-07-01',
    ])
  })

  it('Ctrl-C leaves while a question is typed', async () => {
    const given = await terminal()
    given.real.line('recital explore')
    await given.real.shows('Search: _')
    given.real.type('si')
    given.real.press('C-c')
    expect(await givenBack(given)).toBe(0)
  })

  it('refuses what cannot be read before it takes the screen', async () => {
    const given = await terminal()
    given.real.line('recital explore --territory Nowhere')
    await given.real.shows('--territory takes a country')
    expect(await givenBack(given)).toBe(2)
  })
})
