import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { accounted, DATA, hasData, readSample } from './kit.js'

/** The two that DATA/README.md names as not well-formed. */
const BROKEN = [
  'ern382/Profile_TVSeries_FimBundle.xml',
  'ern382_deals/Profile_NonInteractiveSubscriptionStreamingService.xml',
]

const samples = hasData
  ? readdirSync(DATA)
      .filter((folder) => folder.startsWith('ern'))
      .flatMap((folder) => readdirSync(`${DATA}/${folder}`).map((file) => `${folder}/${file}`))
      .sort()
  : []

describe.skipIf(!hasData)('every sample', () => {
  it('is there: 49 files', () => expect(samples).toHaveLength(49))

  it.each(samples)('%s is read whole, or refused if it is not well-formed', async (sample) => {
    const { message, said, counted } = await readSample(sample)
    expect(message.refused).toBe(BROKEN.includes(sample))
    expect(accounted(message)).toBe(counted)
    expect(said.rejects).toHaveLength(message.tally.rejected)
    expect(message.tally.rejected).toBe(BROKEN.includes(sample) ? counted : 0)
    if (!message.refused) expect(message.created).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/)
  })

  it('names line and column of what is not well-formed', async () => {
    const [series, service] = await Promise.all(BROKEN.map((sample) => readSample(sample)))
    // Line 10 is a comment among the root's attributes: its `<` is the second character.
    expect(series?.said.rejects[0]).toMatchObject({
      line: 10,
      reason: expect.stringMatching(
        /^message refused \(malformed\) at ern382\/Profile_TVSeries.*line 10, column 2: not well/,
      ),
      raw: '\t<!-- For Film Bundles the value has to be FilmBundle -->',
    })
    // Line 70 closes ernm: where ern: was opened.
    expect(service?.said.rejects[0]).toMatchObject({ line: 70, raw: '</ernm:NewReleaseMessage>' })
    const [release, releaseDeal] = service?.said.rejects.slice(1) ?? []
    expect([release?.line, releaseDeal?.line]).toEqual([31, 47])
    expect(release?.raw).toMatch(/^<Release>[\s\S]*<\/Release>$/)
    expect(releaseDeal?.raw).toMatch(/^<ReleaseDeal>[\s\S]*<\/ReleaseDeal>$/)
    expect(service?.said.rows).toEqual([])
    // The message, one Release and one ReleaseDeal.
    expect(service?.message.tally).toEqual({ header: 0, staged: 0, rejected: 3, continued: 0, blank: 0 })
  })
})

const RELEASE = 'A1B2C3D4E5F6G7H8I9J0K1L2M3N4O5P6Q7R8S9T0'

describe.skipIf(!hasData)('ERN 3.8.2: delivery, update and purge of one release', () => {
  it('delivers', async () => {
    const { message, said } = await readSample('ern382_lifecycle/01_delivery.xml')
    expect(message).toEqual({
      refused: false,
      version: '382',
      kind: 'new',
      messageId: 'MessageID5678',
      sender: { dpid: 'PADPIDA1234567890', name: 'Label Name' },
      created: '2024-04-01T05:00:00Z',
      releases: [RELEASE],
      // The message; SoundRecording, Image, Release, ReleaseDeal.
      tally: { header: 1, staged: 4, rejected: 0, continued: 0, blank: 0 },
    })
    expect(said.of('recordings')).toEqual([
      {
        relation: 'recordings',
        place: {
          line: 26,
          unit: `release:${RELEASE}`,
          spoken: '2024-04-01T05:00:00Z',
          raw: { duration_ms: 'PT3M45S' },
          extra: {
            resource: 'SoundRecording',
            resource_reference: 'A1',
            rights_controllers: 'Robert Louis, RightsController, WORLD',
            proprietary_id: 'PADPIDA1234567890:2281606606',
            p_line: '2021 Label Name',
            release_label: 'Iron Crown Music',
          },
        },
        values: {
          recording_id: 'USRC12345678',
          title: 'Example Song',
          isrc: 'USRC12345678',
          version: '',
          artist: 'DJ Theo',
          duration_ms: '225000',
          label: 'Label Name, Inc.',
          release_title: 'Example Album 123',
          upc: '',
          release_date: '2010-01-01',
        },
      },
    ])
    expect(said.column('parties', 'party_id')).toEqual([
      'dpid:PADPIDA1234567890',
      'name:IRON CROWN MUSIC',
      'name:LABEL NAME, INC.',
      'name:ROBERT LOUIS',
    ])
    const [licence] = said.of('licences')
    expect(licence?.place).toMatchObject({ line: 142, raw: { territories: 'Worldwide' } })
    expect(licence?.values).toEqual({
      licence_id: expect.stringMatching(new RegExp(`^${RELEASE}/[0-9a-f]{12}$`)),
      right: 'master',
      coverage: 'by-work',
      licensor_party_id: 'dpid:PADPIDA1234567890',
      repertoire: 'USRC12345678',
      territories: 'WORLD',
      valid_from: '2023-09-02',
      valid_to: '',
      uses: 'FreeOfChargeModel/OnDemandStream|FreeOfChargeModel/PermanentDownload',
      document: 'MessageID5678',
    })
  })

  it('updates the same unit and keeps the licence id', async () => {
    const first = await readSample('ern382_lifecycle/01_delivery.xml')
    const { message, said } = await readSample('ern382_lifecycle/02_update.xml')
    expect(message.created).toBe('2024-04-01T06:00:00Z')
    expect(message.releases).toEqual([RELEASE])
    expect(said.column('recordings', 'title')).toEqual(['Updated Example Song'])
    expect(said.column('recordings', 'release_title')).toEqual(['Example Album'])
    expect(said.column('licences', 'licence_id')).toEqual(first.said.column('licences', 'licence_id'))
  })

  it('purges: withdraws the unit, which is no takedown order', async () => {
    const { message, said } = await readSample('ern382_lifecycle/03_delete.xml')
    expect(message).toMatchObject({ kind: 'purge', messageId: 'MessageID5680', releases: [RELEASE] })
    expect(message.tally).toMatchObject({ header: 1, staged: 1 })
    const place = { line: 23, unit: `release:${RELEASE}`, spoken: '2024-04-02T07:00:00Z' }
    for (const relation of ['parties', 'recordings', 'works', 'links', 'licences'] as const) {
      expect(said.of(relation)).toEqual([{ relation, place: { ...place, op: 'delete' }, values: {} }])
    }
    expect(said.of('takedowns')).toEqual([
      {
        relation: 'takedowns',
        place: { ...place, extra: { message_id: 'MessageID5680' } },
        values: { takedown_id: `${RELEASE}/purge`, release: RELEASE, reason: 'PurgeReleaseMessage' },
      },
    ])
  })

  it('purges by ICPN, padded to fourteen digits', async () => {
    const { message, said } = await readSample('ern382_deals/LiveCycle_PurgeReleases.xml')
    expect(message.releases).toEqual(['00123451234509'])
    expect(said.of('takedowns')[0]?.place.extra).toEqual({ message_id: '', release_title: 'Boogie Man' })
  })
})

describe.skipIf(!hasData)('ERN 3.4.1: a label with 345 deals', () => {
  it('gives one row per deal, the three TakeDown ones apart', async () => {
    const { message, said } = await readSample('ern3_label/ddex-sample.xml')
    // SoundRecording 2, Image 1, Release 3, ReleaseDeal 3.
    expect(message.tally).toMatchObject({ header: 1, staged: 9 })
    expect(message).toMatchObject({ version: '341', created: '2012-06-08T04:00:31Z', releases: ['ICPN_VALUE'] })
    // <Deal> occurs 345 times, <TakeDown>true 3 times.
    expect(said.of('licences')).toHaveLength(342)
    expect(new Set(said.column('licences', 'licence_id')).size).toBe(342)
    expect(said.of('takedowns').map(({ place, values }) => [place.line, values.release, values.repertoire])).toEqual([
      [2375, 'ICPN_VALUE', 'US82M0754801|ICPN_VALUE/A2'],
      [4211, 'A10302B00004247715', 'US82M0754801'],
      [6047, 'A10302B00004247723', 'ICPN_VALUE/A2'],
    ])
    expect(said.of('takedowns')[0]?.values).toMatchObject({
      territories: 'US',
      valid_from: '2012-06-08',
      valid_to: '',
      reason: 'TakeDown',
    })
  })

  it('reads recordings, labels and the first deal', async () => {
    const { said } = await readSample('ern3_label/ddex-sample.xml')
    const [valid, invalid] = said.of('recordings')
    expect(valid?.values).toMatchObject({
      recording_id: 'US82M0754801',
      title: 'Destination',
      artist: 'Messages',
      duration_ms: '307000',
      label: 'Me Iz Label',
      release_title: 'Album Title?',
      upc: 'ICPN_VALUE',
      release_date: '2007-08-28',
    })
    // `ISRC_Woot` is no ISRC: kept as given, not used as an id.
    expect(invalid?.values).toMatchObject({ recording_id: 'ICPN_VALUE/A2', isrc: 'ISRC_Woot', duration_ms: '366000' })
    expect(valid?.place).toMatchObject({ line: 29, extra: { 'label [WORLD, MajorLabel]': 'IR A Majr' } })
    expect(said.of('licences')[0]).toMatchObject({
      place: { line: 323, extra: { pre_order_release_date: '2007-08-14', release_types: 'Single' } },
      values: {
        territories: 'AT',
        valid_from: '2007-08-28',
        repertoire: 'US82M0754801|ICPN_VALUE/A2',
        uses: 'AdvertisementSupportedModel/NonInteractiveStream|AdvertisementSupportedModel/OnDemandStream',
        licensor_party_id: 'dpid:MyPartyId',
      },
    })
  })
})

describe.skipIf(!hasData)('ERN 4.3: a classical album', () => {
  it('takes the ISRC from the edition, the label from the party list', async () => {
    const { message, said } = await readSample('ern43/Variant_Classical.xml')
    // Party 7, SoundRecording 12, Image 1, Release 1, TrackRelease 12, ReleaseDeal 1, two visibilities.
    expect(message.tally).toMatchObject({ header: 1, staged: 36 })
    expect(message).toMatchObject({
      version: '43',
      created: '2017-04-25T15:00:29.947Z',
      releases: ['A10302B0003989564F'],
      sender: { dpid: 'PADPIDA111111111', name: 'UMG' },
    })
    const recordings = said.of('recordings')
    expect(recordings).toHaveLength(12)
    expect(recordings[0]?.values).toMatchObject({
      recording_id: 'DE0000311111',
      title: 'Vivaldi: Concerto For Violin And Strings In E Major, Op.8, No.1, RV 269 "La Primavera". 1 Allegro',
      artist: 'The English Concert, Simon Standage, Trevor Pinnock',
      duration_ms: '201000',
      label: 'Deutsche Grammophon',
      release_title: 'Antonio Vivaldi: The Four Seasons',
      upc: '',
    })
    expect(recordings[11]?.values).toMatchObject({ recording_id: 'DE0000312121', duration_ms: '165000' })
    expect(recordings[0]?.place.line).toBe(70)
  })

  it('lists the whole album in its one deal', async () => {
    const { said } = await readSample('ern43/Variant_Classical.xml')
    const licences = said.of('licences')
    expect(licences).toHaveLength(1)
    expect(licences[0]?.place.line).toBe(1216)
    expect(licences[0]?.values).toMatchObject({
      territories: 'AD',
      valid_from: '2017-04-25',
      uses: 'PayAsYouGoModel/PermanentDownload',
      repertoire: [
        ...['DE0000311111', 'DE0000322222', 'DE0000333333', 'DE0000344444', 'DE0000355555', 'DE0000366666'],
        ...['DE0000377777', 'DE0000388888', 'DE0000399999', 'DE0000310101', 'DE0000301010', 'DE0000312121'],
      ].join('|'),
    })
  })

  it('keeps title and version apart and names the channels', async () => {
    const { said } = await readSample('ern43/2_Video.xml')
    expect(said.of('recordings')[0]?.values).toMatchObject({
      recording_id: 'DEMA61100471',
      title: 'La Première Fois',
      version: 'Video 2D',
      upc: '05099962136853',
      duration_ms: '190000',
    })
    expect(said.of('licences')[0]?.values).toMatchObject({
      territories: 'AT|CH|DE',
      repertoire: 'DEMA61100471|DEMA61100472',
      uses: expect.stringContaining('|channel:iTunes UMG|channel:test1'),
    })
  })

  it('counts a licence per deal: 747 for a single, 44 for a bundle', async () => {
    expect((await readSample('ern43/4_SimpleAudioSingle.xml')).said.of('licences')).toHaveLength(747)
    expect((await readSample('ern43/3_MixedMedia.xml')).said.of('licences')).toHaveLength(44)
  })
})

describe.skipIf(!hasData)('single facts of other samples', () => {
  it('excludes a territory and shows the other artist name beside', async () => {
    const { message, said } = await readSample('ern341/AudioSingle_10.xml')
    // The folder says 3.4.1, the namespace 3.5; the date has no zone.
    expect(message).toMatchObject({ version: '35', created: '2010-07-23T00:00:00Z' })
    expect(said.notes.map(({ code }) => code)).toEqual(['no-time-zone'])
    expect(said.of('recordings')[0]).toMatchObject({
      values: {
        recording_id: 'CASE00000001',
        artist: 'Monkey Claw',
        release_date: '1955-01-01',
        duration_ms: '811000',
      },
      place: { extra: { 'artist [MX]': 'Monkey Claw (UK)' } },
    })
  })

  it('makes an inclusive end exclusive and keeps the text', async () => {
    const { said } = await readSample('ern382_deals/LiveCycle_TerritorialPriceChange.xml')
    expect(said.of('licences').map(({ values }) => [values.territories, values.valid_from, values.valid_to])).toEqual([
      ['US', '2010-06-20', '2011-08-27'],
      ['WORLD|!US', '2011-08-27', ''],
    ])
    expect(said.of('licences').map(({ place }) => place.raw)).toEqual([
      { valid_to: '2011-08-26' },
      { territories: '!US' },
    ])
  })

  it('reads an end without a start, which is how ERN 3.8 profiles end a deal', async () => {
    const { said } = await readSample('ern382_deals/LiveCycle_Takedown.xml')
    expect(said.of('licences')[0]?.values).toMatchObject({ valid_from: '', valid_to: '2015-10-02', repertoire: '' })
    expect(said.of('takedowns')).toEqual([])
  })

  it('refuses an ISWC that fails its check as a link between tracks', async () => {
    const { said } = await readSample('ern382/Profile_AudioAlbumMusicOnly.xml')
    // All six tracks carry the filler T1234567890 (the right check digit would be 4).
    expect(new Set(said.column('works', 'iswc'))).toEqual(new Set(['T1234567890']))
    expect(new Set(said.column('works', 'work_id')).size).toBe(6)
  })
})
