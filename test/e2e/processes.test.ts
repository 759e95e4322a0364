/** What happens to the store when processes meet, stop or die: exit codes, streams, signals, the writer's lock. */
import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Failure, type Place, PROJECT, placeForSuite, placeForTest, type Running, rowsOf } from '../support/cli.js'
import { plainEnvironment } from './kit/program.js'

const WORKS = ['work_id,title', 'W1,One']
const when = (published: string) => ['--feed', 'test/feed', '--published', published]
const ESCAPE = '\u001b'

/** A folder with a works table of so many rows, W0 onwards. */
function manyWorks(place: Place, name: string, rows: number): string {
  const file = openSync(place.file(`${name}/works.csv`, 'work_id,title\n'), 'a')
  const AT_ONCE = 50_000
  for (let start = 0; start < rows; start += AT_ONCE) {
    const lines = Array.from({ length: Math.min(AT_ONCE, rows - start) }, (_, index) => {
      const number = start + index
      return `W${number},Title number ${number} of many\n`
    })
    writeSync(file, lines.join(''))
  }
  closeSync(file)
  return path.join(place.folder, name)
}

/** Waits until something can be seen of a running ingest; fails when it ends before. */
async function until(running: Running, isThere: () => boolean): Promise<void> {
  while (!isThere()) {
    if (running.child.exitCode !== null) throw new Error('the ingest ended before the moment came')
    await wait(1)
  }
}

/** Moments of an ingest that follows generation 1 with its only snapshot, as they can be seen from outside. */
const MOMENTS: Readonly<Record<string, (place: Place) => boolean>> = {
  'when it has the lock': (place) => place.names('.').includes('writer.pid'),
  'when it begins to stage': (place) => staged(place, () => true),
  'when rows are being written': (place) => staged(place, (name) => name.endsWith('.parquet')),
  'when the next generation is begun': (place) => place.names('generations').includes('2'),
  'when the archive is in place and rows are folded': (place) => place.names('snapshots').length > 1,
}

function staged(place: Place, isIt: (name: string) => boolean): boolean {
  const under = place.names('tmp').map((name) => path.join(place.workspace, 'tmp', name, 'delivery-0'))
  try {
    return under.some((folder) => existsSync(folder) && (isIt('') || readdirSync(folder).some(isIt)))
  } catch {
    return false
  }
}

/** As it was after the only ingest: one generation, one snapshot, nothing half done. */
async function expectFirstGeneration(place: Place): Promise<void> {
  const { generation, snapshots, feeds } = await place.status()
  expect([generation, snapshots.length, feeds.map(({ statements }) => statements)]).toEqual([1, 1, [{ works: 1 }]])
}

describe('exit codes', () => {
  const place = placeForSuite()
  const newer = placeForSuite()
  beforeAll(async () => {
    await place.snapshot(place.delivery('d', { 'works.csv': WORKS }), ...when('2024-01-01'))
    newer.file('.recital/format', '{"format":99,"writer":"recital 9.0.0"}\n')
    newer.file('.recital/CURRENT', '1\n')
  })

  const CALLS: readonly (readonly [number, string, () => Place, readonly string[]])[] = [
    [0, 'an answer', () => place, ['lookup', 'W1']],
    [0, 'the status', () => place, ['status']],
    [0, 'no rejects', () => place, ['rejects']],
    [0, 'a workspace that is there', () => place, ['init']],
    [2, 'an unknown flag', () => place, ['lookup', 'W1', '--nown', '2024-01-01']],
    [2, 'an unknown command', () => place, ['lokup', 'W1']],
    [2, 'a missing argument', () => place, ['lookup']],
    [3, 'a path that is not there', () => place, ['ingest', 'nowhere', ...when('2024-01-01')]],
    [4, 'an unknown id', () => place, ['lookup', 'W2']],
    [4, 'an unknown snapshot', () => place, ['rejects', '--snapshot', '2024-01-01-000000000000']],
    [5, 'a workspace of a later program', () => newer, ['status']],
    [5, 'writing to it', () => newer, ['ingest', 'nowhere', ...when('2024-01-01')]],
  ]

  it.each(CALLS)('%i: %s, with and without --json', async (code, _what, at, args) => {
    const env = { TERM: 'xterm-256color', COLORTERM: 'truecolor' }
    const plain = await at().start(args, env).ended
    expect(plain.code).toBe(code)
    expect(plain.stdout + plain.stderr).not.toContain(ESCAPE)
    if (code !== 0) expect([plain.stdout, plain.stderr]).toEqual(['', expect.stringMatching(/^error: .*\n {2}next: /s)])
    const json = await at().start([...args, '--json'], env).ended
    expect(json.code).toBe(code)
    expect(json.stdout).not.toContain(ESCAPE)
    // One document, nothing before or after it.
    const document = JSON.parse(json.stdout) as { kind?: string; error?: Failure }
    expect(json.stdout.endsWith('}\n')).toBe(true)
    if (code === 0) expect(document.kind).toBe(`recital.${args[0]}`)
    else {
      expect(Object.keys(document)).toEqual(['error'])
      expect(document.error).toMatchObject({ code: expect.any(String), message: expect.any(String), exitCode: code })
      expect(document.error?.suggestions.length).toBeGreaterThan(0)
    }
  })

  it('a later program is named together with what to do', async () => {
    const error = await newer.failure('lookup', 'W1')
    expect(error.code).toBe('newer-format')
    expect(error.message).toContain('recital 9.0.0')
    expect(error.suggestions[0]).toMatch(/Update recital/)
  })

  it('no workspace is exit 5, an empty one exit 4', async () => {
    const fresh = placeForTest()
    expect(await fresh.failure('status')).toMatchObject({ code: 'no-workspace', exitCode: 5 })
    expect((await fresh.run('init')).code).toBe(0)
    expect(await fresh.failure('status')).toMatchObject({ code: 'no-evidence', exitCode: 4 })
  })
})

describe('damage to the store', () => {
  it.each<[string, (place: Place) => void]>([
    [
      'evidence that is cut short',
      (place) => truncateSync(path.join(place.workspace, 'generations/1/evidence.duckdb'), 5_000),
    ],
    [
      'evidence overwritten',
      (place) => writeFileSync(path.join(place.workspace, 'generations/1/evidence.duckdb'), 'not a database'),
    ],
    ['CURRENT overwritten', (place) => writeFileSync(path.join(place.workspace, 'CURRENT'), 'one\n')],
    ['format overwritten', (place) => writeFileSync(path.join(place.workspace, 'format'), 'one\n')],
  ])('%s: exit 5 and what to do, for questions and for an ingest', async (_what, damage) => {
    const place = placeForTest()
    const delivery = place.delivery('d', { 'works.csv': WORKS })
    await place.snapshot(delivery, ...when('2024-01-01'))
    damage(place)
    for (const args of [
      ['lookup', 'W1'],
      ['ingest', delivery, ...when('2024-02-01')],
    ]) {
      const error = await place.failure(...args)
      expect([error.code, error.exitCode]).toEqual(['damaged', 5])
      expect(error.suggestions.length).toBeGreaterThan(0)
    }
  })
})

describe('a reader that leaves', () => {
  it('is no failure: head -1 gets its line, and nothing is said', async () => {
    const place = placeForTest()
    const shares = Array.from({ length: 900 }, (_, index) => `W${index},A,1,licensing,mech`)
    const delivery = place.delivery('d', {
      'parties.csv': ['party_id,name', 'A,Aurora'],
      'shares.csv': ['work_id,party_id,share,share_kind,right', ...shares],
    })
    await place.snapshot(delivery, ...when('2024-01-01'))
    for (const [flags, first] of [
      ['--json', '{'],
      ['', 'A'],
    ]) {
      const line = `set -o pipefail; "${process.execPath}" "${path.join(PROJECT, 'bin/run.js')}" lookup A ${flags} | head -1`
      const shell = spawn('bash', ['-c', line], { env: plainEnvironment({ RECITAL_WORKSPACE: place.folder }) })
      const heard = { stdout: '', stderr: '' }
      shell.stdout.on('data', (text) => {
        heard.stdout += text
      })
      shell.stderr.on('data', (text) => {
        heard.stderr += text
      })
      const code = await new Promise((resolve) => shell.on('close', resolve))
      expect([code, heard]).toEqual([0, { stdout: `${first}\n`, stderr: '' }])
    }
  })
})

describe('an ingest that is interrupted', () => {
  const place = placeForSuite()
  let big = ''
  beforeAll(async () => {
    await place.snapshot(place.delivery('first', { 'works.csv': WORKS }), ...when('2024-01-01'))
    big = manyWorks(place, 'big', 2_000_000)
  })

  it('holds off a second writer by name, lets questions through, and stops at Ctrl-C', async () => {
    const running = place.start(['ingest', big, ...when('2024-02-01')])
    await until(running, () => place.names('.').includes('writer.pid'))
    const [second, answer] = await Promise.all([
      place.run('ingest', place.delivery('second', { 'works.csv': WORKS }), ...when('2024-03-01'), '--json'),
      place.run('lookup', 'W1', '--json'),
    ])
    expect(running.child.exitCode).toBe(null)
    expect(second.code).toBe(5)
    const { error } = JSON.parse(second.stdout) as { error: Failure }
    expect(error.code).toBe('locked')
    expect(error.message).toContain(`process ${running.child.pid} (recital ingest`)
    expect([answer.code, rowsOf(JSON.parse(answer.stdout), 'works').length]).toEqual([0, 1])
    running.child.kill('SIGINT')
    const { code, stdout, stderr } = await running.ended
    expect([code, stdout]).toEqual([130, ''])
    expect(stderr).toMatch(/error: .*the store is as it was/i)
    expect(place.leftovers()).toEqual([])
    expect([place.names('generations'), place.names('snapshots').length]).toEqual([['1'], 1])
    await expectFirstGeneration(place)
  })

  it('stops as well while rows are folded, and with --json says so in one document', async () => {
    const running = place.start(['ingest', big, ...when('2024-02-01'), '--json'])
    await until(running, () => place.names('generations').includes('2'))
    running.child.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(130)
    expect(JSON.parse(stdout).error).toMatchObject({ code: 'cancelled', exitCode: 130 })
    expect(place.leftovers()).toEqual([])
    expect([place.names('generations'), place.names('snapshots').length]).toEqual([['1'], 1])
    await expectFirstGeneration(place)
  })

  it('is followed by one that works', async () => {
    const next = place.delivery('next', { 'works.csv': [...WORKS, 'W2,Two'] })
    const { relations } = await place.snapshot(next, ...when('2024-04-01'))
    expect(relations.works).toMatchObject({ rows: 2, created: 1, unchanged: 1 })
  })
})

describe('an ingest that is killed', () => {
  const place = placeForSuite()
  let big = ''
  beforeAll(async () => {
    await place.snapshot(place.delivery('first', { 'works.csv': WORKS }), ...when('2024-01-01'))
    big = manyWorks(place, 'big', 400_000)
  })

  it.each(Object.entries(MOMENTS))('%s, leaves what was published', async (_moment, isThere) => {
    const running = place.start(['ingest', big, ...when('2024-02-01')])
    await until(running, () => isThere(place))
    running.child.kill('SIGKILL')
    expect((await running.ended).signal).toBe('SIGKILL')
    await expectFirstGeneration(place)
    expect(readFileSync(path.join(place.workspace, 'CURRENT'), 'utf8')).toBe('1\n')
  })

  it('is followed by one that works and clears away what was left', async () => {
    const { relations } = await place.snapshot(big, ...when('2024-02-01'))
    // W1 has another title; the others are new.
    expect(relations.works).toMatchObject({ rows: 400_000, created: 399_999, updated: 1, deleted: 0, unchanged: 0 })
    expect(place.leftovers()).toEqual([])
    expect([place.names('generations'), place.names('snapshots').length]).toEqual([['1', '2'], 2])
  })
})
