import { describe, expect, it } from 'vitest'
import { territoryInSentence, territoryName } from '../../../src/model/territories/names.js'

describe('names of countries', () => {
  it.each([
    ['FR', 'France', 'France'],
    ['US', 'United States', 'the United States'],
    ['GB', 'United Kingdom', 'the United Kingdom'],
    ['NL', 'Netherlands', 'the Netherlands'],
    ['KR', 'Republic of Korea', 'the Republic of Korea'],
    ['AG', 'Antigua and Barbuda', 'Antigua and Barbuda'],
    ['AI', 'Anguilla', 'Anguilla'],
    ['AX', 'Åland Islands', 'the Åland Islands'],
  ])('%s', (code, name, inSentence) => {
    expect(territoryName(code)).toBe(name)
    expect(territoryInSentence(code)).toBe(inSentence)
  })

  it('leaves what is no country as it is', () => {
    expect(territoryName('XX')).toBe('XX')
    expect(territoryInSentence('2136')).toBe('2136')
  })
})
