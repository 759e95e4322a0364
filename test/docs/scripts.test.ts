/** The demo and the pictures, as people run them. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { project } from './pages.js'

/** A copy of what the demo needs, so that nobody's demo-workspace is touched. */
let copy: string
let elsewhere: string
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'recital-demo-'))
  elsewhere = mkdtempSync(join(tmpdir(), 'recital-elsewhere-'))
  for (const name of ['bin', 'dist', 'fixtures', 'rules', 'scripts', 'package.json', 'oclif.manifest.json']) {
    cpSync(join(project, name), join(copy, name), { recursive: true })
  }
  // The other providers of the catalogue take the same way, only longer.
  const catalogue = join(copy, 'fixtures/catalogue')
  for (const provider of readdirSync(catalogue)) {
    if (!['attic', 'service', 'society'].includes(provider)) rmSync(join(catalogue, provider), { recursive: true })
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'junction')
})
afterAll(() => {
  for (const folder of [copy, elsewhere]) rmSync(folder, { recursive: true, force: true })
})

const node = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], { cwd: elsewhere, encoding: 'utf8' })

describe('the demo', { timeout: 180_000 }, () => {
  const demo = () => node(join(copy, 'scripts/demo.js'))

  it('runs from any folder, twice in a row, with the same answer', () => {
    const first = demo()
    expect(first.status, first.stderr).toBe(0)
    // Sizes on disk are the only thing that may differ between two runs.
    const answer = (text: string) => text.replace(/^On disk:.*$/m, '')
    expect(answer(demo().stdout)).toBe(answer(first.stdout))
    expect(existsSync(join(copy, 'demo-workspace/.recital/CURRENT'))).toBe(true)
    const [now = '', after = ''] = first.stdout.split('$ recital lookup ZZRCL1800010').slice(1)
    const [then = '', licensed = ''] = after.split('\n== ')
    // fixtures/README.md: the licence LIC-R was first received on 2021-07-01.
    expect(now).toContain('LIC-R')
    expect(then).toContain('as known on 2021-06-30')
    expect(then).not.toContain('LIC-R')
    expect(licensed).toContain('River Mirage Music 100 % unlicensed -> licensed (mech)')
    expect(first.stdout).toContain('4 lines rejected')
  })

  it('ends with the code of the command that failed', () => {
    const shares = join(copy, 'fixtures/catalogue/society/2018-06-01/shares.csv')
    const whole = readFileSync(shares)
    try {
      writeFileSync(shares, 'work_id,share\nS-01,100\n')
      const { status, stderr } = demo()
      expect(stderr).toContain('The demo stopped at: recital ingest fixtures/catalogue/society/2018-06-01')
      expect(status).toBe(3)
    } finally {
      writeFileSync(shares, whole)
    }
  })

  it('does not remove what is not its own', () => {
    rmSync(join(copy, 'demo-workspace'), { recursive: true, force: true })
    mkdirSync(join(copy, 'demo-workspace'))
    const letter = join(copy, 'demo-workspace/letter.txt')
    writeFileSync(letter, 'keep me')
    expect(demo().status).toBe(2)
    expect(readFileSync(letter, 'utf8')).toBe('keep me')
  })
})

describe('the pictures', () => {
  it('show what the program prints', () => {
    const { status, stderr } = node(join(project, 'scripts/terminal-picture.js'), '--check')
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})
