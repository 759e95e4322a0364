/** ISRCs of the evidence that are one slip of the finger away from a given one. */
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { sqlPointerKey } from '../store/evidence/pointers.js'

const DIGITS = '0123456789'
const LETTERS = `ABCDEFGHIJKLMNOPQRSTUVWXYZ${DIGITS}`

/** Where an ISRC holds letters or digits: the country, the registrant, then year and number. */
const alphabetAt = (place: number): string => (place < 2 ? LETTERS.slice(0, 26) : place < 5 ? LETTERS : DIGITS)

/** Texts that differ in one character, or in two neighbours that changed places. */
function slipsOf(isrc: string): string[] {
  const replaced = [...isrc].flatMap((_, place) =>
    [...alphabetAt(place)].map((character) => isrc.slice(0, place) + character + isrc.slice(place + 1)),
  )
  const swapped = [...isrc.slice(1)].map(
    (next, place) => isrc.slice(0, place) + next + isrc[place] + isrc.slice(place + 2),
  )
  return [...new Set([...replaced, ...swapped])].filter((slip) => slip !== isrc)
}

/** At most `limit` ISRCs that the evidence has, in alphabetical order. For a text that is no ISRC, none. */
export async function nearIsrcs(db: Evidence, isrc: string, limit = 3): Promise<string[]> {
  if (!/^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$/.test(isrc)) return []
  const values = slipsOf(isrc).map((slip) => `(${literal(slip)})`)
  const rows = await db.rows(
    `SELECT t.isrc FROM (VALUES ${values.join(', ')}) AS t(isrc)
     WHERE ${sqlPointerKey('isrc', 't.isrc')} IN (SELECT "key" FROM pointers) ORDER BY t.isrc LIMIT ${limit}`,
  )
  return rows.map((row) => String(row.isrc))
}
