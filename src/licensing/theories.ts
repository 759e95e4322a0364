/** Legal theories: named switches of the calculation (domain.md 1.5, "Theories"), printed with every answer. */
import { UsageError } from '../errors.js'

export const THEORIES = {
  fractional: 'a licence of a work covers the shares of its licensor only',
  'whole-work': 'a licence of a work by one of its owners covers the whole work',
  'drop-impossible-provider': 'a provider whose own claims exceed 100 % is left out where another remains',
  'registered-administrator-binds':
    'a licensed party that a provider names as administrator keeps its share, and the other claims are cut to the rest',
} as const

export type Theory = keyof typeof THEORIES

/**
 * Reads `--theory`: names separated by commas; `fractional` unless `whole-work` is named. In a fixed order.
 * Throws UsageError `unknown-theory` for another name, `contradicting-theories` for both of one question.
 */
export function parseTheories(text: string | undefined): Theory[] {
  const asked = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const unknown = asked.find((name) => !(name in THEORIES))
  if (unknown !== undefined) {
    throw new UsageError(`There is no theory "${unknown}".`, {
      code: 'unknown-theory',
      suggestions: [`Theories are ${Object.keys(THEORIES).join(', ')}`],
    })
  }
  if (asked.includes('fractional') && asked.includes('whole-work')) {
    throw new UsageError('A licence of a work covers either a fraction or the whole work, not both.', {
      code: 'contradicting-theories',
      suggestions: ['Name one of fractional and whole-work'],
    })
  }
  const named = new Set(asked.includes('whole-work') ? asked : ['fractional', ...asked])
  return (Object.keys(THEORIES) as Theory[]).filter((name) => named.has(name))
}
