import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors.js'
import { looksLikeCwr } from '../../../src/ingest/cwr/index.js'
import fc from '../../support/property.js'
import { collect } from './collect.js'
import { file, group, header, publisher, publisherTerritory, record, work, writer, writerTerritory } from './make.js'

const HALF = ['02500', '05000', '05000'] as const
const ACME = { party: 'P1', name: 'ACME MUSIC', ipi: '00000000297' }

const song = (transaction: number, number: string, type = 'NWR') => [
  work(transaction, `SONG ${number}`, number, type),
  publisher('SPU', transaction, 1, { ...ACME, shares: HALF }),
  publisherTerritory(transaction, 2, ACME.party, HALF, 'I2136'),
  writer('SWR', transaction, 3, { party: 'W1', last: 'DOE', shares: HALF }),
  writerTerritory(transaction, 4, 'W1', HALF, 'I2136'),
]

const acknowledgement = (transaction: number) =>
  record(
    'ACK',
    transaction,
    0,
    [20, '20180516'],
    [28, '091051'],
    [34, '00001'],
    [39, '00000007'],
    [47, 'NWR'],
    [50, 'SONG'],
    [110, 'S1'],
    [150, '20180607'],
    [158, 'CO'],
  )

describe('detection', () => {
  it('goes by the first record', () => {
    expect(looksLikeCwr(Buffer.from(file([song(0, 'S1')])))).toBe(true)
    expect(looksLikeCwr(Buffer.from(`\ufeff\r\n${header}\n`))).toBe(true)
    expect(looksLikeCwr(Buffer.from('HDR09000000020TEST PUBLISHER'))).toBe(true)
    expect(looksLikeCwr(Buffer.from(`${group('NWR')}\n`))).toBe(true)
    expect(looksLikeCwr(Buffer.from(`${header}\n${group('WRK', '03.00')}\n`))).toBe('cwr-3')
    const header3 = 'HDRPBDMP TEST PUBLISHER'.padEnd(65, ' ').concat('2020012214074420200122').padEnd(102, ' ')
    expect(looksLikeCwr(Buffer.from(`${header3}3.0000\n`))).toBe('cwr-3')
    for (const other of ['', 'HDRIVE,price\n', 'HEAD\tDSR', 'work_id,title\n', '<ern:NewReleaseMessage>', '\0\0\0']) {
      expect(looksLikeCwr(Buffer.from(other))).toBe(false)
    }
  })
})

describe('transactions', () => {
  it('a revision gives the rows of a registration, under the same unit', async () => {
    const first = await collect(file([song(0, 'S1')]))
    const again = await collect(file([song(0, 'S1', 'REV')], 'REV'))
    expect(again.rows).toEqual(first.rows)
    expect(new Set(again.rows.map(({ place }) => place.unit))).toEqual(new Set(['S1']))
  })

  it('an answer with the registration it repeats, its messages and a conflicting work gives one row', async () => {
    const echo = song(0, 'S1').map(
      (line, index) => line.slice(0, 11) + String(index + 1).padStart(8, '0') + line.slice(19),
    )
    const all = await collect(
      file(
        [
          [
            acknowledgement(0),
            record(
              'MSG',
              0,
              1,
              [20, 'T'],
              [21, '00000002'],
              [29, 'SPU'],
              [32, 'T'],
              [33, '123'],
              [36, 'SHARE CONFLICT'],
            ),
            ...echo,
            record('EXC', 0, 9, [20, 'OTHER SONG'], [82, 'S9'], [96, 'T0345246801']),
          ],
          [acknowledgement(1)],
        ],
        'ACK',
      ),
    )
    expect(all.rows.map(({ relation }) => relation)).toEqual(['acknowledgements', 'acknowledgements'])
    expect(all.rows[0]?.values.messages).toBe('T SPU T 123: SHARE CONFLICT')
    expect(all.rows[0]?.place.extra).toEqual({ conflicting_works: 'OTHER SONG S9 T0345246801' })
    expect(all.noted('conflicting-work')).toMatchObject([{ line: 10, value: 'S9' }])
    expect(all.result).toMatchObject({ kind: 'acknowledgements', complete: true })
    expect(all.result.tally).toMatchObject({ staged: 9, rejected: 0 })
  })

  it('a header that cannot be used takes its details with it', async () => {
    const all = await collect(file([[work(0, 'SONG', ''), ...song(0, 'S1').slice(1)], song(1, 'S2')]))
    expect(all.rejects.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7])
    expect(all.rejects[0]).toMatchObject({ reason: 'submitter work number is missing', column: 'work_id' })
    expect(all.rejects[1]?.reason).toContain('submitter work number is missing')
    expect(all.of('works').map(({ values }) => values.work_id)).toEqual(['S2'])
  })

  it('details of a lost header are not given to the work before', async () => {
    const [, ...orphans] = song(1, 'S2')
    const lost = await collect(file([song(0, 'S1'), orphans]))
    expect(lost.rejects.map(({ line, value }) => [line, value])).toEqual(
      [8, 9, 10, 11].map((line) => [line, '00000001']),
    )
    const garbled = await collect(
      file([song(0, 'S1'), ['#W?'.concat(work(0, 'SONG', 'S2').slice(3)), ...song(0, 'S2').slice(1)]]),
    )
    expect(garbled.rejects).toHaveLength(5)
    for (const { of } of [lost, garbled]) expect(of('shares').every(({ place }) => place.line < 8)).toBe(true)
  })

  it('records outside a transaction, unknown types and records after the trailer are refused, blanks counted', async () => {
    const text = file([song(0, 'S1')]).replace('SWR', 'garbage\r\n\r\n   \r\nSWR')
    const all = await collect(`${text.replace('GRH', `${song(0, 'S1')[1]}\r\nGRH`)}NWR\r\n`)
    expect(all.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'SPU stands outside a transaction'],
      [7, 'unknown record type "gar"'],
      [14, 'the record stands after the file trailer (TRL)'],
    ])
    expect(all.result.tally).toEqual({ header: 4, staged: 5, rejected: 3, continued: 0, blank: 2 })
  })

  it('a work registered twice in a file is noted', async () => {
    const all = await collect(file([song(0, 'S1'), song(1, 'S1')]))
    expect(all.noted('repeated-registration')).toMatchObject([{ line: 8, value: 'S1' }])
  })
})

describe('trailers', () => {
  it('a file without trailer is truncated, and a line cut at its end refused', async () => {
    const whole = file([song(0, 'S1'), song(1, 'S2')])
    const cut = whole.slice(0, whole.lastIndexOf('SWT') + 32)
    const all = await collect(cut)
    expect(all.result.complete).toBe(false)
    expect(all.noted('truncated')).toMatchObject([{ value: 'S2' }])
    expect(all.rejects.at(-1)?.reason).toBe('the file ends inside this line')
    expect(all.of('works').map(({ place }) => place.extra?.incomplete === undefined)).toEqual([true, false])
  })

  it('a last line without line end is whole when it is the trailer', async () => {
    const all = await collect(file([song(0, 'S1')]).trimEnd())
    expect(all.result).toMatchObject({ complete: true, tally: { header: 4, staged: 5, rejected: 0 } })
  })

  it('wrong counts are noted and the file is not complete', async () => {
    const all = await collect(file([song(0, 'S1')]).replace('TRL0000100000001', 'TRL0000100000002'))
    expect(all.result.complete).toBe(false)
    expect(all.noted('count-mismatch')).toMatchObject([
      { value: '00000002', message: 'TRL states "00000002" transactions, the file has 1' },
    ])
  })

  it('versions that contradict each other are noted; the group header wins', async () => {
    const text = file([song(0, 'S1')], 'NWR', '02.20').replace('20180322\r\n', `20180322${' '.repeat(15)}2.1001\r\n`)
    const all = await collect(text)
    expect(all.result.version).toBe('2.2')
    expect(all.noted('version')).toHaveLength(1)
  })
})

describe('bytes', () => {
  it('lines may be cut short: what is missing is empty', async () => {
    const short = file([song(0, 'S1')])
      .split('\r\n')
      .map((line) => line.trimEnd())
      .join('\n')
    const all = await collect(short)
    expect(all.rows).toEqual((await collect(file([song(0, 'S1')]))).rows)
    const shortest = await collect(file([[work(0, 'SONG', 'S1').slice(0, 85), 'SPU000000000000000101P1       ACME']]))
    expect(shortest.of('works')).toHaveLength(1)
    expect(shortest.of('shares').map(({ values }) => values.share)).toEqual(['', '', ''])
  })

  const accented = (name: string) =>
    file([[work(0, 'S', '1'), writer('OWR', 0, 1, { party: 'W1', last: name, first: 'A', shares: HALF })]])
  const nameAndShare = async (content: Buffer) => {
    const all = await collect(content)
    const perf = all.of('shares').find(({ values }) => values.right === 'perf')
    return [all.of('parties')[0]?.values.name, perf?.values.share, all.notes.map(({ code }) => code).join()]
  }

  it('UTF-8 counts characters, Latin-1 is noted once', async () => {
    expect(await nameAndShare(Buffer.from(accented('MÜLLER')))).toEqual(['MÜLLER, A', '25.00', ''])
    expect(await nameAndShare(Buffer.from(accented('MÜLLER'), 'latin1'))).toEqual(['MÜLLER, A', '25.00', 'latin-1'])
    // One character, four bytes, and two of the UTF-16 units in which this test counts.
    expect(await nameAndShare(Buffer.from(accented('𝄞 CLEF')))).toEqual(['𝄞 CLEF, A', '25.00', 'positions'])
    const counted = accented('𝄞 CLEF ').replace('𝄞 CLEF ', '𝄞 CLEF  ')
    expect(await nameAndShare(Buffer.from(counted))).toEqual(['𝄞 CLEF, A', '25.00', ''])
  })

  it('UTF-8 whose positions were counted in bytes is read so', async () => {
    // Built as Latin-1 text of the UTF-8 bytes, so that the two bytes of the letter take two positions.
    const bytes = Buffer.from(accented(Buffer.from('MÜLLER').toString('latin1')), 'latin1')
    expect(await nameAndShare(bytes)).toEqual(['MÜLLER, A', '25.00', 'positions'])
  })

  it('NUL and other control characters are kept', async () => {
    const all = await collect(file([[work(0, 'A\0B\x1b[2JC', 'S1')]]))
    expect(all.of('works')[0]?.values.title).toBe('A\0B\x1b[2JC')
  })

  it('a huge line is refused and cut, and reading goes on', async () => {
    const [first = '', ...rest] = song(0, 'S1')
    const all = await collect(file([[first, `ALT${'x'.repeat(5_000_000)}`, ...rest]]), 60_000)
    expect(all.rejects).toMatchObject([{ line: 4, reason: 'the line is longer than 65536 bytes' }])
    expect(all.rejects[0]?.raw).toHaveLength(10_000)
    expect(all.of('shares')).toHaveLength(12)
  })
})

it('any damage: never fails, and every line is tallied once', async () => {
  const whole = Buffer.from(file([song(0, 'S1'), [acknowledgement(1)], song(2, 'S2')]))
  const damage = fc.record({
    at: fc.nat(whole.length - 1),
    how: fc.constantFrom('replace', 'cut', 'insert'),
    bytes: fc.oneof(
      fc.uint8Array({ maxLength: 30 }),
      fc.constantFrom('\n', '\r\n', ' ', '0', 'SPU', 'NWR').map(Buffer.from),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 6 }), async (damages) => {
      let bytes = whole
      for (const { at, how, bytes: extra } of damages) {
        const skipped = how === 'insert' ? 0 : how === 'cut' ? 40 : extra.length
        bytes = Buffer.concat([
          bytes.subarray(0, at),
          how === 'cut' ? Buffer.alloc(0) : extra,
          bytes.subarray(at + skipped),
        ])
      }
      const text = bytes.toString('latin1')
      const lines = text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0)
      const all = await collect(bytes).catch((error: unknown) => {
        if (error instanceof InputError && error.code === 'cwr-3') return null
        throw error
      })
      if (all === null) return
      const { header: headers, staged, rejected, continued, blank } = all.result.tally
      expect(headers + staged + rejected + continued + blank).toBe(lines)
      expect(all.rejects).toHaveLength(rejected)
      for (const { place } of all.rows) expect(place.line).toBeLessThanOrEqual(lines)
    }),
    { numRuns: 150 },
  )
})
