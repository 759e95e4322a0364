import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/errors.js'
import { isFeedName, readFeedFile } from '../../src/ingest/feed-file.js'

const refusal = (text: string): InputError => {
  try {
    readFeedFile(text, 'in/feed.yaml')
  } catch (error) {
    if (error instanceof InputError) return error
  }
  throw new Error('nothing was refused')
}

describe('feed.yaml', () => {
  it('says what the contract lists', () => {
    const text = `feed: acme/inventory
provider: Acme
published: 2024-01-07
received: "2024-01-09T08:00:00+01:00"
sequence: 12
scope: delta
end_dates: inclusive
complete: [shares, works]
rows: {shares: 10}
policy: pro-rata
guards: enforce
checks: {every: 1d, mass_change: {quarantine: 30%}, owner: {column: label, from: 50}, levels: {gap: off}}
`
    expect(readFeedFile(text, 'feed.yaml')).toEqual({
      feed: 'acme/inventory',
      provider: 'Acme',
      published: '2024-01-07',
      received: '2024-01-09T08:00:00+01:00',
      sequence: 12,
      scope: 'delta',
      endDates: 'inclusive',
      complete: ['shares', 'works'],
      rows: { shares: 10 },
      policy: 'pro-rata',
      guards: 'enforce',
      checks: {
        every: 24,
        mass_change: { quarantine: { percent: 30 } },
        owner: { column: 'label', from: 50 },
        levels: { gap: 'off' },
      },
    })
  })

  it('may be empty', () => {
    expect(readFeedFile('', 'feed.yaml')).toEqual({})
    expect(readFeedFile('# nothing yet\n', 'feed.yaml')).toEqual({})
  })

  it.each([
    ['feed: a\npublishd: 2024-01-07\n', 2, 1, 'Did you mean published?'],
    ['published: 2024-02-30\n', 1, 12, undefined],
    ['published: yesterday\n', 1, 12, undefined],
    ['received: 2024-01-09T08:00:00\n', 1, 11, undefined],
    ['feed: ../secret\n', 1, 7, undefined],
    ['feed: a/\n', 1, 7, undefined],
    ['sequence: 1.5\n', 1, 11, undefined],
    ['scope: partial\n', 1, 8, undefined],
    ['complete:\n  - shares\n  - work\n', 3, 5, undefined],
    ['rows: {share: 3}\n', 1, 15, undefined],
    ['rows: {shares: -3}\n', 1, 16, undefined],
    ['feed: a\nfeed: b\n', 2, 1, undefined],
    ['guards: strict\n', 1, 9, undefined],
    ['checks:\n  every: weekly\n', 2, 10, undefined],
    ['checks:\n  mass_change: {quarantine: 20 rows}\n', 2, 29, undefined],
    ['checks:\n  mass_chang: {quarantine: 20%}\n', 2, 3, 'Did you mean mass_change?'],
    ['checks:\n  levels: {gap: quiet}\n', 2, 17, undefined],
    ['- feed\n', 1, 1, undefined],
    ['feed: [\n', 2, 1, undefined],
  ])('%j is refused with its place', (text, line, column, suggestion) => {
    const error = refusal(text)
    expect(error.message).toContain(`in/feed.yaml:${line}:${column}: `)
    expect(error.details).toMatchObject({ file: 'in/feed.yaml', line, column })
    if (suggestion !== undefined) expect(error.suggestions).toEqual([suggestion])
  })

  it('is told the value that was refused', () => {
    expect(refusal('published: yesterday\n').message).toContain('(found "yesterday")')
    expect(refusal('complete: [work]\n').message).toContain('did you mean works?')
  })

  it('takes the custom relation of a mapping', () => {
    expect(readFeedFile('complete: [inventory]\n', 'feed.yaml', ['inventory'])).toEqual({ complete: ['inventory'] })
  })
})

describe('feed names', () => {
  it.each([
    ['mlc/bwarm', true],
    ['Acme_2/inventory.v1', true],
    ['', false],
    ['/a', false],
    ['a//b', false],
    ['a/../b', false],
    ['.a', false],
    ['a b', false],
    ['caf\u00e9', false],
  ])('%j: %s', (name, valid) => {
    expect(isFeedName(name)).toBe(valid)
  })
})
