/** CSV by RFC 4180: quoted where it must be, lines ended by CRLF. */

const MUST_BE_QUOTED = /[",\r\n]/

const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  return MUST_BE_QUOTED.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table as CSV text; the header is its first row. */
export const csvText = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
