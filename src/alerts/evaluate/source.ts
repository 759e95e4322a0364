/** What rules are evaluated over: the changes of one snapshot, and what is known around them. */
import type { ChangeSet } from '../../model/change-set.js'

export interface ChangeSource {
  readonly changes: ChangeSet
  /**
   * All rows of the relation before and after the changes: the name of a table, or a SELECT in brackets, with the columns
   * of the rows. Null where only the changes are known, as for a file of changes.
   */
  readonly oldRows: string | null
  readonly newRows: string | null
  readonly feed: string | null
  /** Canonical instants; null where nothing is said. `received` is the feed time of periods. */
  readonly published: string | null
  readonly received: string | null
  /** SELECT of the positions of changes whose row had been stated before; null where the history is not known. */
  readonly returned: string | null
  /**
   * Alerts that earlier snapshots raised: table or SELECT in brackets with `rule`, `identity`, `subject` (VARCHAR,
   * see `identity.ts`) and `received` TIMESTAMP. Null where there is no history.
   */
  readonly earlier: string | null
}

/** A source of which only the changes are known. */
export const changesOnly = (changes: ChangeSet): ChangeSource => ({
  changes,
  ...{ oldRows: null, newRows: null, feed: null, published: null, received: null, returned: null, earlier: null },
})

/** SQL of a canonical instant. */
export const instantSql = (instant: string | null): string =>
  instant === null ? 'NULL::TIMESTAMP' : `TIMESTAMP '${instant.replace('T', ' ').replace('Z', '')}'`
