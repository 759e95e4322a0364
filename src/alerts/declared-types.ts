/** Types that rule files and declare for columns. */
import { type ColumnType, columnType } from '../diff/index.js'
import type { RuleSet } from './rules/model.js'

/** Types as a rule file declares them. Throws UsageError `unknown-type`. */
export const ownTypes = ({ types }: RuleSet): Map<string, ColumnType> =>
  new Map(Object.entries(types).map(([name, type]) => [name, columnType(type)]))
