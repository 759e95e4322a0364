/** Claims: provider beside provider, and what they do not agree on is marked. */
import { describe, expect, it } from 'vitest'
import { printClaims } from '../../../src/cli/views/claims.js'
import { linesOf } from '../../../src/cli/views/lines.js'
import type { LookupDocument, LookupRow, Value } from '../../../src/cli/views/lookup-document.js'

const row = (feed: string, line: number, values: Record<string, Value>): LookupRow => ({
  statement: `${feed} ${line}`,
  values,
  known: { from: '2020-01-01', to: null, effective: true },
  source: {
    ...{ feed, snapshot: 's', file: 'recordings.csv', line, published: '2020-01-01', received: '2020-01-01' },
    sha256: '0'.repeat(64),
  } as LookupRow['source'],
})

const documentOf = (rows: LookupRow[]): LookupDocument => ({
  ...{ kind: 'recital.lookup', version: 1, id: 'GBAAA9900303', readings: [], known: '2020-06-01', history: false },
  ...{ cut: [], relations: { recordings: rows } },
})
const printed = (rows: LookupRow[]) => linesOf((out) => printClaims(documentOf(rows), 'recording', out), 200)
const cells = (line: string | undefined) => (line ?? '').trim().split(/ {2,}/)

describe('claims', () => {
  it('has a column for each feed, and marks what differs; who is silent differs from nobody', () => {
    const lines = printed([
      row('p2/x', 4, { recording_id: 'b', title: 'Eight Hat', artist: null, label: 'Nine' }),
      row('p1/x', 3, { recording_id: 'a', title: 'Eight Hats', artist: 'Nemo', label: 'Nine' }),
    ])
    const table = lines.slice(lines.findIndex((line) => /stated/.test(line))).map(cells)
    expect(table).toEqual([
      ['stated', 'p1/x', 'p2/x'],
      ['recording_id', 'a', 'b'],
      ['!', 'title', 'Eight Hats', 'Eight Hat'],
      ['artist', 'Nemo'],
      ['label', 'Nine', 'Nine'],
      ['source', 'recordings.csv:3', 'recordings.csv:4'],
      ['! providers differ in title'],
    ])
  })

  it('says so where they agree, and nothing where one is alone; several statements of one feed stand in its column', () => {
    const agreeing = printed([row('p1/x', 3, { title: 'A' }), row('p2/x', 4, { title: 'A' })])
    expect(agreeing.at(-1)).toBe('no two providers differ in what both state')
    const alone = printed([row('p1/x', 3, { title: 'A' }), row('p1/x', 9, { title: 'B' })])
    expect(alone.map(cells)).toContainEqual(['title', 'A / B'])
    expect(alone.join('\n')).not.toContain('differ')
  })
})
