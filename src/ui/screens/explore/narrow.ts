/** Narrowing the hits at hand while the index is asked: at most a few hundred, so that it takes no time. */
import MiniSearch from 'minisearch'
import type { HitJson } from '../../../cli/views/search-document.js'
import { comparable, fold } from '../../../search/index.js'

const known = new WeakMap<readonly HitJson[], MiniSearch<HitJson>>()

function indexOf(hits: readonly HitJson[]): MiniSearch<HitJson> {
  const before = known.get(hits)
  if (before !== undefined) return before
  const index = new MiniSearch<HitJson>({
    idField: 'place',
    fields: ['title', 'artist', 'writers', 'otherTitles', 'id'],
    // The same words as in the index, or what is typed would find other things here than there.
    tokenize: (text) => comparable(text).split(' '),
    processTerm: (term) => fold(term),
    extractField: (hit, field) =>
      field === 'place' ? String(hits.indexOf(hit)) : String(hit[field as keyof HitJson] ?? ''),
  })
  index.addAll(hits)
  known.set(hits, index)
  return index
}

/** The hits that hold all the words, the last one perhaps unfinished; in their order. */
export function narrowed(hits: readonly HitJson[], text: string): readonly HitJson[] {
  if (hits.length === 0) return hits
  const found = indexOf(hits).search(text, { combineWith: 'AND', prefix: true })
  const places = new Set(found.map(({ id }) => Number(id)))
  return hits.filter((_, place) => places.has(place))
}
