/** The built program in a real terminal: what is on the screen, and that the terminal is given back as it was. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { FIXTURES, placeForSuite } from '../support/cli.js'
import { hasTmux, RealTerminal } from './real-terminal.js'

const title = hasTmux ? 'in a real terminal' : 'in a real terminal (left out: tmux is not installed)'
const GAP = 'recital timeline ZZRCL1800003 --territory FR'

describe.skipIf(!hasTmux)(title, () => {
  const place = placeForSuite()
  beforeAll(async () => {
    const deliveries = [
      'society/2018-06-01',
      'society/2019-03-01',
      'society/2019-09-01',
      'service/2020-01-01',
      'service/2021-07-01',
    ]
    await place.ingest(...deliveries.map((name) => path.join(FIXTURES, 'catalogue', name)))
  })

  interface Given {
    readonly real: RealTerminal
    readonly modes: string
  }

  /** A terminal with something on its screen, and its modes. */
  async function terminal(options: Parameters<typeof RealTerminal.open>[1] = {}): Promise<Given> {
    const real = await RealTerminal.open(place.folder, options)
    const modes = await real.output('stty -a')
    real.line("clear; echo 'before it'")
    await real.shows(/^before it\n\$$/m)
    return { real, modes }
  }

  /** The shell's own screen again, the cursor shown, the modes as they were; returns the exit code. */
  async function givenBack({ real, modes }: Given): Promise<number> {
    await real.prompt()
    real.line('echo code=$?')
    const screen = await real.shows(/^code=\d+$/m)
    expect(screen).toMatch(/^before it$/m)
    expect(screen).not.toContain('as known on')
    expect(real.state()).toEqual({ isOtherScreen: false, isCursorShown: true })
    await real.prompt()
    expect(await real.output('stty -a')).toBe(modes)
    return Number(/^code=(\d+)$/m.exec(screen)?.[1])
  }

  it('shows the sixty days, event by event, as it was known', async () => {
    const given = await terminal()
    const { real } = given
    real.line(GAP)
    // fixtures/README.md: licensed until 2019-12-31 and from 2020-03-01, in licences.csv lines 4 and 5.
    await real.shows('Mechanical right on 2018-01-01: licensed 100 %')
    expect(real.state()).toEqual({ isOtherScreen: true, isCursorShown: false })
    real.press('Right')
    const gap = await real.shows('Mechanical right on 2020-01-01: unlicensed 100 %')
    expect(gap).toMatch(/> because +streamland\/rights: licence ends.* 2020-01-01\/licences\.csv:4/)
    real.press('Right')
    const end = await real.shows('Mechanical right on 2020-03-01: licensed 100 %')
    expect(end).toMatch(/> because +streamland\/rights: licence begins.* 2020-01-01\/licences\.csv:5/)
    // The society's delivery alone names shares, but no recording and no licence.
    real.press('{')
    await real.shows('as known on 2018-06-05')
    await real.shows('Mechanical right on 2020-03-01: unknown 100 %')
    real.press('d')
    await real.shows(/As known now \(\d{4}-\d{2}-\d{2}\): licensed 100 %/)
    real.press('q')
    expect(await givenBack(given)).toBe(0)
  })

  it.each(['q', 'C-c', 'Escape'])('%s leaves', async (key) => {
    const given = await terminal()
    given.real.line(GAP)
    await given.real.shows('as known on')
    given.real.press(key)
    expect(await givenBack(given)).toBe(0)
  })

  it.each(['TERM', 'HUP', 'INT'])('SIG%s leaves, as every command is left: with 130', async (signal) => {
    const given = await terminal()
    given.real.line(
      `sh -c 'echo $$ > id; exec "$@"' sh "${process.execPath}" "${path.join(process.cwd(), 'bin/run.js')}" ${GAP.replace('recital ', '')}`,
    )
    await given.real.shows('as known on')
    process.kill(Number(readFileSync(path.join(place.folder, 'id'), 'utf8')), `SIG${signal}` as NodeJS.Signals)
    await given.real.shows('error: Cancelled.')
    expect(await givenBack(given)).toBe(130)
  })

  it('a crash is told on the screen of the shell', async () => {
    const given = await terminal()
    const crash = place.file('crash.mjs', [
      "import { existsSync } from 'node:fs'",
      "setInterval(() => { if (existsSync('crash-now')) throw new Error('planted') }, 100).unref()",
    ])
    given.real.line(`NODE_OPTIONS='--import ${pathToFileURL(crash)}' ${GAP}`)
    await given.real.shows('as known on')
    place.file('crash-now', '')
    await given.real.shows('planted')
    expect(await givenBack(given)).toBe(70)
  })

  it('Ctrl-Z gives the terminal back to the shell, and fg takes it again', async () => {
    const given = await terminal()
    const { real } = given
    real.line(GAP)
    await real.shows('as known on')
    real.press('Right')
    const before = await real.shows('on 2020-01-01: unlicensed')
    real.press('C-z')
    expect(await real.prompt()).toMatch(/^before it$/m)
    expect(real.state()).toEqual({ isOtherScreen: false, isCursorShown: true })
    expect(await real.output('echo still here')).toBe('still here\n')
    real.line("echo 'before it'; fg")
    expect(await real.shows('on 2020-01-01: unlicensed')).toBe(before)
    expect(real.state()).toEqual({ isOtherScreen: true, isCursorShown: false })
    real.press('Right')
    await real.shows('on 2020-03-01: licensed')
    real.press('q')
    expect(await givenBack(given)).toBe(0)
  })

  it('draws itself anew at every size', async () => {
    const given = await terminal()
    const { real } = given
    real.line(GAP)
    await real.shows('as known on')
    real.resize(60, 15)
    const small = await real.shows(/^> Mechanical {2}\S{46}$/m)
    real.resize(50, 10)
    const none = await real.shows('This terminal has 50 x 10 characters;')
    expect(none).not.toContain('Mechanical')
    real.resize(200, 60)
    await real.shows(/^> Mechanical right {8}\S{174}$/m)
    real.resize(60, 15)
    expect(await real.shows(/^> Mechanical {2}\S{46}$/m)).toBe(small)
    real.resize(100, 30)
    await real.shows('w works')
    real.press('q')
    await givenBack(given)
  })

  it('writes files, and asks before it writes over one', async () => {
    const given = await terminal()
    const { real } = given
    writeFileSync(path.join(place.folder, 'kept.svg'), 'kept')
    real.line(GAP)
    await real.shows('as known on')
    real.type('es')
    await real.shows('Write to file: ZZRCL1800003-FR-')
    real.press('C-u')
    real.type('kept.svg')
    real.press('Enter')
    await real.shows('kept.svg exists already. Write over it?')
    real.press('n')
    await real.shows('Write to file: kept.svg_')
    expect(readFileSync(path.join(place.folder, 'kept.svg'), 'utf8')).toBe('kept')
    real.press('Enter')
    await real.shows('exists already')
    real.press('y')
    await real.shows('Wrote kept.svg')
    expect(readFileSync(path.join(place.folder, 'kept.svg'), 'utf8')).toContain('</svg>')
    real.press('q')
    await givenBack(given)
  })

  it.each([
    ['--no-input', `${GAP} --no-input`],
    ['a dumb terminal', `TERM=dumb ${GAP}`],
    ['a build machine', `CI=true ${GAP}`],
    ['a pipe', `${GAP} | cat`],
  ])('prints instead: %s', async (_, command) => {
    const { real } = await terminal({ columns: 140 })
    real.line(command)
    await real.shows(/^2020-03-01 +on +#{10}/m)
    expect(real.state().isOtherScreen).toBe(false)
  })

  it('answers the failures of a question before it takes the screen', async () => {
    const given = await terminal()
    given.real.line('recital timeline NOBODY')
    await given.real.shows('No feed mentions a recording "NOBODY".')
    expect(await givenBack(given)).toBe(4)
    expect(existsSync(path.join(place.folder, '.recital'))).toBe(true)
  })
})
