/** Whole deliveries from files to statements, as `recital ingest` takes them in, without a workspace around them. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findDeliveries } from '../../src/ingest/deliveries.js'
import type { IngestRequest } from '../../src/ingest/request.js'
import { stageDelivery } from '../../src/ingest/stage-delivery.js'
import { foldSnapshot, registerSnapshot, type SnapshotRecord, snapshotId } from '../../src/snapshots/index.js'
import { relationColumns } from '../../src/store/columns.js'
import { openEvidence, type Row } from '../../src/store/duckdb.js'
import { storedRelations } from '../../src/store/evidence/schema.js'
import type { TestEvidence } from '../support/evidence.js'

export type Files = Readonly<Record<string, string | Buffer>>

export interface Staged {
  readonly record: SnapshotRecord
  /** Folder of its Parquet files. */
  readonly folder: string
}

let count = 0

/** Stages the one delivery that the files are. Throws what staging throws. */
export async function stageFiles(root: string, files: Files, request: Partial<IngestRequest> = {}): Promise<Staged> {
  count += 1
  const [delivered, temporary, folder] = ['delivery', 'unpacked', 'staged'].map((name) =>
    join(root, `${name}-${count}`),
  )
  if (delivered === undefined || temporary === undefined || folder === undefined) throw new Error('no folder')
  for (const one of [delivered, temporary]) mkdirSync(one, { recursive: true })
  for (const [name, content] of Object.entries(files)) writeFileSync(join(delivered, name), content)
  const signal = new AbortController().signal
  const { deliveries } = await findDeliveries([delivered], {
    format: 'auto',
    mapping: null,
    mappingText: null,
    temporary,
    signal,
    onFile: () => undefined,
  })
  const [delivery, ...others] = deliveries
  if (delivery === undefined || others.length > 0) throw new Error(`${deliveries.length} deliveries in one folder`)
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: join(root, 'spill'),
    allowedDirectories: [root],
    threads: 1,
  })
  try {
    const record = await stageDelivery(db, delivery, {
      request: {
        paths: [delivered],
        feed: 'p1/x',
        format: 'auto',
        received: '2020-01-01',
        published: '2020-01-01',
        maxRejects: { percent: 100 },
        dryRun: false,
        ...request,
      },
      folder,
      threads: 1,
      signal,
      reporter: { phase: () => undefined, advance: () => undefined, warn: () => undefined },
      program: 'test',
      ingestedAt: '2020-01-01T00:00:00Z',
    })
    return { record, folder }
  } finally {
    await db.close()
  }
}

/** Stages, registers and folds the delivery that the files are; the changes by relation. */
export async function deliver(evidence: TestEvidence, files: Files, request: Partial<IngestRequest> = {}) {
  const { record, folder } = await stageFiles(evidence.folder, files, request)
  const archive = join(evidence.folder, snapshotId(record))
  renameSync(folder, archive)
  const number = await registerSnapshot(evidence.db, record, archive)
  const changes = await foldSnapshot({ db: evidence.db, archive: evidence.folder }, number)
  return { record, changes }
}

/** All that is said at an instant, in every relation, without where it was said; one JSON text per statement, sorted. */
export async function statementsAt(evidence: TestEvidence, { instant = '9999-01-01', feed = 'p1/x' } = {}) {
  const said: string[] = []
  for (const relation of await storedRelations(evidence.db)) {
    const columns = relationColumns(relation).map(({ name }) => `"${name}"`)
    const rows = await evidence.db.rows(
      `SELECT ${[...columns, 'unit', 'raw', 'extra'].join(', ')} FROM statements."${relation.name}"
       WHERE feed_no = (SELECT feed_no FROM feeds WHERE feed = $feed)
         AND known_from <= $instant::TIMESTAMP AND (known_to IS NULL OR known_to > $instant::TIMESTAMP)`,
      { instant, feed },
    )
    said.push(...rows.map((row) => `${relation.name} ${JSON.stringify(plain(row))}`))
  }
  return said.sort()
}

const plain = (row: Row): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'bigint' ? `${value}` : value]))
