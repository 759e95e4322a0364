/**
 * The statements of relations are written for DuckDB. What SQLite writes in another way is put into its words here; what it
 * does not know at all, it refuses. Both count with whole numbers, compare texts byte by byte and ignore NULL alike.
 */

/** A rule is tried where its mark stands: most statements have few of them. */
type Rule = readonly [mark: string, pattern: RegExp, words: string | ((...matches: string[]) => string)]

/** A table of constants with names for its columns. */
const VALUES = /\(VALUES ((?:\([^()]*\)(?:,\s*)?)+)\) AS (\w+)\(([^)]*)\)/g

const named = (_: string, rows: string, table: string, names: string): string => {
  const columns = names.split(',').map((name, index) => `column${index + 1} AS ${name.trim()}`)
  return `(SELECT ${columns.join(', ')} FROM (VALUES ${rows})) AS ${table}`
}

/**
 * One round of handing the smaller name on. DuckDB keeps one name for each key; SQLite keeps every name that reaches a key
 * from a smaller one, of which whoever asks takes the smallest.
 */
const ROUND =
  /min\(n\.name\)(\s+FROM named AS n[\s\S]*?)JOIN recurring\.named[^\n]*\n\s*WHERE [^\n]*\n\s*GROUP BY [^\n]*\n/g

/** What stands between brackets, with one pair of brackets or none inside. */
const INSIDE = String.raw`((?:[^()]|\([^()]*\))*?)`

const IDENTITIES: readonly Rule[] = [
  ['OR REPLACE', /CREATE OR REPLACE TEMP (TABLE|VIEW) (\w+)(?= AS\b| \()/g, 'DROP $1 IF EXISTS $2; CREATE $1 $2'],
  ['recurring.', ROUND, 'n.name$1WHERE n.name < theirs."key"\n'],
  ['USING KEY', / USING KEY \(\w+\)/g, ''],
  [
    'unnest(',
    /unnest\(string_split\((\w+), '\|'\)\)([\s\S]*?FROM \w+)/g,
    'part.value$2 CROSS JOIN pieces_of($1) AS part',
  ],
  ['SELECT (', /(\(\s*SELECT )\((\w+), (\w+)\)(\s+FROM)/g, '$1$2, $3$4'],
  ['(VALUES ', VALUES, named],
]

/** Days and instants are texts: `2019-06-01`, `2019-06-01T12:00:00`. */
const DAYS: readonly Rule[] = [
  [" '", /\b(?:DATE|TIMESTAMP) '/g, "'"],
  [
    ' INTERVAL ',
    new RegExp(String.raw`CAST\(${INSIDE} ([-+]) INTERVAL (\d+) DAY AS DATE\)`, 'g'),
    "date($1, '$2$3 days')",
  ],
  [' INTERVAL ', /(CAST\([\w."]+ AS DATE\)) ([-+]) INTERVAL (\d+) YEAR/g, "date($1, '$2$3 years', 'floor')"],
  [' AS DATE)', /(CAST\([\w."]+ AS DATE\)) - (\d+)/g, "date($1, '-$2 days')"],
  [' AS DATE)', /CAST\(([\w."]+) AS DATE\)/g, 'substr($1, 1, 10)'],
]

/** Lists are JSON texts, bits texts of 0 and 1: see small-lists.ts and small-bits.ts. */
const LISTS: readonly Rule[] = [
  ['->', /(\w+) -> trim\(\1\)/g, "'trimmed'"],
  ['->', /(\w+) -> \1\[1\]/g, "'initial'"],
  ['->', /, (\w+) -> \1 IS NOT NULL/g, ''],
  ['[', /([\w."]+)\[(\d+)\]/g, 'list_extract($1, $2)'],
  ['[]::', /\[\]::\w+\[\]/g, 'list_value()'],
  ['VARCHAR[', /\bVARCHAR\[\]/g, 'TEXT'],
  ['[', /\[([^[\]]*)\]/g, 'list_value($1)'],
  ['[', /\[([^[\]]*)\]/g, 'list_value($1)'],
  ['DISTINCT (', /count\(DISTINCT \(([^()]*)\)\)/g, 'count(DISTINCT list_value($1))'],
  [' & ', /([\w.]+) & bit_and\(([\w.]+)\)/g, 'bits_both($1, bit_and($2))'],
  [' & ', /([\w.]+) & ~([\w.]+)/g, 'bits_without($1, $2)'],
  [' & ', /([\w.]+) & ([\w.]+)/g, 'bits_both($1, $2)'],
  [' BIT', / BIT(?=[,)])/g, ' TEXT'],
]

const REST: readonly Rule[] = [
  ['::', /::(?:DATE|TIMESTAMP|HUGEINT|BIGINT|SMALLINT|VARCHAR|BIT)\b(?:\[\])?/g, ''],
  // An exact decimal is a floating number here.
  [' * 1000000', /CAST\(((?:abs\([^()]*\)|[\w.]+) \* 1000000) AS BIGINT\)/g, 'CAST(round($1) AS BIGINT)'],
  ['TRY_CAST', /TRY_CAST\(/g, 'CAST('],
  ['FILTER', /FILTER \((?!WHERE)/g, 'FILTER (WHERE '],
  ['EXCLUDE', /\s+EXCLUDE \([^)]*\)/g, ''],
  [' // ', / \/\/ /g, ' / '],
  ['', /\b(?:bool_or|any_value)\(/g, 'max('],
  ['bool_and', /\bbool_and\(/g, 'min('],
]

const RULES: readonly Rule[] = [...IDENTITIES, ...DAYS, ...LISTS, ...REST]

/** A comment, a text or a quoted name. A bar alone is no more than itself in any rule. */
const QUOTED = /--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"/g

/** Statements for SQLite. No rule looks into a text. */
export function inSqlite(sql: string): string {
  const texts: string[] = []
  const bare = sql.replace(QUOTED, (found) => {
    if (found.startsWith('--')) return ''
    return found.startsWith('"') || found === "'|'" ? found : `'#${texts.push(found) - 1}'`
  })
  const words = RULES.reduce(
    (text, [mark, pattern, words]) => (text.includes(mark) ? text.replace(pattern, words as string) : text),
    bare,
  )
  return withParts(words).replaceAll(/'#(\d+)'/g, (_, place: string) => texts[Number(place)] ?? '')
}

/** A list laid out in rows stands among the tables; its values may be those of any table beside it. */
function withParts(sql: string): string {
  let text = sql
  for (let number = 0; ; number += 1) {
    const start = text.indexOf('unnest(')
    if (start < 0) return text
    const end = closing(text, start + 'unnest'.length)
    const list = text.slice(start + 'unnest('.length, end)
    const part = `part${number}`
    const from = nextFrom(text, end + 1)
    const rest =
      from < 0
        ? `${text.slice(end + 1)} FROM parts_of(${list}) AS ${part}`
        : `${text.slice(end + 1, from)}FROM parts_of(${list}) AS ${part} JOIN ${text.slice(from + 'FROM '.length)}`
    text = `${text.slice(0, start)}${part}.value${rest}`
  }
}

/** Where the bracket closes that opens there. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}

/** Where the tables of the query begin; -1 where it has none. */
function nextFrom(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    else if (depth === 0 && text[at] === ';') return -1
    else if (depth === 0 && /^FROM\s/.test(text.slice(at, at + 5)) && /\s/.test(text[at - 1] ?? '')) return at
    if (depth < 0) return -1
  }
  return -1
}

const BY_ALL = /\s*ORDER BY ALL\s*$/

/** Splits off the order by all columns, which SQLite must be told one by one. */
export function withoutOrder(sql: string): { readonly sql: string; readonly isOrdered: boolean } {
  return { sql: sql.replace(BY_ALL, ''), isOrdered: BY_ALL.test(sql) }
}

export const orderedBy = (columns: number): string =>
  ` ORDER BY ${Array.from({ length: columns }, (_, index) => `${index + 1} NULLS LAST`).join(', ')}`
