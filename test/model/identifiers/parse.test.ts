import { describe, expect, it } from 'vitest'
import {
  displayIdentifier,
  parseIdentifier,
  recogniseIdentifiers,
  validIdentifiers,
} from '../../../src/model/identifiers/parse.js'
import type { IdentifierKind } from '../../../src/model/identifiers/specs.js'

/** kind, text, normalised. Check digits as published in the standards' examples or worked out by hand. */
const VALID: readonly (readonly [IdentifierKind, string, string])[] = [
  ['isrc', 'GBAAA9900303', 'GBAAA9900303'],
  ['isrc', 'gb-aaa-99-00303', 'GBAAA9900303'],
  ['isrc', 'ISRC GB-AAA-99-00303', 'GBAAA9900303'],
  ['isrc', 'ISRC: GB AAA 99 00303', 'GBAAA9900303'],
  ['isrc', 'USS1Z1412345', 'USS1Z1412345'],
  ['isrc', 'GB\u2011AAA\u201199\u201100303', 'GBAAA9900303'],
  // An Icelandic code whose first four characters happen to be the label.
  ['isrc', 'ISRC11234567', 'ISRC11234567'],
  ['iswc', 'T0345246801', 'T0345246801'],
  ['iswc', 'T-034.524.680-1', 'T0345246801'],
  ['iswc', 'ISWC T-034.524.680-1', 'T0345246801'],
  ['iswc', 't9110536293', 'T9110536293'],
  // 1 + 1·1 + 2·2 + … + 9·9 = 286, so the check is 4.
  ['iswc', 'T-123.456.789-4', 'T1234567894'],
  ['ipi-name', '00045620792', '00045620792'],
  ['ipi-name', '45620792', '00045620792'],
  ['ipi-name', 'IPI 130046332', '00130046332'],
  ['ipi-base', 'I-000000229-7', 'I0000002297'],
  ['ipi-base', 'i1234567893', 'I1234567893'],
  ['isni', '000000012146438X', '000000012146438X'],
  ['isni', '0000 0001 2146 438x', '000000012146438X'],
  ['isni', 'ISNI::0000000081266409', '0000000081266409'],
  ['upc', '602547288233', '00602547288233'],
  ['upc', '5901234123457', '05901234123457'],
  ['upc', '00602547288233', '00602547288233'],
  ['upc', 'EAN 5901234-123457', '05901234123457'],
  ['grid', 'A12425GABC1234002M', 'A12425GABC1234002M'],
  ['grid', 'A1-2425G-ABC1234002-M', 'A12425GABC1234002M'],
  ['grid', 'a10302b0000418494k', 'A10302B0000418494K'],
  ['dpid', 'PADPIDA2007081601G', 'PADPIDA2007081601G'],
  ['dpid', 'PA-DPIDA-2020062405-C', 'PADPIDA2020062405C'],
]

const INVALID: readonly (readonly [IdentifierKind, string, 'pattern' | 'check-digit'])[] = [
  ['isrc', 'USS1Z141234', 'pattern'],
  ['isrc', 'GBAAA99003031', 'pattern'],
  ['isrc', '', 'pattern'],
  // The long s and the dotless i become S and I in upper case, but are other letters.
  ['isrc', 'U\u017fS1Z1412345', 'pattern'],
  ['isrc', 'U\u00df1Z1412345', 'pattern'],
  ['iswc', 'T1234567890', 'check-digit'],
  ['iswc', '0345246801', 'pattern'],
  ['ipi-name', '00045620793', 'check-digit'],
  ['ipi-name', '00000000000', 'pattern'],
  ['ipi-name', '0199', 'pattern'],
  ['ipi-name', '000045620792', 'pattern'],
  ['ipi-base', 'I-000000229-8', 'check-digit'],
  ['isni', '0000000121464381', 'check-digit'],
  ['isni', '0000000000000000', 'check-digit'],
  ['upc', '602547288234', 'check-digit'],
  ['upc', '123123123123', 'check-digit'],
  ['upc', '60254728823', 'pattern'],
  ['upc', '0000000000000', 'pattern'],
  ['grid', 'A1UCASE0000000001X', 'check-digit'],
  ['dpid', 'PADPIDA2020062405D', 'check-digit'],
  ['dpid', 'PADPIDA12345678910', 'check-digit'],
]

describe('parseIdentifier', () => {
  it.each(VALID)('%s %s is %s', (kind, given, normalised) => {
    expect(parseIdentifier(kind, given)).toEqual({ given, normalised, valid: true, problem: null })
  })

  it.each(INVALID)('%s "%s" has a %s problem', (kind, given, problem) => {
    expect(parseIdentifier(kind, given)).toMatchObject({ given, valid: false, problem })
  })

  it('keeps what is left of a text that is no identifier', () => {
    expect(parseIdentifier('isrc', ' n/a ').normalised).toBe('NA')
  })

  it('accepts exactly one check character for every body', () => {
    const characters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const bodies: [IdentifierKind, string][] = [
      ['iswc', 'T034524680'],
      ['ipi-base', 'I000000229'],
      ['isni', '000000012146438'],
      ['upc', '0060254728823'],
      ['grid', 'A12425GABC1234002'],
      ['dpid', 'PADPIDA2007081601'],
    ]
    for (const [kind, body] of bodies) {
      expect(characters.filter((last) => parseIdentifier(kind, body + last).valid)).toHaveLength(1)
    }
  })

  it('finds every single wrong digit of an IPI name number', () => {
    const right = '00045620792'
    for (let index = 0; index < 9; index++) {
      for (const digit of '0123456789') {
        if (digit === right[index]) continue
        const wrong = right.slice(0, index) + digit + right.slice(index + 1)
        expect(parseIdentifier('ipi-name', wrong).valid, wrong).toBe(false)
      }
    }
  })

  it('reads both IPI name numbers whose check is 00', () => {
    // Weights 10 to 2: 9·10 + 2·4 + 1·3 = 101 leaves 0, so 00; 9·10 + 3·4 = 102 leaves 1, so 100, written 00.
    expect(parseIdentifier('ipi-name', '90000021000').valid).toBe(true)
    expect(parseIdentifier('ipi-name', '90000030000').valid).toBe(true)
    expect(parseIdentifier('ipi-name', '90000030001').valid).toBe(false)
  })
})

describe('displayIdentifier', () => {
  it.each([
    ['isrc', 'GBAAA9900303', 'GB-AAA-99-00303'],
    ['iswc', 'T0345246801', 'T-034.524.680-1'],
    ['ipi-name', '00045620792', '00045620792'],
    ['ipi-base', 'I0000002297', 'I-000000229-7'],
    ['isni', '000000012146438X', '0000 0001 2146 438X'],
    ['upc', '00602547288233', '00602547288233'],
    ['grid', 'A12425GABC1234002M', 'A1-2425G-ABC1234002-M'],
    ['dpid', 'PADPIDA2007081601G', 'PADPIDA2007081601G'],
    ['isrc', 'not an isrc', 'not an isrc'],
  ] as const)('%s %s is shown as %s', (kind, normalised, shown) => {
    expect(displayIdentifier(kind, normalised)).toBe(shown)
  })
})

describe('recogniseIdentifiers', () => {
  it.each([
    ['gb-aaa-99-00303', [{ kind: 'isrc', normalised: 'GBAAA9900303' }]],
    ['T-034.524.680-1', [{ kind: 'iswc', normalised: 'T0345246801' }]],
    ['45620792', [{ kind: 'ipi-name', normalised: '00045620792' }]],
    ['602547288233', [{ kind: 'upc', normalised: '00602547288233' }]],
    ['I-000000229-7', [{ kind: 'ipi-base', normalised: 'I0000002297' }]],
    ['0000 0001 2146 438X', [{ kind: 'isni', normalised: '000000012146438X' }]],
    ['PADPIDA2007081601G', [{ kind: 'dpid', normalised: 'PADPIDA2007081601G' }]],
    ['A1-2425G-ABC1234002-M', [{ kind: 'grid', normalised: 'A12425GABC1234002M' }]],
    ['T1234567890', []],
    ['Yesterday', []],
  ])('%s', (text, found) => {
    expect(recogniseIdentifiers(text)).toEqual(found)
  })
})

describe('validIdentifiers', () => {
  it('gives the valid ones of a cell once, in character order', () => {
    expect(validIdentifiers('isrc', 'USS1Z1412345|bad| GB-AAA-99-00303|uss1z1412345')).toEqual([
      'GBAAA9900303',
      'USS1Z1412345',
    ])
    expect(validIdentifiers('isrc', '')).toEqual([])
  })
})
