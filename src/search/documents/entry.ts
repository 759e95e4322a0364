/** From a document as the database writes it to what the index keeps: folded words, whole titles, identifiers. */
import type { IndexEntry, IndexedBody } from '../../store/search/document.js'
import { fold } from '../text/fold.js'
import { type IndexedWords, indexedWords } from '../text/words.js'

/** Stands before the name of a feed, so that no word that anybody types meets it: folding drops it from texts. */
const FEED_SIGN = '\ue000'

/** The word by which documents of a feed are found. */
export const feedWord = (feed: string): string => FEED_SIGN + fold(feed).replace(/\s+/gu, '_')

const feedWords = new Map<string, string>()

/** A catalogue has few feeds and many documents of each. */
function knownFeedWord(feed: string): string {
  const known = feedWords.get(feed)
  if (known !== undefined) return known
  const word = feedWord(feed)
  feedWords.set(feed, word)
  return word
}

/** The words of several texts, of equal ones once. */
function joined(texts: readonly IndexedWords[]): string {
  if (texts.length === 1) return texts[0]?.all ?? ''
  return [...new Set(texts.map(({ all }) => all))].filter((text) => text !== '').join(' ')
}

const words = (texts: readonly string[] | null | undefined): string =>
  texts == null || texts.length === 0 ? '' : joined(texts.map(indexedWords))

const apart = (texts: readonly string[] | null | undefined): string[] =>
  (texts ?? []).flatMap((text) => (text.includes('|') ? text.split('|').map((one) => one.trim()) : [text.trim()]))

/** An id of a feed as identifiers are compared. */
export const identifierText = (id: string): string => id.trim().toUpperCase()

/** All names by which a document is titled. */
export const titlesOf = (body: IndexedBody): string[] => [...(body.x ?? []), ...apart(body.z)]

/** The index's own form of a document; the same body gives the same entry. */
export function entryOf(id: number, streams: number, popularity: number, json: string): IndexEntry {
  const body = JSON.parse(json) as IndexedBody
  const titles = titlesOf(body).map(indexedWords)
  const version = body.v == null ? [] : [indexedWords(body.v)]
  const feeds = [...new Set((body.f ?? []).map(({ f }) => knownFeedWord(f)))].sort()
  const identifiers = [...apart(body.c), ...(body.f ?? []).map(({ i }) => i)].map(identifierText)
  return {
    id,
    streams,
    popularity,
    body: json,
    words: {
      title: joined([...titles, ...version]),
      artist: words(body.a),
      writer: words(body.w),
      owner: words(body.o),
      release: words(body.r),
      feed: feeds.join(' '),
    },
    titles: [...new Set(titles.map(({ title }) => title))].filter((title) => title !== ''),
    identifiers: [...new Set(identifiers)].filter((text) => text !== ''),
  }
}
