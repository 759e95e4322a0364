/** The JSON of `recital search`. */
import type { Found, Hit, Query } from '../../search/index.js'

export interface HitJson {
  kind: 'recording' | 'work' | 'party'
  /** What `recital lookup` takes. */
  id: string
  isrc: string | null
  iswc: string | null
  ipi: string | null
  title: string
  artist: string | null
  writers: string | null
  version: string | null
  label: string | null
  /** Labels of a recording, publishers and administrators of a work. */
  owners: string[]
  year: number | null
  otherTitles: string[]
  streams: number
  withdrawn: boolean
  feeds: { feed: string; id: string }[]
  score: number
  found: 'identifier' | 'title' | 'words' | 'near'
}

export interface SearchDocument {
  kind: 'recital.search'
  version: 1
  query: string
  hits: HitJson[]
  /** Words that nothing was found for, with what was looked for instead. */
  forgiven: { word: string; readings: string[] }[]
  /** Nothing holds all the words: the hits hold some. */
  partial: boolean
  /** There is more than is shown. */
  cut: boolean
  /** How many hits were asked about in the evidence; null where the index alone answers. */
  examined: number | null
  basis: { generation: string }
}

export function hitJson(hit: Hit): HitJson {
  const { kind, id, code, title, by, version, label, year, others, owners, streams, isWithdrawn, feeds, score, found } =
    hit
  const codeAs = (as: string): string | null => (code?.as === as ? code.text : null)
  return {
    kind,
    id,
    isrc: codeAs('isrc'),
    iswc: codeAs('iswc'),
    ipi: codeAs('ipi'),
    title,
    artist: kind === 'recording' ? by : null,
    writers: kind === 'work' ? by : null,
    version,
    label,
    owners: [...owners],
    year,
    otherTitles: [...others],
    streams,
    withdrawn: isWithdrawn,
    feeds: feeds.map((one) => ({ ...one })),
    score,
    found,
  }
}

export function searchDocument(
  { text }: Query,
  { hits, forgiven, isPartial, isCut }: Found,
  { generation, examined }: { readonly generation: string; readonly examined: number | null },
): SearchDocument {
  return {
    kind: 'recital.search',
    version: 1,
    query: text,
    hits: hits.map(hitJson),
    forgiven: forgiven.map(({ word, readings }) => ({ word, readings: [...readings] })),
    partial: isPartial,
    cut: isCut,
    examined,
    basis: { generation },
  }
}
