/** Reads messages in tests and gives back what they said; makes small messages. */
import { existsSync, readFileSync } from 'node:fs'
import { countErnRecords, type ErnMessage, readErnMessage } from '../../../src/ingest/ern/index.js'
import type { Finding, GivenValues, RecordSink, Reject, RowPlace } from '../../../src/ingest/reader.js'
import type { RelationName } from '../../../src/model/relations.js'

export interface SaidRow {
  relation: RelationName
  place: RowPlace
  values: GivenValues
}

export class Said implements RecordSink {
  readonly rows: SaidRow[] = []
  readonly rejects: Reject[] = []
  readonly notes: Finding[] = []

  row(relation: RelationName, place: RowPlace, values: GivenValues): void {
    this.rows.push({ relation, place, values })
  }

  reject(reject: Reject): void {
    this.rejects.push(reject)
  }

  note(finding: Finding): void {
    this.notes.push(finding)
  }

  of(relation: RelationName): SaidRow[] {
    return this.rows.filter((row) => row.relation === relation)
  }

  /** One column of a relation's rows. */
  column(relation: RelationName, name: string): (string | null | undefined)[] {
    return this.of(relation).map(({ values }) => values[name])
  }
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

export interface Read {
  message: ErnMessage
  said: Said
  /** Records counted without the parser. */
  counted: number
}

export async function read(content: string | Buffer, name = 'message.xml', size = 65_536): Promise<Read> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  const said = new Said()
  const message = await readErnMessage({ name, chunks: () => pieces(bytes, size) }, said)
  return { message, said, counted: await countErnRecords(pieces(bytes, size)) }
}

/** Records that a tally accounts for. */
export function accounted({ tally }: ErnMessage): number {
  return tally.header + tally.staged + tally.rejected + tally.continued + tally.blank
}

export const DATA = '../shared/data'
export const hasData = existsSync(`${DATA}/ern43`)
export const readSample = (path: string): Promise<Read> => read(readFileSync(`${DATA}/${path}`), path)

export interface Parts {
  version?: string
  root?: string
  created?: string
  behalf?: string
  parties?: string
  resources?: string
  releases?: string
  deals?: string
  /** Before the root element. */
  prolog?: string
  /** After the lists. */
  more?: string
}

const list = (name: string, content: string | undefined): string =>
  content === undefined ? '' : `<${name}>${content}</${name}>`

/** A message on one line after its prolog. */
export function message(parts: Parts = {}): string {
  const { version = '382', root = 'NewReleaseMessage', created = '2020-05-01T10:00:00Z', behalf = '' } = parts
  return [
    parts.prolog ?? '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<ern:${root} xmlns:ern="http://ddex.net/xml/ern/${version}">`,
    '<MessageHeader><MessageId>M1</MessageId><MessageSender><PartyId>PADPIDA2013042401U</PartyId>',
    `<PartyName><FullName>North Label</FullName></PartyName></MessageSender>${behalf}`,
    `<MessageCreatedDateTime>${created}</MessageCreatedDateTime></MessageHeader>`,
    list('PartyList', parts.parties),
    list('ResourceList', parts.resources),
    list('ReleaseList', parts.releases),
    list('DealList', parts.deals),
    parts.more ?? '',
    `</ern:${root}>`,
  ].join('')
}

/** An ERN 3 sound recording. */
export function recording3(reference: string, isrc: string, title = `Title ${reference}`, more = ''): string {
  return (
    `<SoundRecording><SoundRecordingId><ISRC>${isrc}</ISRC></SoundRecordingId>` +
    `<ResourceReference>${reference}</ResourceReference><ReferenceTitle><TitleText>${title}</TitleText></ReferenceTitle>` +
    `${more}</SoundRecording>`
  )
}

/** An ERN 3 release that holds the resources. */
export function release3(reference: string, id: string, resources: readonly string[], more = ''): string {
  const held = resources.map((item) => `<ReleaseResourceReference>${item}</ReleaseResourceReference>`).join('')
  return (
    `<Release><ReleaseId>${id}</ReleaseId><ReleaseReference>${reference}</ReleaseReference>` +
    `<ReferenceTitle><TitleText>Release ${reference}</TitleText></ReferenceTitle>` +
    `<ReleaseResourceReferenceList>${held}</ReleaseResourceReferenceList>${more}</Release>`
  )
}

/** A ReleaseDeal with one deal of these terms. */
export const deal = (releases: readonly string[], ...terms: string[]): string =>
  `<ReleaseDeal>${releases.map((item) => `<DealReleaseReference>${item}</DealReleaseReference>`).join('')}` +
  `${terms.map((item) => `<Deal><DealTerms>${item}</DealTerms></Deal>`).join('')}</ReleaseDeal>`

export const period = (content: string): string => `<ValidityPeriod>${content}</ValidityPeriod>`
