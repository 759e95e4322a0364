/** The hits of `recital search` for people. */
import type { Output } from '../output.js'
import type { HitJson, SearchDocument } from './search-document.js'
import { plural } from './words.js'

export const FOUND_WORDS: Readonly<Record<HitJson['found'], string>> = {
  identifier: 'identifier',
  title: 'title',
  words: 'all words',
  near: 'some words',
}

/** Who stands beside a title: the artist, the writers, else who claims it. */
export const beside = ({ kind, artist, writers, version, owners }: HitJson): string =>
  [
    artist ?? writers ?? (kind === 'work' ? owners.slice(0, 2).join(', ') : ''),
    ...(version === null ? [] : [`(${version})`]),
  ]
    .filter((text) => text !== '')
    .join(' ')

/** What was done to find anything, in sentences. */
export function searchRemarks({ forgiven, partial, hits, cut, examined }: SearchDocument): string[] {
  return [
    ...forgiven.map(({ word, readings }) => `Nothing was found for "${word}"; looked for ${readings.join(', ')}.`),
    ...(partial ? ['Nothing holds all the words; these hold some.'] : []),
    ...(examined === null ? [] : [`${plural(examined, 'hit')} were asked about in the evidence.`]),
    ...(cut && hits.length > 0 ? ['There is more; raise --limit or name more words.'] : []),
  ]
}

export function printSearch(document: SearchDocument, out: Output): void {
  const { hits } = document
  if (hits.length === 0) out.safe(`Nothing found for: ${document.query}`)
  else {
    out.table(
      [
        { header: 'kind', kind: 'id' },
        { header: 'id', kind: 'id' },
        { header: 'title' },
        { header: 'by' },
        { header: 'found by', kind: 'id' },
        { header: 'score', kind: 'number' },
      ],
      hits.map((hit) => [
        hit.kind,
        hit.id,
        hit.withdrawn ? `${hit.title} (withdrawn)` : hit.title,
        beside(hit),
        FOUND_WORDS[hit.found],
        hit.score.toFixed(4),
      ]),
    )
  }
  for (const remark of searchRemarks(document)) out.safe(remark)
}
