/** The first ingest of a folder through the real program: it makes the workspace, or leaves no trace. */
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Place, placeForTest } from '../support/cli.js'

const WHEN = ['--feed', 'test/feed', '--published', '2024-01-01']
const MADE = /Made a workspace in/

const good = (place: Place): string => place.delivery('d', { 'works.csv': ['work_id,title', 'W1,One'] })
const bad = (place: Place): string => place.delivery('bad', { 'works.csv': ['work_id,title', 'W1'] })

describe('a workspace that is not there yet', () => {
  it('is made by the first ingest that publishes, and said so', async () => {
    const place = placeForTest()
    const { stderr, code } = await place.run('ingest', good(place), ...WHEN)
    expect([code, existsSync(path.join(place.workspace, 'CURRENT'))]).toEqual([0, true])
    expect(stderr).toMatch(MADE)
    expect((await place.run('ingest', good(place), ...WHEN)).stderr).not.toMatch(MADE)
  })

  it('is not made by a dry run, which tells all the same', async () => {
    const place = placeForTest()
    const { stdout, stderr, code } = await place.run('ingest', good(place), ...WHEN, '--dry-run')
    expect([code, readdirSync(place.folder)]).toEqual([0, ['d']])
    expect(stdout).toMatch(/works +1 +1 +0 +0 +0 +0/)
    expect(stderr).not.toMatch(MADE)
  })

  it.each([
    ['too many rejects', 3, (place: Place) => [bad(place), ...WHEN]],
    ['no dates', 2, (place: Place) => [good(place), '--feed', 'test/feed']],
    ['no such file', 3, (place: Place) => [path.join(place.folder, 'none'), ...WHEN]],
  ])('is not left behind by an ingest that fails: %s', async (_, exitCode, argumentsOf) => {
    const place = placeForTest()
    const given = argumentsOf(place)
    const before = readdirSync(place.folder)
    const { code, stderr } = await place.run('ingest', ...given)
    expect([code, readdirSync(place.folder)]).toEqual([exitCode, before])
    expect(stderr).not.toMatch(MADE)
  })

  it('takes the folders above it along, as far as they were made for it', async () => {
    const place = placeForTest()
    mkdirSync(path.join(place.folder, 'there'))
    const deep = path.join(place.folder, 'there', 'not', 'yet')
    expect((await place.run('ingest', bad(place), ...WHEN, '-w', deep)).code).toBe(3)
    expect(readdirSync(path.join(place.folder, 'there'))).toEqual([])
    expect((await place.run('ingest', good(place), ...WHEN, '-w', deep)).code).toBe(0)
    expect(readdirSync(deep)).toEqual(['.recital'])
  })

  it('is not left behind by an ingest that is stopped', async () => {
    const place = placeForTest()
    const rows = Array.from({ length: 400_000 }, (_, index) => `W${index},Title number ${index}`)
    const running = place.start([
      'ingest',
      place.delivery('many', { 'works.csv': ['work_id,title', ...rows] }),
      ...WHEN,
    ])
    while (place.names('tmp').length === 0) {
      if (running.child.exitCode !== null) throw new Error('the ingest ended before it could be stopped')
      await wait(1)
    }
    running.child.kill('SIGINT')
    expect((await running.ended).code).toBe(130)
    expect(readdirSync(place.folder)).toEqual(['many'])
  })
})

describe('a workspace that was there', () => {
  it('stays, empty as it is, whatever fails in it', async () => {
    const place = placeForTest()
    expect((await place.run('init')).code).toBe(0)
    const before = readdirSync(place.workspace)
    expect((await place.run('ingest', bad(place), ...WHEN)).code).toBe(3)
    expect((await place.run('ingest', good(place), ...WHEN, '--dry-run')).code).toBe(0)
    expect(readdirSync(place.workspace)).toEqual(expect.arrayContaining(before))
    expect(place.leftovers()).toEqual([])
    expect((await place.run('status')).code).toBe(4)
  })

  it('stays when its creation was cut short: a folder with nothing but CURRENT is taken up again', async () => {
    const place = placeForTest()
    place.file('.recital/CURRENT', '0\n')
    expect((await place.run('ingest', good(place), ...WHEN)).code).toBe(0)
    expect((await place.run('status')).code).toBe(0)
  })
})
