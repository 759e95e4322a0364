/** Detection, layouts and manifests, without a database. */
import { describe, expect, test } from 'vitest'
import { looksLikeBwarm } from '../../../src/ingest/bwarm/index.js'
import { findLayout } from '../../../src/ingest/bwarm/layout.js'
import { countMismatches, parseManifest } from '../../../src/ingest/bwarm/manifest.js'

const tsv = (...cells: string[]): string => cells.join('\t')
const hints = (name: string) => ({ name, tableType: null, version: '2.x' as const })

describe('looksLikeBwarm', () => {
  const manifest = [
    '#DataFeedVersionId',
    tsv('2.1', '3', 'The MLC', 'PADPIDA2020062405C', '', '', '2024-01-07T00:00:00Z'),
    tsv('Parties', 'parties.tsv', '5'),
    'EOF',
    '',
  ].join('\n')

  test('a manifest, whatever its name', () => {
    expect(looksLikeBwarm([{ name: 'list.txt', head: manifest }])).toBe(true)
  })

  test('a header row of the standard, whatever the name', () => {
    const head = `#${tsv('PartyRecordId', 'ISNI', 'IpiNameNumber', 'CisacSocietyId', 'DPID', 'FullName')}\n`
    expect(looksLikeBwarm([{ name: 'people.tsv', head }])).toBe(true)
  })

  test('the name of a table with just its number of cells', () => {
    const row = `${Array(12).fill('x').join('\t')}\n`
    expect(looksLikeBwarm([{ name: 'dump/workrightshares.tsv', head: row.repeat(3) }])).toBe(true)
    expect(looksLikeBwarm([{ name: 'dump/workrightshares.tsv', head: 'a\tb\tc\n' }])).toBe(false)
    expect(looksLikeBwarm([{ name: 'dump/anything.tsv', head: row }])).toBe(false)
  })

  test.each([
    ['plain tables of the same name', 'works.tsv', 'work_id\ttitle\tiswc\nW1\tSong\tT0345246801\n'],
    ['a CSV', 'works.csv', 'FeedProvidersWorkId,ISWC,WorkTitle\n1,2,3\n'],
    ['an empty file', 'works.tsv', ''],
    ['a registration', 'CW220001.V21', 'HDRPB000000000SENDER\nGRHNWR0000102.10\n'],
    ['XML', 'a.xml', '<ern:NewReleaseMessage/>'],
  ])('not: %s', (_what, name, head) => {
    expect(looksLikeBwarm([{ name, head }])).toBe(false)
  })
})

describe('findLayout', () => {
  test('by header row: names of either version, in the order of the file', () => {
    const header = `#${tsv('ResourceRecordId', 'Title', 'ISRC', 'Mood', 'DisplayArtistName', 'ResourceType')}`
    const found = findLayout([header, tsv('R1', 'Song', '', 'calm', 'X', 'SoundRecording')], hints('recordings.tsv'))
    expect(found).toMatchObject({
      kind: 'layout',
      layout: { cells: ['record', 'title', 'isrc', null, 'artist', 'kind'], headerLines: 1, version: '2.x' },
    })
    expect(found.kind === 'layout' && [...found.layout.unknown]).toEqual([[3, 'Mood']])
  })

  test.each([
    ['works.tsv', 11, '1.0'],
    ['works.tsv', 13, '2.x'],
    ['musicalworks.tsv', 11, '1.0'],
    ['recordings.tsv', 14, '1.0'],
    ['recordings.tsv', 17, '2.x'],
    ['releases.tsv', 11, '1.0'],
    ['releases.tsv', 13, '2.x'],
  ])('by the number of cells: %s with %i cells is %s', (name, count, version) => {
    const found = findLayout([Array(count).fill('x').join('\t')], hints(name))
    expect(found).toMatchObject({ kind: 'layout', layout: { version, headerLines: 0 } })
  })

  test('an unknown number of cells is unusable, and says what was seen', () => {
    expect(findLayout([tsv('a', 'b', 'c')], hints('works.tsv'))).toMatchObject({
      kind: 'unusable',
      seen: '3 cells per line',
    })
    expect(findLayout(['#One\tTwo', 'a\tb'], hints('works.tsv'))).toMatchObject({ kind: 'unusable', seen: 'One, Two' })
  })

  test('a file of no table is unknown', () => {
    expect(findLayout([tsv('a', 'b')], hints('readme.txt'))).toEqual({ kind: 'unknown' })
  })
})

describe('manifests', () => {
  test('are read record by record, and every line is tallied', () => {
    const lines = [
      '#DataFeedVersionId\tAvsVersionId',
      tsv('2.0', '5', 'Sender', 'PADPIDA2007081601G', 'Someone', '', '2024-01-07T06:30:00+01:00'),
      '#TableType\tFileName',
      tsv('Parties', 'parties.tsv', '12', '0123456789ABCDEF0123456789abcdef'),
      tsv('Releases', 'releases.tsv', '0', ''),
      'what is this',
      '',
      'EOF',
    ]
    expect(parseManifest(lines)).toEqual({
      version: '2.0',
      senderName: 'Sender',
      senderDpid: 'PADPIDA2007081601G',
      created: '2024-01-07T06:30:00+01:00',
      files: [
        { tableType: 'Parties', fileName: 'parties.tsv', lines: 12, md5: '0123456789abcdef0123456789abcdef' },
        { tableType: 'Releases', fileName: 'releases.tsv', lines: 0, md5: null },
      ],
      hasFooter: true,
      unread: [6],
      tally: { header: 4, staged: 2, rejected: 1, blank: 1 },
    })
  })

  test('count lines with or without header rows, but one way for the whole delivery', () => {
    const file = (name: string, stated: number, lines: number) => ({ name, stated, lines, header: 1, blank: 0 })
    expect(countMismatches([file('a', 10, 10), file('b', 5, 5)])).toEqual([])
    expect(countMismatches([file('a', 9, 10), file('b', 4, 5)])).toEqual([])
    // Without headers counted, the last file is cut by one line; with them it would seem whole.
    const cut = file('c', 7, 7)
    expect(countMismatches([file('a', 9, 10), file('b', 4, 5), cut])).toEqual([cut])
  })
})
