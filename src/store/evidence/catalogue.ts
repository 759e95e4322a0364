/** The small tables of the evidence: what every question starts from. */
import type { Relation } from '../../model/relations.js'
import type { Evidence } from '../duckdb.js'
import sql from './catalogue.sql'
import { relationOf } from './schema.js'

export interface Catalogue {
  /** By number. Instants as the database gives them: UTC, no zone. */
  readonly snapshots: ReadonlyMap<
    number,
    { readonly id: string; readonly received: string; readonly published: string }
  >
  /** Names of the feeds by number. */
  readonly feeds: ReadonlyMap<number, string>
  /** The relations that have statements, by name. */
  readonly relations: readonly Relation[]
  /** For each of these relations the feeds whose deliveries speak about it: no other feed has statements there. */
  readonly speakers: ReadonlyMap<string, ReadonlySet<string>>
  /** All files by `fileKey`; null where there are many. */
  readonly files: ReadonlyMap<string, DeliveredFile> | null
}

export interface DeliveredFile {
  readonly name: string
  readonly sha256: string
}

/** A file of a snapshot, both by number. */
export const fileKey = (snapshotNo: number, fileNo: number): string => `${snapshotNo} ${fileNo}`

/** What a kind of row does not have is empty in the database; see catalogue.sql. */
type CatalogueRow = {
  what: string
  number: number
  part: number
  name: string
  text: string
  received: string
  published: string
}

/** As in catalogue.sql. */
const MOST_FILES = 200

/** Of evidence that cannot change. */
const known = new WeakMap<Evidence, Promise<Catalogue>>()

/** Snapshots, feeds, relations and files; of published evidence they are read once. */
export function catalogueOf(db: Evidence): Promise<Catalogue> {
  const before = known.get(db)
  if (before !== undefined) return before
  const catalogue = readCatalogue(db)
  if (db.mode === 'read') known.set(db, catalogue)
  return catalogue
}

async function readCatalogue(db: Evidence): Promise<Catalogue> {
  const rows = await db.rowsAside<CatalogueRow>(sql)
  const of = (what: string) => rows.filter((row) => row.what === what)
  const files = of('file')
  const feeds = new Map(of('feed').map(({ number, name }) => [number, name]))
  const relations = of('relation').sort((a, b) => (a.name < b.name ? -1 : 1))
  const speakers = new Map(relations.map(({ name }) => [name, new Set<string>()]))
  for (const { number, name } of of('speaker')) speakers.get(name)?.add(feeds.get(number) ?? '')
  return {
    snapshots: new Map(
      of('snapshot').map(({ number, name, received, published }) => [number, { id: name, received, published }]),
    ),
    feeds,
    relations: relations.map(({ name, text }) => relationOf(name, text)),
    speakers,
    files:
      files.length > MOST_FILES
        ? null
        : new Map(files.map(({ number, part, name, text }) => [fileKey(number, part), { name, sha256: text }])),
  }
}
