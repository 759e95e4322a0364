/**
 * From a text to the words it is found by. A name with punctuation (`AC/DC`, `R.E.M.`, `P!nk`) is found by its parts in
 * order and also written in one piece; scripts without blanks between words are found by every two characters.
 */
import { fold } from './fold.js'
import { romanised } from './romanise.js'

/** What one piece of a text between blanks may be found by: each spelling is a sequence of words. */
export type Spellings = readonly (readonly string[])[]

const PARTS = /[\p{L}\p{N}\p{M}]+/gu
/** Scripts that are written without blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}々〆ー]+/gu
/** Signs that only part words, and are nobody's name by themselves. */
const ONLY_PARTING = /^[\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}/\\,.;:|"'·•~_*…、。・]+$/u
/** Signs that stand for letters within a name: `P!nk`, `Ke$ha`, `A$AP`, `h@wk`. */
const AS_LETTERS: Readonly<Record<string, string>> = { '!': 'i', $: 's', '@': 'a' }
const HAS_LETTER_SIGN = /(?:[\p{L}\p{N}][!$@][\p{L}\p{N}]|^[$@]\p{L})/u
/** No name is longer; what is, is found by its beginning. */
const LONGEST_WORD = 64

/** Characters as people see them, two by two; the last one also alone, so that every one begins a word. */
function pairs(run: string): string[] {
  const characters = [...run]
  const twos = characters.slice(0, -1).map((character, index) => character + characters[index + 1])
  return [...twos, characters.at(-1) ?? '']
}

function partsOf(chunk: string): string[] {
  return (chunk.match(PARTS) ?? []).flatMap((part) => {
    UNSPACED.lastIndex = 0
    if (!UNSPACED.test(part)) return [part.slice(0, LONGEST_WORD)]
    // Parts of a mixed word: `夜abc` is a run and a word.
    return part
      .split(new RegExp(`(${UNSPACED.source})`, 'gu'))
      .filter((piece) => piece !== '')
      .flatMap((piece) => (isUnspaced(piece) ? pairs(piece) : [piece.slice(0, LONGEST_WORD)]))
  })
}

/** Whether a text is written in a script without blanks between words. */
export const isUnspaced = (text: string): boolean => new RegExp(`^${UNSPACED.source}$`, 'u').test(text)

/** The spellings of one piece of folded text without blanks; the first is its parts in order. Empty for mere punctuation. */
export function spellingsOf(piece: string): Spellings {
  const chunk = piece.replaceAll("'", '')
  const parts = partsOf(chunk)
  if (parts.length === 0) {
    if (chunk === '&') return [['and']]
    return chunk === '' || ONLY_PARTING.test(chunk) ? [] : [[chunk.slice(0, LONGEST_WORD)]]
  }
  const spellings: string[][] = [parts]
  const isMixed = chunk.match(PARTS)?.join('') !== parts.join('')
  const joined = parts.join('').slice(0, LONGEST_WORD)
  if (parts.length > 1 && !isMixed) spellings.push([joined])
  if (HAS_LETTER_SIGN.test(chunk)) {
    const letters = chunk.replace(/[!$@](?=[\p{L}\p{N}])/gu, (sign) => AS_LETTERS[sign] ?? sign)
    const word = (letters.match(PARTS) ?? []).join('').slice(0, LONGEST_WORD)
    if (!spellings.some((spelling) => spelling.length === 1 && spelling[0] === word)) spellings.push([word])
  }
  return spellings
}

/** Folded text cut at blanks. */
export const piecesOf = (folded: string): string[] => folded.split(/\s+/u).filter((piece) => piece !== '')

/** The words of a text in order, by the first spelling of each of its pieces. */
export function wordsOf(text: string): string[] {
  const { title } = indexedWords(text)
  return title === '' ? [] : title.split(' ')
}

export interface IndexedWords {
  /** All words parted by blanks, the other spellings and those in Latin letters last: what an index keeps of a text. */
  readonly all: string
  /** The words in order, as `comparable` gives them. */
  readonly title: string
}

/** Words of Latin letters without accents, each parted from the next by one blank: most texts of a catalogue. */
const PLAIN_WORDS = /^[a-z0-9]{1,64}(?: [a-z0-9]{1,64})*$/i
/** A piece that is one such word within punctuation that only parts. */
const PLAIN_PIECE = /^[("[,.;:-]*([a-z0-9]{1,64})[)"\],.;:?-]*$/

const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Greek}]/u

/** Both forms of a text at once; an index is made of millions of texts. */
export function indexedWords(text: string): IndexedWords {
  if (PLAIN_WORDS.test(text)) {
    const words = text.toLowerCase()
    return { all: words, title: words }
  }
  const first: string[] = []
  const others: string[] = []
  for (const piece of piecesOf(fold(text))) {
    const word = PLAIN_PIECE.exec(piece)?.[1]
    if (word !== undefined) first.push(word)
    else
      spellingsOf(piece).forEach((spelling, index) => {
        ;(index === 0 ? first : others).push(...spelling)
      })
  }
  const title = first.join(' ')
  if (OTHER_SCRIPT.test(title)) others.push(...first.flatMap((word) => romanised(word) ?? []))
  return { all: others.length === 0 ? title : [...first, ...others].join(' '), title }
}

/** The words of a text as one text: equal for titles that differ only in case, accents and punctuation. */
export const comparable = (text: string): string => indexedWords(text).title
