/** Questions that cannot be answered get a sentence, a next step and the right exit code; never a figure. */
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Failure, FIXTURES, placeForSuite } from '../support/cli.js'

describe('licensed, with questions that cannot be answered', () => {
  const place = placeForSuite()

  beforeAll(async () => {
    await place.json('ingest', path.join(FIXTURES, 'vectors/2019-01-10'), path.join(FIXTURES, 'vectors/2019-07-10'))
  }, 60_000)

  const ask = (changed: Readonly<Record<string, string>>, recording = 'ZZRCL1800015'): string[] => {
    const flags = { '--on': '2019-06-01', '--territory': 'US', '--right': 'mech', ...changed }
    return ['licensed', recording, ...Object.entries(flags).flat()]
  }

  it.each([
    ['a recording that nobody mentions', ask({}, 'ZZRCL9900015'), 4, 'unknown-recording', ''],
    ['a recording one digit away', ask({}, 'ZZRCL1800016'), 4, 'unknown-recording', 'ZZRCL1800015'],
    ['a group of countries', ask({ '--territory': '2120' }), 2, 'territory-group', 'US'],
    ['the world', ask({ '--territory': 'WORLD' }), 2, 'territory-group', 'US'],
    ['no country', ask({ '--territory': 'YU' }), 2, 'unknown-territory', 'US'],
    ['half a day', ask({ '--on': '2019-06' }), 2, 'day-unreadable', '2019-06-01'],
    ['no day', ask({ '--on': '2019-02-30' }), 2, 'day-unreadable', '2019-06-01'],
    ['an unknown right', ask({ '--right': 'print' }), 2, 'unknown-right', 'mech'],
    ['an unknown theory', ask({ '--theory': 'finders-keepers' }), 2, 'unknown-theory', 'fractional'],
    [
      'two theories that exclude each other',
      ask({ '--theory': 'fractional,whole-work' }),
      2,
      'contradicting-theories',
      '',
    ],
    ['knowledge after the last receipt', ask({ '--known': '2019-07-11' }), 2, 'known-too-late', '2019-07-10'],
    ['knowledge that runs backwards', ask({ '--known': '2019-07-10..2019-01-10' }), 2, 'known-unreadable', '..'],
    ['knowledge that is no date', ask({ '--known': 'yesterday' }), 2, 'known-unreadable', '2019-06-01'],
  ])(
    '%s',
    async (_, words, exitCode, code, named) => {
      const ended = await place.run(...words, '--json')
      const { error } = JSON.parse(ended.stdout) as { error: Failure }
      expect([ended.code, error.exitCode, error.code]).toEqual([exitCode, exitCode, code])
      expect([error.message, ...error.suggestions].join('\n')).toContain(named)
      expect(error.suggestions.length).toBeGreaterThan(0)
      expect(`${ended.stdout}${ended.stderr}`).not.toMatch(/ {4}at /)
    },
    60_000,
  )

  it('a day before any statement is unknown, not unlicensed', async () => {
    const ended = await place.run(...ask({ '--on': '1990-01-01' }))
    expect(ended.code).toBe(0)
    expect(ended.stdout).toContain('it is unknown whether the mechanical right was licensed in the United States')
    expect(ended.stdout).toContain('unlicensed 0  unknown 100')
  }, 60_000)
})
