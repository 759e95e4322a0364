/** How much is worked out at once, so that memory stays bounded whatever the size of the catalogue. */
import type { Evidence } from '../../store/duckdb.js'

export interface Need {
  /** Bytes set aside for each: an estimate, tried on 100,000 tracks, which stay within 1 GB with it. */
  readonly bytesEach: number
  /** However much memory there is. */
  readonly most: number
}

/** However little: a part costs its statements, whatever is in it. */
const FEWEST = 500

/** How many may be worked on at once: what they take fits into half of the memory that the database may use. */
export async function atOnce(db: Evidence, { bytesEach, most }: Need): Promise<number> {
  const [row] = await db.rows("SELECT parse_formatted_bytes(current_setting('memory_limit')) AS bytes")
  return Math.max(FEWEST, Math.min(most, Math.floor(Number(row?.bytes) / 2 / bytesEach)))
}
