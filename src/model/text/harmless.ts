/** Text from data made safe to print: titles and names may hold characters that move a cursor or turn text around. */

/**
 * C0 controls and DEL, C1 controls, line and paragraph separator, and the Unicode bidirectional overrides, embeddings and
 * isolates, with which a line can be made to read differently from what it holds.
 */
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

const NAMED: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function visible(character: string): string {
  const code = character.charCodeAt(0)
  const hex = code.toString(16)
  return NAMED[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`)
}

/**
 * The text with every control character written out (`\x1b`, `\n`, `\u202e`), all other characters kept. For people's
 * eyes only: a backslash of the data is not marked, so the result cannot be turned back.
 */
export function harmless(text: string): string {
  return text.replace(HARMFUL, visible)
}
