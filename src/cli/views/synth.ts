/** The answer of `recital synth`, for machines and for people. */
import type { SynthResult, synthParameters } from '../../synth/index.js'
import type { Output } from '../output.js'
import { count, plural, size } from './words.js'

export interface SynthDocument {
  kind: 'recital.synth'
  version: 1
  parameters: { tracks: number; seed: number; snapshots: number; providers: number; format: 'tables' | 'bwarm' }
  /** In order of receipt. */
  deliveries: {
    folder: string
    feed: string
    published: string
    received: string
    relations: Record<string, number>
    bytes: number
  }[]
  /** Rows of all deliveries, by relation. */
  relations: Record<string, number>
  rows: number
  bytes: number
  /** Rows by file below `truth/`; null without --truth. */
  truth: Record<string, number> | null
}

export function synthDocument(parameters: ReturnType<typeof synthParameters>, result: SynthResult): SynthDocument {
  const { tracks, seed, snapshots, providers, format } = parameters
  const relations: Record<string, number> = {}
  for (const delivery of result.deliveries) {
    for (const [name, rows] of Object.entries(delivery.relations)) relations[name] = (relations[name] ?? 0) + rows
  }
  return {
    kind: 'recital.synth',
    version: 1,
    parameters: { tracks, seed, snapshots, providers, format },
    deliveries: result.deliveries.map(({ folder, feed, published, received, relations: rows, bytes }) => ({
      folder,
      feed,
      published,
      received,
      relations: { ...rows },
      bytes,
    })),
    relations,
    rows: Object.values(relations).reduce((sum, rows) => sum + rows, 0),
    bytes: result.bytes,
    truth: Object.keys(result.truth).length === 0 ? null : { ...result.truth },
  }
}

/** Deliveries shown one by one; of more, the relations alone. */
const DELIVERIES_SHOWN = 72

/** Prints what was written and what to do with it. */
export function printSynth(document: SynthDocument, folder: string, out: Output): void {
  const { deliveries, relations, rows, bytes, truth } = document
  if (deliveries.length <= DELIVERIES_SHOWN) {
    out.table(
      [
        { header: 'delivery', kind: 'id' },
        { header: 'feed', kind: 'text' },
        { header: 'received', kind: 'text' },
        { header: 'rows', kind: 'number' },
        { header: 'size', kind: 'number' },
      ],
      deliveries.map((one) => [
        one.folder,
        one.feed,
        one.received,
        count(Object.values(one.relations).reduce((sum, value) => sum + value, 0)),
        size(one.bytes),
      ]),
    )
    out.line()
  }
  out.table(
    [
      { header: 'relation', kind: 'text' },
      { header: 'rows', kind: 'number' },
    ],
    Object.entries(relations).map(([name, value]) => [name, count(value)]),
  )
  out.line()
  out.safe(`${count(deliveries.length)} deliveries, ${plural(rows, 'row')}, ${size(bytes)} in ${folder}`)
  if (truth !== null)
    out.safe(`What is true about them: ${folder}/truth (${plural(truth['anomalies.parquet'] ?? 0, 'conflict')})`)
  out.safe(`Next: recital ingest ${folder}/feeds`)
}
