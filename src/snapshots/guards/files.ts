/** What is known of the files of a feed's snapshots. */
import type { Evidence } from '../../store/duckdb.js'
import type { FeedSnapshot, SnapshotFileFacts } from './view.js'

type FileFacts = Pick<FeedSnapshot, 'partial' | 'format' | 'files'>

/** By snapshot number; files in the order of the delivery. */
export async function loadFiles(db: Evidence, feedNo: number): Promise<Map<number, FileFacts>> {
  const rows = await db.rows(
    `SELECT s.snapshot_no, s.partial AS whole_partial, s.format, f.name, f.partial, f.header, f.staged, c.relation, c.names
     FROM snapshots s LEFT JOIN files f USING (snapshot_no)
     LEFT JOIN file_columns c ON c.snapshot_no = f.snapshot_no AND c.file_no = f.file_no
     WHERE s.feed_no = $feedNo ORDER BY s.snapshot_no, f.file_no`,
    { feedNo },
  )
  const found = new Map<number, FileFacts & { files: SnapshotFileFacts[] }>()
  for (const row of rows) {
    const one = found.get(Number(row.snapshot_no)) ?? {
      partial: row.whole_partial === true,
      format: String(row.format),
      files: [],
    }
    found.set(Number(row.snapshot_no), one)
    if (row.name === null) continue
    one.files.push({
      name: String(row.name),
      partial: row.partial === true,
      header: Number(row.header),
      staged: Number(row.staged),
      columns:
        row.relation === null
          ? null
          : { relation: String(row.relation), names: Array.isArray(row.names) ? row.names.map(String) : [] },
    })
  }
  return found
}
