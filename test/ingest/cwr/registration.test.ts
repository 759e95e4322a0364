import { describe, expect, it } from 'vitest'
import { collect, type GivenRow } from './collect.js'
import { file, publisher, publisherTerritory, record, represented, work, writer, writerTerritory } from './make.js'

const HALF = ['02500', '05000', '05000'] as const
const ZERO = ['00000', '00000', '00000'] as const
const BLANK = ['     ', '     ', '     '] as const
/** Both IPI name numbers pass their check digits. */
const ACME = { party: 'P00000001', name: 'ACME MUSIC', ipi: '00000000297' }
const DOE = { party: 'W00000001', last: 'DOE', first: 'JANE', ipi: '00000000395' }

const brief = ({ values }: GivenRow) => [values.right, values.share_kind, values.share, values.territories ?? '']
const perfOf = (rows: readonly GivenRow[]) => rows.filter(({ values }) => values.right === 'perf').map(brief)

/** A registration with two chains of one publisher, an administrator, a sub-publisher and two writers. */
const twoChains = (parties: readonly string[], transaction: number, first: number, chains: readonly string[]) => {
  const [acme = '', admin = '', sub = '', jane = '', john = ''] = parties
  const [one = '', two = ''] = chains
  let number = first
  const next = () => number++
  return [
    work(transaction, 'A SONG', 'SONG1', 'NWR', 'T0345246801'),
    publisher('SPU', transaction, next(), { ...ACME, party: acme, chain: one, shares: ['01250', '02500', '02500'] }),
    publisher('SPU', transaction, next(), { party: admin, name: 'ADMIN', chain: one, type: 'AM', shares: ZERO }),
    publisherTerritory(transaction, next(), admin, ['01250', '02500', '02500'], 'I2136'),
    publisher('SPU', transaction, next(), { ...ACME, party: acme, chain: two, shares: ['01250', '02500', '02500'] }),
    publisher('SPU', transaction, next(), { party: sub, name: 'SUB', chain: two, type: 'SE', shares: ZERO }),
    publisherTerritory(transaction, next(), sub, ['01250', '02500', '02500'], 'I0276'),
    writer('SWR', transaction, next(), { ...DOE, party: jane, shares: ['02500', '02500', '02500'] }),
    writerTerritory(transaction, next(), jane, ['02500', '02500', '02500'], 'I2136'),
    represented(transaction, next(), acme, jane, one),
    writer('SWR', transaction, next(), {
      party: john,
      last: 'ROE',
      first: 'JOHN',
      shares: ['05000', '02500', '02500'],
    }),
    represented(transaction, next(), acme, john, two),
  ]
}

describe('party and chain identity', () => {
  it('does not depend on party numbers, chain numbers, transaction and record numbers', async () => {
    const before = await collect(file([twoChains(['1', '2', '3', '4', '5'], 0, 1, ['01', '02'])], 'NWR', '02.20'))
    const after = await collect(file([twoChains(['X9', 'X8', 'X7', 'X6', 'X5'], 77, 31, ['08', '04'])], 'NWR', '02.20'))
    const lasting = ({ relation, place, values }: GivenRow) => {
      const { interested_party_number: _, ...extra } = place.extra ?? {}
      return { relation, place: { ...place, extra }, values }
    }
    expect(after.rows.map(lasting)).toEqual(before.rows.map(lasting))
    expect(before.notes).toEqual([])
    expect(after.noted('sequence')).toHaveLength(1)
    const numbers = after.of('parties').map(({ place }) => place.extra?.interested_party_number)
    expect(numbers).toEqual(['X9', 'X8', 'X7', 'X6', 'X5'])
  })

  it('tells two chains of one publisher apart by the writers they represent', async () => {
    const { of } = await collect(file([twoChains(['1', '2', '3', '4', '5'], 0, 1, ['01', '02'])], 'NWR', '02.20'))
    const chains = of('shares').map(({ values }) => [values.role, values.chain])
    expect(new Set(chains.map((chain) => chain.join(': ')))).toEqual(
      new Set([
        'publisher: publisher ipi:00000000297 for ipi:00000000395',
        'administrator: publisher ipi:00000000297 for ipi:00000000395',
        'publisher: publisher ipi:00000000297 for name:ROE, JOHN',
        'sub-publisher: publisher ipi:00000000297 for name:ROE, JOHN',
        'writer: writer ipi:00000000395',
        'writer: writer name:ROE, JOHN',
      ]),
    )
  })

  it('keeps two equal parts of one writer, or of one publisher without PWR, as two rows', async () => {
    const { of } = await collect(
      file([
        [
          work(0, 'A SONG', 'SONG1'),
          publisher('OPU', 0, 1, { ...ACME, chain: '01', shares: HALF }),
          publisher('OPU', 0, 2, { ...ACME, chain: '02', shares: HALF }),
          writer('OWR', 0, 3, { ...DOE, shares: HALF }),
          writer('OWR', 0, 4, { ...DOE, shares: HALF }),
        ],
      ]),
    )
    expect(
      of('shares')
        .filter(({ values }) => values.right === 'perf')
        .map(({ values }) => values.chain),
    ).toEqual([
      'publisher ipi:00000000297',
      'publisher ipi:00000000297 #2',
      'writer ipi:00000000395',
      'writer ipi:00000000395 #2',
    ])
    expect(of('parties')).toHaveLength(2)
  })

  it('falls back from IPI name number to base number to name', async () => {
    const numbers = (ipi: string, base: string) =>
      record('SWR', 0, 1, [20, 'W1'], [29, '  doe'], [74, 'JANE'], [116, ipi], [130, '10000'], [155, base])
    const idOf = async (ipi: string, base: string) =>
      (await collect(file([[work(0, 'S', '1'), numbers(ipi, base)]]))).of('parties')[0]?.values.party_id
    expect(await idOf('00045620792', 'I-000000229-7')).toBe('ipi:00045620792')
    expect(await idOf('00045620793', 'I-000000229-7')).toBe('ipi-base:I-000000229-7')
    expect(await idOf('00045620793', 'I-000000229-8')).toBe('name:DOE, JANE')
    expect(await idOf('00000000000', '0000000000000')).toBe('name:DOE, JANE')
  })
})

describe('shares', () => {
  const ofPublisher = (shares: readonly [string, string, string]) =>
    collect(file([[work(0, 'S', '1'), publisher('OPU', 0, 1, { ...ACME, shares })]]))

  it('an explicit 0 speaks, a blank beside it does not', async () => {
    const { of } = await ofPublisher(['00000', '     ', '10000'])
    expect(of('shares').map(brief)).toEqual([
      ['perf', 'ownership', '0.00', ''],
      ['sync', 'ownership', '100.00', ''],
    ])
    expect(of('shares').map(({ place }) => place.raw)).toEqual([{ share: '00000' }, { share: '10000' }])
  })

  it('a party without any share is named with an unknown share per right', async () => {
    const { of } = await ofPublisher(BLANK)
    expect(of('shares').map(({ values, place }) => [values.right, values.share, place.raw])).toEqual([
      ['perf', '', undefined],
      ['mech', '', undefined],
      ['sync', '', undefined],
    ])
  })

  it.each(['5000 ', ' 5000', 'XXXXX', '50.00', '-0500', '05,00'])(
    'a share of "%s" refuses the record',
    async (share) => {
      const all = await ofPublisher([share, '     ', '     '])
      expect(all.of('shares')).toEqual([])
      expect(all.rejects).toMatchObject([{ line: 4, column: 'perf_share', value: share }])
    },
  )

  it('reads hundredths of a percent, also above 100', async () => {
    const { of } = await ofPublisher(['03333', '00006', '80000'])
    expect(of('shares').map(({ values }) => values.share)).toEqual(['33.33', '0.06', '800.00'])
  })

  it('what follows a refused party record is refused, not given to another chain of the same party', async () => {
    const all = await collect(
      file([
        [
          work(0, 'S', '1'),
          publisher('SPU', 0, 1, { ...ACME, chain: '01', shares: HALF }),
          publisherTerritory(0, 2, ACME.party, HALF, 'I0276'),
          publisher('SPU', 0, 3, { ...ACME, chain: '02', shares: ['ABCDE', '05000', '05000'] }),
          publisherTerritory(0, 4, ACME.party, HALF, 'I2136'),
        ],
      ]),
    )
    expect(all.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [6, 'perf share is not a number of five digits'],
      [7, 'the record of its party was refused'],
    ])
    expect(perfOf(all.of('shares'))).toEqual([
      ['perf', 'ownership', '25.00', ''],
      ['perf', 'collection', '25.00', '0276'],
    ])
  })
})

describe('territories', () => {
  const collection = async (lines: readonly (readonly [readonly [string, string, string], string])[]) => {
    const all = await collect(
      file([
        [
          work(0, 'S', '1'),
          publisher('SPU', 0, 1, { ...ACME, shares: HALF }),
          ...lines.map(([shares, territory], index) => publisherTerritory(0, index + 2, ACME.party, shares, territory)),
        ],
      ]),
    )
    return { ...all, collected: all.of('shares').filter(({ values }) => values.share_kind === 'collection') }
  }

  it('World at one share, the United States excluded and included at another', async () => {
    const { collected } = await collection([
      [['05000', '10000', '10000'], 'I2136'],
      [ZERO, 'E0840'],
      [['02500', '05000', '05000'], 'I0840'],
    ])
    expect(perfOf(collected)).toEqual([
      ['perf', 'collection', '50.00', '2136|!0840'],
      ['perf', 'collection', '25.00', '0840'],
    ])
    expect(collected[0]?.place).toMatchObject({ line: 5, raw: { share: '05000', territories: 'I2136 E0840 I0840' } })
    expect(collected[1]?.place).toMatchObject({ line: 7, raw: { share: '02500' } })
  })

  it('the order of lines decides: a later World replaces a country, an earlier one does not', async () => {
    const country = [['02500', '05000', '05000'], 'I0840'] as const
    const world = [['05000', '10000', '10000'], 'I2136'] as const
    expect(perfOf((await collection([world, country])).collected)).toEqual([
      ['perf', 'collection', '50.00', '2136|!0840'],
      ['perf', 'collection', '25.00', '0840'],
    ])
    const later = await collection([country, world])
    expect(perfOf(later.collected)).toEqual([['perf', 'collection', '50.00', '2136']])
    expect(later.noted('territory-overridden')).toMatchObject([{ line: 5, value: '0840' }])
  })

  it('rights are folded apart; a blank among stated shares makes its territory unknown', async () => {
    const { collected } = await collection([
      [['05000', '10000', '     '], 'I2136'],
      [['05000', '     ', '     '], 'I0840'],
    ])
    expect(collected.map(brief)).toEqual([
      ['perf', 'collection', '50.00', '0840|2136'],
      ['mech', 'collection', '100.00', '2136|!0840'],
      ['mech', 'collection', '', '0840'],
    ])
  })

  it('a refused line takes its territory away from the lines before it', async () => {
    const { collected, rejects } = await collection([
      [['05000', '10000', '10000'], 'I2136'],
      [['0X500', '05000', '05000'], 'I0840'],
    ])
    expect(rejects).toMatchObject([{ line: 6, column: 'perf_share', value: '0X500' }])
    expect(perfOf(collected)).toEqual([['perf', 'collection', '50.00', '2136|!0840']])
  })

  it('lines without I or E, without a number, or of an unnamed party are refused; unknown numbers are kept', async () => {
    const all = await collection([
      [HALF, 'I9999'],
      [HALF, ' 0840'],
      [HALF, 'IUSA '],
    ])
    expect(all.rejects.map(({ line, column }) => [line, column])).toEqual([
      [6, 'inclusion'],
      [7, 'territory'],
    ])
    expect(perfOf(all.collected)).toEqual([['perf', 'collection', '25.00', '9999']])
    const foreign = await collect(
      file([[work(0, 'S', '1'), publisher('SPU', 0, 1, ACME), publisherTerritory(0, 2, 'P9', HALF, 'I2136')]]),
    )
    expect(foreign.rejects).toMatchObject([{ line: 5, column: 'party_number', value: 'P9' }])
  })

  it('SWT has other positions than SPT; OPT is marked as not authoritative', async () => {
    const { of } = await collect(
      file([
        [
          work(0, 'S', '1'),
          publisher('OPU', 0, 1, { ...ACME, shares: HALF }),
          publisherTerritory(0, 2, ACME.party, HALF, 'I0276', 'OPT'),
          writer('SWR', 0, 3, { ...DOE, shares: ['05000', '00000', '00000'] }),
          writerTerritory(0, 4, DOE.party, ['05000', '00000', '00000'], 'I0250'),
        ],
      ]),
    )
    const collected = of('shares').filter(({ values }) => values.share_kind === 'collection')
    expect(perfOf(collected)).toEqual([
      ['perf', 'collection', '25.00', '0276'],
      ['perf', 'collection', '50.00', '0250'],
    ])
    expect(collected.map(({ place }) => [place.extra?.record, place.extra?.authoritative])).toEqual([
      ...[1, 2, 3].map(() => ['OPT', 'no']),
      ...[1, 2, 3].map(() => ['SWT', undefined]),
    ])
  })
})

describe('roles', () => {
  it('follow publisher type and writer designation', async () => {
    const types = ['E ', 'AQ', 'AM', 'SE', 'PA', 'ES', '  ', 'ZZ']
    const all = await collect(
      file([
        [
          work(0, 'S', '1'),
          ...types.map((type, index) =>
            publisher(type === '  ' ? 'OPU' : 'SPU', 0, index + 1, {
              party: `P${index}`,
              name: `N${index}`,
              type,
              shares: ZERO,
            }),
          ),
          writer('SWR', 0, 9, { ...DOE, designation: 'PA', shares: ZERO }),
        ],
      ]),
    )
    const roles = all.of('shares').filter(({ values }) => values.right === 'perf')
    expect(roles.map(({ values }) => values.role)).toEqual([
      ...[
        'publisher',
        'publisher',
        'administrator',
        'sub-publisher',
        'income-participant',
        'other',
        'publisher',
        'other',
      ],
      'income-participant',
    ])
    expect(all.noted('unknown-code')).toMatchObject([{ value: 'ZZ' }])
  })
})

describe('recordings', () => {
  const recordingLine = (number: number, isrc: string) =>
    record(
      'REC',
      0,
      number,
      [20, '20190600'],
      [88, '000330'],
      [99, 'ALBUM'],
      [237, '0000000000000'],
      [250, isrc],
      [267, 'TAKE 2'],
    )

  it('are known by a valid ISRC, else by what the record says, and linked to the work', async () => {
    const { of } = await collect(
      file([
        [
          work(0, 'S', '1'),
          record('PER', 0, 1, [20, 'DOE'], [65, 'JANE']),
          recordingLine(2, 'GBAAA9900303'),
          recordingLine(3, 'GBAAA99'),
          record('REC', 0, 4),
        ],
      ]),
    )
    expect(of('recordings')[0]).toMatchObject({
      place: { line: 5, unit: '1', raw: { duration_ms: '000330', release_date: '20190600' } },
      values: {
        recording_id: 'GBAAA9900303',
        title: 'TAKE 2',
        artist: 'DOE, JANE',
        duration_ms: '210000',
        release_title: 'ALBUM',
        release_date: '2019-06',
        upc: '',
      },
    })
    expect(of('recordings')[1]?.values).toMatchObject({
      isrc: 'GBAAA99',
      recording_id: '1/20190600/000330/ALBUM/0000000000000/GBAAA99/TAKE 2',
    })
    expect(of('links').map(({ values }) => values.work_id)).toEqual(['1', '1'])
  })

  it('an impossible release date or duration refuses the record', async () => {
    const all = await collect(
      file([[work(0, 'S', '1'), record('REC', 0, 1, [20, '20190230']), record('REC', 0, 2, [88, '006100'])]]),
    )
    expect(all.rejects).toMatchObject([
      { line: 4, column: 'release_date', value: '20190230' },
      { line: 5, column: 'duration_ms', value: '006100' },
    ])
  })
})

describe('details without a column', () => {
  it('stay beside the work, personal data of contacts does not', async () => {
    const { of, result } = await collect(
      file([
        [
          record('NWR', 0, 0, [20, 'S'], [82, '1'], [155, 'A PRIVATE PERSON'], [185, 'CONTACT1'], [261, 'TAIL']),
          record('COM', 0, 1, [20, 'PART ONE'], [80, 'T0345246801']),
          record('INS', 0, 2, [20, '004'], [23, 'BBA']),
          record('NAT', 0, 3, [20, 'ENA SKLADBA'], [660, 'AT'], [662, 'SL']),
          publisher('SPU', 0, 4, { ...ACME, shares: ZERO }),
          record('NPN', 0, 5, [20, '01'], [22, ACME.party], [31, 'NON ROMAN'], [511, 'RU']),
        ],
      ]),
    )
    expect(result.tally.staged).toBe(6)
    const extra = of('works')[0]?.place.extra
    expect(extra).toMatchObject({
      tail: 'TAIL',
      components: 'title PART ONE, iswc T0345246801',
      instrumentation: 'voices 004, standard_instrumentation BBA',
      alternate_title_types: 'AT SL',
    })
    expect(JSON.stringify(extra)).not.toMatch(/PRIVATE|CONTACT1/)
    expect(of('works')[0]?.values.alternate_titles).toBe('ENA SKLADBA')
    expect(of('parties')[0]?.place.extra).toMatchObject({ non_roman_names: 'NON ROMAN RU' })
  })
})
