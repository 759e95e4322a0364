import { describe, expect, it } from 'vitest'
import { nearestName, nearMisses } from '../../../src/model/text/near-miss.js'

const COMMANDS = ['ingest', 'lookup', 'licensed', 'timeline', 'conflicts', 'diff', 'feed log']

describe('nearMisses', () => {
  it('finds dropped, added, changed and swapped letters', () => {
    expect(nearMisses('ingst', COMMANDS)).toEqual(['ingest'])
    expect(nearMisses('lookupp', COMMANDS)).toEqual(['lookup'])
    expect(nearMisses('lookap', COMMANDS)).toEqual(['lookup'])
    expect(nearMisses('idff', COMMANDS)).toEqual(['diff'])
    expect(nearMisses('feed lgo', COMMANDS)).toEqual(['feed log'])
  })

  it('finds beginnings and ignores case', () => {
    expect(nearMisses('conf', COMMANDS)).toEqual(['conflicts'])
    expect(nearMisses('LICENSED', COMMANDS)).toEqual(['licensed'])
  })

  it('offers nothing far away: one edit for short words, two for long', () => {
    expect(nearMisses('dog', COMMANDS)).toEqual([])
    expect(nearMisses('dfif', ['diff'])).toEqual(['diff'])
    expect(nearMisses('fdif', ['diff'])).toEqual([])
    expect(nearMisses('lcensd', COMMANDS)).toEqual(['licensed'])
    expect(nearMisses('lcesd', COMMANDS)).toEqual([])
  })

  it('puts the nearest first, three at most', () => {
    expect(nearMisses('shares', ['shards', 'share', 'sharks', 'shapes', 'shares'])).toEqual([
      'shares',
      'shards',
      'share',
    ])
  })
})

describe('nearestName', () => {
  const COLUMNS = ['work_id', 'party_id', 'share_kind', 'right', 'op']

  it('does not mind case and punctuation, and takes a third of the letters for a long name', () => {
    expect(nearestName('Work ID', COLUMNS)).toBe('work_id')
    expect(nearestName('sharekinds', COLUMNS)).toBe('share_kind')
    // Three of nine letters are changed in the one, four in the other.
    expect(nearestName('share_kind', ['shore_kynt'])).toBe('shore_kynt')
    expect(nearestName('share_kind', ['share_type'])).toBe(undefined)
    expect(nearestName('rihgt', COLUMNS)).toBe('right')
  })

  it('takes the first of equally near ones, one edit for a short name, and no beginnings', () => {
    expect(nearestName('work_ix', ['work_ia', 'work_ib'])).toBe('work_ia')
    expect(nearestName('ob', COLUMNS)).toBe('op')
    expect(nearestName('xyz', COLUMNS)).toBe(undefined)
    expect(nearestName('part', COLUMNS)).toBe(undefined)
  })

  it('costs next to nothing for names of a megabyte', () => {
    const begun = process.cpuUsage().user
    expect(nearestName('x'.repeat(1_000_000), ['y'.repeat(1_000_000)])).toBe(undefined)
    expect(process.cpuUsage().user - begun).toBeLessThan(2_000_000)
  })
})
