import { describe, expect, it } from 'vitest'
import { accounted, deal, message, period, read, recording3, release3 } from './kit.js'

const ICPN = '<ICPN>602547288233</ICPN>'
const KEY = '00602547288233'
const STREAM =
  '<CommercialModelType>SubscriptionModel</CommercialModelType><Usage><UseType>OnDemandStream</UseType></Usage>'
const TERMS = `${STREAM}<TerritoryCode>DE</TerritoryCode>`

const album = (deals: string, more = {}) =>
  message({
    resources: recording3('A1', 'GBAAA9900303') + recording3('A2', 'USS1Z1412345'),
    releases:
      release3('R0', ICPN, ['A1', 'A2'], '<ReleaseType>Album</ReleaseType>') +
      release3('R1', '<ISRC>GBAAA9900303</ISRC>', ['A1'], '<ReleaseType>TrackRelease</ReleaseType>'),
    deals,
    ...more,
  })

describe('where the ISRC is', () => {
  const release = '<Release><ReleaseReference>R0</ReleaseReference></Release>'
  const titled = '<ResourceReference>A1</ResourceReference><DisplayTitleText>Song</DisplayTitleText>'

  it('ERN 4.1: ResourceId of the recording', async () => {
    const resources = `<SoundRecording><ResourceId><ISRC>GB-AAA-99-00303</ISRC></ResourceId>${titled}</SoundRecording>`
    const { said } = await read(message({ version: '41', resources, releases: release }))
    expect(said.of('recordings').map(({ values }) => [values.recording_id, values.isrc])).toEqual([
      ['GBAAA9900303', 'GB-AAA-99-00303'],
    ])
  })

  it('ERN 4.3: ResourceId of each edition, one row per edition', async () => {
    const edition = (isrc: string) => `<SoundRecordingEdition><ResourceId>${isrc}</ResourceId></SoundRecordingEdition>`
    const resources =
      `<SoundRecording>${edition('<ISRC>GBAAA9900303</ISRC>')}${edition('<ISRC>USS1Z1412345</ISRC>')}` +
      `${edition('<ProprietaryId Namespace="DPID:PADPIDA2013042401U">x9</ProprietaryId>')}${edition('')}${titled}</SoundRecording>`
    const releases = `<Release><ReleaseReference>R0</ReleaseReference><ReleaseId>${ICPN}</ReleaseId>
      <ResourceGroup><ReleaseResourceReference>A1</ReleaseResourceReference></ResourceGroup></Release>`
    const deals = deal(['R0'], '<TerritoryCode>DE</TerritoryCode><UseType>Stream</UseType>')
    const { said } = await read(message({ version: '43', resources, releases, deals }))
    const ids = ['GBAAA9900303', 'USS1Z1412345', 'PADPIDA2013042401U:x9', `${KEY}/A1/4`]
    expect(said.column('recordings', 'recording_id')).toEqual(ids)
    expect(said.column('licences', 'repertoire')).toEqual([ids.join('|')])
  })

  it('keeps a replaced ISRC beside the current one', async () => {
    const resources = recording3(
      'A1',
      'GBAAA9900303',
      'Song',
      '<SoundRecordingId IsReplaced="true"><ISRC>USS1Z1412345</ISRC></SoundRecordingId>',
    )
    const { said } = await read(message({ resources, releases: release3('R0', ICPN, ['A1']) }))
    expect(said.column('recordings', 'isrc')).toEqual(['GBAAA9900303'])
    expect(said.of('recordings')[0]?.place.extra).toMatchObject({ replaced_isrc: 'USS1Z1412345' })
  })
})

describe('works', () => {
  it('links a recording to the work of its ISWC', async () => {
    const work = '<IndirectSoundRecordingId><ISWC>T-034.524.680-1</ISWC></IndirectSoundRecordingId>'
    const resources = recording3('A1', 'GBAAA9900303', 'Song', work)
    const { said } = await read(message({ resources, releases: release3('R0', ICPN, ['A1']) }))
    expect(said.of('works')[0]?.values).toEqual({ work_id: 'T0345246801', title: 'Song', iswc: 'T-034.524.680-1' })
    expect(said.of('links')[0]?.values).toEqual({ recording_id: 'GBAAA9900303', work_id: 'T0345246801' })
  })
})

describe('what a deal covers', () => {
  it('the resources of the release it refers to: an album deal stays on the album', async () => {
    const { said } = await read(album(deal(['R0'], TERMS) + deal(['R1'], TERMS)))
    expect(said.of('licences').map(({ values, place }) => [values.repertoire, place.extra?.releases])).toEqual([
      ['GBAAA9900303|USS1Z1412345', KEY],
      ['GBAAA9900303', 'GBAAA9900303'],
    ])
    expect(new Set(said.rows.map(({ place }) => place.unit))).toEqual(new Set([`release:${KEY}`]))
  })

  it('notes a reference to no release and leaves the repertoire open', async () => {
    const { said } = await read(album(deal(['R9'], TERMS)))
    expect(said.notes).toMatchObject([{ code: 'dangling-reference', value: 'R9' }])
    expect(said.column('licences', 'repertoire')).toEqual([''])
  })

  it('lists the other resources of a release without recordings, so that nothing else seems covered', async () => {
    const resources = '<Text><ResourceReference>A1</ResourceReference></Text>'
    const { said } = await read(
      message({ resources, releases: release3('R0', ICPN, ['A1']), deals: deal(['R0'], TERMS) }),
    )
    expect(said.of('recordings')).toEqual([])
    expect(said.column('licences', 'repertoire')).toEqual([`${KEY}/A1`])
  })

  it('limits an ERN 3 ResourceUsage to its resources', async () => {
    const terms =
      '<ReleaseDeal><DealReleaseReference>R0</DealReleaseReference><Deal><DealTerms><TerritoryCode>DE</TerritoryCode></DealTerms>' +
      '<ResourceUsage><DealResourceReference>A2</DealResourceReference><Usage><UseType>Stream</UseType></Usage></ResourceUsage>' +
      '</Deal></ReleaseDeal>'
    const { said } = await read(album(terms))
    expect(said.of('licences').map(({ values }) => [values.repertoire, values.uses])).toEqual([
      ['USS1Z1412345', 'Stream'],
    ])
  })
})

describe('terms of a deal', () => {
  const licences = async (...terms: string[]) => (await read(album(deal(['R0'], ...terms)))).said.of('licences')

  it('EndDate is a covered day; EndDateTime ends at midnight of its day or after it', async () => {
    const rows = await licences(
      `${TERMS}${period('<StartDate>2019-01-01</StartDate><EndDate>2019-12-31</EndDate>')}`,
      `${TERMS}${period('<StartDateTime>2019-03-01T08:00:00+01:00</StartDateTime><EndDateTime>2019-12-31T00:00:00Z</EndDateTime>')}`,
      `${TERMS}${period('<EndDateTime>2019-12-31T23:59:59Z</EndDateTime>')}`,
      `${TERMS}${period('<EndDate>9999-12-31</EndDate>')}`,
    )
    expect(rows.map(({ values }) => [values.valid_from, values.valid_to])).toEqual([
      ['2019-01-01', '2020-01-01'],
      ['2019-03-01', '2019-12-31'],
      ['', '2020-01-01'],
      ['', ''],
    ])
    expect(rows.map(({ place }) => place.raw)).toEqual([
      { valid_to: '2019-12-31' },
      { valid_from: '2019-03-01T08:00:00+01:00', valid_to: '2019-12-31T00:00:00Z' },
      { valid_to: '2019-12-31T23:59:59Z' },
      { valid_to: '9999-12-31' },
    ])
  })

  it('one row per validity period; none stated is one row without dates', async () => {
    const twice = period('<StartDate>2019-01-01</StartDate>') + period('<StartDate>2020-01-01</StartDate>')
    const rows = await licences(`${TERMS}${twice}`, TERMS)
    expect(rows.map(({ values }) => values.valid_from)).toEqual(['2019-01-01', '2020-01-01', ''])
  })

  it('territories: sorted, excluded ones marked, TIS numbers kept, none stated left empty', async () => {
    const rows = await licences(
      `${STREAM}<TerritoryCode>FR</TerritoryCode><TerritoryCode>DE</TerritoryCode>`,
      `${STREAM}<ExcludedTerritoryCode>MX</ExcludedTerritoryCode><ExcludedTerritoryCode>DE</ExcludedTerritoryCode>`,
      `${STREAM}<ExcludedTerritoryCode IdentifierType="TIS">2129</ExcludedTerritoryCode>`,
      `${STREAM}<TerritoryCode>Worldwide</TerritoryCode>`,
      `${STREAM}<TerritoryCode>ES-CN</TerritoryCode>`,
      STREAM,
    )
    expect(rows.map(({ values }) => values.territories)).toEqual([
      'DE|FR',
      'WORLD|!DE|!MX',
      'WORLD|!2129',
      'WORLD',
      'ES-CN',
      '',
    ])
  })

  it('uses: models by use types, own words, excluded channels, pre-order', async () => {
    const [row] = await licences(
      '<IsPreOrderDeal>true</IsPreOrderDeal><CommercialModelType UserDefinedValue="Barter">UserDefined</CommercialModelType>' +
        '<CommercialModelType>SubscriptionModel</CommercialModelType><Usage><UseType>Stream</UseType></Usage>' +
        '<ExcludedDistributionChannel><PartyName><FullName>Shop</FullName></PartyName></ExcludedDistributionChannel>',
    )
    expect(row?.values.uses).toBe('SubscriptionModel/Stream|UserDefined:Barter/Stream|channel:!Shop|pre-order')
  })

  it('the licence id survives a new end and a new order, not another start or territory', async () => {
    const id = async (terms: string) => (await licences(terms))[0]?.values.licence_id
    const plain = await id(`${TERMS}${period('<StartDate>2019-01-01</StartDate>')}`)
    expect(plain).toMatch(new RegExp(`^${KEY}/[0-9a-f]{12}$`))
    expect(
      await id(
        `<TerritoryCode>DE</TerritoryCode>${STREAM}${period('<StartDate>2019-01-01</StartDate><EndDate>2020-01-01</EndDate>')}`,
      ),
    ).toBe(plain)
    expect(await id(`${TERMS}${period('<StartDate>2019-01-02</StartDate>')}`)).not.toBe(plain)
    expect(
      await id(`${STREAM}<TerritoryCode>AT</TerritoryCode>${period('<StartDate>2019-01-01</StartDate>')}`),
    ).not.toBe(plain)
  })

  it('numbers deals that differ in their end alone', async () => {
    const ends = (end: string) => `${TERMS}${period(`<EndDate>${end}</EndDate>`)}`
    const [first, second] = await licences(ends('2019-01-01'), ends('2020-01-01'))
    expect(second?.values.licence_id).toBe(`${first?.values.licence_id}-2`)
  })

  it('TakeDown and AllDealsCancelled are takedowns, `false` is not', async () => {
    const { said } = await read(
      album(
        deal(
          ['R0'],
          `<TakeDown>true</TakeDown><TerritoryCode>DE</TerritoryCode>${period('<StartDate>2021-02-01</StartDate>')}`,
          '<AllDealsCancelled>true</AllDealsCancelled><ExcludedTerritoryCode>US</ExcludedTerritoryCode>',
          `<TakeDown>false</TakeDown>${TERMS}`,
        ),
      ),
    )
    expect(said.of('licences')).toHaveLength(1)
    expect(said.of('takedowns').map(({ values }) => values)).toEqual([
      {
        takedown_id: expect.stringMatching(new RegExp(`^${KEY}/takedown/[0-9a-f]{12}$`)),
        release: KEY,
        repertoire: 'GBAAA9900303|USS1Z1412345',
        territories: 'DE',
        valid_from: '2021-02-01',
        valid_to: '',
        reason: 'TakeDown',
      },
      expect.objectContaining({ territories: 'WORLD|!US', valid_from: '', reason: 'AllDealsCancelled' }),
    ])
  })

  it('the licensor is the party on whose behalf the message was sent', async () => {
    const behalf =
      '<SentOnBehalfOf><PartyId>PADPIDA2007081601G</PartyId><PartyName><FullName>South Label</FullName></PartyName></SentOnBehalfOf>'
    const { said } = await read(album(deal(['R0'], TERMS), { behalf }))
    expect(said.column('licences', 'licensor_party_id')).toEqual(['dpid:PADPIDA2007081601G'])
    expect(said.column('parties', 'party_id')).toEqual(['dpid:PADPIDA2013042401U', 'dpid:PADPIDA2007081601G'])
  })
})

describe('units', () => {
  it('several main releases are several units; a shared recording belongs to both', async () => {
    const releases = [
      `<Release><ReleaseReference>R0</ReleaseReference><ReleaseId>${ICPN}</ReleaseId><ReleaseResourceReference>A1</ReleaseResourceReference></Release>`,
      '<Release><ReleaseReference>R1</ReleaseReference><ReleaseId><ICPN>5901234123457</ICPN></ReleaseId>' +
        '<X><ReleaseResourceReference>A1</ReleaseResourceReference><ReleaseResourceReference>A2</ReleaseResourceReference></X></Release>',
      '<TrackRelease><ReleaseReference>R2</ReleaseReference><ReleaseResourceReference>A2</ReleaseResourceReference></TrackRelease>',
    ].join('')
    const resource = (reference: string, isrc: string) =>
      `<SoundRecording><ResourceReference>${reference}</ResourceReference><ResourceId><ISRC>${isrc}</ISRC></ResourceId>` +
      '<DisplayTitleText>T</DisplayTitleText></SoundRecording>'
    const resources = resource('A1', 'GBAAA9900303') + resource('A2', 'USS1Z1412345')
    const deals = deal(['R2'], '<TerritoryCode>DE</TerritoryCode>')
    const { message: read42, said } = await read(message({ version: '42', resources, releases, deals }))
    expect(read42.releases).toEqual([KEY, '05901234123457'])
    expect(said.of('recordings').map(({ place, values }) => [place.unit, values.recording_id])).toEqual([
      [`release:${KEY}`, 'GBAAA9900303'],
      ['release:05901234123457', 'GBAAA9900303'],
      ['release:05901234123457', 'USS1Z1412345'],
    ])
    expect(said.of('licences').map(({ place }) => place.unit)).toEqual(['release:05901234123457'])
  })

  it.each([
    ['<GRid>A1-2425G-ABC1234002-M</GRid>', 'A12425GABC1234002M'],
    ['<ISRC>gb-aaa-99-00303</ISRC>', 'GBAAA9900303'],
    ['<ProprietaryId Namespace="DPID:PADPIDA2013042401U">77</ProprietaryId>', 'PADPIDA2013042401U:77'],
    ['<ProprietaryId>77</ProprietaryId>', 'PADPIDA2013042401U:77'],
    ['<GRid>A12425GABC1234002M</GRid><ICPN>0602547288233</ICPN>', KEY],
  ])('%s is the release %s', async (id, key) => {
    const { message: found } = await read(message({ releases: release3('R0', id, []) }))
    expect(found.releases).toEqual([key])
  })

  it('a release without id holds in its message only, which is noted', async () => {
    const { message: found, said } = await read(message({ releases: release3('R0', '', []) }))
    expect(found.releases).toEqual(['unidentified/dpid:PADPIDA2013042401U/M1/R0'])
    expect(said.notes.map(({ code }) => code)).toEqual(['no-release-id'])
  })

  it('a purge without id is a rejected record', async () => {
    const more = '<PurgedRelease><ReleaseId/></PurgedRelease>'
    const purge = await read(message({ root: 'PurgeReleaseMessage', more }))
    expect(purge.message.tally).toMatchObject({ header: 1, staged: 0, rejected: 1 })
    expect(purge.said.rows).toEqual([])
    expect(purge.counted).toBe(2)
  })
})

describe('records that cannot be rows', () => {
  it('an untitled recording is rejected with its text, the rest is kept', async () => {
    const resources = recording3('A1', 'GBAAA9900303', '') + recording3('A2', 'USS1Z1412345')
    const {
      message: found,
      said,
      counted,
    } = await read(message({ resources, releases: release3('R0', ICPN, ['A1', 'A2']) }))
    expect(found.tally).toMatchObject({ header: 1, staged: 2, rejected: 1 })
    expect(accounted(found)).toBe(counted)
    expect(said.rejects).toEqual([
      expect.objectContaining({
        line: 2,
        reason: 'the SoundRecording has no title',
        raw: expect.stringContaining('GBAAA9900303'),
      }),
    ])
    expect(said.column('recordings', 'recording_id')).toEqual(['USS1Z1412345'])
  })

  it('a duration of no fixed length and an unreadable date cost no row', async () => {
    const resources = recording3('A1', 'GBAAA9900303', 'Song', '<Duration>P1M</Duration>')
    const date = '<GlobalOriginalReleaseDate>soon</GlobalOriginalReleaseDate>'
    const { said } = await read(message({ resources, releases: release3('R0', ICPN, ['A1'], date) }))
    expect(said.of('recordings')[0]).toMatchObject({
      values: { duration_ms: '', release_date: '' },
      place: { raw: { duration_ms: 'P1M' }, extra: { 'release global_original_release_date': 'soon' } },
    })
    expect(said.notes.map(({ code }) => code)).toEqual(['unreadable-duration'])
  })
})
