/**
 * What an expression of a settings file may do: read columns of one row and work out a value from them. It must depend
 * on nothing else (files, settings, the clock, chance), and short input must not become long work or long values.
 */
import { asSqlList, asSqlNode, nodesOf, offsetOf, type SqlNode } from './parse.js'

/** Functions that depend on nothing but their arguments and cannot make much of little. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `|| + - * / // % ^ & ~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape not_ilike_escape
  abs ceil ceiling concat concat_ws contains date_diff datediff date_part datepart date_trunc datetrunc day ends_with
  suffix prefix starts_with floor greatest least instr strpos position last_day left left_grapheme length len
  strlen lower lcase lpad rpad ltrim rtrim trim make_date month year quarter week nfc_normalize nullif ifnull
  array_extract list_extract list_element array_slice array_to_string list_concat list_distinct list_sort
  list_reverse list_contains regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace replace
  reverse right right_grapheme round trunc sign split split_part str_split string_split str_split_regex
  string_split_regex regexp_split_to_array strftime strptime try_strptime strip_accents substr substring
  substring_grapheme to_days to_months to_years translate unicode ord chr ascii upper ucase list_value md5 sha256
  if coalesce json_extract json_extract_string json_valid typeof`.split(/\s+/),
)

/** More of the same for conditions: lists, spans of time, plain arithmetic. */
const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  ...FUNCTIONS,
  ...`@> <@ && list_has list_has_any list_has_all array_contains array_has array_has_any array_has_all to_hours
  to_minutes to_seconds to_weeks hour minute second dayofweek isodow dayofyear epoch age sqrt pow power divide multiply
  add subtract bit_count isnan isfinite isinf constant_or_null`.split(/\s+/),
])

/** Node classes that may occur; queries, windows, stars, parameters and lambdas may not. */
const CLASSES: ReadonlySet<string> = new Set([
  'FUNCTION',
  'OPERATOR',
  'CAST',
  'CASE',
  'COMPARISON',
  'CONJUNCTION',
  'CONSTANT',
  'COLUMN_REF',
  'BETWEEN',
])

/** Functions to which only some languages of expressions have access. */
export const ALLOWED = { mapping: FUNCTIONS, condition: CONDITION_FUNCTIONS } as const

/** Padding is the one function here that makes long texts of short ones by itself. */
const PAD_LIMIT = 1000
/** By how much all replacements of one expression together may lengthen a text. */
const GROWTH_LIMIT = 1000
/** Wildcards of a pattern that the database matches by trying: work grows with the text to this power. */
const WILDCARD_LIMIT = 2

const CASTS_REFUSED = /^(?:UNBOUND|ENUM|STRUCT|MAP|UNION|ARRAY|BIT|BLOB|USER|JSON|VARIANT|GEOMETRY)/

/** Something that an expression may not do; `offset` into its text, null where the parser names no place. */
export interface Objection {
  readonly message: string
  readonly offset: number | null
}

export interface Confinement {
  readonly functions: ReadonlySet<string>
  /** Patterns and replacements must be constants of bounded effect. */
  readonly strict: boolean
}

/** What a parsed expression may not do; columns are not looked at. */
export function objections(text: string, root: SqlNode, { functions, strict }: Confinement): Objection[] {
  const found: Objection[] = []
  let growth = 1
  for (const node of nodesOf(root)) {
    const kind = String(node.class)
    const offset = offsetOf(text, node)
    if (!CLASSES.has(kind)) {
      found.push({ message: `${kind.toLowerCase().replaceAll('_', ' ')} is not allowed here`, offset })
    } else if (kind === 'FUNCTION') {
      const message = functionProblem(node, functions) ?? (strict ? patternProblem(node) : null)
      if (message !== null) found.push({ message, offset })
      growth *= strict ? growthBy(node) : 1
    } else if (strict && kind === 'CAST') {
      const id = castName(node)
      if (CASTS_REFUSED.test(id)) found.push({ message: `a cast to this type is not allowed here`, offset })
    }
  }
  if (growth > GROWTH_LIMIT) found.push({ message: 'its replacements could make texts far too long', offset: null })
  return found
}

const castName = (node: SqlNode): string => String(asSqlNode(node.cast_type).id)

/** The value of a constant text or number; undefined for anything else. */
export function constantOf(value: unknown): string | number | boolean | undefined {
  const node = asSqlNode(value)
  if (node.class !== 'CONSTANT') return undefined
  const inner = asSqlNode(node.value).value
  return typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean' ? inner : undefined
}

function functionProblem(node: SqlNode, functions: ReadonlySet<string>): string | null {
  const name = String(node.function_name).toLowerCase()
  const isPlain =
    node.distinct !== true &&
    (node.filter === undefined || node.filter === null) &&
    asSqlList(asSqlNode(node.order_bys).orders).length === 0 &&
    ['', 'main'].includes(String(node.schema ?? '')) &&
    String(node.catalog ?? '') === ''
  if (!functions.has(name) || !isPlain) return `the function ${name} is not allowed here`
  if (name !== 'lpad' && name !== 'rpad') return null
  const length = constantOf(asSqlList(node.children)[1])
  return typeof length === 'number' && length <= PAD_LIMIT ? null : `${name} needs a fixed length up to ${PAD_LIMIT}`
}

const LIKES = new Set('~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape not_ilike_escape'.split(' '))
const PATTERNS = new Set(
  `regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace str_split_regex
  string_split_regex regexp_split_to_array`.split(/\s+/),
)

/** A pattern that is no constant, or that could take the database for ever; null when there is none. */
function patternProblem(node: SqlNode): string | null {
  const name = String(node.function_name).toLowerCase()
  const pattern = constantOf(asSqlList(node.children)[1])
  if (LIKES.has(name)) {
    if (typeof pattern !== 'string') return 'the pattern of LIKE must be a fixed text'
    const wildcards = pattern.split(/[%*]/).length - 1
    const isQuick = (name === '~~' || name === '!~~') && !pattern.includes('_')
    return isQuick || wildcards <= WILDCARD_LIMIT
      ? null
      : `this pattern could take very long: use at most ${WILDCARD_LIMIT} wildcards, or regexp_matches`
  }
  if (PATTERNS.has(name) && typeof pattern !== 'string') return `${name} needs a fixed pattern`
  if (name === 'array_to_string' && typeof pattern !== 'string') return `${name} needs a fixed separator`
  if ((name === 'replace' || name === 'regexp_replace') && constantOf(asSqlList(node.children)[2]) === undefined)
    return `${name} needs a fixed replacement`
  return null
}

/** How many times longer a text may become by one function. */
function growthBy(node: SqlNode): number {
  const name = String(node.function_name).toLowerCase()
  const argument = name === 'replace' || name === 'regexp_replace' ? 2 : name === 'array_to_string' ? 1 : -1
  const text = argument < 0 ? '' : String(constantOf(asSqlList(node.children)[argument]) ?? '')
  return Math.max(1, text.length + (name === 'replace' ? 0 : 1) * (argument < 0 ? 0 : 1))
}
