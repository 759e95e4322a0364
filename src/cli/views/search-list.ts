/** The answer of `recital search --file`: each line of a list with its candidates, as JSON, as CSV and for people. */
import { csvText } from '../../report/index.js'
import type { MatchedList } from '../../search/index.js'
import type { Output } from '../output.js'
import { beside } from './search.js'
import { type HitJson, hitJson } from './search-document.js'
import { plural } from './words.js'

export interface ListCandidate extends HitJson {
  why: string[]
}

export interface SearchListDocument {
  kind: 'recital.search'
  version: 1
  file: string
  /** Which columns were taken for what, by their headings. */
  columns: { title: string[]; names: string[]; identifier: string[]; unused: string[] }
  lines: {
    line: number
    given: { title: string; names: string; identifiers: string[] }
    candidates: ListCandidate[]
  }[]
  /** Lines whose best candidate is certain (0.95 and more), likely, and lines without any. */
  counts: { lines: number; certain: number; likely: number; none: number }
  basis: { generation: string }
}

const CERTAIN = 0.95

export function searchListDocument(
  file: string,
  { columns, lines }: MatchedList,
  generation: string,
): SearchListDocument {
  const named = (role: string | null) => columns.names.filter((_, place) => (columns.roles[place] ?? null) === role)
  const best = lines.map(({ candidates }) => candidates[0]?.score ?? 0)
  return {
    kind: 'recital.search',
    version: 1,
    file,
    columns: {
      title: named('title'),
      names: named('names'),
      identifier: named('identifier'),
      unused: named(null),
    },
    lines: lines.map(({ given, candidates }) => ({
      line: given.line,
      given: { title: given.title, names: given.names, identifiers: [...given.identifiers] },
      candidates: candidates.map(({ hit, score, why }) => ({ ...hitJson(hit), score, why: [...why] })),
    })),
    counts: {
      lines: lines.length,
      certain: best.filter((score) => score >= CERTAIN).length,
      likely: best.filter((score) => score > 0 && score < CERTAIN).length,
      none: best.filter((score) => score === 0).length,
    },
    basis: { generation },
  }
}

const HEADER = ['line', 'given title', 'given names', 'given identifiers', 'rank', 'score', 'why'] as const
const HIT_HEADER = ['kind', 'id', 'title', 'by', 'feeds'] as const

/** One row for each line and candidate; a line without candidates has one row. */
export function searchListCsv({ lines }: SearchListDocument): string {
  const rows = lines.flatMap(({ line, given, candidates }) => {
    const start = [line, given.title, given.names, given.identifiers.join('|')]
    if (candidates.length === 0) return [[...start, '', '', 'nothing comes near', '', '', '', '', '']]
    return candidates.map((hit, index) => [
      ...start,
      ...[index + 1, hit.score, hit.why.join('; ')],
      ...[hit.kind, hit.id, hit.title, beside(hit), hit.feeds.map(({ feed, id }) => `${feed} ${id}`).join('|')],
    ])
  })
  return csvText([[...HEADER, ...HIT_HEADER], ...rows])
}

export function printSearchList(document: SearchListDocument, out: Output): void {
  const { columns, lines, counts } = document
  const taken = (name: string, headings: readonly string[]) =>
    headings.length === 0 ? [] : [`${name}: ${headings.join(', ')}`]
  const read = [
    ...taken('title', columns.title),
    ...taken('names', columns.names),
    ...taken('identifiers', columns.identifier),
    ...taken('not used', columns.unused),
  ]
  out.safe(`Columns read as ${read.join('; ')}`)
  out.table(
    [
      { header: 'line', kind: 'number' },
      { header: 'given' },
      { header: 'score', kind: 'number' },
      { header: 'kind', kind: 'id' },
      { header: 'id', kind: 'id' },
      { header: 'title' },
      { header: 'by' },
      { header: 'why' },
    ],
    lines.flatMap(({ line, given, candidates }) => {
      const start = [
        String(line),
        [given.title, given.names, ...given.identifiers].filter((text) => text !== '').join(', '),
      ]
      if (candidates.length === 0) return [[...start, '', '', '', '', '', 'nothing comes near']]
      return candidates.map((hit, index) => [
        ...(index === 0 ? start : ['', '']),
        ...[hit.score.toFixed(2), hit.kind, hit.id, hit.title, beside(hit), hit.why.join('; ')],
      ])
    }),
  )
  out.line(
    `${plural(counts.lines, 'line')}: ${counts.certain} certain, ${counts.likely} likely, ${counts.none} without candidates`,
  )
}
