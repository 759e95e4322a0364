/** What the index is given of one document. */

/** JSON of a document, short names as it is stored by the million. Lists are sorted and may be null. */
export interface IndexedBody {
  /** Title or name that is shown. */
  readonly t: string
  /** Who stands beside it: the artist, the writers, the kind of a party. */
  readonly b?: string | null
  readonly v?: string | null
  readonly l?: string | null
  /** Year of the first release. */
  readonly y?: number | null
  /** Whether anybody still states it. */
  readonly s: boolean
  /** All titles or names; alternate titles, several in one separated by `|`. */
  readonly x: readonly string[] | null
  readonly z?: readonly string[] | null
  readonly a?: readonly string[] | null
  readonly w?: readonly string[] | null
  readonly o?: readonly string[] | null
  readonly r?: readonly string[] | null
  /** Normalised identifiers, several in one separated by `|`. */
  readonly c: readonly string[] | null
  /** Feeds and their ids. */
  readonly f: readonly { readonly f: string; readonly i: string }[] | null
}

export const DOCUMENT_KINDS = ['recording', 'work', 'party'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** Numbers of a kind of documents: from `first` up to, without it, `end`. */
export function numbersOf(kind: DocumentKind): { readonly first: number; readonly end: number } {
  const place = DOCUMENT_KINDS.indexOf(kind)
  return { first: place * KIND_SIZE, end: (place + 1) * KIND_SIZE }
}

/** As in documents/all.sql. */
const KIND_SIZE = 2 ** 42

export const kindOfNumber = (id: number): DocumentKind => DOCUMENT_KINDS[Math.floor(id / KIND_SIZE)] ?? 'recording'

/** A document ready for the index; texts are folded, words parted by blanks. */
export interface IndexEntry {
  readonly id: number
  readonly streams: number
  readonly popularity: number
  readonly body: string
  readonly words: {
    readonly title: string
    readonly artist: string
    readonly writer: string
    readonly owner: string
    readonly release: string
    readonly feed: string
  }
  /** Whole titles, folded, each once. */
  readonly titles: readonly string[]
  readonly identifiers: readonly string[]
}

/** A document as it is kept. */
export interface StoredDocument {
  readonly id: number
  readonly streams: number
  readonly popularity: number
  readonly body: string
}
