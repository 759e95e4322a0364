/** Documents that were found by their identifier, as hits. */
import type { IndexedBody } from '../../store/search/document.js'
import type { SearchIndex } from '../../store/search/index-reader.js'
import { type Hit, hitOf } from './hit.js'

export const hitsOf = (index: SearchIndex, ids: readonly number[]): Hit[] =>
  index
    .documents([...new Set(ids)])
    .map((document) =>
      hitOf({ document, body: JSON.parse(document.body) as IndexedBody, tier: 'identifier', score: 1 }),
    )
