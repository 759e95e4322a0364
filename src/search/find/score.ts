/**
 * The order of hits: an exact identifier, an exact title, then everything that holds all the words, then what only comes
 * near. Within each, how well the words fit (BM25 over title and names) and how popular it is, in equal parts.
 */
import type { IndexedBody, StoredDocument } from '../../store/search/document.js'
import { titlesOf } from '../documents/entry.js'
import { type IndexedWords, indexedWords } from '../text/words.js'

export type Tier = 'identifier' | 'title' | 'words' | 'near'
const TIERS: Readonly<Record<Tier, number>> = { identifier: 3, title: 2, words: 1, near: 0 }

export interface Candidate {
  readonly document: StoredDocument
  readonly body: IndexedBody
}

/** What a document is scored by: each word of the question with how rare it is. */
export interface WantedWord {
  /** Ways to write it, one word each or several in order. */
  readonly spellings: readonly (readonly string[])[]
  readonly isPrefix: boolean
  /** Inverse document frequency, from `rarity`. */
  readonly weight: number
}

/** Robertson–Spärck Jones weight, never negative. */
export const rarity = (holding: number, all: number): number => Math.log(1 + (all - holding + 0.5) / (holding + 0.5))

const K1 = 1.2
const B = 0.75
/** Words of a usual title with its names. */
const USUAL_LENGTH = 7
/** A word of the title says more than one of the artist's name. */
const TITLE_WEIGHT = 1.5

function holds(words: readonly string[], { spellings, isPrefix }: WantedWord): boolean {
  return spellings.some((spelling) => {
    const last = spelling.length - 1
    return words.some((_, start) =>
      spelling.every((part, index) => {
        const word = words[start + index] ?? ''
        return isPrefix && index === last ? word.startsWith(part) : word === part
      }),
    )
  })
}

/** Everything but titles in which the index finds words. */
const namesOf = ({ a, w, o, r, v }: IndexedBody): string[] => [
  ...(a ?? []),
  ...(w ?? []),
  ...(o ?? []),
  ...(r ?? []),
  ...(v == null ? [] : [v]),
]

export interface Fit {
  readonly tier: Tier
  /** 0 to 1: how well the words fit. */
  readonly text: number
  /** 0 to 1 of the words are there. */
  readonly coverage: number
}

/** How a document fits the words of a question. `whole`: the question's words as one title. */
export function fitOf({ body }: Candidate, wanted: readonly WantedWord[], whole: string): Fit {
  const titles = titlesOf(body).map(indexedWords)
  const names = namesOf(body).flatMap((name) => wordsIn(indexedWords(name).all))
  const best = titles.map((title) => titleFit(title, names, wanted, whole)).sort((a, b) => compareFits(b, a))[0]
  return best ?? { tier: 'near', text: 0, coverage: 0 }
}

const wordsIn = (words: string): string[] => (words === '' ? [] : words.split(' '))

function titleFit(
  { all, title: words }: IndexedWords,
  names: readonly string[],
  wanted: readonly WantedWord[],
  whole: string,
): Fit {
  const title = wordsIn(words)
  const spelled = wordsIn(all)
  const inTitle = wanted.map((word) => holds(spelled, word))
  const inNames = wanted.map((word) => holds(names, word))
  const length = title.length + Math.min(names.length, USUAL_LENGTH)
  const norm = 1 - B + (B * length) / USUAL_LENGTH
  const weights = wanted.reduce((sum, { weight }) => sum + weight, 0)
  const worth = wanted.reduce((sum, { weight }, index) => {
    const count = (inTitle[index] === true ? TITLE_WEIGHT : 0) + (inNames[index] === true ? 1 : 0)
    return sum + (weight * (count * (K1 + 1))) / (count + K1 * norm)
  }, 0)
  const covered = wanted.filter((_, index) => inTitle[index] === true || inNames[index] === true).length
  const coverage = wanted.length === 0 ? 0 : covered / wanted.length
  // The whole title was typed, and what else was typed is in the names.
  const typed = wanted.filter((_, index) => inTitle[index] === true).flatMap(({ spellings }) => spellings.flat())
  const isWhole = title.length > 0 && coverage === 1 && title.every((word) => typed.includes(word))
  const isTitle = words === whole
  const tier = isTitle || isWhole ? 'title' : coverage === 1 ? 'words' : 'near'
  return { tier, coverage, text: weights === 0 ? 0 : Math.min(1, worth / (weights * (K1 + 1))) }
}

const compareFits = (a: Fit, b: Fit): number =>
  TIERS[a.tier] - TIERS[b.tier] || a.coverage - b.coverage || a.text - b.text

/** A billion streams count as 1. */
const MOST_POPULAR = 30

/** 0 to 1 with four decimals, higher for a better hit. */
export function scoreOf(tier: Tier, { text, coverage }: Fit, popularity: number): number {
  const popular = Math.min(1, Math.log2(1 + popularity) / MOST_POPULAR)
  const within = tier === 'near' ? 0.8 * coverage + 0.1 * text + 0.1 * popular : 0.5 * text + 0.5 * popular
  return Math.round(((TIERS[tier] + within) / 4) * 1e4) / 1e4
}
