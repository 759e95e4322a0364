import { describe, expect, it } from 'vitest'
import { nearMisses } from '../../src/cli/near-miss.js'

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
