/** Change events in the database, before they are made into a change set. */
import type { ChangedColumn } from '../../model/change-set.js'

export interface StagedEvents {
  /**
   * Temporary table with a row per event: `line` BIGINT (its place in the file), `op` VARCHAR as `ChangeOp`, `changed`
   * VARCHAR[] or NULL where the event does not say, and `before.` and `after.` columns; NULL for a row that is not there.
   */
  readonly table: string
  readonly columns: readonly ChangedColumn[]
  /** Columns that the rows before and the rows after have; null where there is no such row. */
  readonly sides: { readonly before: readonly string[] | null; readonly after: readonly string[] | null }
  /** What the file itself says the key is. */
  readonly key: readonly string[] | null
}
