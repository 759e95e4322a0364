/** An index made from rows, by the same way as from deliveries: staged, folded, collected, written. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { collectDocuments, readChanges, writeChanges } from '../../src/search/documents/collect.js'
import { entryOf } from '../../src/search/documents/entry.js'
import type { SearchIndex } from '../../src/search/index.js'
import { SearchIndex as Index } from '../../src/store/search/index-reader.js'
import { IndexWriter } from '../../src/store/search/index-writer.js'
import { TestEvidence, type TestRow } from '../support/evidence.js'

export interface TestDelivery {
  readonly feed?: string
  readonly published?: string
  readonly rows: readonly TestRow[]
}

export interface IndexedEvidence {
  readonly evidence: TestEvidence
  readonly index: SearchIndex
  close(): Promise<void>
}

/** Loads deliveries one after the other, and indexes what stands. */
export async function indexedEvidence(deliveries: readonly TestDelivery[]): Promise<IndexedEvidence> {
  const evidence = await TestEvidence.create()
  for (const { feed = 'p1/x', published = '2020-01-01', rows } of deliveries) {
    await evidence.load({ feed, published, received: published, scope: 'full', rows })
  }
  const index = await indexOf(evidence, 'index')
  return {
    evidence,
    index,
    close: async () => {
      index.close()
      await evidence.close()
    },
  }
}

/** A new index of what stands, in a folder of this name. */
export async function indexOf(evidence: TestEvidence, name: string): Promise<SearchIndex> {
  const folder = path.join(evidence.folder, name)
  mkdirSync(folder)
  const documents = await collectDocuments(evidence.db, () => undefined)
  const changes = path.join(folder, 'changes.parquet')
  await writeChanges(evidence.db, { before: null, changes, list: path.join(folder, 'list.parquet') })
  const writer = await IndexWriter.open(path.join(folder, 'search.sqlite'), true)
  for await (const { id, streams, popularity, body } of readChanges(evidence.db, changes)) {
    writer.add(entryOf(id, Number(streams), Number(popularity), body ?? ''))
  }
  writer.finish({ documents: String(documents), version: 'test', generation: '1' })
  return Index.open(path.join(folder, 'search.sqlite'))
}
