/** The rows behind findings: statements with their sources; deliveries and refused lines by their place. */
import { displayInstant } from '../model/dates/instants.js'
import { RELATIONS, type RelationName } from '../model/relations.js'
import type { Evidence } from '../store/duckdb.js'
import { canonicalInstant } from '../store/evidence/knowledge.js'
import type { ConflictBench } from './facts.js'
import type { Evidenced } from './finding.js'

/** Where rows are numbered as rules name them, and where all that was said of them stands. */
export interface Sources {
  readonly db: Evidence
  readonly bench: ConflictBench
}

/** @param refs `relation:number` as rules name rows; @returns by ref */
export async function readEvidence({ db, bench }: Sources, refs: readonly string[]): Promise<Map<string, Evidenced>> {
  const found = new Map<string, Evidenced>()
  const byRelation = new Map<string, Set<string>>()
  for (const ref of refs) {
    const [relation = ''] = ref.split(':')
    byRelation.set(relation, (byRelation.get(relation) ?? new Set()).add(ref))
  }
  await Promise.all(
    [...byRelation].map(async ([relation, own]) => {
      if (relation in RELATIONS) await readStatements(bench, relation as RelationName, [...own], found)
    }),
  )
  await bench.reader.addSources()
  await readPlaces(db, [...(byRelation.get('snapshots') ?? []), ...(byRelation.get('rejects') ?? [])], found)
  return found
}

async function readStatements(
  bench: ConflictBench,
  relation: RelationName,
  refs: readonly string[],
  found: Map<string, Evidenced>,
): Promise<void> {
  const numbers = refs.map((ref) => Number(ref.split(':')[1])).map((number) => (number < 0 ? -1 - number : number))
  const rows = await bench.rows(
    `SELECT row_id, statement_row FROM said_${relation} WHERE row_id IN (${numbers.join(', ')})`,
  )
  const stored = new Map(rows.map(({ row_id, statement_row }) => [Number(row_id), Number(statement_row)]))
  const statements = await bench.reader.byRow(RELATIONS[relation], [...new Set(stored.values())])
  for (const [index, ref] of refs.entries()) {
    const statement = statements.get(stored.get(numbers[index] ?? -1) ?? -1)
    if (statement !== undefined)
      found.set(ref, { id: statement.statement, source: statement.source, statement, party: null })
  }
}

/** Deliveries (`snapshots:7`) and refused lines (`rejects:7:2:28`). */
async function readPlaces(db: Evidence, refs: readonly string[], found: Map<string, Evidenced>): Promise<void> {
  if (refs.length === 0) return
  const rows =
    await db.rows(`SELECT s.snapshot_no, s.snapshot, f.feed, s.published, s.received, d.file_no, d.name, d.sha256
    FROM snapshots AS s JOIN feeds AS f USING (feed_no) LEFT JOIN files AS d USING (snapshot_no) ORDER BY s.snapshot_no, d.file_no`)
  const shown = (value: unknown): string => displayInstant(canonicalInstant(value))
  for (const ref of refs) {
    const [, snapshot, file, line] = ref.split(':').map(Number)
    const row = rows.find(
      (one) => Number(one.snapshot_no) === snapshot && (file === undefined || Number(one.file_no) === file),
    )
    if (row === undefined) continue
    const source = {
      feed: String(row.feed),
      snapshot: String(row.snapshot),
      file: String(row.name ?? ''),
      line: line ?? 1,
      sha256: String(row.sha256 ?? ''),
      published: shown(row.published),
      received: shown(row.received),
    }
    const id =
      line === undefined
        ? `${source.feed}:snapshot:${source.snapshot}`
        : `${source.feed}:rejects:${source.snapshot}:${source.file}:${line}`
    found.set(ref, { id, source, statement: null, party: null })
  }
}
