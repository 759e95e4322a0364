/**
 * Folding: one spelling for all the ways in which people write the same name. Letters of Latin, Greek and Cyrillic lose
 * what is only an accent, so that `Beyonce` finds Beyoncé and `Oystein` Øystein; every script is kept as it is.
 * Both sides of a comparison are folded by this function and no other; a change of it raises `FOLDING`.
 */

/** Version of the folding and of the words made from it; an index made with another one is built anew. */
export const FOLDING = 3

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'ng', ƒ: 'f' },
  ...{ ς: 'σ', ә: 'ə', '’': "'", '‘': "'", ʼ: "'", '`': "'", '′': "'", '“': '"', '”': '"', '„': '"' },
}
const OTHER_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu')

/** Accents are dropped after Latin and Greek letters; a Cyrillic й is a letter of its own, a kana with its mark too. */
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu
/** Ё is written as Е as often as not. */
const RUSSIAN_IO = /\u0435\p{Mn}+/gu
/** Control characters, direction marks, joiners, private and unassigned code points: never part of a name. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]+/gu
const PLAIN = /^[\x20-\x7e]*$/

/** A text in lower case and without accents, full width as half width; punctuation stays, blanks are one. Never fails. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.replaceAll('`', "'").replace(/ {2,}/g, ' ').toLowerCase()
  // Line ends and tabs part words; other invisible characters stand within them. A lone accent is typed for an
  // apostrophe, and compatibility would make a blank of it.
  const visible = text.replace(/\s+/gu, ' ').replace(INVISIBLE, '').replaceAll('\u00b4', "'")
  return visible
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(OTHER_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .replace(ACCENTED, '$1')
    .replace(RUSSIAN_IO, (io) => io.replaceAll('\u0308', ''))
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
}
