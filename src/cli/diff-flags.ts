/** Values of the flags of `diff` that are small languages of their own. */

import { type ColumnType, columnType, type OnDuplicate, type Tolerance } from '../diff/index.js'
import { UsageError } from '../errors.js'

/** The flags of `recital diff`, as the parser gives them. */
export interface DiffFlags {
  readonly key?: string[] | undefined
  readonly ignore?: string[] | undefined
  readonly only?: string[] | undefined
  readonly rename?: string[] | undefined
  readonly types?: string[] | undefined
  readonly tolerance?: string[] | undefined
  readonly null?: string | undefined
  readonly trim: boolean
  readonly case: boolean
  readonly 'on-duplicate': OnDuplicate
  readonly by?: string | undefined
  readonly concentration?: boolean | undefined
  readonly out?: string | undefined
  readonly envelope: 'plain' | 'debezium'
  readonly html?: string | undefined
  readonly overwrite: boolean
  readonly resume?: string | undefined
  readonly browse?: boolean | undefined
  readonly json?: boolean | undefined
  readonly limit?: number | undefined
}

/** Names separated by commas, of one or several flags; a name that holds a comma is given by a flag of its own in quotes. */
export function namesOf(given: readonly string[] | undefined): string[] {
  return (given ?? []).flatMap((text) => splitNames(text)).filter((name) => name !== '')
}

function splitNames(text: string): string[] {
  const trimmed = text.trim()
  if (trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"')) return [trimmed.slice(1, -1)]
  return trimmed.split(',').map((name) => name.trim())
}

/** `name=value` pairs; the name may hold an equals sign if it is not the last. Throws UsageError `bad-flag`. */
function pairsOf(flag: string, given: readonly string[] | undefined, example: string): [string, string][] {
  return namesOf(given).map((text) => {
    const at = text.lastIndexOf('=')
    if (at > 0 && at < text.length - 1) return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
    throw new UsageError(`--${flag} takes NAME=VALUE, not "${text}".`, {
      code: 'bad-flag',
      excerpt: text,
      suggestions: [`Write --${flag} ${example}`],
    })
  })
}

/** `price=decimal,since=date`: the commas inside decimal(12,2) belong to it. */
export function typesOf(given: readonly string[] | undefined): Map<string, ColumnType> {
  const whole = (given ?? []).map((text) => text.replaceAll(/\((\d+)\s*,\s*(\d+)\)/g, '($1;$2)'))
  return new Map(
    pairsOf('types', whole, 'price=decimal').map(([name, type]) => [name, columnType(type.replace(';', ','))]),
  )
}

export function renamesOf(given: readonly string[] | undefined): Map<string, string> {
  return new Map(pairsOf('rename', given, 'old_name=new_name'))
}

/** `price=0.01` or `price=1%`. */
export function tolerancesOf(given: readonly string[] | undefined): Map<string, Tolerance> {
  return new Map(
    pairsOf('tolerance', given, 'price=0.01').map(([name, text]) => {
      const [, amount, percent] = /^(\d{1,18}(?:\.\d{1,10})?)\s*(%?)$/.exec(text) ?? []
      if (amount !== undefined) return [name, { amount, relative: percent === '%' }]
      throw new UsageError(`--tolerance takes an amount or a percentage, not "${text}".`, {
        code: 'bad-flag',
        excerpt: text,
        suggestions: ['Write --tolerance price=0.01 or --tolerance price=1%'],
      })
    }),
  )
}
