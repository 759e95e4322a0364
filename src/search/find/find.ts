/**
 * Answering a question from the index. Candidates come from its popular end, a bounded number of each kind, so that a
 * common word costs no more than a rare one; they are then read and put in order. Small steps, with a look at the signal
 * between them: a question that nobody waits for any more ends there.
 */
import { setImmediate as breathe } from 'node:timers/promises'
import type { IndexedBody } from '../../store/search/document.js'
import { DOCUMENT_KINDS, type DocumentKind, kindOfNumber, numbersOf } from '../../store/search/document.js'
import type { SearchIndex } from '../../store/search/index-reader.js'
import { identifierText } from '../documents/entry.js'
import { matchOf, matchOfTerm } from '../query/match.js'
import type { Query, Term } from '../query/parse.js'
import { type Hit, hitOf, type Scored } from './hit.js'
import { type Fit, fitOf, rarity, scoreOf, type Tier, type WantedWord } from './score.js'
import { readingsOf } from './spelling.js'

export interface FindRequest {
  readonly query: Query
  readonly kind?: DocumentKind | undefined
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}

export interface Found {
  readonly hits: readonly Hit[]
  /** Words that nothing was found for, with what was looked for instead. */
  readonly forgiven: readonly { readonly word: string; readonly readings: readonly string[] }[]
  /** Nothing holds all the words: these hold some. */
  readonly isPartial: boolean
  /** More than these matched; only the first were looked at. */
  readonly isCut: boolean
}

/** Candidates of each kind; more when more hits are asked for. */
const CANDIDATES = 300

/** Hits are made of the few that are shown only. */
type Ranked = Scored

/** The best hits, in a total order. Throws the signal's reason when it is aborted. */
export async function find(index: SearchIndex, request: FindRequest): Promise<Found> {
  const search = new Finder(index, request)
  return search.run()
}

class Finder {
  readonly #index: SearchIndex
  readonly #request: FindRequest
  readonly #kinds: readonly DocumentKind[]
  readonly #most: number
  #isCut = false

  constructor(index: SearchIndex, request: FindRequest) {
    this.#index = index
    this.#request = request
    const kind = request.kind ?? request.query.filters.kind
    this.#kinds = kind === undefined ? DOCUMENT_KINDS : [kind]
    this.#most = Math.max(CANDIDATES, request.limit * 2)
  }

  async run(): Promise<Found> {
    const { query } = this.#request
    const identified = this.#identified()
    const exact = await this.#matching(query.terms.map((term) => matchOfTerm(term)))
    const titled = this.#titled()
    const first = this.#hits(identified, [...titled, ...exact], query.terms, [])
    if (first.length > 0 || query.terms.length === 0) return this.#found(first, [], false)
    const forgiven = this.#forgiven()
    if (forgiven.some(({ readings }) => readings.length > 0)) {
      const ids = await this.#matching(query.terms.map((term, at) => matchOfTerm(term, forgiven[at]?.readings ?? [])))
      const hits = this.#hits(identified, ids, query.terms, forgiven)
      if (hits.length > 0) return this.#found(hits, forgiven, false)
    }
    return this.#some(forgiven)
  }

  /** What holds some of the words: better than nothing, and said so. */
  async #some(forgiven: Forgiven): Promise<Found> {
    const { query } = this.#request
    const all = query.terms.map((term, at) => ({ term, readings: forgiven[at]?.readings ?? [] }))
    const known = all
      .map((one) => ({ ...one, holding: this.#holding(one.term, one.readings) }))
      .filter(({ holding }) => holding > 0)
      .sort((a, b) => a.holding - b.holding)
    // The rarest words first: a common one alone says nothing.
    const rare = known.slice(0, MOST_RARE)
    const ids: number[] = []
    for (const pair of pairsOf(rare)) {
      ids.push(...(await this.#matching(pair.map(({ term, readings }) => matchOfTerm(term, readings)))))
    }
    if (ids.length === 0) {
      for (const { term, readings } of rare) ids.push(...(await this.#matching([matchOfTerm(term, readings)])))
    }
    return this.#found(this.#hits([], ids, query.terms, forgiven), forgiven, query.terms.length > 1)
  }

  #found(hits: readonly Ranked[], forgiven: Forgiven, isPartial: boolean): Found {
    const told = forgiven.filter(({ readings }) => readings.length > 0)
    return {
      hits: hits.slice(0, this.#request.limit).map(hitOf),
      forgiven: told,
      isPartial: isPartial && hits.length > 0,
      isCut: this.#isCut || hits.length > this.#request.limit,
    }
  }

  #identified(): number[] {
    const { identifiers, beginnings, text } = this.#request.query
    const texts = [...new Set([...identifiers, identifierText(text)])]
    return [
      ...texts.flatMap((one) => this.#index.identified(one, this.#most)),
      ...beginnings.flatMap((one) => (one === '' ? [] : this.#index.identifiedFrom(one, this.#most))),
    ].filter((id) => this.#kinds.includes(kindOfNumber(id)))
  }

  #titled(): number[] {
    const { query } = this.#request
    // Only where nothing but plain words is asked for; else the words find it.
    if (query.terms.some(({ columns }) => columns.length > 0)) return []
    if (query.without.length + query.feeds.length > 0) return []
    const title = wholeOf(query.terms)
    return this.#kinds.flatMap((kind) => this.#index.titled(title, numbersOf(kind), this.#most))
  }

  async #matching(terms: readonly string[]): Promise<number[]> {
    const match = matchOf(this.#request.query, terms)
    if (match === null) return []
    const ids: number[] = []
    for (const kind of this.#kinds) {
      await breathe()
      this.#request.signal?.throwIfAborted()
      const found = this.#index.matching(match, numbersOf(kind), this.#most)
      if (found.length === this.#most) this.#isCut = true
      ids.push(...found)
    }
    return ids
  }

  #forgiven(): Forgiven {
    return this.#request.query.terms.map(({ spellings, isPhrase, isPrefix }) => {
      const word = spellings.find((spelling) => spelling.length === 1)?.[0] ?? ''
      return { word, readings: isPhrase || isPrefix || word === '' ? [] : readingsOf(this.#index, word) }
    })
  }

  #holding(term: Term, readings: readonly string[]): number {
    const words = [...term.spellings.flat(), ...readings]
    return Math.max(0, ...words.map((word) => this.#index.holding(word)))
  }

  #hits(
    identified: readonly number[],
    others: readonly number[],
    terms: readonly Term[],
    forgiven: Forgiven,
  ): Ranked[] {
    const { query } = this.#request
    const exact = new Set(identified)
    const ids = [...new Set([...identified, ...others])]
    const wanted = this.#wanted(terms, forgiven)
    const whole = wholeOf(terms)
    return this.#index
      .documents(ids)
      .map((document) => ({ document, body: JSON.parse(document.body) as IndexedBody }))
      .filter(({ body }) => isOfYears(body, query))
      .map(({ document, body }): Ranked => {
        const fit: Fit = fitOf({ document, body }, wanted, whole)
        const isForgiven = forgiven.some(({ readings }) => readings.length > 0)
        const tier: Tier = exact.has(document.id) ? 'identifier' : tierOf(fit, isForgiven, wanted)
        return { document, body, tier, score: scoreOf(tier, fit, document.popularity) }
      })
      .sort((a, b) => b.score - a.score || a.document.id - b.document.id)
  }

  #wanted(terms: readonly Term[], forgiven: Forgiven): WantedWord[] {
    const all = this.#index.size()
    return terms.map((term, at) => {
      const readings = forgiven[at]?.readings ?? []
      const spellings = [...term.spellings, ...readings.map((word) => [word])]
      return { spellings, isPrefix: term.isPrefix, weight: rarity(this.#holding(term, readings), all) }
    })
  }
}

type Forgiven = readonly { readonly word: string; readonly readings: readonly string[] }[]

const MOST_RARE = 4

function pairsOf<T>(all: readonly T[]): T[][] {
  return all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other]))
}

/** What the index matched holds all the words, also where they stand in parts that are not scored. */
function tierOf({ tier }: Fit, isForgiven: boolean, wanted: readonly WantedWord[]): Tier {
  if (wanted.length === 0) return 'words'
  return isForgiven && tier === 'title' ? 'words' : tier
}

const wholeOf = (terms: readonly Term[]): string =>
  terms.flatMap(({ spellings }) => [...(spellings[0] ?? [])]).join(' ')

function isOfYears({ y }: IndexedBody, { filters: { years } }: Query): boolean {
  return years === undefined || (y != null && y >= years.first && y <= years.last)
}
