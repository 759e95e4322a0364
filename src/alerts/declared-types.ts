/** Types that rule files and flags declare for columns. */
import { type ColumnType, columnType } from '../diff/index.js'
import { UsageError } from '../errors.js'
import type { RuleSet } from './rules/model.js'

/** Types as a flag has them: `price=decimal(10,2),quantity=integer`. Throws UsageError `unknown-type`, `bad-types`. */
export function parseTypes(texts: readonly string[]): Map<string, ColumnType> {
  const types = new Map<string, ColumnType>()
  for (const pair of texts.flatMap((text) => text.split(/,(?![^(]*\))/))) {
    const at = pair.lastIndexOf('=')
    if (at < 1) {
      throw new UsageError(`--types needs column=type, not ${pair}.`, {
        code: 'bad-types',
        excerpt: pair,
        suggestions: ['For example --types price=decimal(10,2),quantity=integer'],
      })
    }
    types.set(pair.slice(0, at).trim(), columnType(pair.slice(at + 1)))
  }
  return types
}

/** Types as a rule file declares them. Throws UsageError `unknown-type`. */
export const ownTypes = ({ types }: RuleSet): Map<string, ColumnType> =>
  new Map(Object.entries(types).map(([name, type]) => [name, columnType(type)]))
