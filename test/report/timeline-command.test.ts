/** `recital timeline` with the fixtures: what a stretch rests on, works by themselves, and files. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TimelineDocument } from '../../src/cli/views/timeline-document.js'
import { FIXTURES, placeForSuite } from '../support/cli.js'

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

const timeline = (...args: string[]) => place.json<TimelineDocument>('timeline', ...args)

/** Where statements stand, as `file:line`. */
const places = ({ sources }: TimelineDocument, statements: readonly string[] = []) =>
  statements.map((name) => `${sources[name]?.file}:${sources[name]?.line}`).sort()

describe('the document', () => {
  it('tells what each stretch rests on', async () => {
    const document = await timeline('ZZRCL1800003', '--territory', 'FR', '--right', 'mech')
    const [lane] = document.rights
    // fixtures/README.md: licences.csv lines 4 and 5, with a gap between; the claim is shares.csv line 11, the link line 4.
    const always = ['2018-06-01/shares.csv:11', '2020-01-01/links.csv:4']
    expect(lane?.segments.map((segment) => [segment.from, segment.to, places(document, segment.statements)])).toEqual([
      [null, '2018-01-01', always],
      ['2018-01-01', '2020-01-01', [always[0], '2020-01-01/licences.csv:4', always[1]]],
      ['2020-01-01', '2020-03-01', always],
      ['2020-03-01', null, [always[0], '2020-01-01/licences.csv:5', always[1]]],
    ])
    expect(document.basis.feeds.map(({ feed }) => feed)).toEqual(['smba/works', 'streamland/rights'])
  })

  it('tells each work by itself', async () => {
    // The medley: the first work is A's alone, the second is 40 A's and 60 B's; A is licensed from 2017-01-01.
    const document = await timeline('ZZRCL1800005', '--territory', 'US', '--right', 'mech', '--from', '2019-01-01')
    const works = document.rights[0]?.works ?? []
    expect(
      works.map(({ work, segments }) => [work.iswc, segments.map((each) => [each.licensed, each.unlicensed])]),
    ).toEqual([
      ['T9000000055', [[100, 0]]],
      ['T9000000066', [[40, 60]]],
    ])
    expect(works.map(({ segments }) => places(document, segments[0]?.statements))).toEqual([
      ['2018-06-01/shares.csv:12', '2020-01-01/licences.csv:2', '2020-01-01/links.csv:6'],
      ['2018-06-01/shares.csv:13', '2018-06-01/shares.csv:14', '2020-01-01/licences.csv:2', '2020-01-01/links.csv:7'],
    ])
  })
})

describe('files', () => {
  const names = ['one.html', 'one.svg']
  const write = (...more: string[]) => place.run('timeline', 'ZZRCL1800003', '--territory', 'FR', ...more)
  const at = (name: string) => path.join(place.folder, name)

  it('are written and named, and are the same bytes every time', async () => {
    const first = await write('--html', 'one.html', '--svg', 'one.svg')
    expect(first).toMatchObject({ code: 0, stdout: 'Wrote one.html\nWrote one.svg\n', stderr: '' })
    await write('--html', 'two.html', '--svg', 'two.svg')
    for (const name of names) {
      expect(readFileSync(at(name), 'utf8')).toBe(readFileSync(at(name.replace('one', 'two')), 'utf8'))
      expect(readFileSync(at(name), 'utf8')).toContain('Sixty Days of Fog')
      // Nothing of this machine is in them.
      expect(readFileSync(at(name), 'utf8')).not.toContain(place.folder)
    }
  })

  it('are not written over unless it is said', async () => {
    writeFileSync(at('kept.html'), 'kept')
    const refused = await write('--html', 'kept.html', '--svg', 'never.svg')
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toBe('error: kept.html exists already.\n  next: Name another file, or give --overwrite\n')
    // Nothing is half done: the other was not written either.
    expect(existsSync(at('never.svg'))).toBe(false)
    expect(readFileSync(at('kept.html'), 'utf8')).toBe('kept')
    expect((await write('--html', 'kept.html', '--overwrite')).code).toBe(0)
    expect(readFileSync(at('kept.html'), 'utf8')).toContain('</html>')
  })

  it('need a folder that is there and a name of their own', async () => {
    const failure = (...args: string[]) => place.failure('timeline', 'ZZRCL1800003', ...args)
    expect(await failure('--html', 'nowhere/x.html')).toMatchObject({ code: 'no-such-folder', exitCode: 2 })
    expect(await failure('--html', '.')).toMatchObject({ code: 'not-a-file', exitCode: 2 })
    expect(await failure('--html', 'x.out', '--svg', './x.out')).toMatchObject({ code: 'same-file', exitCode: 2 })
    expect(existsSync(at('x.out'))).toBe(false)
  })

  it('are written beside the JSON as well', async () => {
    const document = await timeline('ZZRCL1800003', '--territory', 'FR', '--svg', 'json.svg')
    expect(document.kind).toBe('recital.timeline')
    expect(existsSync(at('json.svg'))).toBe(true)
  })

  it('are not written when the question fails', async () => {
    expect(await place.failure('timeline', 'NOBODY', '--html', 'no.html')).toMatchObject({ code: 'unknown-recording' })
    expect(existsSync(at('no.html'))).toBe(false)
  })
})
