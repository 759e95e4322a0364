/** Real and specimen files of senders through the real program: read whole, or refused with the reason. */
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Place, PROJECT, placeForTest, type Snapshot } from '../support/cli.js'

const DATA = path.resolve(PROJECT, '../shared/data')
const CWR = path.join(DATA, 'cwr')
const CWR_3 = 'dmp_CW220002DMP_0000_V3-0-0.SUB'
const isMissing = !existsSync(DATA)

/** lines = header + staged + rejected + continued + blank, and something was staged at all. */
function expectProved(snapshot: Snapshot | undefined): void {
  expect(snapshot?.files.length).toBeGreaterThan(0)
  for (const { name, lines, header, staged, rejected, continued, blank } of snapshot?.files ?? []) {
    expect([name, header + staged + rejected + continued + blank]).toEqual([name, lines])
  }
  expect(Object.values(snapshot?.relations ?? {}).reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(0)
}

const copied = (place: Place, folder: string, names: readonly string[]): string => {
  const target = path.join(place.folder, folder)
  mkdirSync(target, { recursive: true })
  for (const name of names) copyFileSync(path.join(CWR, name), path.join(target, name))
  return target
}

describe.skipIf(isMissing)('CWR samples', () => {
  /** With the limit that lets the damage pass, where there is any (see the notes that came with the samples). */
  const READ: readonly (readonly [string, ...string[]])[] = [
    ['weso_nwrexample2.V21'],
    ['dmp_CW220001DMP_000.V21'],
    ['dmp_CW220001052_DMP.V21'],
    ['max1_sample_v21.V21'],
    ['labeltools_ascap_ack.txt', '--max-rejects', '100%', '--published', '2020-01-01'],
    ['dmp_CW220004DMP_000_bad.V21', '--max-rejects', '100%'],
    ['weso_demo_cwr_cleaned.v22', '--max-rejects', '100%'],
  ]

  it.each(READ)('%s is read', async (name, ...flags) => {
    const place = placeForTest()
    expectProved(await place.snapshot(path.join(CWR, name), '--feed', 'test/cwr', ...flags))
  })

  const REFUSED: readonly (readonly [string, RegExp])[] = [
    ['strippeddown_sample_cwr_2.2.txt', /strippeddown_sample_cwr_2\.2\.txt/],
    ['dmp_CW220004DMP_000_bad.V21', /dmp_CW220004DMP_000_bad\.V21/],
    [CWR_3, /CWR 3\.x cannot be read yet/],
  ]

  it.each(REFUSED)('%s is refused', async (name, words) => {
    const place = placeForTest()
    const error = await place.failure('ingest', path.join(CWR, name), '--feed', 'test/cwr', '--published', '2022-01-01')
    expect(error.exitCode).toBe(3)
    expect(error.message).toMatch(words)
    expect(place.leftovers()).toEqual([])
  })

  it('max1_broken.V21, which ends in a transaction and states no date, is read as incomplete once it is dated', async () => {
    const place = placeForTest()
    const file = path.join(CWR, 'max1_broken.V21')
    expect(await place.failure('ingest', file, '--feed', 'test/cwr')).toMatchObject({ code: 'no-dates', exitCode: 2 })
    const snapshot = await place.snapshot(file, '--feed', 'test/cwr', '--published', '2014-11-18')
    expectProved(snapshot)
    expect(snapshot.partial).toBe(true)
    expect(snapshot.findings.map(({ code }) => code)).toContain('truncated')
  })

  it('a CWR 3 file among good ones is left out by name, the good ones are read', async () => {
    const place = placeForTest()
    const folder = copied(place, 'd', ['weso_nwrexample2.V21', CWR_3, 'dmp_CW220001DMP_000.V21'])
    const { code, stdout, stderr } = await place.run('ingest', folder, '--feed', 'test/cwr', '--json')
    expect(code, stderr).toBe(0)
    const document = JSON.parse(stdout)
    expect(document.skipped).toMatchObject([{ name: `d/${CWR_3}`, reason: expect.stringContaining('CWR 3.x') }])
    expect(stderr).toContain(`d/${CWR_3}`)
    expect(document.snapshots.length).toBe(2)
    for (const snapshot of document.snapshots) expectProved(snapshot)
  })
})

describe.skipIf(isMissing)('ERN samples', () => {
  const folders = isMissing ? [] : readdirSync(DATA).filter((name) => name.startsWith('ern'))
  /** Not well-formed as published. */
  const BROKEN = ['Profile_TVSeries_FimBundle.xml', 'Profile_NonInteractiveSubscriptionStreamingService.xml']

  it.each(folders)('%s is read', async (folder) => {
    const place = placeForTest()
    const { files, partial, ...rest } = await place.snapshot(
      path.join(DATA, folder),
      '--feed',
      'test/ern',
      '--max-rejects',
      '50%',
    )
    expectProved({ files, partial, ...rest })
    expect(files.length).toBe(readdirSync(path.join(DATA, folder)).length)
    const refused = files.filter(({ rejected }) => rejected > 0).map(({ name }) => path.basename(name))
    expect(
      refused.every((name) => BROKEN.includes(name)),
      refused.join(),
    ).toBe(true)
    expect(partial).toBe(refused.length > 0)
  })
})

describe.skipIf(isMissing)('a MusicBrainz dump', () => {
  it('is read, and its recordings are found', async () => {
    const place = placeForTest()
    const when = ['--published', '2024-01-01']
    const snapshot = await place.snapshot(path.join(DATA, 'musicbrainz'), ...when)
    expectProved(snapshot)
    expect([snapshot.feed, snapshot.format]).toEqual(['musicbrainz/mbdump', 'musicbrainz'])
    expect(snapshot.relations.recordings?.rows).toBeGreaterThan(0)
  })
})

describe.skipIf(isMissing)('entities that grow without end', () => {
  it('are refused at once', async () => {
    const place = placeForTest()
    const error = await place.failure(
      'ingest',
      path.join(DATA, 'xml_attack/billion-laughs.xml'),
      '--feed',
      'test/ern',
      '--published',
      '2024-01-01',
    )
    expect(error.exitCode).toBe(3)
    expect([error.message, ...(error.examples ?? [])].join('\n')).toMatch(/billion-laughs\.xml/)
    expect(place.leftovers()).toEqual([])
  })
})
