/** The answer of `recital lookup` for people: what each provider states, side by side where they differ, with sources. */
import { harmless } from '../../model/text/harmless.js'
import type { Output } from '../output.js'
import type { Column } from '../table.js'
import type { LookupDocument, LookupRow, Value } from './lookup-document.js'
import { printSharesSideBySide } from './lookup-shares.js'
import { plural } from './words.js'

export const RELATION_TITLES: Readonly<Record<string, string>> = {
  recordings: 'Recordings',
  links: 'Works linked',
  works: 'Works',
  shares: 'Shares',
  parties: 'Parties',
  licences: 'Licences',
  affiliations: 'Representation',
  takedowns: 'Takedowns',
  usage: 'Usage',
  acknowledgements: "Societies' acknowledgements",
  agreements: 'Agreements',
  right_weights: 'Weights of rights',
}

/** Columns in which providers are compared for one thing; a difference is pointed out in words. */
const COMPARED: Readonly<Record<string, readonly string[]>> = {
  recordings: ['title', 'version', 'artist', 'duration_ms', 'label', 'isrc'],
  works: ['title', 'iswc'],
  parties: ['name', 'ipi_name_number'],
}

/** Where a row stands: `feed  file:line`. */
export const sourceText = ({ source }: LookupRow): string => `${source.file}:${source.line}`

/** A value as it is shown, with what was given where it could not be read; empty for nothing. */
export const cellText = (row: LookupRow, name: string): string => {
  const value: Value | undefined = row.values[name]
  const given = row.values[`${name}_given`] ?? row.given?.[name]
  const last = row.values[`${name}_last`]
  if (value == null) return given == null ? '' : `(as given: ${given})`
  return last == null ? String(value) : `${value} to ${last}`
}

/** Prints every relation as a table: feed, the columns that hold anything, when it was known, and the source line. */
export function printLookup(document: LookupDocument, out: Output): void {
  const as = document.readings.map(({ as: kind, display }) =>
    kind === 'feed-id' ? 'an id of a feed' : `${kind} ${display}`,
  )
  out.line(out.colors.bold(harmless(document.id)))
  out.safe(`read as ${as.join(', or ')}`)
  out.line(document.history ? 'whole history of what was stated' : `as known on ${document.known}`)
  for (const [relation, rows] of Object.entries(document.relations)) {
    out.line()
    out.line(out.colors.bold(`${RELATION_TITLES[relation] ?? relation} (${plural(rows.length, 'statement')})`))
    if (relation === 'shares') printSharesSideBySide(rows, document.relations.parties ?? [], out)
    printStatements(rows, document.history, out)
    for (const difference of differences(relation, rows)) out.safe(`! providers differ in ${difference}`)
    if (document.cut.includes(relation)) out.line('only the first are shown; raise --limit')
  }
  out.line()
  printSources(document, out)
}

/** Statements of one relation, a line each, with those columns that hold anything. */
export function printStatements(rows: readonly LookupRow[], history: boolean, out: Output): void {
  const names = Object.keys(rows[0]?.values ?? {}).filter(
    (name) => !name.endsWith('_last') && !name.endsWith('_given') && rows.some((row) => cellText(row, name) !== ''),
  )
  const columns: Column[] = [
    { header: 'feed', kind: 'id' },
    ...names.map((name): Column => ({ header: name, kind: kindOf(rows, name) })),
    ...(history ? [{ header: 'known', kind: 'id' } as const] : []),
    { header: 'source', kind: 'id' },
  ]
  out.table(
    columns,
    rows.map((row) => [
      row.source.feed,
      ...names.map((name) => cellText(row, name)),
      ...(history ? [knownText(row)] : []),
      sourceText(row),
    ]),
  )
}

/** Identifiers and dates are never cut: half of one is worse than a long line. */
const UNCUT = /(_id|_number|_from|_to|_at|_date|^isrc|^iswc|^isni|^upc|^period|^territory|^right|^share_kind|^role)$/

const kindOf = (rows: readonly LookupRow[], name: string): 'number' | 'id' | 'text' =>
  isNumber(rows, name) ? 'number' : UNCUT.test(name) ? 'id' : 'text'

const isNumber = (rows: readonly LookupRow[], name: string): boolean =>
  rows.every(({ values }) => values[name] == null || typeof values[name] === 'number')

function knownText({ known }: LookupRow): string {
  if (!known.effective) return `${known.from} late, not effective`
  return known.to === null ? `from ${known.from}` : `${known.from} to ${known.to}`
}

/** Names and values in which several feeds disagree: `title: "A" (p1/x), "B" (p2/x)`. */
function differences(relation: string, rows: readonly LookupRow[]): string[] {
  return (COMPARED[relation] ?? []).flatMap((name) => {
    const said = new Map<string, Set<string>>()
    for (const row of rows) {
      const text = cellText(row, name)
      if (text !== '') said.set(text, (said.get(text) ?? new Set()).add(row.source.feed))
    }
    const feeds = new Set([...said.values()].flatMap((each) => [...each]))
    if (said.size < 2 || feeds.size < 2 || relation === 'parties') return []
    return [`${name}: ${[...said].map(([text, from]) => `"${text}" (${[...from].join(', ')})`).join(', ')}`]
  })
}

/** The files that the shown rows come from, each once, with dates and digest. */
export function printSources(document: LookupDocument, out: Output): void {
  const sources = new Map<string, LookupRow['source']>()
  for (const { source } of Object.values(document.relations).flat()) {
    sources.set(`${source.feed} ${source.snapshot} ${source.file}`, source)
  }
  out.line(out.colors.bold('Sources'))
  out.table(
    [
      { header: 'feed', kind: 'id' },
      { header: 'file', kind: 'id' },
      { header: 'published', kind: 'id' },
      { header: 'received', kind: 'id' },
      { header: 'sha256', kind: 'id' },
      { header: 'snapshot', kind: 'id' },
    ],
    [...sources.keys()].sort().map((key) => {
      const source = sources.get(key)
      if (source === undefined) return []
      return [source.feed, source.file, source.published, source.received, source.sha256.slice(0, 12), source.snapshot]
    }),
  )
}
