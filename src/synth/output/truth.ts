/** The files below `truth/`. */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Evidence } from '../../store/duckdb.js'
import cells from '../sql/truth_cells.sql'
import { anomalies } from '../truth/anomalies.js'
import { changesOf } from '../truth/changes.js'
import { distributions } from '../truth/distributions.js'
import { bytesOf } from './folder.js'
import type { Job } from './jobs.js'
import { copyAllToParquet, type Query, type Run } from './run.js'

export interface TruthFile {
  /** Below `truth/`. */
  readonly name: string
  readonly job: Job
  /** Rows and bytes, once the job is done. */
  written(): { readonly rows: number; readonly bytes: number }
}

const WEIGHT = 5

function truthFile(run: Run, name: string, queries: readonly Query[]): TruthFile {
  const path = join(run.folder, 'truth', name)
  let rows = 0
  mkdirSync(dirname(path), { recursive: true })
  const write = async (db: Evidence): Promise<void> => {
    rows = await copyAllToParquet(db, queries, path)
    run.reporter.advance({ rows, done: 1 })
  }
  return { name, job: { weight: WEIGHT, run: write }, written: () => ({ rows, bytes: bytesOf(path) }) }
}

/** All truth files: conflicts, questions, distributions, and the changes of each delivery after a feed's first. */
export function truthFiles(run: Run): TruthFile[] {
  const { plan } = run
  const plain = (sql: string): Query[] => [{ sql, parameters: {} }]
  return [
    truthFile(run, 'anomalies.parquet', plain(anomalies(plan))),
    truthFile(run, 'cells.parquet', plain(cells)),
    truthFile(run, 'distributions.parquet', plain(distributions(plan))),
    ...plan.deliveries
      .filter(({ round }) => round > 0)
      .map((delivery) =>
        truthFile(run, `changes/${delivery.feed.slug}/${delivery.round + 1}.parquet`, changesOf(plan, delivery)),
      ),
  ]
}
