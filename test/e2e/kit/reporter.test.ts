/** The last line of a test run, which other programs read. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const path = (relative: string) => fileURLToPath(new URL(`../../../${relative}`, import.meta.url))
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recital-reporter-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('counts passed, failed and skipped tests, and files that do not load as failed', () => {
  const passing = "it('a', () => {}); it('b', () => {}); it.skip('c', () => {}); it.todo('d')"
  writeFileSync(join(folder, 'one.test.js'), passing)
  writeFileSync(join(folder, 'two.test.js'), "it('e', () => { throw new Error('planted') })")
  writeFileSync(join(folder, 'three.test.js'), "throw new Error('does not load')")
  const args = [
    'run',
    '--globals',
    '--root',
    folder,
    '--reporter=default',
    `--reporter=${path('test/support/plain-reporter.ts')}`,
  ]
  const { stdout, status } = spawnSync(process.execPath, [path('node_modules/vitest/vitest.mjs'), ...args], {
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stdout.split('\n').slice(-2)).toEqual(['Tests: 2 passed, 2 failed, 2 skipped', ''])
})
