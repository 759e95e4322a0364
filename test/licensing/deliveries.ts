/** Deliveries in the plain input format, as data; written to folders they are what `recital ingest` takes. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'

/** A row as text; a missing cell is an empty one. */
export type Cells = Readonly<Record<string, string>>

/** The files of a delivery: an empty list is a file with only a header, a relation that is not there is silence. */
export type Relations = Readonly<Record<string, readonly Cells[]>>

export interface Delivery {
  /** `provider/series`. */
  readonly feed: string
  readonly published?: string
  readonly received?: string
  readonly sequence?: number
  readonly scope?: 'full' | 'delta'
  readonly complete?: readonly string[]
  readonly endDates?: 'exclusive' | 'inclusive'
  readonly rows?: Readonly<Record<string, number>>
  readonly policy?: 'late-rivals-refused' | 'pro-rata'
  readonly relations: Relations
}

/** Columns that a header holds even when no row fills them. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  parties: ['party_id', 'name'],
  works: ['work_id', 'title'],
  recordings: ['recording_id', 'title'],
  links: ['recording_id', 'work_id'],
  shares: ['work_id', 'party_id', 'share', 'share_kind', 'right'],
  licences: ['licence_id', 'right', 'coverage'],
  affiliations: ['party_id', 'licensor_party_id', 'right'],
  right_weights: ['territories', 'mech', 'perf'],
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

function csvOf(relation: string, rows: readonly Cells[]): string {
  const columns = [...new Set([...(REQUIRED[relation] ?? []), ...rows.flatMap(Object.keys)])]
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
  return `${lines.map((line) => line.map(quoted).join(',')).join('\n')}\n`
}

/** Writes `feed.yaml` and one CSV per relation into a folder of its own; returns the folder. */
function writeDelivery(folder: string, delivery: Delivery): string {
  const { relations, endDates, ...said } = delivery
  mkdirSync(folder, { recursive: true })
  const settings = { ...said, ...(endDates === undefined ? {} : { end_dates: endDates }) }
  writeFileSync(join(folder, 'feed.yaml'), stringify(settings))
  for (const [relation, rows] of Object.entries(relations)) {
    writeFileSync(join(folder, `${relation}.csv`), csvOf(relation, rows))
  }
  return folder
}

/** Writes deliveries below a folder, one folder each; returns these folders in the given order. */
export function writeDeliveries(folder: string, deliveries: readonly Delivery[]): string[] {
  return deliveries.map((delivery, place) =>
    writeDelivery(join(folder, delivery.feed, String(place + 1).padStart(3, '0')), delivery),
  )
}
