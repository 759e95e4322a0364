/** Random tables of shares with cells that make trouble: quotes, separators, line ends, Unicode, long numbers. */

import fc from '../support/property.js'
import type { TextTable } from './table-files.js'

/** Blanks at the ends of a cell and a cell that is nothing but blanks say nothing; NUL is no text. */
const isCell = (text: string): boolean =>
  text === text.trim() &&
  !text.includes('\0') &&
  !/[\ud800-\udfff]/.test(text.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, ''))

const NASTY = [
  ...[
    '"',
    '""',
    '"a"',
    'a"b',
    '",',
    ',',
    ';',
    '|',
    '\t',
    'a\nb',
    'a\r\nb',
    'a\rb',
    '\n\n',
    '#',
    "'",
    '\\',
    '\\n',
    '\\N',
  ],
  ...['NULL', 'null', 'nan', 'true', '{"a":1}', '[1]', '0', '007', '1.10', '1e5', '12345678901234567890123', '-0'],
  ...[
    'é',
    'e\u0301',
    '日本',
    '😀',
    'ß',
    'İ',
    '\u202eabc',
    '\u001b[31m',
    '\u0001',
    '\u001c',
    '\u001f',
    '\u0085',
    '\u2028',
    '\ufffd',
  ],
  ...['ZZRCL1800015', 'T-034.524.680-1', '2019-01-01', 'WORLD', '=1+1', '<a>&amp;</a>', 'x'.repeat(300)],
].filter(isCell)

const cell = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.array(fc.constantFrom(...NASTY), { minLength: 2, maxLength: 4 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
)

/** A text cell as every kind of file can hold it; `filled` leaves out the empty one. */
export const textCell = cell.map((text) => text.trim().replaceAll('\0', '')).filter(isCell)
const filled = textCell.filter((text) => text !== '')

const row = fc.record({
  work_id: filled,
  party_id: textCell,
  share: fc.constantFrom('', '50', '33.333333', '0.000001', '100.00', '-5', '150', '007', '.5'),
  share_kind: fc.constantFrom('ownership', 'Licensing', 'collection', 'other kind'),
  right: fc.constantFrom('mech', 'PERF', 'sync'),
  chain: textCell,
  territories: fc.constantFrom('', 'WORLD', 'de|at', 'WORLD|!US', 'QQ'),
  valid_from: fc.constantFrom('', '2019', '2019-06', '2019-06-01', '2020-02-29'),
  note: textCell,
})

export type ShareRow = Readonly<Record<keyof typeof NAMED, string>>
const NAMED = {
  work_id: '',
  party_id: '',
  share: '',
  share_kind: '',
  right: '',
  chain: '',
  territories: '',
  valid_from: '',
  note: '',
}
export const SHARE_COLUMNS = Object.keys(NAMED) as (keyof typeof NAMED)[]

/** Rows of the relation shares, each of which can be read. */
export const shareRows: fc.Arbitrary<ShareRow[]> = fc.array(row, { minLength: 1, maxLength: 12 })

/** The rows with their columns in the given order. */
export const tableOf = (
  rows: readonly ShareRow[],
  names: readonly (keyof typeof NAMED)[] = SHARE_COLUMNS,
): TextTable => ({
  names,
  rows: rows.map((one) => names.map((name) => one[name])),
})
