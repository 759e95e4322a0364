/** Small BWARM dumps for tests: records as objects in, the files of a delivery out, in the layout of any version. */
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** One record: cell key → value; a list is a cell with several values. Absent cells are empty. */
export type BwarmRecord = Readonly<Record<string, string | readonly string[]>>

export type BwarmTables = Readonly<Record<string, readonly BwarmRecord[]>>

export interface BwarmDumpOptions {
  readonly version: '1.0' | '2.0' | '2.1'
  readonly header?: boolean
  readonly lineEnd?: '\n' | '\r\n'
  /** Tables whose file is not written. */
  readonly without?: readonly string[]
  readonly sender?: { readonly dpid: string; readonly name: string }
  /** Writes the names of 1.0 over the cells of 2.x. */
  readonly oldFileNames?: boolean
  readonly manifest?: false | { readonly footer?: false; readonly md5?: false; readonly countsHeader?: false }
}

interface TableSpec {
  readonly files: readonly [old: string, current: string]
  readonly types: readonly [old: string, current: string]
  /** `key DDEXName`, in file order. */
  readonly old: readonly string[]
  readonly current: readonly string[]
  readonly since?: '2.0' | '2.1'
}

const cells = (text: string): string[] => text.trim().split(/\s*;\s*/)

const identifierCells = (old: string, current: string): Pick<TableSpec, 'old' | 'current'> => ({
  old: cells(`id OwnId; of ${old}; number Identifier; by FeedProvidersPartyId`),
  current: cells(`id IdentifierRecordId; of ${current}; number ProprietaryId; by AllocatingPartyRecordId`),
})

const titleCells = (old: string, current: string): Pick<TableSpec, 'old' | 'current'> => ({
  old: cells(`id OwnId; of ${old}; title AlternativeTitle; language LanguageAndScriptCode; type TitleType`),
  current: cells(
    `id TitleRecordId; of ${current}; title AlternativeTitle; language LanguageAndScriptCode; type AlternativeTitleType`,
  ),
})

const shareCells = (names: readonly string[]): string[] => {
  const [id, work, party, before] = names
  return cells(`id ${id}; work ${work}; party ${party}; role PartyRole; share RightSharePercentage; type RightShareType;
    rights RightsType; from ValidityStartDate; to ValidityEndDate; before ${before}; territories TerritoryCode; uses UseType`)
}

/** Layouts as the standard prints them (DDEX BWARM 1.0, 2.0, 2.1). */
const TABLES: Readonly<Record<string, TableSpec>> = {
  parties: {
    files: ['parties', 'parties'],
    types: ['Parties', 'Parties'],
    old: cells(`id FeedProvidersPartyId; isni ISNI; ipi IpiNameNumber; society CisacSocietyId; dpid DPID; name FullName;
      before NamesBeforeKeyName; key KeyName; after NamesAfterKeyName; contact ContactName; email ContactEmail; phone ContactPhone;
      address ContactAddress; invalid NoValidContactInformationAvailable`),
    current: cells(`id PartyRecordId; isni ISNI; ipi IpiNameNumber; society CisacSocietyId; dpid DPID; name FullName;
      before NamesBeforeKeyName; key KeyName; after NamesAfterKeyName; contact ContactName; email EmailAddress; phone PhoneNumber;
      address PostalAddress; invalid ContactInformationMayNotBeValid`),
  },
  partyIdentifiers: {
    files: ['', 'partyidentifiers'],
    types: ['', 'PartyIdentifiers'],
    ...identifierCells('FeedProvidersPartyId', 'PartyRecordId'),
    since: '2.1',
  },
  works: {
    files: ['works', 'musicalworks'],
    types: ['Works', 'MusicalWorks'],
    old: cells(`id FeedProvidersWorkId; iswc ISWC; title WorkTitle; opus OpusNumber; catalogue ComposerCatalogNumber;
      duration NominalDuration; disputed HasRightsInDispute; free TerritoryOfPublicDomain; traditional IsArrangementOfTraditionalWork;
      reversion AlternativeWorkForUsStatutoryReversion; reverted UsStatutoryReversionDate`),
    current:
      cells(`id MusicalWorkRecordId; iswc ISWC; title MusicalWorkTitle; language LanguageAndScriptCode; opus OpusNumber;
      catalogue ComposerCatalogNumber; duration NominalDuration; disputed HasRightShareInDispute; free TerritoryOfPublicDomain;
      traditional IsArrangementOfTraditionalWork; reversion AlternativeMusicalWorkIdForUsStatutoryReversion;
      reverted UsStatutoryReversionDate; composite IsCompositeMusicalWork`),
  },
  workTitles: {
    files: ['workalternativetitles', 'alternativemusicalworktitles'],
    types: ['WorkAlternativeTitles', 'AlternativeMusicalWorkTitles'],
    ...titleCells('FeedProvidersWorkId', 'MusicalWorkRecordId'),
  },
  workIdentifiers: {
    files: ['workidentifiers', 'musicalworkidentifiers'],
    types: ['WorkIdentifiers', 'MusicalWorkIdentifiers'],
    ...identifierCells('FeedProvidersWorkId', 'MusicalWorkRecordId'),
  },
  shares: {
    files: ['workrightshares', 'musicalworkrightshares'],
    types: ['WorkRightShares', 'MusicalWorkRightShares'],
    old: shareCells([
      'FeedProvidersWorkRightShareId',
      'FeedProvidersWorkId',
      'FeedProvidersPartyId',
      'FeedProvidersParentWorkRightShareId',
    ]),
    current: shareCells([
      'MusicalWorkRightShareRecordId',
      'MusicalWorkRecordId',
      'PartyRecordId',
      'PrecedingMusicalWorkRightShareRecordId',
    ]),
  },
  recordings: {
    files: ['recordings', 'resources'],
    types: ['Recordings', 'Resources'],
    old: cells(`id FeedProvidersRecordingId; isrc ISRC; title RecordingTitle; subtitle RecordingSubTitle; artist DisplayArtistName;
      artistIsni DisplayArtistISNI; p PLine; duration Duration; release FeedProvidersReleaseId; producer StudioProducerName;
      producerId StudioProducerId; source OriginalDataProviderName; sourceDpid OriginalDataProviderDPID;
      received IsDataProvidedAsReceived`),
    current:
      cells(`id ResourceRecordId; kind ResourceType; isrc ISRC; title Title; language LanguageAndScriptCode; subtitle SubTitle;
      artist DisplayArtistName; artistIsni DisplayArtistISNI; p PLine; c CLine; duration Duration; release ReleaseRecordId;
      producer StudioProducerName; producerId StudioProducerProprietaryId; source OriginalDataProviderName;
      sourceDpid OriginalDataProviderDPID; received IsDataProvidedAsReceived`),
  },
  recordingTitles: {
    files: ['recordingalternativetitles', 'alternativeresourcetitles'],
    types: ['RecordingAlternativeTitles', 'AlternativeResourceTitles'],
    ...titleCells('FeedProvidersRecordingId', 'ResourceRecordId'),
  },
  recordingIdentifiers: {
    files: ['recordingidentifiers', 'resourceidentifiers'],
    types: ['RecordingIdentifiers', 'ResourceIdentifiers'],
    ...identifierCells('FeedProvidersRecordingId', 'ResourceRecordId'),
  },
  releases: {
    files: ['releases', 'releases'],
    types: ['Releases', 'Releases'],
    old: cells(`id FeedProvidersReleaseId; icpn ICPN; title ReleaseTitle; subtitle ReleaseSubTitle; artist DisplayArtistName;
      artistIsni DisplayArtistISNI; label LabelName; date ReleaseDate; source OriginalDataProviderName;
      sourceDpid OriginalDataProviderDPID; received IsDataProvidedAsReceived`),
    current:
      cells(`id ReleaseRecordId; icpn ICPN; title ReleaseTitle; language LanguageAndScriptCode; subtitle ReleaseSubTitle;
      artist DisplayArtistName; artistIsni DisplayArtistISNI; label LabelName; distributor DistributorName; date ReleaseDate;
      source OriginalDataProviderName; sourceDpid OriginalDataProviderDPID; received IsDataProvidedAsReceived`),
  },
  releaseIdentifiers: {
    files: ['releaseidentifiers', 'releaseidentifiers'],
    types: ['ReleaseIdentifiers', 'ReleaseIdentifiers'],
    ...identifierCells('FeedProvidersReleaseId', 'ReleaseRecordId'),
  },
  links: {
    files: ['worksrecordings', 'workresourcelinks'],
    types: ['WorksRecordings', 'WorkResourceLinks'],
    old: cells('id LinkId; work FeedProvidersWorkId; recording FeedProvidersRecordingId'),
    current: cells('id WorkResourceLinkRecordId; work MusicalWorkRecordId; recording ResourceRecordId'),
  },
  unclaimed: {
    files: ['unclaimedworkrightshares', 'unclaimedmusicalworkrightshares'],
    types: ['UnclaimedWorkRightShares', 'UnclaimedMusicalWorkRightShares'],
    old: cells(`id OwnId; recording FeedProvidersRecordingId; work FeedProvidersWorkId; isrc ISRC; dsp DspRecordingId;
      title RecordingTitle; subtitle RecordingSubTitle; alternative AlternativeTitle; artist DisplayArtistName;
      artistIsni DisplayArtistISNI; duration Duration; share UnclaimedPercentage; percentile PercentileForPrioritisation`),
    current:
      cells(`id UnclaimedMusicalWorkRightShareRecordId; recording ResourceRecordId; work MusicalWorkRecordId; isrc ISRC;
      dsp DspResourceId; title ResourceTitle; subtitle ResourceSubTitle; alternative AlternativeTitle; artist DisplayArtistName;
      artistIsni DisplayArtistISNI; duration Duration; share UnclaimedRightSharePercentage; percentile PercentileForPrioritisation`),
  },
  unmatched: {
    files: ['', 'unmatchedresources'],
    types: ['', 'UnmatchedResources'],
    old: [],
    current: cells(`id UnmatchedResourceRecordId; kind ResourceType; isrc ISRC; dsp DspResourceId; title ResourceTitle;
      language LanguageAndScriptCode; subtitle ResourceSubTitle; alternative AlternativeResourceTitle; artist DisplayArtistName;
      duration Duration`),
    since: '2.0',
  },
}

export const TEST_SENDER = { dpid: 'PADPIDA2007081601G', name: 'Northern Rights Bureau' }

/** A value as a cell holds it: backslash, pipe and TAB escaped. */
const escaped = (value: string): string =>
  value.replace(/[\\|\t]/g, (character) => (character === '\\' ? '\\\\\\' : character === '|' ? '\\\\|' : '\\\t'))

const cellText = (value: string | readonly string[] | undefined): string =>
  value === undefined ? '' : typeof value === 'string' ? escaped(value) : value.map(escaped).join('|')

export interface WrittenFile {
  readonly name: string
  readonly path: string
  readonly text: string
}

/** Writes a dump into a new folder and returns its files, the manifest last. */
export function writeBwarm(folder: string, tables: BwarmTables, options: BwarmDumpOptions): WrittenFile[] {
  const { version, header = true, lineEnd = '\n', without = [], sender = TEST_SENDER, manifest = {} } = options
  const isOld = version === '1.0'
  mkdirSync(folder, { recursive: true })
  const files: WrittenFile[] = []
  const listed: string[] = []
  for (const [key, spec] of Object.entries(TABLES)) {
    if (without.includes(key) || (spec.since ?? '1.0') > version) continue
    const columns = isOld ? spec.old : spec.current
    const keys = columns.map((column) => column.split(' ')[0] ?? '')
    const names = columns.map((column) => column.split(' ')[1] ?? '')
    const rows = (tables[key] ?? []).map((record) => keys.map((cell) => cellText(record[cell])).join('\t'))
    const lines = header ? [`#${names.join('\t')}`, ...rows] : rows
    const stem = options.oldFileNames && spec.files[0] !== '' ? spec.files[0] : spec.files[isOld ? 0 : 1]
    const file = writeFile(folder, `${stem}.tsv`, lines, lineEnd)
    files.push(file)
    const counted = manifest !== false && manifest.countsHeader === false ? rows.length : lines.length
    const md5 = createHash('md5').update(file.text).digest('hex')
    const type = spec.types[isOld ? 0 : 1]
    listed.push([type, file.name, String(counted), manifest !== false && manifest.md5 === false ? '' : md5].join('\t'))
  }
  if (manifest !== false) {
    const head = [version, '1', sender.name, sender.dpid, '', '', '2024-01-07T06:30:00+01:00'].join('\t')
    const lines = ['#DataFeedVersionId\tAvsVersionId', head, '#TableType\tFileName', ...listed]
    if (manifest.footer !== false) lines.push('EOF')
    files.push(writeFile(folder, `BWARM_Manifest_${sender.dpid}_20240107053000000.tsv`, lines, lineEnd))
  }
  return files
}

function writeFile(folder: string, name: string, lines: readonly string[], lineEnd: string): WrittenFile {
  const text = lines.map((line) => line + lineEnd).join('')
  const file = { name, path: path.join(folder, name), text }
  writeFileSync(file.path, text)
  return file
}

/** Cells that hold record ids, by table; `id` is one everywhere. */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  partyIdentifiers: ['of', 'by'],
  works: ['reversion'],
  workTitles: ['of'],
  workIdentifiers: ['of', 'by'],
  shares: ['work', 'party', 'before'],
  recordings: ['release'],
  recordingTitles: ['of'],
  recordingIdentifiers: ['of', 'by'],
  releaseIdentifiers: ['of', 'by'],
  links: ['work', 'recording'],
  unclaimed: ['recording', 'work'],
}

/** The same dump with other record ids and its rows in another order, as a sender's next feed may have them. */
export function renumbered(tables: BwarmTables, seed: number): BwarmTables {
  const newId = (id: string): string =>
    createHash('md5').update(`${seed} ${id}`).digest('hex').slice(0, 10).toUpperCase()
  return Object.fromEntries(
    Object.entries(tables).map(([key, records]) => {
      const moved = records.map((record) => {
        const changed: Record<string, string | readonly string[]> = { ...record }
        for (const cell of ['id', ...(REFERENCES[key] ?? [])]) {
          const value = record[cell]
          if (value !== undefined) changed[cell] = typeof value === 'string' ? newId(value) : value.map(newId)
        }
        return changed
      })
      const order = (record: BwarmRecord): string => newId(JSON.stringify(record))
      return [key, moved.sort((a, b) => (order(a) < order(b) ? -1 : 1))]
    }),
  )
}
