/**
 * Reader of DDEX BWARM dumps (bulk database of musical works and recordings, e.g. of The MLC), versions 1.0 to 2.1.
 *
 * Everything is SQL over the lines of the files; no row passes through JavaScript. Natural ids replace the record ids,
 * which hold inside one feed only: a renumbered feed gives the same rows.
 */
import { parseInstant } from '../../model/dates/instants.js'
import type { RelationName } from '../../model/relations.js'
import { allLines, type DeliveredFile, note, noteAll } from '../set-based.js'
import type { Staging } from '../staging.js'
import { checkDelivery, type ManifestFound } from './check.js'
import { Delivery, type LoadedFile, loadFile } from './delivery.js'
import { stemOf } from './layout.js'
import { parseManifest } from './manifest.js'
import { giveParties, identifyParties, type Sender } from './parties.js'
import { giveLinks, giveRecordings, identifyRecordings } from './recordings.js'
import { giveShares } from './shares.js'
import type { BwarmTableName } from './tables.js'
import { giveUnclaimed, giveUnmatched } from './unclaimed.js'
import { givePublicDomain, giveWorks, identifyWorks } from './works.js'

export { looksLikeBwarm } from './detect.js'

export interface BwarmOptions {
  /** Name of the folder or archive, `BWARM_<sender DPID>_[<recipient DPID>_]YYYYMMDDhhmmssnnn`. */
  readonly folderName?: string
  readonly signal?: AbortSignal
}

export interface BwarmResult {
  readonly version: '1.0' | '2.0' | '2.1'
  /** As the manifest states it, else from the folder's name; '' where neither does. */
  readonly sender: Sender
  /** RFC 3339 instant (UTC) of the feed's creation; from the folder's name, which has no zone, it is taken as UTC. */
  readonly created: string | null
  /** Something of the delivery is missing or does not agree with its manifest: a vanished row proves nothing. */
  readonly partial: boolean
  readonly relations: readonly RelationName[]
}

/** A manifest has a line per file; anything longer is a table. */
const MANIFEST_BYTES = 1_048_576

async function findManifest(staging: Staging, files: readonly DeliveredFile[]): Promise<ManifestFound | null> {
  for (const delivered of files) {
    if (delivered.facts.bytes > MANIFEST_BYTES) continue
    const { lines, findings } = await allLines(delivered)
    const manifest = parseManifest(lines)
    if (manifest === null) continue
    noteAll(staging, delivered.file, findings)
    return { manifest, file: delivered.file, lines }
  }
  return null
}

const FOLDER = /BWARM_(?:Manifest_)?([A-Z0-9]+)_(?:[A-Z0-9]*_)?([0-9]{14})([0-9]{3})?/i

function fromFolderName(name: string): { dpid: string | null; created: string | null } {
  const match = FOLDER.exec(name)
  if (match === null) return { dpid: null, created: null }
  const [, dpid = '', stamp = '', milliseconds = '000'] = match
  const iso = stamp.replace(/^(....)(..)(..)(..)(..)(..)$/, `$1-$2-$3T$4:$5:$6.${milliseconds}Z`)
  return { dpid, created: parseInstant(iso) }
}

/** The version that the manifest names, else the one whose tables and cells the delivery has. */
function versionOf(found: ManifestFound | null, loaded: readonly LoadedFile[]): '1.0' | '2.0' | '2.1' {
  const stated = /(?:^|[^0-9])(1\.0|2\.0|2\.1)(?:$|[^0-9])/.exec(found?.manifest.version ?? '')?.[1]
  if (stated !== undefined) return stated as '1.0' | '2.0' | '2.1'
  if (loaded.some(({ layout }) => layout.table.since === '2.1')) return '2.1'
  const has = (version: '1.0' | '2.x'): boolean => loaded.some(({ layout }) => layout.version === version)
  return has('2.x') || !has('1.0') ? '2.0' : '1.0'
}

/**
 * Reads a BWARM delivery into given rows of `parties`, `works`, `recordings`, `links` and `shares`, and tallies the
 * lines of every file. Lines of tables that only add to others (titles, identifiers, releases) count as staged, and so
 * do those of files that no version of the standard knows, which are noted and kept in the archive alone.
 *
 * Inclusive end dates become exclusive ones, unless the staging area does that for the whole feed. Throws InputError
 * `unknown-layout` (a known table with other columns), and as `stageLines` does.
 */
export async function readBwarm(
  staging: Staging,
  files: readonly DeliveredFile[],
  options: BwarmOptions = {},
): Promise<BwarmResult> {
  const found = await findManifest(staging, files)
  const folder = fromFolderName(options.folderName ?? '')
  const loaded = await loadFiles(staging, files, found, options.signal)
  const version = versionOf(found, loaded)
  const partial = await checkDelivery(staging, files, loaded, found, version)
  const sender = { dpid: found?.manifest.senderDpid ?? folder.dpid ?? '', name: found?.manifest.senderName ?? '' }
  const delivery = await Delivery.create(staging, loaded)
  const relations = await giveAll(delivery, sender)
  const created = parseInstant(found?.manifest.created ?? '') ?? folder.created
  return { version, sender, created, partial, relations }
}

async function loadFiles(
  staging: Staging,
  files: readonly DeliveredFile[],
  found: ManifestFound | null,
  signal: AbortSignal | undefined,
): Promise<LoadedFile[]> {
  const types = new Map(found?.manifest.files.map(({ fileName, tableType }) => [stemOf(fileName), tableType]))
  const version = found?.manifest.version.includes('1.0') ? '1.0' : '2.x'
  const loaded: LoadedFile[] = []
  for (const delivered of files) {
    const { file } = delivered
    if (file === found?.file) continue
    const { name } = file.source
    const hints = { name, tableType: types.get(stemOf(name)) ?? null, version } as const
    const table = await loadFile(staging, delivered, hints, signal)
    if (table !== null) loaded.push(table)
    else {
      file.tally = { header: 0, staged: file.lines, rejected: 0, continued: 0, blank: 0 }
      note(staging, file, {
        code: 'unknown-file',
        value: name,
        message: `${name} is no table of BWARM; it is kept in the archive only`,
      })
    }
  }
  return loaded
}

/** The relations to which each table gives rows. */
const GIVES: Partial<Record<BwarmTableName, readonly RelationName[]>> = {
  parties: ['parties'],
  works: ['works'],
  shares: ['shares'],
  recordings: ['recordings'],
  links: ['links'],
  unclaimed: ['shares', 'recordings', 'links'],
  unmatched: ['recordings'],
}

async function giveAll(delivery: Delivery, sender: Sender): Promise<RelationName[]> {
  const has = (name: BwarmTableName): boolean => delivery.has(name)
  const parties = await identifyParties(delivery, sender)
  const works = await identifyWorks(delivery, parties)
  const recordings = await identifyRecordings(delivery, works, parties)
  if (has('parties')) giveParties(delivery, parties)
  if (has('works')) giveWorks(delivery, works, parties)
  if (has('works')) givePublicDomain(delivery, works)
  const endsToExclusive = delivery.staging.options.endDates === 'exclusive'
  if (has('shares')) await giveShares(delivery, works, parties, { sender, endsToExclusive })
  if (has('recordings')) giveRecordings(delivery, recordings, parties)
  if (has('links')) giveLinks(delivery, works, recordings)
  if (has('unclaimed')) giveUnclaimed(delivery, works, recordings)
  if (has('unmatched')) giveUnmatched(delivery)
  await noteReferences(delivery, works.byRecord, parties.byRecord, recordings.byRecord)
  const given = Object.entries(GIVES).flatMap(([name, relations]) => (has(name as BwarmTableName) ? relations : []))
  return [...new Set(given)].sort()
}

async function noteReferences(delivery: Delivery, works: string, parties: string, recordings: string): Promise<void> {
  const releases = `(SELECT record FROM ${delivery.view('releases')})`
  for (const [name, cell, records, what] of [
    ['shares', 'work', works, 'work'],
    ['shares', 'party', parties, 'party'],
    ['links', 'work', works, 'work'],
    ['links', 'recording', recordings, 'recording'],
    ['workTitles', 'work', works, 'work'],
    ['workIdentifiers', 'work', works, 'work'],
    ['workIdentifiers', 'allocator', parties, 'party'],
    ['works', 'reversion_work', works, 'work'],
    ['recordings', 'release', releases, 'release'],
    ['recordingTitles', 'recording', recordings, 'recording'],
    ['recordingIdentifiers', 'recording', recordings, 'recording'],
    ['recordingIdentifiers', 'allocator', parties, 'party'],
    ['releaseIdentifiers', 'release', releases, 'release'],
    ['partyIdentifiers', 'party', parties, 'party'],
    ['unclaimed', 'work', works, 'work'],
    ['unclaimed', 'recording', recordings, 'recording'],
  ] as const) {
    if (delivery.has(name)) await delivery.noteUnresolved(name, cell, records, what)
  }
}
