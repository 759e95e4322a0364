/** A delivery of the licensing collective as a DDEX BWARM 2.0 dump: tables without quotes, and a manifest. */
import { createHash } from 'node:crypto'
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Evidence } from '../../store/duckdb.js'
import type { Delivery } from '../plan/calendar.js'
import { SENDER_DPID } from '../plan/feeds.js'
import { type DeliveredRelation, deliveredRows, parametersOf } from '../relations.js'
import links from '../sql/bwarm_links.sql'
import parties from '../sql/bwarm_parties.sql'
import resources from '../sql/bwarm_resources.sql'
import shares from '../sql/bwarm_shares.sql'
import unmatched from '../sql/bwarm_unmatched.sql'
import workIdentifiers from '../sql/bwarm_work_identifiers.sql'
import workTitles from '../sql/bwarm_work_titles.sql'
import works from '../sql/bwarm_works.sql'
import { bytesOf } from './folder.js'
import { copyToTsv, type Run, type WrittenDelivery } from './run.js'
import { feedSettings, folderOf } from './settings.js'
import { type DeliveryWriter, weightOf } from './tables.js'

interface FilledTable {
  readonly type: string
  readonly relation: DeliveredRelation
  readonly sql: string
}

const FILLED: readonly FilledTable[] = [
  { type: 'Parties', relation: 'parties', sql: parties },
  { type: 'MusicalWorks', relation: 'works', sql: works },
  { type: 'AlternativeMusicalWorkTitles', relation: 'works', sql: workTitles },
  { type: 'MusicalWorkIdentifiers', relation: 'works', sql: workIdentifiers },
  { type: 'MusicalWorkRightShares', relation: 'shares', sql: shares },
  { type: 'Resources', relation: 'recordings', sql: resources },
  { type: 'UnmatchedResources', relation: 'recordings', sql: unmatched },
  { type: 'WorkResourceLinks', relation: 'links', sql: links },
]

/** Tables that a dump always has, here without records. */
const EMPTY: Readonly<Record<string, string>> = {
  AlternativeResourceTitles:
    'AlternativeResourceTitleRecordId ResourceRecordId AlternativeTitle LanguageAndScriptCode AlternativeTitleType',
  ResourceIdentifiers: 'ResourceIdentifierRecordId ResourceRecordId ProprietaryId AllocatingPartyRecordId',
  Releases:
    'ReleaseRecordId ICPN ReleaseTitle LanguageAndScriptCode ReleaseSubTitle DisplayArtistName DisplayArtistISNI LabelName DistributorName ReleaseDate OriginalDataProviderName OriginalDataProviderDPID IsDataProvidedAsReceived',
  ReleaseIdentifiers: 'ReleaseIdentifierRecordId ReleaseRecordId ProprietaryId AllocatingPartyRecordId',
  UnclaimedMusicalWorkRightShares:
    'UnclaimedMusicalWorkRightShareRecordId ResourceRecordId MusicalWorkRecordId ISRC DspResourceId ResourceTitle ResourceSubTitle AlternativeResourceTitle DisplayArtistName DisplayArtistISNI Duration UnclaimedRightSharePercentage PercentileForPrioritisation',
}

const fileName = (type: string): string => `${type.toLowerCase()}.tsv`

interface Measured {
  readonly lines: number
  readonly md5: string
}

/** Lines and MD5 sum of a file, in one pass. */
async function measure(file: string): Promise<Measured> {
  const hash = createHash('md5')
  let lines = 0
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk)
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
    }
  })
  return { lines, md5: hash.digest('hex') }
}

export function writeBwarm(run: Run, delivery: Delivery): DeliveryWriter {
  const { feed, published, received, round } = delivery
  const folder = join(run.folder, 'feeds', folderOf(delivery))
  const stamp = `${published.replaceAll('-', '')}060000000`
  const manifest = join(folder, `BWARM_Manifest_${SENDER_DPID}_${stamp}.tsv`)
  const counts = new Map<DeliveredRelation, number>()
  const types = [...FILLED.map(({ type }) => type), ...Object.keys(EMPTY)]
  const pathOf = (type: string): string => join(folder, fileName(type))
  const parameters = {
    ...parametersOf(run.plan, delivery, round - 1),
    dpid: SENDER_DPID,
    sender: feed.provider,
  }
  mkdirSync(folder, { recursive: true })

  const write = async (db: Evidence, { type, relation, sql }: FilledTable): Promise<void> => {
    const query = `WITH rows AS (${deliveredRows(relation, delivery)}) ${sql}`
    await copyToTsv(db, { sql: query, parameters }, pathOf(type))
    run.reporter.advance({ done: 1 })
  }

  const manifestLines = async (): Promise<string[]> => {
    const head = [
      '#DataFeedVersionId\tAvsVersionId\tDataFeedSender\tDataFeedSenderDPID\tDataFeedRecipient\tDataFeedRecipientDPID\tDataFeedCreatedDateTime',
      ['2.0', '3', feed.provider, SENDER_DPID, '', '', `${published}T06:00:00Z`].join('\t'),
      '#TableType\tFileName\tNumberOfLinesInFile\tMD5HashSum',
    ]
    const rows: string[] = []
    for (const type of types) {
      const { lines, md5 } = await measure(pathOf(type))
      rows.push([type, fileName(type), String(lines), md5].join('\t'))
      const table = FILLED.find((one) => one.type === type && one.type !== 'UnmatchedResources')
      if (table !== undefined && !/Titles|Identifiers/.test(type)) counts.set(table.relation, lines - 1)
      if (type === 'UnmatchedResources') counts.set('recordings', (counts.get('recordings') ?? 0) + lines - 1)
    }
    return [...head, ...rows, 'EOF']
  }

  return {
    delivery,
    jobs: FILLED.map((table) => ({ weight: weightOf(table.relation), run: (db) => write(db, table) })),
    async finish(): Promise<WrittenDelivery> {
      for (const [type, cells] of Object.entries(EMPTY))
        writeFileSync(pathOf(type), `#${cells.replaceAll(' ', '\t')}\n`)
      writeFileSync(manifest, (await manifestLines()).map((line) => `${line}\n`).join(''))
      writeFileSync(join(folder, 'feed.yaml'), feedSettings(delivery, {}))
      const rows = [...counts.values()].reduce((sum, count) => sum + count, 0)
      run.reporter.advance({ rows, done: 0 })
      return {
        folder: `feeds/${folderOf(delivery)}`,
        feed: feed.feed,
        published,
        received,
        relations: Object.fromEntries(counts),
        bytes: [...types.map(pathOf), manifest].reduce((sum, file) => sum + bytesOf(file), 0),
      }
    },
  }
}
