/**
 * Windows-1252, the usual encoding of text that is not UTF-8, by the table of the WHATWG Encoding Standard. Written out
 * here because some releases of Node 22 and 23 decode it as Latin-1.
 */

/** Bytes 0x80 to 0x9f; the five that Windows leaves undefined stay control characters, so that nothing is lost. */
const HIGH_CONTROLS =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

/** The text of Windows-1252 bytes; one character per byte, never fails. */
export const windows1252 = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replaceAll(/[\x80-\x9f]/g, (control) => HIGH_CONTROLS[control.charCodeAt(0) - 0x80] ?? control)
