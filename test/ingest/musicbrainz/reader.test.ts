/** MusicBrainz dumps: real table files (skipped when absent) and small ones made here. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../../src/errors.js'
import { looksLikeMusicBrainz, readMusicBrainz } from '../../../src/ingest/musicbrainz/index.js'
import fc from '../../support/property.js'
import { temporaryFolder } from '../../support/workspaces.js'
import { stage, tallied } from '../bwarm/kit.js'

const SAMPLES = path.resolve('../shared/data/musicbrainz')

const UUID = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** Writes table files, cells as COPY text has them, and reads them. */
async function read(
  tables: Readonly<Record<string, readonly (readonly string[])[]>>,
  change: (text: string) => string | Buffer = (text) => text,
) {
  const folder = temporaryFolder()
  mkdirSync(`${folder}/mbdump`)
  const inputs = Object.entries(tables).map(([name, rows]) => {
    const file = `${folder}/mbdump/${name}`
    writeFileSync(file, change(rows.map((cells) => `${cells.join('\t')}\n`).join('')))
    return { name: `mbdump/${name}`, path: file }
  })
  return stage(folder, inputs, readMusicBrainz)
}

const NULL = '\\N'
const recording = (
  id: number,
  name: string,
  credit: number,
  more: { length?: string; comment?: string; video?: string } = {},
) => [String(id), UUID(id), name, String(credit), more.length ?? NULL, more.comment ?? '', '0', NULL, more.video ?? 'f']
const work = (id: number, name: string) => [String(id), UUID(id), name, NULL, '', '0', NULL]
const link = (id: number, type: number, dates = [NULL, NULL, NULL, NULL, NULL, NULL]) => [
  String(id),
  String(type),
  ...dates,
  '0',
  '2011-01-18 15:31:00+00',
  'f',
]
const relation = (id: number, by: number, from: number, to: number) => [
  String(id),
  String(by),
  String(from),
  String(to),
  '0',
  NULL,
  '0',
  '',
  '',
]
const artist = (id: number, name: string) => [
  String(id),
  UUID(id),
  name,
  name,
  ...Array(6).fill(NULL),
  '1',
  NULL,
  NULL,
  '',
  '0',
  NULL,
  'f',
  NULL,
  NULL,
]

describe.skipIf(!existsSync(SAMPLES))('the sample tables', () => {
  const inputs = () =>
    readdirSync(SAMPLES)
      .sort()
      .map((name) => ({ name: `mbdump/${name}`, path: path.join(SAMPLES, name) }))
  const readSamples = () => stage(temporaryFolder(), inputs(), readMusicBrainz, [SAMPLES])

  test('every line is accounted for, and every row of the main tables is there', async () => {
    const outcome = await readSamples()
    expect(outcome.files.map(tallied)).toEqual(outcome.files.map(({ lines }) => lines))
    expect(outcome.result).toEqual({
      schema: null,
      created: null,
      partial: false,
      relations: ['links', 'parties', 'recordings', 'works'],
    })
    expect(await outcome.rows('recordings', 'count(*) AS n, count(isrc) AS isrcs')).toEqual([{ n: 126, isrcs: 17 }])
    expect(await outcome.rows('works', 'count(*) AS n')).toEqual([{ n: 52 }])
    expect(await outcome.rows('links', 'count(*) AS n')).toEqual([{ n: 50 }])
    expect(await outcome.rejects()).toEqual([])
    expect(outcome.findings).toEqual([])
    await outcome.close()
  })

  test('values of recording, isrc and artist_credit, traced to their lines', async () => {
    const outcome = await readSamples()
    const all = await outcome.rows('recordings', 'line, recording_id, title, artist, duration_ms AS ms, isrc')
    const at = (line: number) => all.find((row) => row.line === line)
    expect(at(1)).toEqual({
      line: 1,
      recording_id: '44704dda-b877-4551-a2a8-c1f764476e65',
      title: 'On My Bus',
      artist: 'Plone',
      ms: 267_560,
      isrc: null,
    })
    expect(at(63)).toEqual({
      line: 63,
      recording_id: 'bf7845cc-eac3-48a3-8b06-543b4b7ba117',
      title: 'Hey Boy Hey Girl',
      artist: 'The Chemical Brothers',
      ms: 290_853,
      isrc: 'GBAAA9900303',
    })
    expect(at(76)).toMatchObject({ title: 'Flashback', ms: 318_946, isrc: 'GBAAA9900309' })
    expect(at(123)).toMatchObject({
      title: 'サマーれげぇ!レインボー (instrumental)',
      ms: 292_800,
      isrc: 'JPA600102459',
    })
    await outcome.close()
  })

  test('values of work, l_recording_work and l_artist_work, traced to their lines', async () => {
    const outcome = await readSamples()
    expect((await outcome.rows('works', 'line, work_id, title')).find(({ line }) => line === 4)).toEqual({
      line: 4,
      work_id: 'f5cdd40d-6dc3-358b-8d7d-22dd9d8f87a8',
      title: 'Asseswaving',
    })
    const links = await outcome.rows('links', 'line, recording_id, work_id')
    const at = (line: number) => links.find((row) => row.line === line)
    // 43140: recording 7905446 (line 104 of recording), work 7905446.
    expect(at(1)).toEqual({
      line: 1,
      recording_id: '4878bc36-7306-497a-b45a-561d9f7f8573',
      work_id: 'f5cdd40d-6dc3-358b-8d7d-22dd9d8f87a8',
    })
    // 60649: the instrumental, recording 4223061, of work 4223059.
    expect(at(2)).toEqual({
      line: 2,
      recording_id: 'eb818aa4-d472-4d2b-b1a9-7fe5f1c7d26e',
      work_id: '3c37b9fa-a6c1-37d2-9e90-657a116d337c',
    })
    // Both are composers (link 1123780 is of type 168); no other artist is linked to a work.
    expect(await outcome.rows('parties', 'party_id, name, kind, line')).toEqual([
      { party_id: '38c5cdab-5d6d-43d1-85b0-dac41bde186e', name: 'Blind Melon', kind: 'writer', line: 13 },
      { party_id: '472bc127-8861-45e8-bc9e-31e8dd32de7a', name: 'Distance', kind: 'writer', line: 11 },
    ])
    await outcome.close()
  })

  test('are recognised by what they hold', () => {
    const heads = inputs().map(({ name, path: file }) => ({ name, head: readFileSync(file, 'utf8') }))
    expect(looksLikeMusicBrainz(heads)).toBe(true)
    // The same name over something else is no dump.
    expect(looksLikeMusicBrainz([{ name: 'recording', head: 'id\tname\n1\tx\n' }])).toBe(false)
    expect(looksLikeMusicBrainz([{ name: 'work.tsv', head: 'work_id\ttitle\nW1\tSong\n' }])).toBe(false)
  })
})

describe('COPY text', () => {
  test('NULL, empty text and backslash escapes', async () => {
    const outcome = await read({
      recording: [
        recording(1, 'Tab\\there', 1),
        recording(2, 'AC\\\\DC \\\\N', 1),
        recording(3, 'two\\nlines', 1, { comment: 'live', video: 't' }),
        recording(4, '"quoted', 1, { length: '-5' }),
      ],
      artist_credit: [['1', 'A & B', '2', '1', NULL, '0', UUID(9)]],
    })
    expect(await outcome.rows('recordings', 'line, title, artist, duration_ms, extra')).toEqual([
      { line: 1, title: 'Tab\there', artist: 'A & B', duration_ms: null, extra: null },
      { line: 2, title: 'AC\\DC \\N', artist: 'A & B', duration_ms: null, extra: null },
      { line: 3, title: 'two\nlines', artist: 'A & B', duration_ms: null, extra: '{"comment":"live","video":"true"}' },
      { line: 4, title: '"quoted', artist: 'A & B', duration_ms: null, extra: '{"length":"-5"}' },
    ])
    await outcome.close()
  })

  test('schema 30 has a source in isrc and iswc; the control files tell schema and time', async () => {
    const isrc = (id: string, source: string[]) => [
      id,
      '1',
      `GBAAA990030${id}`,
      ...source,
      '0',
      '2011-01-18 15:56:00+00',
    ]
    for (const source of [[], [NULL]]) {
      const outcome = await read({
        recording: [recording(1, 'Song', 1)],
        isrc: [isrc('3', source), isrc('1', source)],
        work: [work(5, 'Song')],
        iswc: [['1', '5', 'T-034.524.680-1', ...source, '0', NULL]],
        SCHEMA_SEQUENCE: [[source.length === 0 ? '31' : '30']],
        TIMESTAMP: [['2026-01-03 00:12:01.5+00']],
      })
      expect(outcome.result).toMatchObject({ schema: source.length === 0 ? 31 : 30, created: '2026-01-03T00:12:01.5Z' })
      expect(await outcome.rows('recordings', 'isrc')).toEqual([{ isrc: 'GBAAA9900301|GBAAA9900303' }])
      expect(await outcome.rows('works', 'iswc, work_id')).toEqual([{ iswc: 'T0345246801', work_id: UUID(5) }])
      await outcome.close()
    }
  })

  test('the release entered first gives title, barcode and labels', async () => {
    const release = (id: number, name: string, barcode: string) => [
      String(id),
      UUID(id),
      name,
      '1',
      '1',
      NULL,
      NULL,
      NULL,
      NULL,
      barcode,
      '',
      '0',
      '-1',
      NULL,
    ]
    const medium = (id: number, of: number) => [String(id), String(of), '1', NULL, '', '0', NULL, '1', UUID(id)]
    const track = (id: number, on: number) => [
      String(id),
      UUID(id),
      '1',
      String(on),
      '1',
      '1',
      'Song',
      '1',
      NULL,
      '0',
      NULL,
      'f',
    ]
    const label = (id: number, name: string) => [
      String(id),
      UUID(id),
      name,
      ...Array(6).fill(NULL),
      NULL,
      NULL,
      NULL,
      '',
      '0',
      NULL,
      'f',
    ]
    const outcome = await read({
      recording: [recording(1, 'Song', 1)],
      release: [release(20, 'Reissue', ''), release(7, 'First', '5901234123457')],
      medium: [medium(1, 20), medium(2, 7)],
      track: [track(1, 1), track(2, 2)],
      label: [label(1, 'South'), label(2, 'North')],
      release_label: [
        ['1', '7', '1', NULL, NULL],
        ['2', '7', '2', NULL, NULL],
      ],
    })
    expect(await outcome.rows('recordings', 'release_title, upc, label, extra')).toEqual([
      { release_title: 'First', upc: '05901234123457', label: 'North|South', extra: '{"releases":"2"}' },
    ])
    await outcome.close()
  })

  test('only performances are links; their dates stay beside the row; what meets nothing is kept and noted', async () => {
    const outcome = await read({
      recording: [recording(1, 'Song', 1)],
      work: [work(5, 'Song')],
      link: [link(1, 278, ['2001', '5', NULL, NULL, NULL, NULL]), link(2, 281)],
      l_recording_work: [relation(1, 1, 1, 5), relation(2, 2, 1, 5), relation(3, 1, 1, 99)],
    })
    expect(await outcome.rows('links', 'line, recording_id, work_id, valid_from, extra')).toEqual([
      { line: 1, recording_id: UUID(1), work_id: UUID(5), valid_from: null, extra: '{"performed_from":"2001-05"}' },
      { line: 3, recording_id: UUID(1), work_id: 'record:99', valid_from: null, extra: '{"performed_from":"2001-05"}' },
    ])
    expect(outcome.findings.map(({ code, line, value }) => [code, line, value])).toEqual([
      ['other-link-type', 2, '281'],
      ['unresolved-reference', 3, '99'],
    ])
    await outcome.close()
  })

  test('artists with an IPI or ISNI, or linked to a work, are parties; publishing makes no writer', async () => {
    const outcome = await read({
      artist: [artist(1, 'With IPI'), artist(2, 'Singer'), artist(3, 'Composer'), artist(4, 'House')],
      artist_ipi: [
        ['1', '00045620792', '0', NULL],
        ['1', '00130046332', '0', NULL],
      ],
      artist_isni: [['3', '000000012146438X', '0', NULL]],
      work: [work(5, 'Song')],
      link: [link(1, 168), link(2, 161)],
      l_artist_work: [relation(1, 1, 3, 5), relation(2, 2, 4, 5)],
    })
    expect(await outcome.rows('parties', 'name, kind, ipi_name_number AS ipi, isni')).toEqual([
      { name: 'Composer', kind: 'writer', ipi: null, isni: '000000012146438X' },
      { name: 'House', kind: null, ipi: null, isni: null },
      { name: 'With IPI', kind: null, ipi: '00045620792|00130046332', isni: null },
    ])
    expect(await outcome.rows('works', 'extra')).toEqual([{ extra: `{"writers":"${UUID(3)}"}` }])
    await outcome.close()
  })

  test('other tables are noted and kept aside; ragged and cut lines are counted', async () => {
    const tables = { recording: [recording(1, 'Song', 1), ['2', UUID(2), 'Short'], ['\\.']], tag: [['1', 'rock']] }
    const outcome = await read(tables, (text) => text.replace(/\n$/, ''))
    expect(outcome.files.map(({ tally }) => tally)).toEqual([
      { header: 1, staged: 1, rejected: 1, continued: 0, blank: 0 },
      { header: 0, staged: 1, rejected: 0, continued: 0, blank: 0 },
    ])
    expect(outcome.result.partial).toBe(true)
    expect(outcome.findings.map(({ code }) => code)).toEqual(['cut-last-line', 'unused-table'])
    expect(await outcome.rejects()).toMatchObject([{ line: 2, reason: 'the line has 3 cells, 9 were expected' }])
    await outcome.close()
  })

  test('lines that are not UTF-8 are read as Windows-1252; a lone carriage return and a NUL stay in their cell', async () => {
    const named = (id: number, name: string) => recording(id, name, 1)
    const rows = [named(1, 'Beyonc\xe9'), named(2, 'T\rwo'), named(3, 'a\0b'), ['4', 'caf\xe9\rx'], named(5, 'plain')]
    const outcome = await read({ recording: rows }, (text) => Buffer.from(text, 'latin1'))
    expect(await outcome.rows('recordings', 'line, title')).toEqual([
      { line: 1, title: 'Beyonc\u00e9' },
      { line: 2, title: 'T\rwo' },
      { line: 3, title: 'a\0b' },
      { line: 5, title: 'plain' },
    ])
    expect(await outcome.rejects()).toMatchObject([{ line: 4, raw: '4\tcaf\u00e9\rx' }])
    expect(outcome.files.map(({ lines, tally }) => [lines, tally])).toEqual([
      [5, { header: 0, staged: 4, rejected: 1, continued: 0, blank: 0 }],
    ])
    expect(outcome.findings.map(({ code, line, occurrences }) => [code, line, occurrences])).toEqual([
      ['encoding', 1, 2],
    ])
    await outcome.close()
  })

  test('line ends of two kinds, and of carriage returns alone', async () => {
    const rows = [recording(1, 'One', 1), recording(2, 'Two', 1)]
    for (const change of [
      (text: string) => text.replace('\n', '\r\n'),
      (text: string) => text.replaceAll('\n', '\r'),
    ]) {
      const outcome = await read({ recording: rows }, change)
      expect((await outcome.rows('recordings', 'line, title')).map(({ line, title }) => [line, title])).toEqual([
        [1, 'One'],
        [2, 'Two'],
      ])
      expect(outcome.files.map(tallied)).toEqual([2])
      expect([outcome.files[0]?.lines, outcome.result.partial, outcome.findings]).toEqual([2, false, []])
      await outcome.close()
    }
  })

  test('a known table with other columns is refused', async () => {
    await expect(read({ work: [['1', 'no uuid', 'x']] })).rejects.toThrow(InputError)
  })
})

test('property: with bytes changed at random every line is accounted for, or the layout is refused', async () => {
  const rows = Array.from({ length: 12 }, (_, index) => recording(index + 1, `Song ${index}`, 1, { comment: 'a\\tb' }))
  const hit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.constantFrom(0, 9, 10, 13, 28, 34, 46, 92, 0x80, 0xe9, 0xff),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(hit, { minLength: 1, maxLength: 8 }), async (hits) => {
      try {
        const outcome = await read({ recording: rows }, (text) => {
          const bytes = Buffer.from(text, 'latin1')
          for (const { at, byte } of hits) bytes[Math.floor(at * (bytes.length - 1))] = byte
          return bytes
        })
        expect(outcome.files.map(tallied)).toEqual(outcome.files.map(({ lines }) => lines))
        await outcome.close()
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        expect(error.code).toBe('unknown-layout')
      }
    }),
    { numRuns: 15 },
  )
})
