/** Real CWR files. Every expected value was read from the raw lines by position, not from the program. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Collected, collectFile, type GivenRow } from './collect.js'

const FOLDER = '../shared/data/cwr'
const read = (name: string) => collectFile(`${FOLDER}/${name}`)

const counts = ({ rows }: Collected) => {
  const found: Record<string, number> = {}
  for (const { relation } of rows) found[relation] = (found[relation] ?? 0) + 1
  return found
}

/** Share rows as `line party-or-role right kind share territories`, for rows that a filter picks. */
const shares = (collected: Collected, pick: (row: GivenRow) => boolean) =>
  collected
    .of('shares')
    .filter(pick)
    .map(({ place, values }) =>
      [place.line, values.role, values.right, values.share_kind, values.share, values.territories ?? ''].join(' '),
    )

const tally = (header: number, staged: number, rejected = 0) => ({ header, staged, rejected, continued: 0, blank: 0 })

describe.skipIf(!existsSync(FOLDER))('real samples', () => {
  it('weso_nwrexample2: administrator, controlled writer, uncontrolled writer', async () => {
    const all = await read('weso_nwrexample2.V21')
    expect(all.result).toEqual({
      tally: tally(4, 8),
      version: '2.1',
      sender: { id: 'PB000000199', name: 'THE SENDER', ipi: '00000000199' },
      created: '2018-03-22T10:20:37Z',
      complete: true,
      kind: 'registrations',
    })
    // Four party records and two territory lines, three rights each.
    expect(counts(all)).toEqual({ works: 1, parties: 4, shares: 18 })
    expect(all.notes).toEqual([])
    expect(all.of('works')[0]).toMatchObject({
      place: { line: 3, unit: 'CLAIMDIGITAL01' },
      values: { work_id: 'CLAIMDIGITAL01', title: 'THE WORK', iswc: '' },
    })
    expect(all.of('parties').map(({ values }) => [values.party_id, values.name, values.kind])).toEqual([
      ['ipi:00000000297', 'THE PUBLISHER', 'publisher'],
      ['ipi:00000000199', 'THE SENDER', 'publisher'],
      ['ipi:00000000395', 'DOE, JOHN', 'writer'],
      ['name:DOE, JANE', 'DOE, JANE', 'writer'],
    ])
    expect(shares(all, ({ values }) => values.right !== 'sync')).toEqual([
      '4 publisher perf ownership 25.00 ',
      '4 publisher mech ownership 50.00 ',
      '5 administrator perf ownership 0.00 ',
      '6 administrator perf collection 25.00 2136',
      '5 administrator mech ownership 0.00 ',
      '6 administrator mech collection 50.00 2136',
      '7 writer perf ownership 25.00 ',
      '8 writer perf collection 25.00 2136',
      '7 writer mech ownership 0.00 ',
      '8 writer mech collection 0.00 2136',
      '10 writer perf ownership 50.00 ',
      '10 writer mech ownership 50.00 ',
    ])
    const chains = new Set(all.of('shares').map(({ values }) => values.chain))
    expect([...chains]).toEqual([
      'publisher ipi:00000000297 for ipi:00000000395',
      'writer ipi:00000000395',
      'writer name:DOE, JANE',
    ])
  })

  it('dmp_CW220001DMP_000: 11-digit IPI in the header, unknown publisher and writer, titles, origin', async () => {
    const all = await read('dmp_CW220001DMP_000.V21')
    expect(all.result).toEqual({
      tally: tally(4, 18),
      version: '2.1',
      sender: { id: '09000000020', name: 'TEST PUBLISHER', ipi: '09000000020' },
      created: '2021-01-22T13:56:54Z',
      complete: true,
      kind: 'registrations',
    })
    // SPU OPU SWR SWR OWR and SPT SWT SWT; nobody is named in OPU and OWR.
    expect(counts(all)).toEqual({ works: 1, parties: 3, shares: 24 })
    const [given] = all.of('works')
    expect(given?.values).toMatchObject({ work_id: 'DMP000001', iswc: 'T1234567894' })
    expect(given?.values.alternate_titles).toBe(
      'MPC ACADEMY|MUSIC PUB CARTOONS SUFFIX|MUSIC PUB CARTOONS SUFFIX CO-SUFFIX|WORK RECORDING|WORK RECORDING FEAT. TESTING',
    )
    expect(given?.place.extra).toMatchObject({
      alternate_title_types: 'TE|AT|AT|AT|AT',
      origin: 'purpose LIB, cd_id ML001, library MUSIC LIBRARY',
      distribution_category: 'UNC',
    })
    expect(all.of('parties').map(({ place, values }) => [place.line, values.party_id, values.ipi_base_number])).toEqual(
      [
        [4, 'ipi:09000000020', ''],
        [7, 'ipi:00000000199', 'I-123456789-3'],
        [10, 'ipi:00000000297', ''],
      ],
    )
    expect(shares(all, ({ values }) => values.role === 'publisher')).toEqual([
      '4 publisher perf ownership 37.50 ',
      '5 publisher perf collection 37.50 2136',
      '4 publisher mech ownership 75.00 ',
      '5 publisher mech collection 75.00 2136',
      '4 publisher sync ownership 75.00 ',
      '5 publisher sync collection 75.00 2136',
      '6 publisher perf ownership 12.50 ',
      '6 publisher mech ownership 25.00 ',
      '6 publisher sync ownership 25.00 ',
    ])
    const unknown = all.of('shares').filter(({ place }) => place.line === 6 || place.line === 13)
    expect(unknown.map(({ values }) => values.party_id)).toEqual([null, null, null, null, null, null])
    expect(all.of('shares')[0]?.place.raw).toEqual({ share: '03750' })
    expect(all.of('shares')[0]?.values.chain).toBe('publisher ipi:09000000020 for ipi:00000000199; ipi:00000000297')
  })

  it('dmp_CW220004DMP_000_bad: excluded World with shares, a share of XXX', async () => {
    const all = await read('dmp_CW220004DMP_000_bad.V21')
    expect(all.result.tally).toEqual(tally(4, 17, 1))
    expect(all.result.complete).toBe(true)
    // Three collection rows less for the excluded World, three for the refused line.
    expect(counts(all)).toEqual({ works: 1, parties: 3, shares: 18 })
    expect(all.rejects).toMatchObject([
      { line: 8, column: 'perf_share', value: 'XXX00', reason: 'perf share is not a number of five digits' },
    ])
    expect(all.rejects[0]?.raw).toBe('SWT0000000000000005W000001  XXX000000000000I2136N001')
    expect(all.noted('exclusion-with-share')).toMatchObject([{ line: 5, value: '2136' }])
  })

  it('dmp_CW220001052_DMP: answers and ISWC notices, no registration', async () => {
    const all = await read('dmp_CW220001052_DMP.V21')
    expect(all.result).toMatchObject({ tally: tally(6, 8), kind: 'acknowledgements', complete: false })
    expect(all.result.sender).toEqual({ id: 'SO000000021', name: 'BMI', ipi: null })
    expect(counts(all)).toEqual({ acknowledgements: 5, works: 3 })
    expect(all.of('acknowledgements')[0]).toMatchObject({
      place: { line: 3, raw: { processed_on: '20180607' } },
      values: {
        work_id: 'Z128',
        status: 'AS',
        title: 'ONE',
        recipient_work_id: '123',
        processed_on: '2018-06-07',
        original_file_date: '2018-05-16T09:10:51',
        original_group: '00001',
        original_transaction: '00000000',
        original_type: 'NWR',
      },
    })
    expect(all.of('acknowledgements').map(({ values }) => values.status)).toEqual(['AS', 'RA', 'RA', 'NP', 'NP'])
    expect(all.of('works').map(({ place, values }) => [place.unit, values.work_id, values.iswc])).toEqual([
      ['isw:MK000001', 'MK000001', 'T3221234234'],
      ['isw:MK000001', 'MK000001', 'T1234567893'],
      ['isw:MK000002', 'MK000002', 'T3221234234'],
    ])
    // Its trailers count 50, 30 and 80 transactions, and the ISW group 3 records instead of 5.
    expect(all.noted('count-mismatch').map(({ line, value }) => [line, value])).toEqual([
      [8, '00000050'],
      [13, '00000030'],
      [13, '00000003'],
      [14, '00000080'],
    ])
  })

  it('labeltools_ascap_ack: registrations echoed in answers are not registrations', async () => {
    const all = await read('labeltools_ascap_ack.txt')
    expect(all.result).toMatchObject({ tally: tally(4, 511), kind: 'acknowledgements', complete: true, version: '2.1' })
    expect(counts(all)).toEqual({ acknowledgements: 54 })
    expect(all.of('acknowledgements')[0]?.values).toMatchObject({
      work_id: 'W0000000000000',
      status: 'RA',
      recipient_work_id: 'R0000000000000000000',
      original_transaction: '00000034',
      original_file_date: '2025-12-17T18:32:06',
      processed_on: '2026-01-08',
    })
    expect(all.of('acknowledgements').filter(({ values }) => values.status === 'RA')).toHaveLength(3)
    expect(all.notes).toEqual([])
  })

  it('weso_demo_cwr_cleaned: CWR 2.2 with sub-publishers, two chains of one publisher, an answer among registrations', async () => {
    const all = await read('weso_demo_cwr_cleaned.v22')
    expect(all.result).toMatchObject({ tally: tally(4, 89), version: '2.2', kind: 'mixed', complete: false })
    expect(all.result.created).toBe('2025-05-13T19:18:44Z')
    // 36 party records; 26 include lines, of which two (lines 56 and 57) have one share: (36 + 25) x 3.
    expect(counts(all)).toEqual({ works: 9, parties: 33, shares: 183, acknowledgements: 1 })
    expect(all.of('works').map(({ values }) => values.work_id)).toEqual([
      ...['KEY001', 'KEY002', 'KEY003', 'KEY004', 'KEY005B', 'KEY006', 'KEY007', 'KEY008', 'KEY009'],
    ])
    expect(all.of('works')[1]?.place.extra?.cross_references).toContain('organisation 052, identifier 123456BR')
    const perf =
      (unit: string) =>
      ({ place, values }: GivenRow) =>
        place.unit === unit && values.right === 'perf'
    expect(shares(all, perf('KEY005B'))).toEqual([
      '41 publisher perf ownership 50.00 ',
      '42 publisher perf collection 50.00 2136|!0056',
      '44 sub-publisher perf ownership 0.00 ',
      '45 sub-publisher perf collection 50.00 0056',
      '46 writer perf ownership 50.00 ',
      '47 writer perf collection 50.00 2136',
    ])
    expect(shares(all, ({ place, values }) => place.line === 56 && values.right === 'perf')).toEqual([
      '56 writer perf collection 50.00 0056|0528',
    ])
    // The IPI numbers of this file fail their check, so parties are known by name; 2.2 tells the writer's chain (01).
    const chainOf = (line: number) => all.of('shares').find(({ place }) => place.line === line)?.values.chain
    expect([60, 61, 63, 64].map(chainOf)).toEqual([
      'publisher name:CROWN PUBLISHING for name:SMITH, JOHN',
      'publisher name:CROWN PUBLISHING for name:SMITH, JOHN',
      'publisher name:CROWN PUBLISHING',
      'publisher name:CROWN PUBLISHING',
    ])
    expect([73, 74].map(chainOf)).toEqual([
      'publisher name:MAISON PUBLISHING for name:WHITE, EMILY',
      'publisher name:MAISON PUBLISHING for name:WHITE, EMILY',
    ])
    const white = all.of('shares').filter(({ place }) => place.line === 30)
    expect(white.map(({ values }) => [values.right, values.share])).toEqual([
      ['perf', '12.50'],
      ['mech', '25.00'],
      ['sync', '25.00'],
    ])
    expect(all.of('acknowledgements')[0]?.values).toMatchObject({
      work_id: 'KEY005B',
      status: 'AS',
      recipient_work_id: '795145CV',
      processed_on: '2025-06-20',
      original_type: 'REV',
    })
    expect(all.of('acknowledgements')[0]?.values.messages).toMatch(/^F MSG I 006: Submitter work number for revision/)
    expect(all.noted('count-mismatch')).toHaveLength(4)
  })

  it('max1_sample_v21: agreements, blank-padded societies, a work given twice, wrong counts', async () => {
    const all = await read('max1_sample_v21.V21')
    expect(all.result).toMatchObject({ tally: tally(6, 28), version: '2.1', complete: false, kind: 'registrations' })
    expect(all.result.sender).toEqual({ id: 'PB226144593', name: 'AGENCIA GRUPO MUSICAL', ipi: '00226144593' })
    // Twice: one work, four parties, four party records and two territory lines, one recording; two agreements.
    expect(counts(all)).toEqual({ agreements: 6, parties: 12, works: 2, shares: 36, recordings: 2, links: 2 })
    expect(all.of('agreements')[0]).toMatchObject({
      place: { line: 6, unit: 'agreement:00023683606100', raw: { share: '05000', valid_from: '20031118' } },
      values: {
        agreement_id: '00023683606100',
        agreement_type: 'OS',
        assignor_party_id: 'ipi:00261661375',
        acquirer_party_id: 'ipi:00250165006',
        right: 'perf',
        share: '50.00',
        territories: '2136',
        valid_from: '2003-11-18',
        valid_to: '2013-11-18',
        retention_end: '2013-11-18',
        post_term_collection_end: '2013-11-18',
      },
    })
    expect(shares(all, ({ place, values }) => place.line < 23 && values.right === 'mech')).toEqual([
      '14 publisher mech ownership 100.00 ',
      '15 administrator mech ownership 0.00 ',
      '16 sub-publisher mech ownership 0.00 ',
      '17 sub-publisher mech collection 50.00 0484',
      '18 writer mech ownership 0.00 ',
      '19 writer mech collection 50.00 0484',
    ])
    expect(all.of('recordings')[0]).toMatchObject({
      place: { line: 22, unit: '1450455', raw: { duration_ms: '000300', release_date: '19980101' } },
      values: {
        title: 'WORK NAME',
        release_title: 'A COMPILATION',
        label: 'P A I  _AR_',
        artist: 'A NAME',
        duration_ms: '180000',
        release_date: '1998-01-01',
      },
    })
    expect(all.of('shares')[0]?.place.extra).toMatchObject({ society: '61', agreement_type: 'OS' })
    expect(all.noted('repeated-registration')).toMatchObject([{ line: 23, value: '1450455' }])
    expect(all.noted('count-mismatch')).toHaveLength(6)
  })

  it('max1_broken: a header without dates and a file that ends in a transaction are reported', async () => {
    const all = await read('max1_broken.V21')
    expect(all.result).toMatchObject({ tally: tally(2, 3), complete: false, created: null, version: '2.1' })
    expect(counts(all)).toEqual({ parties: 1, agreements: 1 })
    expect(all.of('agreements')[0]?.place.extra?.incomplete).toContain('cut short')
    expect(all.noted('truncated')[0]?.message).toBe(
      'the file ends inside AGR 00023683606100 without a file trailer (TRL): it is truncated',
    )
    expect(all.noted('creation-date')).toHaveLength(1)
  })

  it('strippeddown_sample_cwr_2.2: CWR 3 records in a file that says 2.2 are refused', async () => {
    const all = await read('strippeddown_sample_cwr_2.2.txt')
    expect(all.result).toMatchObject({ tally: tally(4, 0, 9), complete: false })
    expect(all.rows).toEqual([])
    expect(all.rejects[0]?.reason).toBe('record type WRK belongs to CWR 3')
    expect(all.rejects[1]?.reason).toBe('its WRK transaction header was refused: record type WRK belongs to CWR 3')
  })

  it('dmp_CW220002DMP_0000_V3-0-0: CWR 3 is refused as a whole', async () => {
    await expect(read('dmp_CW220002DMP_0000_V3-0-0.SUB')).rejects.toMatchObject({ code: 'cwr-3', exitCode: 3 })
  })
})
