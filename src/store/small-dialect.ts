/**
 * The statements of relations are written for DuckDB. What SQLite writes in another way is put into its words here; what it
 * does not know at all, it refuses. Both count with whole numbers, compare texts byte by byte and ignore NULL alike.
 */

type Rule = readonly [pattern: RegExp, words: string | ((...matches: string[]) => string)]

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

const RULES: readonly Rule[] = [
  [/--[^\n]*/g, ''],
  [/CREATE OR REPLACE TEMP (TABLE|VIEW) (\w+) AS/g, 'DROP $1 IF EXISTS $2; CREATE $1 $2 AS'],
  [ROUND, 'n.name$1WHERE n.name < theirs."key"\n'],
  [/ USING KEY \("key"\)/g, ''],
  [/unnest\(string_split\((\w+), '\|'\)\)([\s\S]*?FROM \w+)/g, 'part.value$2 CROSS JOIN pieces_of($1) AS part'],
  [/\(SELECT \((\w+), (\w+)\) FROM/g, '(SELECT $1, $2 FROM'],
  [VALUES, named],
  [/CAST\(([\w."]+) AS DATE\)/g, '$1'],
  [/TIMESTAMP '/g, "'"],
  [/::(?:DATE|HUGEINT|BIGINT|VARCHAR)\b/g, ''],
  [/\s+EXCLUDE \([^)]*\)/g, ''],
  [/ \/\/ /g, ' / '],
  [/\b(?:bool_or|any_value)\(/g, 'max('],
  [/\bbool_and\(/g, 'min('],
]

/** Statements for SQLite. Texts of users are bound, never part of them: the rules do not look where a literal begins. */
export function inSqlite(sql: string): string {
  return RULES.reduce((text, [pattern, words]) => text.replace(pattern, words as string), sql)
}

const BY_ALL = /\s*ORDER BY ALL\s*$/

/** Splits off the order by all columns, which SQLite must be told one by one. */
export function withoutOrder(sql: string): { readonly sql: string; readonly isOrdered: boolean } {
  return { sql: sql.replace(BY_ALL, ''), isOrdered: BY_ALL.test(sql) }
}

export const orderedBy = (columns: number): string =>
  ` ORDER BY ${Array.from({ length: columns }, (_, index) => `${index + 1} NULLS LAST`).join(', ')}`
