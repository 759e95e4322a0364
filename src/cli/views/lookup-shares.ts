/** Shares side by side: one line per claimant, right, kind and territory, one column per provider. */
import type { Output } from '../output.js'
import type { LookupRow } from './lookup-document.js'

const text = (row: LookupRow, name: string): string => String(row.values[name] ?? '')

/** The identity by which claimants of different feeds are the same: the IPI name number, else feed and local id. */
function claimants(parties: readonly LookupRow[]): (row: LookupRow) => { key: string; name: string } {
  const known = new Map(parties.map((party) => [`${party.source.feed} ${text(party, 'party_id')}`, party]))
  return (row) => {
    const id = text(row, 'party_id')
    if (id === '') return { key: '', name: '(copyright control)' }
    const party = known.get(`${row.source.feed} ${id}`)
    const ipi = party === undefined ? '' : text(party, 'ipi_name_number')
    const name = party === undefined ? id : text(party, 'name')
    return ipi === '' ? { key: `${row.source.feed} ${id}`, name } : { key: ipi, name: `${name} ${ipi}` }
  }
}

const validity = (row: LookupRow): string => {
  const [from, to] = [text(row, 'valid_from'), text(row, 'valid_to')]
  return from === '' && to === ''
    ? ''
    : `${from === '' ? 'start not stated' : from} to ${to === '' ? 'no end stated' : to}`
}

/** Prints nothing unless at least two providers speak. Rows in which they differ are marked with `!`. */
export function printSharesSideBySide(rows: readonly LookupRow[], parties: readonly LookupRow[], out: Output): void {
  const feeds = [...new Set(rows.map(({ source }) => source.feed))].sort()
  if (feeds.length < 2) return
  const claimantOf = claimants(parties)
  const lines = new Map<string, { cells: string[]; said: Map<string, string[]> }>()
  for (const row of rows) {
    const { key, name } = claimantOf(row)
    const cells = [
      text(row, 'right'),
      text(row, 'share_kind'),
      name,
      text(row, 'territories') || 'WORLD',
      validity(row),
    ]
    const line = lines.get([...cells.slice(0, 2), key, ...cells.slice(3)].join('\u0000')) ?? { cells, said: new Map() }
    const share = row.values.share == null ? 'unknown' : String(row.values.share)
    line.said.set(row.source.feed, [...(line.said.get(row.source.feed) ?? []), share])
    lines.set([...cells.slice(0, 2), key, ...cells.slice(3)].join('\u0000'), line)
  }
  const headers = ['', 'right', 'kind', 'claimant', 'territories', 'valid']
  out.table(
    [...headers.map((header) => ({ header })), ...feeds.map((header) => ({ header, kind: 'number' as const }))],
    [...lines.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { cells, said }]) => {
        const shares = feeds.map((feed) => said.get(feed)?.join(' + ') ?? '-')
        return [new Set(shares).size > 1 ? '!' : '', ...cells, ...shares]
      }),
  )
  out.line('! providers differ; - says nothing')
  out.line()
}
