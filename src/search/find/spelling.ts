/** What a mistyped word may have been meant to be. */
import type { SearchIndex } from '../../store/search/index-reader.js'
import { canBeMistyped } from '../../store/search/spelling.js'
import { isOneStepAway, jaroWinkler } from '../text/likeness.js'

/** Enough for every likely reading, few enough that a question stays quick. */
const MOST_READINGS = 5
const LEAST_ALIKE = 0.8

/** Words of the index one letter away, the likeliest first: most alike (Jaro–Winkler), then most frequent. */
export function readingsOf(index: SearchIndex, word: string): string[] {
  if (!canBeMistyped(word)) return []
  return index
    .near(word)
    .filter(({ term }) => term !== word && isOneStepAway(term, word))
    .map(({ term, documents }) => ({ term, documents, alike: jaroWinkler(term, word) }))
    .filter(({ alike }) => alike >= LEAST_ALIKE)
    .sort((a, b) => b.alike - a.alike || b.documents - a.documents || (a.term < b.term ? -1 : 1))
    .slice(0, MOST_READINGS)
    .map(({ term }) => term)
}
