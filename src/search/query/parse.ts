/**
 * The language of questions: words, "phrases", beginnings (`lov*`), `field:value`, `-not`, and filters. Whatever is typed
 * means something or is refused in plain words; nothing of it ever reaches the index unquoted.
 */
import { UsageError } from '../../errors.js'
import { recogniseIdentifiers } from '../../model/identifiers/parse.js'
import type { DocumentKind } from '../../store/search/document.js'
import { fold } from '../text/fold.js'
import { piecesOf, type Spellings, spellingsOf } from '../text/words.js'
import { FILTER_NAMES, type Filters, withFilter } from './filters.js'

/** Fields whose words are looked for in a part of the documents; the parts are columns of the index. */
const TEXT_FIELDS = {
  title: ['title'],
  artist: ['artist'],
  writer: ['writer'],
  label: ['owner'],
  publisher: ['owner'],
  release: ['release'],
} as const
const CODE_FIELDS = ['isrc', 'iswc', 'ipi', 'isni', 'upc', 'id'] as const
type TextField = keyof typeof TEXT_FIELDS
type CodeField = (typeof CODE_FIELDS)[number]

/** Words that must stand, one after the other, in a document or in one part of it. */
export interface Term {
  /** Ways to write it; one is enough. */
  readonly spellings: Spellings
  /** The last word may go on. */
  readonly isPrefix: boolean
  /** Typed between quotes: never taken for a typing error. */
  readonly isPhrase: boolean
  /** Columns of the index; empty for all. */
  readonly columns: readonly string[]
}

export interface Query {
  /** As given, cut at the ends, without invisible characters. */
  readonly text: string
  readonly terms: readonly Term[]
  readonly without: readonly Term[]
  readonly feeds: readonly string[]
  /** Identifiers that the whole text, or a field, spells: normalised. */
  readonly identifiers: readonly string[]
  /** Beginnings of identifiers. */
  readonly beginnings: readonly string[]
  /** Whether nothing but identifiers was asked for. */
  readonly isIdentifier: boolean
  readonly filters: Filters
}

const MOST_CHARACTERS = 2000
const MOST_WORDS = 64

/** An optional `-`, an optional field, then a phrase (closed or not) or a word. */
const TOKEN = /(-)?(?:([A-Za-z]+):)?(?:"([^"]*)(?:"|$)|([^\s"]+))/gu

interface Draft {
  readonly terms: Term[]
  readonly without: Term[]
  readonly feeds: string[]
  readonly identifiers: string[]
  readonly beginnings: string[]
  filters: Filters
}

/**
 * Reads a question.
 * @param isTyping the last word may not be finished yet
 * Throws UsageError: `query-empty`, `query-too-long`, `query-filter` for a filter with a value that cannot be one.
 */
export function parseQuery(given: string, isTyping = false): Query {
  const text = visible(given)
  if (text.length > MOST_CHARACTERS) {
    throw new UsageError(`A question has at most ${MOST_CHARACTERS} characters; this one has ${text.length}.`, {
      code: 'query-too-long',
      suggestions: ['Name the words that tell it apart', 'For a list of works: `recital search --file LIST.csv`'],
    })
  }
  const draft: Draft = { terms: [], without: [], feeds: [], identifiers: [], beginnings: [], filters: {} }
  const tokens = [...text.matchAll(TOKEN)]
  tokens.forEach(([whole, sign, name, phrase, word], index) => {
    const isLast = isTyping && index === tokens.length - 1 && phrase === undefined && text.endsWith(whole)
    const bare = phrase === undefined && name === undefined ? bareFilter(word) : undefined
    take(draft, {
      isNot: sign === '-',
      name: bare ?? name,
      phrase,
      word: bare === undefined ? (word ?? '') : '',
      isLast,
    })
  })
  const whole = recogniseIdentifiers(text).map(({ normalised }) => normalised)
  const query: Query = {
    ...draft,
    text,
    identifiers: [...new Set([...whole, ...draft.identifiers])],
    isIdentifier: draft.terms.length === 0 || whole.length > 0,
  }
  refuseUseless(query)
  return query
}

/** The filter of a word like `conflict:`, to which no value was given. */
const bareFilter = (word = ''): string | undefined => FILTER_NAMES.find((name) => word.toLowerCase() === `${name}:`)

/** Without what nobody sees and no name holds; line ends and tabs are blanks. */
const visible = (given: string): string =>
  given
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]+/gu, '')
    .trim()

interface Token {
  readonly isNot: boolean
  readonly name: string | undefined
  readonly phrase: string | undefined
  readonly word: string
  readonly isLast: boolean
}

function take(draft: Draft, token: Token): void {
  const { isNot, phrase, word } = token
  const name = token.name?.toLowerCase()
  const value = phrase ?? word
  if (name !== undefined && (FILTER_NAMES as readonly string[]).includes(name)) {
    draft.filters = withFilter(draft.filters, name, value, isNot)
  } else if (name === 'feed' && !isNot) draft.feeds.push(value)
  else if (isOneOf(CODE_FIELDS, name) && !isNot) takeCode(draft, name, value)
  else if (isOneOf(Object.keys(TEXT_FIELDS) as TextField[], name)) addTerms(draft, token, value, [...TEXT_FIELDS[name]])
  // An unknown name before a colon belongs to the words: `Re:Stacks`.
  else addTerms(draft, token, name === undefined ? value : `${token.name}:${value}`, [])
}

const isOneOf = <T extends string>(names: readonly T[], name: string | undefined): name is T =>
  name !== undefined && (names as readonly string[]).includes(name)

function takeCode(draft: Draft, name: CodeField, value: string): void {
  const beginning = value.replace(/\*$/u, '')
  const found = recogniseIdentifiers(value).filter(({ kind }) => name === 'id' || kind.startsWith(name))
  if (found.length > 0) draft.identifiers.push(...found.map(({ normalised }) => normalised))
  else if (name === 'id' && !value.endsWith('*')) draft.identifiers.push(value.trim().toUpperCase())
  else draft.beginnings.push((name === 'id' ? beginning : beginning.replace(/[\s.-]/gu, '')).toUpperCase())
}

function addTerms(draft: Draft, { isNot, phrase, isLast }: Token, value: string, columns: readonly string[]): void {
  const target = isNot ? draft.without : draft.terms
  if (phrase !== undefined) {
    const spelling = piecesOf(fold(value)).flatMap((piece) => [...(spellingsOf(piece)[0] ?? [])])
    if (spelling.length > 0) target.push({ spellings: [spelling], isPrefix: false, isPhrase: true, columns })
    return
  }
  const isPrefix = isLast || (value.endsWith('*') && value.length > 1)
  for (const piece of piecesOf(fold(isPrefix ? value.replace(/\*+$/u, '') : value))) {
    const spellings = spellingsOf(piece)
    if (spellings.length > 0) target.push({ spellings, isPrefix, isPhrase: false, columns })
  }
}

/** A text as words to look for in some columns, with nothing in it that means more than itself. */
export function plainQuery(parts: readonly { readonly text: string; readonly columns: readonly string[] }[]): Query {
  const terms = parts.flatMap(({ text, columns }) =>
    piecesOf(fold(text)).flatMap((piece): Term[] => {
      const spellings = spellingsOf(piece)
      return spellings.length === 0 ? [] : [{ spellings, isPrefix: false, isPhrase: false, columns }]
    }),
  )
  const text = visible(parts.map((part) => part.text).join(' '))
  const nothing = { without: [], feeds: [], identifiers: [], beginnings: [], filters: {} }
  return { text, terms: terms.slice(0, MOST_WORDS), isIdentifier: false, ...nothing }
}

function refuseUseless({ terms, without, feeds, identifiers, beginnings }: Query): void {
  const words = [...terms, ...without].length
  if (words > MOST_WORDS) {
    throw new UsageError(`A question has at most ${MOST_WORDS} words; this one has ${words}.`, {
      code: 'query-too-long',
      suggestions: ['Name the words that tell it apart', 'For a list of works: `recital search --file LIST.csv`'],
    })
  }
  if (terms.length + identifiers.length + beginnings.length + feeds.length > 0) return
  throw new UsageError(
    without.length > 0 ? 'The question says only what is not wanted.' : 'The question names nothing to look for.',
    {
      code: 'query-empty',
      suggestions: ['Name a title, an artist, a writer or an identifier, e.g. `recital search "eight hats"`'],
    },
  )
}

export type { DocumentKind }
