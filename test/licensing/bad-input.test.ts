/** Questions that cannot be answered get a sentence, a next step and the right exit code; never a figure. */
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LicensedDocument } from '../../src/cli/views/licensed-document.js'
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

describe('licensed, on rows that contradict themselves', () => {
  const place = placeForSuite()
  const flagsOf = async (isrc: string): Promise<[flags: string[], figures: number[], stdout: string]> => {
    const words = ['licensed', isrc, '--on', '2018-06-01', '--territory', 'FR', '--right', 'mech']
    const { rights } = await place.json<LicensedDocument>(...words)
    const [right] = rights
    if (right === undefined) throw new Error('no right was answered')
    const { flags, licensed, unlicensed, unknown } = right
    return [flags, [licensed, unlicensed, unknown], (await place.run(...words)).stdout]
  }

  beforeAll(async () => {
    place.file('x/feed.yaml', ['feed: a/x', 'received: 2020-01-01'])
    place.file('x/parties.csv', ['party_id,name,ipi_name_number', 'P1,Alice,00000700162', 'P2,Bob,'])
    place.file('x/works.csv', ['work_id,title', 'W1,One', 'W2,Two'])
    place.file('x/recordings.csv', [
      'recording_id,title,isrc',
      ...['1', '2', '3'].map((n) => `R${n},Song ${n},ZZABC200000${n}`),
    ])
    place.file('x/links.csv', [
      'recording_id,work_id,weight',
      // A recording that names itself as its work, beside the work itself.
      ...['R1,R1,', 'R1,W1,', 'R2,W1,0.5', 'R2,W2,0.2', 'R3,W1,0.9', 'R3,W2,0.6'],
    ])
    place.file('x/shares.csv', [
      'work_id,party_id,share,share_kind,right',
      'W1,P1,100,licensing,mech',
      'W2,P2,100,licensing,mech',
    ])
    place.file('x/licences.csv', [
      'licence_id,right,coverage,licensor_party_id,repertoire',
      'L1,mech,by-claim,P1,all',
      'L2,mech,by-claim,P1,disputed',
    ])
    await place.json('ingest', path.join(place.folder, 'x'))
  }, 120_000)

  it('a work linked to itself stays unknown for its part', async () => {
    const [flags, figures, stdout] = await flagsOf('ZZABC2000001')
    expect(figures).toEqual([50, 0, 50])
    expect(flags).toContain('weights-assumed')
    expect(stdout).toContain('No statement about the shares of this work had been received.')
  }, 60_000)

  it('weights below 1 leave the rest unknown, and licences that disagree are named', async () => {
    const [flags, figures, stdout] = await flagsOf('ZZABC2000002')
    expect(figures).toEqual([50, 20, 30])
    expect(flags).toEqual(['weights-short', 'licences-contradict'])
    expect(stdout).toContain('the rest of the recording is unknown. Ask which work is missing.')
    expect(stdout).toContain('Licences contradict each other')
  }, 60_000)

  it('weights above 1 are scaled, which is said', async () => {
    const [flags, figures, stdout] = await flagsOf('ZZABC2000003')
    // 0.9 and 0.6 of 1.5.
    expect(figures).toEqual([60, 40, 0])
    expect(flags).toEqual(['weights-scaled', 'licences-contradict'])
    expect(stdout).toContain('they were scaled to 1')
  }, 60_000)
})
