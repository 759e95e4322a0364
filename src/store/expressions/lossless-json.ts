/** JSON whose numbers keep every digit: a constant of an expression may be longer than a double holds. */

/** A number as it was written. */
class WrittenNumber {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text
  }
}

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g
/** No text of a parsed statement begins with this: it is put before numbers while they travel as texts. */
const MARK = '\u0001number:'

/** Reads JSON; numbers that a double may not hold come as objects whose text is the number. */
export function readLossless(json: string): unknown {
  const marked = json.replace(TOKENS, (token) =>
    token.startsWith('"') || token.length < 16 ? token : JSON.stringify(MARK + token),
  )
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? new WrittenNumber(value.slice(MARK.length)) : value,
  )
}

/** Writes what `readLossless` read. */
export function writeLossless(value: unknown): string {
  if (value instanceof WrittenNumber) return value.text
  if (Array.isArray(value)) return `[${value.map(writeLossless).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${writeLossless(part)}`)
  return `{${parts.join(',')}}`
}
