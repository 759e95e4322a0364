/** Hashes of folded texts inside the index; whoever finds a document by one compares the text. */

const PRIME = 0x01000193

/** FNV-1a over UTF-16 code units, 32 bits. */
function fnv(text: string, seed: number): number {
  let hash = seed
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), PRIME)
  return hash >>> 0
}

/** 52 bits of a text, exact as a number. */
export const titleHash = (text: string): number => fnv(text, 0x811c9dc5) * 2 ** 20 + (fnv(text, 0x2f0b4a97) >>> 12)

/** Most words whose misspellings are known, and how many numbers a deletion's hash has: together they fill 53 bits. */
export const MOST_TERMS = 2 ** 24
const HASHES = 2 ** 29

/** Deletion and word as one integer. */
export const packedDeletion = (left: string, term: number): number => firstPacked(left) + term

/** The first integer of a deletion; its words are the `MOST_TERMS` integers from there. */
export const firstPacked = (left: string): number => (fnv(left, 0x811c9dc5) % HASHES) * MOST_TERMS
