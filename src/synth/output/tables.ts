/** A delivery as plain tables: one Parquet file per relation. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence } from '../../store/duckdb.js'
import type { Delivery } from '../plan/calendar.js'
import { asked, type DeliveredRelation, deliveredRows, parametersOf, relationsOf } from '../relations.js'
import { bytesOf } from './folder.js'
import type { Job } from './jobs.js'
import { copyToParquet, type Run, type WrittenDelivery } from './run.js'
import { feedSettings, folderOf } from './settings.js'

/** How much longer rows of some relations take than those of others. */
const WEIGHTS: Readonly<Partial<Record<DeliveredRelation, number>>> = { shares: 9, recordings: 8, works: 4, links: 3 }

export const weightOf = (relation: DeliveredRelation): number => WEIGHTS[relation] ?? 1

/** A delivery that is being written. */
export interface DeliveryWriter {
  readonly delivery: Delivery
  readonly jobs: readonly Job[]
  /** Writes what lies beside the rows; to be called when all jobs are done. */
  finish(): Promise<WrittenDelivery>
}

export function writeTables(run: Run, delivery: Delivery): DeliveryWriter {
  const { feed, published, received, round } = delivery
  const folder = join(run.folder, 'feeds', folderOf(delivery))
  const relations = relationsOf(feed)
  const counts = new Map<DeliveredRelation, number>()
  const announced = new Map<DeliveredRelation, number>()
  const parameters = parametersOf(run.plan, delivery, round - 1)
  mkdirSync(folder, { recursive: true })

  const fileOf = (relation: DeliveredRelation): string => join(folder, `${relation}.parquet`)
  const write = async (db: Evidence, relation: DeliveredRelation): Promise<void> => {
    const rows = await copyToParquet(db, { sql: deliveredRows(relation, delivery), parameters }, fileOf(relation))
    counts.set(relation, rows)
    if (delivery.isTruncated && relation === 'usage') {
      const whole = `SELECT count(*) AS n FROM (${deliveredRows(relation, { ...delivery, isTruncated: false })})`
      const [row] = await db.rows(whole, asked(whole, parameters))
      announced.set(relation, Number(row?.n))
    }
    run.reporter.advance({ rows, done: 1 })
  }

  return {
    delivery,
    jobs: relations.map((relation) => ({ weight: weightOf(relation), run: (db) => write(db, relation) })),
    async finish() {
      writeFileSync(join(folder, 'feed.yaml'), feedSettings(delivery, Object.fromEntries(announced)))
      return {
        folder: `feeds/${folderOf(delivery)}`,
        feed: feed.feed,
        published,
        received,
        relations: Object.fromEntries(relations.map((relation) => [relation, counts.get(relation) ?? 0])),
        bytes: relations.reduce((sum, relation) => sum + bytesOf(fileOf(relation)), 0),
      }
    },
  }
}
