/** Bad input through the real program: what is refused says why and leaves nothing behind, what is kept is kept exactly. */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ZipFile } from 'yazl'
import type { RejectsDocument } from '../../src/cli/views/rejects.js'
import { FIXTURES, type Place, placeForTest, rowsOf } from '../support/cli.js'

const WHEN = ['--feed', 'test/feed', '--published', '2024-01-01']
const WORKS = ['work_id,title', 'W1,One']
const MESSAGE = readFileSync(path.join(FIXTURES, 'catalogue/label-a/2019-01-20/mirage-0001.xml'), 'utf8')

/** The titles of works by id, as a look-up tells them. */
async function titles(place: Place, ...ids: string[]): Promise<unknown[]> {
  const told: unknown[] = []
  for (const id of ids) told.push(...rowsOf(await place.lookup(id), 'works').map(({ values }) => values.title))
  return told
}

/** Nothing published, nothing half done: not even an empty workspace. */
function expectUntouched(place: Place): void {
  expect(existsSync(place.workspace)).toBe(false)
}

describe('odd bytes in tables', () => {
  it('keeps a byte order mark out of the first column, and both kinds of line ends apart from the values', async () => {
    const place = placeForTest()
    const delivery = place.delivery('d', { 'works.csv': '\ufeffwork_id,title\r\nW1,One\r\nW2,"Two\r\nLines"\r\n' })
    const { files } = await place.snapshot(delivery, ...WHEN)
    expect(files[0]).toMatchObject({ lines: 4, header: 1, staged: 2, rejected: 0, continued: 1, blank: 0 })
    expect(await titles(place, 'W1', 'W2')).toEqual(['One', 'Two\r\nLines'])
  })

  it('keeps NUL and other control characters in the value, and never prints them raw', async () => {
    const place = placeForTest()
    const title = 'Tw\u0000o\u001b[2J\u0007\u009b31m\u202e'
    const delivery = place.delivery('d', { 'works.csv': [...WORKS, `W2,${title}`] })
    const { files } = await place.snapshot(delivery, ...WHEN)
    expect(files[0]).toMatchObject({ lines: 3, staged: 2, rejected: 0 })
    expect(await titles(place, 'W2')).toEqual([title])
    for (const args of [
      ['lookup', 'W2'],
      ['lookup', 'W2', '--json'],
      ['lookup', 'W\u001b[2J\u009b'],
    ]) {
      const { stdout, stderr } = await place.run(...args)
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    }
  })

  it('never prints control characters of refused lines, of file names or of columns raw', async () => {
    const place = placeForTest()
    const delivery = place.delivery('d', {
      'shares.csv': ['work_id,share,share_kind,right,mo\u001b[2Jod', 'W1,\u001b[31mx\u0007,licensing,mech,glum'],
      'no\u001b[2Jtes.txt': 'nothing to read',
    })
    const outputs = [
      await place.run('ingest', delivery, ...WHEN),
      await place.run('ingest', delivery, ...WHEN, '--json'),
      await place.run('ingest', delivery, ...WHEN, '--max-rejects', '1'),
      await place.run('rejects'),
      await place.run('rejects', '--json'),
    ]
    expect(outputs.map(({ code }) => code)).toEqual([3, 3, 0, 0, 0])
    for (const { stdout, stderr } of outputs) {
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    }
  })

  it('refuses a line of 100 MB alone, and reads its neighbours', async () => {
    const place = placeForTest()
    const delivery = place.delivery('d', {
      'works.csv': `work_id,title\nW1,One\nW2,${'x'.repeat(100_000_000)}\nW3,Three\n`,
    })
    const { files } = await place.snapshot(delivery, ...WHEN, '--max-rejects', '1')
    expect(files[0]).toMatchObject({ lines: 4, header: 1, staged: 2, rejected: 1 })
    expect(await titles(place, 'W1', 'W3')).toEqual(['One', 'Three'])
    const { lines } = await place.json<RejectsDocument>('rejects')
    expect(lines.map(({ line }) => line)).toEqual([3])
    expect(lines[0]?.raw.length).toBeLessThanOrEqual(10_000)
  })
})

describe('figures', () => {
  const HEADER = 'work_id,party_id,share,share_kind,right,valid_from,valid_to'
  const share = (party: string, text: string, from = '', to = '') => `W1,${party},${text},licensing,mech,${from},${to}`

  it('keeps shares outside 0 to 100 as they are and rejects what is no number', async () => {
    const place = placeForTest()
    const good = [share('A', '800'), share('B', '-5'), share('C', ' 50 '), share('D', '33.333333'), share('E', '')]
    const bad = ['"33,33"', '1e2', 'NaN', 'Infinity', '50%', '0x10', '1.2.3'].map((text, index) =>
      share(`Z${index}`, text),
    )
    const delivery = place.delivery('d', { 'shares.csv': [HEADER, ...good, ...bad] })
    const snapshot = await place.snapshot(delivery, ...WHEN, '--max-rejects', String(bad.length))
    expect(snapshot.files[0]).toMatchObject({ staged: good.length, rejected: bad.length })
    const told = rowsOf(await place.lookup('W1'), 'shares').map(({ values }) => [values.party_id, values.share])
    // Four decimals are shown at most.
    expect(told).toEqual([
      ['A', 800],
      ['B', -5],
      ['C', 50],
      ['D', 33.3333],
      ['E', null],
    ])
    const odd = snapshot.findings.filter(
      ({ relation, code }) => relation === 'shares' && code !== 'unresolved-reference',
    )
    expect(odd).toMatchObject([{ code: 'share-range', column: 'share', occurrences: 2 }])
    const { lines } = await place.json<RejectsDocument>('rejects')
    expect(lines.map(({ line, column }) => [line, column])).toEqual(bad.map((_, index) => [index + 7, 'share']))
  })

  it('reports periods that end before they begin, and keeps them', async () => {
    const place = placeForTest()
    const rows = [
      share('A', '1', '2020-01-01', '2020-01-02'),
      share('B', '2', '2020-01-01', '2020-01-01'),
      share('C', '3', '2020-03-01', '2019-12-31'),
      // Some day of 2020 may well be followed by another one of 2020; none is followed by one of 2019.
      share('D', '4', '2020', '2020'),
      share('E', '5', '2020', '2019'),
      share('F', '6', '', '2019-12-31'),
      share('G', '7', '2020-01-01'),
    ]
    const { files, findings } = await place.snapshot(place.delivery('d', { 'shares.csv': [HEADER, ...rows] }), ...WHEN)
    expect(files[0]).toMatchObject({ staged: 7, rejected: 0 })
    expect(findings.filter(({ code }) => code === 'date-order')).toEqual([
      {
        file: 'd/shares.csv',
        code: 'date-order',
        relation: 'shares',
        column: 'valid_to',
        line: 3,
        value: '2020-01-01 to 2020-01-01',
        occurrences: 3,
        message: 'ends before it has begun (the end itself is not part of it): kept, holds on no day',
      },
    ])
    const inclusive = place.delivery('e', { 'feed.yaml': ['end_dates: inclusive'], 'shares.csv': [HEADER, ...rows] })
    const last = await place.snapshot(inclusive, ...WHEN)
    // The last day of B is its first; C and E still end before they begin.
    expect(last.findings.filter(({ code }) => code === 'date-order')).toMatchObject([{ line: 4, occurrences: 2 }])
  })

  it('rejects days that do not exist; a day that is none of this calendar is no end', async () => {
    const place = placeForTest()
    const bad = ['2019-02-29', '2019-13-01', '0000-00-00', '10000-01-01', '31.12.2019', '2019-1-1']
    const rows = [
      share('A', '1', '2020-02-29', '9999-12-31'),
      share('B', '1', '2019', '2020-06'),
      ...bad.map((text, index) => share(`Z${index}`, '1', text)),
    ]
    const delivery = place.delivery('d', { 'shares.csv': [HEADER, ...rows] })
    const { files } = await place.snapshot(delivery, ...WHEN, '--max-rejects', String(bad.length))
    expect(files[0]).toMatchObject({ staged: 2, rejected: bad.length })
    const told = rowsOf(await place.lookup('W1'), 'shares').map(({ values }) => values)
    expect(told[0]).toMatchObject({ party_id: 'A', valid_from: '2020-02-29', valid_to: null })
    expect(told[1]).toMatchObject({ party_id: 'B', valid_from: '2019-01-01', valid_from_last: '2019-12-31' })
  })

  it('takes --max-rejects as lines or as a part of the lines, and not one more', async () => {
    const place = placeForTest()
    const rows = Array.from({ length: 198 }, (_, index) => share(`P${index}`, '1'))
    const delivery = place.delivery('d', { 'shares.csv': [HEADER, ...rows, share('X', 'x'), share('Y', 'y')] })
    // 2 of 200 are 1 %: the default lets them pass.
    for (const limit of ['1', '0.9%', '0']) {
      expect(await place.failure('ingest', delivery, ...WHEN, '--max-rejects', limit)).toMatchObject({
        code: 'too-many-rejects',
        exitCode: 3,
      })
    }
    expectUntouched(place)
    for (const limit of [['--max-rejects', '2'], ['--max-rejects', '1%'], []]) {
      expect((await place.run('ingest', delivery, ...WHEN, ...limit, '--dry-run')).code).toBe(0)
    }
  })
})

describe('packed files', () => {
  it('refuses a gzip bomb and a zip bomb without filling the disk', async () => {
    const place = placeForTest()
    const zeros = Buffer.alloc(150_000_000)
    const gz = place.file('gz/works.csv.gz', gzipSync(zeros, { level: 9 }))
    const zip = new ZipFile()
    zip.addBuffer(zeros, 'works.csv')
    zip.end()
    const chunks: Buffer[] = []
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer)
    const packed = place.file('zip/delivery.zip', Buffer.concat(chunks))
    for (const file of [gz, packed]) {
      const error = await place.failure('ingest', file, ...WHEN)
      expect(error).toMatchObject({ code: 'unpack-limit', exitCode: 3 })
      expect(error.message).toContain(path.basename(file))
    }
    expectUntouched(place)
  })

  it('reads a gzip file under its own name', async () => {
    const place = placeForTest()
    const file = place.file('works.csv.gz', gzipSync(Buffer.from('work_id,title\nW1,One\n')))
    const { files } = await place.snapshot(file, ...WHEN)
    expect(files.map(({ name, lines, staged }) => [name, lines, staged])).toEqual([['works.csv.gz', 2, 1]])
    expect(place.leftovers()).toEqual([])
  })
})

describe('a folder of ERN messages with a damaged one in the middle', () => {
  const folder = (place: Place): string =>
    place.delivery('d', {
      'a.xml': MESSAGE,
      'b.xml': MESSAGE.slice(0, MESSAGE.indexOf('</ReleaseList>')),
      'c.xml': MESSAGE.replaceAll('ZZRCL1800008', 'ZZRCL1800017'),
    })

  it('is refused beyond the limit, naming the message', async () => {
    const place = placeForTest()
    const error = await place.failure('ingest', folder(place), '--feed', 'test/ern')
    expect(error).toMatchObject({ code: 'too-many-rejects', exitCode: 3 })
    expect(error.examples?.join('\n')).toMatch(/d\/b\.xml:\d+: .*not well-formed/)
    expectUntouched(place)
  })

  it('loads the others within it, and lists the damaged one', async () => {
    const place = placeForTest()
    const { files, partial } = await place.snapshot(folder(place), '--feed', 'test/ern', '--max-rejects', '50%')
    expect(files.map(({ name, rejected }) => [name, rejected > 0])).toEqual([
      ['d/a.xml', false],
      ['d/b.xml', true],
      ['d/c.xml', false],
    ])
    expect(partial).toBe(true)
    const { lines } = await place.json<RejectsDocument>('rejects')
    // Two recordings, three releases, and the message itself where it breaks off.
    expect(lines.map(({ file, line }) => [file, line])).toEqual(
      [11, 16, 23, 28, 33, 38].map((line) => ['d/b.xml', line]),
    )
    expect(lines.slice(0, 3).map(({ raw }) => raw.slice(0, 16))).toEqual([
      '<SoundRecording>',
      '<SoundRecording>',
      '<Release IsMainR',
    ])
    expect(lines.every(({ reason }) => reason.startsWith('message refused (malformed) at d/b.xml, line 38'))).toBe(true)
    for (const isrc of ['ZZRCL1800008', 'ZZRCL1800017']) {
      expect(rowsOf(await place.lookup(isrc), 'recordings').length).toBe(1)
    }
  })
})

describe('dates of ERN messages', () => {
  it('may carry a zone, as an xs:date does: the day as written', async () => {
    const place = placeForTest()
    const zoned = MESSAGE.replaceAll(
      '<StartDate>2019-02-01</StartDate>',
      '<StartDate>2019-02-01+14:00</StartDate>',
    ).replace('</StartDate></ValidityPeriod>', '</StartDate><EndDate>2019-12-31Z</EndDate></ValidityPeriod>')
    expect(zoned).not.toBe(MESSAGE)
    await place.snapshot(place.delivery('d', { 'a.xml': zoned }), '--feed', 'test/ern')
    const licences = rowsOf(await place.lookup('ZZRCL1800008'), 'licences')
    // The first deal of the message, about the album in Japan, has the end: a whole day, so the next one is exclusive.
    expect(licences.map(({ values }) => [values.territories, values.valid_from, values.valid_to]).sort()).toEqual([
      ['JP', '2019-02-01', '2020-01-01'],
      ['WORLD|!DE', '2019-02-01', null],
    ])
  })
})

describe('paths and what is under them', () => {
  it('says what was looked for where nothing is recognised', async () => {
    const place = placeForTest()
    const delivery = place.delivery('d', { 'readme.txt': 'hello\n', 'scan.pdf': '%PDF-1.4\n' })
    const error = await place.failure('ingest', delivery, ...WHEN)
    expect(error).toMatchObject({ code: 'nothing-recognised', exitCode: 3 })
    for (const format of ['tables', 'BWARM', 'CWR', 'ERN', 'MusicBrainz'])
      expect(error.examples?.join('\n')).toContain(format)
    const plain = await place.run('ingest', delivery, ...WHEN)
    expect([plain.code, plain.stdout]).toEqual([3, ''])
    for (const format of ['tables', 'BWARM', 'CWR', 'ERN', 'MusicBrainz']) expect(plain.stderr).toContain(format)
  })

  it('names a path that is not there, and an empty folder', async () => {
    const place = placeForTest()
    const missing = await place.failure('ingest', path.join(place.folder, 'nowhere'), ...WHEN)
    expect(missing).toMatchObject({ code: 'no-such-file', exitCode: 3 })
    expect(missing.message).toContain('nowhere')
    mkdirSync(path.join(place.folder, 'empty'))
    expect((await place.failure('ingest', path.join(place.folder, 'empty'), ...WHEN)).message).toBe(
      'empty has no files.',
    )
    expectUntouched(place)
  })

  const isRoot = process.getuid?.() === 0
  it.skipIf(isRoot)('names a file that may not be read (root may read them all)', async () => {
    const place = placeForTest()
    const file = place.file('d/works.csv', WORKS)
    chmodSync(file, 0)
    const error = await place.failure('ingest', path.dirname(file), ...WHEN)
    expect(error).toMatchObject({ code: 'unreadable', exitCode: 3 })
    expect(error.message).toContain('works.csv')
  })

  it('refuses all of a folder where one table cannot be read: half a delivery would look like withdrawals', async () => {
    const place = placeForTest()
    const delivery = place.delivery('d', { 'works.csv': WORKS, 'shares.csv': ['a,b', '1,2'] })
    expect(await place.failure('ingest', delivery, ...WHEN)).toMatchObject({ code: 'missing-column', exitCode: 3 })
    expectUntouched(place)
  })

  it('refuses all deliveries of a call where one is bad', async () => {
    const place = placeForTest()
    const good = place.delivery('good', { 'works.csv': WORKS })
    const bad = place.delivery('bad', { 'works.csv': '' })
    expect((await place.failure('ingest', good, bad, ...WHEN)).exitCode).toBe(3)
    expectUntouched(place)
  })
})

describe('wrong command lines', () => {
  const LINES: readonly (readonly [string, readonly string[], string])[] = [
    ['both dates missing', ['--feed', 'test/feed'], 'no-dates'],
    ['the feed missing', ['--published', '2024-01-01'], 'no-feed'],
    ['a feed outside its folder', ['--feed', '../x', '--published', '2024-01-01'], 'bad-feed'],
    ['an unknown flag', ['--fed', 'test/feed'], 'unknown-flag'],
    ['a date that is none', ['--feed', 'test/feed', '--published', 'yesterday'], 'bad-date'],
    ['a day that is none', ['--feed', 'test/feed', '--received', '2024-02-30'], 'bad-date'],
    ['an unknown scope', [...WHEN, '--scope', 'half'], 'bad-flag'],
    ['an unknown format', [...WHEN, '--format', 'xls'], 'bad-flag'],
    ['a sequence that is no number', [...WHEN, '--sequence', 'one'], 'bad-flag'],
    ['a limit that is no number', [...WHEN, '--max-rejects', 'lots'], 'bad-flag'],
    ['a limit below zero', [...WHEN, '--max-rejects=-1'], 'bad-flag'],
    ['a limit beyond all lines', [...WHEN, '--max-rejects', '101%'], 'bad-flag'],
  ]

  it.each(LINES)('%s: exit 2, and what to type instead', async (_what, args, code) => {
    const place = placeForTest()
    const delivery = place.delivery('d', { 'works.csv': WORKS })
    const error = await place.failure('ingest', delivery, ...args)
    expect(error).toMatchObject({ code, exitCode: 2 })
    expect(error.suggestions.length).toBeGreaterThan(0)
    expectUntouched(place)
  })

  it('no path at all', async () => {
    const place = placeForTest()
    expect(await place.failure('ingest', '--feed', 'test/feed')).toMatchObject({
      code: 'missing-argument',
      exitCode: 2,
    })
  })

  it('a mapping that is not there or is none', async () => {
    const place = placeForTest()
    const delivery = place.file('d/any.csv', WORKS)
    const missing = await place.failure('ingest', delivery, ...WHEN, '--mapping', path.join(place.folder, 'no.yaml'))
    expect(missing).toMatchObject({ code: 'unreadable', exitCode: 3 })
    const wrong = place.file('wrong.yaml', 'relation: works\ncolums:\n  work_id: x\n')
    const error = await place.failure('ingest', delivery, ...WHEN, '--mapping', wrong)
    expect(error).toMatchObject({ code: 'unknown-key', exitCode: 3 })
    expect(error.message).toContain('wrong.yaml:2:1')
    expectUntouched(place)
  })
})

/** A file system of 24 MB, where this process may mount one; else undefined. */
function smallDisk(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', folder], { stdio: 'ignore' })
    onTestFinished(() => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' }))
    return true
  } catch {
    return false
  }
}

describe('a full disk', () => {
  it('is told as such, and leaves the store as it was', async ({ skip }) => {
    const place = placeForTest()
    if (!smallDisk(place.folder)) skip('no file system can be mounted here')
    // The delivery lies outside the small disk.
    const other = placeForTest()
    await place.snapshot(other.delivery('first', { 'works.csv': WORKS }), ...WHEN)
    const noise = (index: number) => `${(Math.imul(index, 2654435761) >>> 0).toString(36)}${index.toString(36)}`
    const rows = Array.from(
      { length: 1_500_000 },
      (_, index) => `W${index},${noise(index)} ${noise(index + 7)} ${noise(index + 13)}`,
    )
    const big = other.delivery('big', { 'works.csv': ['work_id,title', ...rows] })
    const error = await place.failure('ingest', big, '--feed', 'test/feed', '--published', '2024-02-01')
    expect(error).toMatchObject({ code: 'disk-full', exitCode: 5 })
    expect(error.suggestions.length).toBeGreaterThan(0)
    expect((await place.status()).generation).toBe(1)
    expect([place.names('generations'), place.names('snapshots').length, place.leftovers()]).toEqual([['1'], 1, []])
  })
})
