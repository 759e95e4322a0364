/** Which words a mistyped one may stand for, from the letters that may have been left out. */

/** Below this a wrong letter makes another word rather than a wrong one; numbers are never wrong words. */
const SHORTEST = 4
const LONGEST = 24

/** Whether misspellings of a folded word are looked for. */
export const canBeMistyped = (word: string): boolean =>
  word.length >= SHORTEST && word.length <= LONGEST && /^\p{L}[\p{L}\p{M}]*$/u.test(word)

/** The word itself and what is left of it without each of its letters, each once. */
export function deletionsOf(word: string): string[] {
  const letters = [...word]
  const shorter = letters.map((_, index) => letters.slice(0, index).join('') + letters.slice(index + 1).join(''))
  return [...new Set([word, ...shorter])]
}
