/** Everything that is stated of one thing, provider beside provider; what they do not agree on is marked. */
import { harmless } from '../../model/text/harmless.js'
import type { Output } from '../output.js'
import type { SubjectKind } from './explore-views.js'
import { cellText, printStatements, RELATION_TITLES, sourceText } from './lookup.js'
import type { LookupDocument, LookupRow } from './lookup-document.js'
import { printSharesSideBySide } from './lookup-shares.js'
import { plural } from './words.js'

const OWN_RELATION: Readonly<Record<SubjectKind, string>> = {
  recording: 'recordings',
  work: 'works',
  party: 'parties',
}

/** What each provider must name differently: its own ids. */
const isOwnId = (name: string): boolean => /^(?:recording|work|party)_id$/.test(name)

/** Prints the thing itself with a column for each provider, then the other relations as `recital lookup` does. */
export function printClaims(document: LookupDocument, kind: SubjectKind, out: Output): void {
  const own = OWN_RELATION[kind]
  const { [own]: rows = [], ...others } = document.relations
  out.line(out.colors.bold(harmless(document.id)))
  out.line(`as known on ${document.known}`)
  if (rows.length > 0) printSideBySide(rows, out)
  if (document.cut.includes(own)) out.line('only the first are shown')
  for (const [relation, statements] of Object.entries(others)) {
    out.line()
    out.line(out.colors.bold(`${RELATION_TITLES[relation] ?? relation} (${plural(statements.length, 'statement')})`))
    if (relation === 'shares') printSharesSideBySide(statements, document.relations.parties ?? [], out)
    printStatements(statements, document.history, out)
    if (document.cut.includes(relation)) out.line('only the first are shown; `recital lookup --limit` prints more')
  }
}

function printSideBySide(rows: readonly LookupRow[], out: Output): void {
  const feeds = [...new Set(rows.map(({ source }) => source.feed))].sort()
  const of = (feed: string) => rows.filter(({ source }) => source.feed === feed)
  const said = (feed: string, text: (row: LookupRow) => string) =>
    [...new Set(of(feed).map(text))].filter((one) => one !== '').join(' / ')
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))].filter(
    (name) => !/_(?:last|given)$/.test(name) && rows.some((row) => cellText(row, name) !== ''),
  )
  const lines = names.map((name) => {
    const cells = feeds.map((feed) => said(feed, (row) => cellText(row, name)))
    return [!isOwnId(name) && areDifferent(cells) ? '!' : '', name, ...cells]
  })
  out.table(
    [
      { header: '', kind: 'id' },
      { header: 'stated', kind: 'id' },
      ...feeds.map((header) => ({ header, kind: 'id' }) as const),
    ],
    [...lines, ['', 'source', ...feeds.map((feed) => said(feed, sourceText))]],
  )
  const differing = lines.filter(([mark]) => mark === '!').map(([, name]) => name)
  if (differing.length > 0) out.safe(`! providers differ in ${differing.join(', ')}`)
  else if (feeds.length > 1) out.line('no two providers differ in what both state')
}

/** Whether two of those who state anything state something else; who is silent contradicts nobody. */
const areDifferent = (cells: readonly string[]): boolean => new Set(cells.filter((text) => text !== '')).size > 1
