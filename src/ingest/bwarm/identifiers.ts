/** Valid identifiers of a cell as SQL. */
import { sqlIsValid, sqlNormalised } from '../../model/identifiers/sql.js'

export type IdentifierKind = Parameters<typeof sqlNormalised>[0]

/**
 * SQL for the normalised identifier of a cell, or NULL when it does not pass its check. Most cells are empty: the
 * check is not run for them.
 */
export const sqlIdentifier = (kind: IdentifierKind, cell: string): string =>
  `CASE WHEN ${cell} IS NOT NULL THEN list_filter([${sqlNormalised(kind, cell)}], lambda v: ${sqlIsValid(kind, 'v')})[1] END`
