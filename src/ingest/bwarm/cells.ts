/**
 * The lexical rules of BWARM as SQL: TAB between cells, a pipe between values, backslash escapes, no quotes
 * (lexical rules of DDEX BWARM 1.0; the same in DSR and CDM).
 *
 * Three backslashes stand for one, two backslashes and a pipe for a pipe, a backslash and a TAB for a TAB. Before a line
 * is split the escapes are exchanged for marks: U+001C and a digit. A U+001C of the data itself becomes a mark too, so
 * that nothing in the data can be taken for one.
 */
const MARK = 'chr(28)'

/** What a mark stands for, by its digit: how it is spelt in the file, and what it means. */
const MARKS = [
  { digit: '0', spelt: MARK, meant: MARK },
  { digit: '1', spelt: `'\\\\\\'`, meant: `'\\'` },
  { digit: '2', spelt: `'\\\\|'`, meant: `'|'` },
  { digit: '3', spelt: `'\\' || chr(9)`, meant: 'chr(9)' },
] as const

/** SQL for a line whose escapes are exchanged for marks; the longest escapes first, from left to right. */
export const sqlMarked = (line: string): string => {
  const marked = MARKS.reduce((text, { digit, spelt }) => `replace(${text}, ${spelt}, ${MARK} || '${digit}')`, line)
  return `CASE WHEN contains(${line}, '\\') OR contains(${line}, ${MARK}) THEN ${marked} ELSE ${line} END`
}

/** SQL for whether a line has anything that `sqlMarked` would change. */
export const sqlHasEscapes = (line: string): string => `(contains(${line}, '\\') OR contains(${line}, ${MARK}))`

/** SQL for a cell or a value with its marks exchanged for what they mean. */
export const sqlUnmarked = (cell: string): string => {
  const plain = [...MARKS]
    .reverse()
    .reduce((text, { digit, meant }) => `replace(${text}, ${MARK} || '${digit}', ${meant})`, cell)
  return `CASE WHEN contains(${cell}, ${MARK}) THEN ${plain} ELSE ${cell} END`
}

/**
 * SQL for the values of a cell with several: a list without blank values, in file order; NULL for an empty cell. Most
 * cells hold one value and need no taking apart.
 */
export const sqlValues = (cell: string): string =>
  `CASE WHEN contains(${cell}, '|') OR contains(${cell}, ${MARK})
    THEN list_filter(list_transform(string_split(${cell}, '|'), lambda v: trim(${sqlUnmarked('v')})), lambda v: v <> '')
    WHEN ${cell} IS NOT NULL THEN [${cell}] END`

/** SQL for the values of a cell with several, joined by a pipe as they stood. */
export const sqlJoined = (cell: string): string => `array_to_string(${sqlValues(cell)}, '|')`

/** SQL for a name or title as it is compared: one form of each letter, lower case, single blanks. */
export const sqlComparable = (text: string): string =>
  `lower(trim(regexp_replace(nfc_normalize(${text}), '\\s+', ' ', 'g')))`

const DURATION = '^P(?:([0-9]{1,4})D)?(?:T(?:([0-9]{1,6})H)?(?:([0-9]{1,7})M)?(?:([0-9]{1,9})(?:[.]([0-9]{1,9}))?S)?)?$'

/**
 * SQL for a duration in whole milliseconds as text: ISO 8601 (`PT3M20.5S`; parts of a millisecond are cut), or a plain
 * whole number, which is seconds. NULL for anything else.
 */
export const sqlMilliseconds = (cell: string): string => {
  const part = (group: number): string =>
    `coalesce(TRY_CAST(regexp_extract(${cell}, '${DURATION}', ${group}) AS BIGINT), 0)`
  const seconds = `((${part(1)} * 24 + ${part(2)}) * 60 + ${part(3)}) * 60 + ${part(4)}`
  const fraction = `CAST(left(rpad(regexp_extract(${cell}, '${DURATION}', 5), 3, '0'), 3) AS BIGINT)`
  return (
    `CASE WHEN regexp_full_match(${cell}, '[0-9]{1,9}') THEN (CAST(${cell} AS BIGINT) * 1000)::VARCHAR` +
    ` WHEN regexp_matches(${cell}, '${DURATION}') AND regexp_matches(${cell}, '[0-9][DHMS]$')` +
    ` THEN ((${seconds}) * 1000 + ${fraction})::VARCHAR END`
  )
}

/** SQL for whether a cell is a date with slashes, as spreadsheets write it. */
export const sqlHasSlashDate = (cell: string): string => `regexp_full_match(${cell}, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}')`

/** SQL for a date cell as ISO 8601 text: `29/09/2018` is read day first; any other text stays as it is. */
export const sqlDate = (cell: string): string =>
  `CASE WHEN ${sqlHasSlashDate(cell)}` +
  ` THEN coalesce(strftime(try_strptime(${cell}, '%d/%m/%Y'), '%Y-%m-%d'), ${cell}) ELSE ${cell} END`

/** SQL for the day after a full date, as text; any other text and the "no end" of year 9999 stay as they are. */
export const sqlNextDay = (date: string): string =>
  `CASE WHEN regexp_full_match(${date}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') AND ${date} < '9999'` +
  ` THEN coalesce(strftime(TRY_CAST(${date} AS DATE) + INTERVAL 1 DAY, '%Y-%m-%d'), ${date}) ELSE ${date} END`

/** SQL for two JSON objects (text or NULL) as one; members of the second win. */
export const sqlJsonMerged = (first: string, second: string): string =>
  `CASE WHEN ${second} IS NULL THEN ${first} WHEN ${first} IS NULL THEN ${second}` +
  ` ELSE json_merge_patch(${first}, ${second})::VARCHAR END`

/** The cell of a split line `c` at a position from 0, trimmed; NULL when empty. */
export const sqlCell = (position: number, unmark: boolean): string => {
  const cell = `trim(c[${position + 1}])`
  return `nullif(${unmark ? sqlUnmarked(cell) : cell}, '')`
}
