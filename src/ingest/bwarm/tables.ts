/**
 * The tables of a DDEX BWARM dump: their names in versions 1.0 and 2.x, their cells and the order of the cells.
 *
 * A cell has one name here whatever the version; the DDEX names by which a header row may call it stand beside it,
 * the name of version 2.x first (that one is also used for what is kept as `extra`).
 */

export type BwarmTableName =
  | 'works'
  | 'workTitles'
  | 'workIdentifiers'
  | 'parties'
  | 'partyIdentifiers'
  | 'shares'
  | 'recordings'
  | 'recordingTitles'
  | 'recordingIdentifiers'
  | 'releases'
  | 'releaseIdentifiers'
  | 'links'
  | 'unclaimed'
  | 'unmatched'

export interface BwarmLayout {
  readonly version: '1.0' | '2.x'
  /** Cells in file order. */
  readonly cells: readonly string[]
  /** More cells may follow, in an order that is not confirmed. */
  readonly open?: true
}

export interface BwarmTable {
  readonly name: BwarmTableName
  /** TableType of the manifest and stem of the file name, lower case. */
  readonly types: readonly string[]
  /** Versions whose dumps always hold the table, possibly without records. */
  readonly since: '1.0' | '2.0' | '2.1'
  /** Cell name → its DDEX names. */
  readonly cells: Readonly<Record<string, readonly string[]>>
  /** Cells with several values, separated by a pipe. */
  readonly multiple: readonly string[]
  readonly layouts: readonly BwarmLayout[]
  /** Cells without which a row of the table says nothing. */
  readonly needed: readonly string[]
  /** Cells whose names in a header row tell this table from the others. */
  readonly signature: readonly string[]
}

const WORK = ['MusicalWorkRecordId', 'FeedProvidersWorkId', 'WorkRecordId']
const RECORDING = ['ResourceRecordId', 'FeedProvidersRecordingId', 'RecordingRecordId']
const RELEASE = ['ReleaseRecordId', 'FeedProvidersReleaseId']
const PARTY = ['PartyRecordId', 'FeedProvidersPartyId']
const ALLOCATOR = ['AllocatingPartyRecordId', 'AllocatingPartyId', 'FeedProvidersAllocatingPartyId', ...PARTY]
const LANGUAGE = ['LanguageAndScriptCode']
const PROVIDER = {
  provider: ['OriginalDataProviderName'],
  provider_dpid: ['OriginalDataProviderDPID'],
  as_received: ['IsDataProvidedAsReceived'],
}

const parties: BwarmTable = {
  name: 'parties',
  types: ['parties'],
  since: '1.0',
  cells: {
    record: PARTY,
    isni: ['ISNI'],
    ipi: ['IpiNameNumber'],
    society: ['CisacSocietyId'],
    dpid: ['DPID'],
    name: ['FullName'],
    before: ['NamesBeforeKeyName'],
    key_name: ['KeyName'],
    after: ['NamesAfterKeyName'],
    contact: ['ContactName'],
    email: ['EmailAddress', 'ContactEmail'],
    phone: ['PhoneNumber', 'ContactPhone'],
    address: ['PostalAddress', 'ContactAddress'],
    contact_invalid: ['ContactInformationMayNotBeValid', 'NoValidContactInformationAvailable'],
  },
  multiple: [],
  layouts: (['2.x', '1.0'] as const).flatMap((version) => {
    const first = ['record', 'isni', 'ipi', 'society', 'dpid', 'name', 'before', 'key_name', 'after']
    return [
      { version, cells: [...first, 'contact', 'email', 'phone', 'address', 'contact_invalid'] },
      { version, cells: first },
    ]
  }),
  needed: ['record', 'name'],
  signature: ['name'],
}

const works: BwarmTable = {
  name: 'works',
  types: ['musicalworks', 'works'],
  since: '1.0',
  cells: {
    record: WORK,
    iswc: ['ISWC'],
    title: ['MusicalWorkTitle', 'WorkTitle'],
    language: LANGUAGE,
    opus: ['OpusNumber'],
    catalogue: ['ComposerCatalogNumber'],
    duration: ['NominalDuration'],
    disputed: ['HasRightShareInDispute', 'HasRightsInDispute'],
    public_domain: ['TerritoryOfPublicDomain'],
    traditional: ['IsArrangementOfTraditionalWork'],
    reversion_work: ['AlternativeMusicalWorkIdForUsStatutoryReversion', 'AlternativeWorkForUsStatutoryReversion'],
    reversion_date: ['UsStatutoryReversionDate'],
    composite: ['IsCompositeMusicalWork'],
  },
  multiple: ['catalogue', 'public_domain'],
  layouts: [
    {
      version: '2.x',
      cells: [
        ...['record', 'iswc', 'title', 'language', 'opus', 'catalogue', 'duration', 'disputed', 'public_domain'],
        ...['traditional', 'reversion_work', 'reversion_date', 'composite'],
      ],
    },
    {
      version: '1.0',
      cells: [
        ...['record', 'iswc', 'title', 'opus', 'catalogue', 'duration', 'disputed', 'public_domain', 'traditional'],
        ...['reversion_work', 'reversion_date'],
      ],
    },
  ],
  needed: ['record', 'title'],
  signature: ['title'],
}

const shares: BwarmTable = {
  name: 'shares',
  types: ['musicalworkrightshares', 'workrightshares'],
  since: '1.0',
  cells: {
    record: ['MusicalWorkRightShareRecordId', 'FeedProvidersWorkRightShareId', 'WorkRightShareRecordId'],
    work: WORK,
    party: PARTY,
    role: ['PartyRole'],
    percentage: ['RightSharePercentage'],
    type: ['RightShareType'],
    rights: ['RightsType'],
    valid_from: ['ValidityStartDate'],
    valid_to: ['ValidityEndDate'],
    preceding: ['PrecedingMusicalWorkRightShareRecordId', 'FeedProvidersParentWorkRightShareId'],
    territories: ['TerritoryCode'],
    uses: ['UseType'],
  },
  multiple: ['type', 'rights', 'preceding', 'territories', 'uses'],
  layouts: (['2.x', '1.0'] as const).map((version) => ({
    version,
    cells: [
      ...['record', 'work', 'party', 'role', 'percentage', 'type', 'rights', 'valid_from', 'valid_to', 'preceding'],
      ...['territories', 'uses'],
    ],
  })),
  needed: ['work', 'party', 'percentage', 'type'],
  signature: ['work', 'type'],
}

const recordings: BwarmTable = {
  name: 'recordings',
  types: ['resources', 'recordings'],
  since: '1.0',
  cells: {
    record: RECORDING,
    kind: ['ResourceType'],
    isrc: ['ISRC'],
    title: ['Title', 'ResourceTitle', 'RecordingTitle'],
    language: LANGUAGE,
    subtitle: ['SubTitle', 'ResourceSubTitle', 'RecordingSubTitle'],
    artist: ['DisplayArtistName'],
    artist_isni: ['DisplayArtistISNI'],
    p_line: ['PLine'],
    c_line: ['CLine'],
    duration: ['Duration'],
    release: RELEASE,
    producer: ['StudioProducerName'],
    producer_id: ['StudioProducerProprietaryId', 'StudioProducerId'],
    ...PROVIDER,
  },
  multiple: ['p_line', 'c_line', 'producer', 'producer_id'],
  layouts: [
    {
      version: '2.x',
      cells: [
        ...['record', 'kind', 'isrc', 'title', 'language', 'subtitle', 'artist', 'artist_isni', 'p_line', 'c_line'],
        ...['duration', 'release', 'producer', 'producer_id', 'provider', 'provider_dpid', 'as_received'],
      ],
    },
    {
      version: '1.0',
      cells: [
        ...['record', 'isrc', 'title', 'subtitle', 'artist', 'artist_isni', 'p_line', 'duration', 'release'],
        ...['producer', 'producer_id', 'provider', 'provider_dpid', 'as_received'],
      ],
    },
  ],
  needed: ['record', 'title'],
  signature: ['record', 'title', 'artist'],
}

const releases: BwarmTable = {
  name: 'releases',
  types: ['releases'],
  since: '1.0',
  cells: {
    record: RELEASE,
    icpn: ['ICPN'],
    title: ['ReleaseTitle'],
    language: LANGUAGE,
    subtitle: ['ReleaseSubTitle'],
    artist: ['DisplayArtistName'],
    artist_isni: ['DisplayArtistISNI'],
    label: ['LabelName'],
    distributor: ['DistributorName'],
    date: ['ReleaseDate'],
    ...PROVIDER,
  },
  multiple: ['icpn', 'label', 'distributor'],
  layouts: [
    {
      version: '2.x',
      cells: [
        ...['record', 'icpn', 'title', 'language', 'subtitle', 'artist', 'artist_isni', 'label', 'distributor', 'date'],
        ...['provider', 'provider_dpid', 'as_received'],
      ],
    },
    {
      version: '1.0',
      cells: [
        ...['record', 'icpn', 'title', 'subtitle', 'artist', 'artist_isni', 'label', 'date'],
        ...['provider', 'provider_dpid', 'as_received'],
      ],
    },
  ],
  needed: ['record'],
  signature: ['record', 'title'],
}

const links: BwarmTable = {
  name: 'links',
  types: ['workresourcelinks', 'musicalworkresourcelinks', 'worksrecordings'],
  since: '1.0',
  cells: {
    record: ['WorkResourceLinkRecordId', 'MusicalWorkResourceLinkRecordId', 'FeedProvidersLinkId'],
    work: WORK,
    recording: RECORDING,
  },
  multiple: [],
  layouts: (['2.x', '1.0'] as const).map((version) => ({ version, cells: ['record', 'work', 'recording'] })),
  needed: ['work', 'recording'],
  signature: ['work', 'recording'],
}

const unclaimed: BwarmTable = {
  name: 'unclaimed',
  types: ['unclaimedmusicalworkrightshares', 'unclaimedworkrightshares'],
  since: '1.0',
  cells: {
    record: ['UnclaimedMusicalWorkRightShareRecordId', 'FeedProvidersUnclaimedWorkRightShareId'],
    recording: RECORDING,
    work: WORK,
    isrc: ['ISRC'],
    dsp_id: ['DspResourceId', 'DspRecordingId'],
    title: ['ResourceTitle', 'RecordingTitle'],
    subtitle: ['ResourceSubTitle', 'RecordingSubTitle', 'SubTitle'],
    other_title: ['AlternativeResourceTitle', 'AlternativeRecordingTitle', 'AlternativeTitle'],
    artist: ['DisplayArtistName'],
    artist_isni: ['DisplayArtistISNI'],
    duration: ['Duration'],
    percentage: ['UnclaimedRightSharePercentage', 'UnclaimedPercentage'],
    percentile: ['PercentileForPrioritisation'],
  },
  multiple: ['other_title'],
  layouts: (['2.x', '1.0'] as const).map((version) => ({
    version,
    cells: [
      ...['record', 'recording', 'work', 'isrc', 'dsp_id', 'title', 'subtitle', 'other_title', 'artist', 'artist_isni'],
      ...['duration', 'percentage', 'percentile'],
    ],
  })),
  needed: ['work', 'percentage'],
  signature: ['percentage'],
}

const unmatched: BwarmTable = {
  name: 'unmatched',
  types: ['unmatchedresources', 'unmatchedrecordings'],
  since: '2.0',
  cells: {
    record: ['UnmatchedResourceRecordId'],
    kind: ['ResourceType'],
    isrc: ['ISRC'],
    dsp_id: ['DspResourceId'],
    title: ['ResourceTitle', 'Title'],
    language: LANGUAGE,
    subtitle: ['ResourceSubTitle', 'SubTitle'],
    other_title: ['AlternativeResourceTitle', 'AlternativeTitle'],
    artist: ['DisplayArtistName'],
    artist_isni: ['DisplayArtistISNI'],
    duration: ['Duration'],
    release: RELEASE,
    ...PROVIDER,
  },
  multiple: ['other_title'],
  layouts: [
    {
      version: '2.x',
      open: true,
      cells: ['record', 'kind', 'isrc', 'dsp_id', 'title', 'language', 'subtitle', 'other_title'],
    },
  ],
  needed: ['title'],
  signature: ['record', 'title'],
}

const titles = (
  name: BwarmTableName,
  types: readonly string[],
  described: string,
  ids: readonly string[],
): BwarmTable => ({
  name,
  types,
  since: '1.0',
  cells: {
    record: [],
    [described]: ids,
    title: ['AlternativeTitle'],
    language: LANGUAGE,
    title_type: ['AlternativeTitleType', 'TitleType'],
  },
  multiple: [],
  layouts: (['2.x', '1.0'] as const).map((version) => ({
    version,
    cells: ['record', described, 'title', 'language', 'title_type'],
  })),
  needed: [described, 'title'],
  signature: [described, 'title'],
})

const identifiers = (
  name: BwarmTableName,
  types: readonly string[],
  described: string,
  ids: readonly string[],
  since: '1.0' | '2.1' = '1.0',
): BwarmTable => ({
  name,
  types,
  since,
  cells: { record: [], [described]: ids, identifier: ['ProprietaryId', 'Identifier'], allocator: ALLOCATOR },
  multiple: [],
  layouts: (['2.x', '1.0'] as const).map((version) => ({
    version,
    cells: ['record', described, 'identifier', 'allocator'],
  })),
  needed: [described, 'identifier'],
  signature: [described, 'identifier'],
})

/** All tables; where one header row fits several, the first one is meant. */
export const BWARM_TABLES: readonly BwarmTable[] = [
  unclaimed,
  unmatched,
  shares,
  titles('workTitles', ['alternativemusicalworktitles', 'workalternativetitles'], 'work', WORK),
  titles('recordingTitles', ['alternativeresourcetitles', 'recordingalternativetitles'], 'recording', RECORDING),
  identifiers('workIdentifiers', ['musicalworkidentifiers', 'workidentifiers'], 'work', WORK),
  identifiers('recordingIdentifiers', ['resourceidentifiers', 'recordingidentifiers'], 'recording', RECORDING),
  identifiers('releaseIdentifiers', ['releaseidentifiers'], 'release', RELEASE),
  identifiers('partyIdentifiers', ['partyidentifiers'], 'party', PARTY, '2.1'),
  links,
  works,
  recordings,
  releases,
  parties,
]

/** A name without case and punctuation, as names of tables and cells are compared. */
export const plainName = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The table that a TableType or a file stem names, or null. */
export const tableOfType = (type: string): BwarmTable | null =>
  BWARM_TABLES.find(({ types }) => types.includes(plainName(type))) ?? null
