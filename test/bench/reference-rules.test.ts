/** Rules that no worked example shows, each worked out by hand: the reference read against its own clauses. */
import { describe, expect, it } from 'vitest'
import type { Cells, Delivery } from '../licensing/deliveries.js'
import { PARTIES, WORKS } from '../licensing/golden/index.js'
import { claims, delivery, picture, R1 } from '../licensing/golden/scene.js'
import { ipiBaseOf, ipiNameOf, isniOf, isrcOf, iswcOf } from '../licensing/numbers.js'
import { codesIn, hasTables, territoriesIn } from '../licensing/reference.js'
import { asked, buckets, one } from './reference-kit.js'

const party = (name: string, more: Cells = {}): Cells => ({
  party_id: `p1-${name}`,
  name,
  ipi_name_number: PARTIES[name] ?? '',
  ...more,
})

describe('codes', () => {
  it.each([
    ['iswc', 'T-034.524.680-1', ['iswc:T0345246801']],
    ['iswc', 'T9110536293', ['iswc:T9110536293']],
    ['iswc', 'T1234567890', []],
    ['ipi-name', '00045620792', ['ipi-name:00045620792']],
    ['ipi-name', '45620792', ['ipi-name:00045620792']],
    ['ipi-name', '00130046332', ['ipi-name:00130046332']],
    ['ipi-name', '00045620793', []],
    ['ipi-base', 'I-000000229-7', ['ipi-base:I0000002297']],
    ['ipi-base', 'I-123456789-3', ['ipi-base:I1234567893']],
    ['ipi-base', 'I-000000229-8', []],
    ['isni', '0000 0000 1214 6438X', []],
    ['isni', '000000012146438X', ['isni:000000012146438X']],
    ['isni', '0000000081266409', ['isni:0000000081266409']],
    ['isni', '0000000121464381', []],
    ['isrc', 'GB-AAA-99-00303', ['isrc:GBAAA9900303']],
    ['isrc', 'USS1Z141234', []],
    ['isrc', 'GBAAA9900303|bad|usS1Z1412345', ['isrc:GBAAA9900303', 'isrc:USS1Z1412345']],
  ])('%s %s', (scheme, text, codes) => expect(codesIn(scheme, text)).toEqual(codes))

  it('are valid where they are made from numbers', () => {
    for (const number of [0, 1, 7, 42, 1_234, 987_654, 500_001]) {
      expect(codesIn('isrc', isrcOf(number))).toHaveLength(1)
      expect(codesIn('iswc', iswcOf(number))).toHaveLength(1)
      expect(codesIn('ipi-base', ipiBaseOf(number))).toHaveLength(1)
      expect(codesIn('isni', isniOf(number))).toHaveLength(1)
      if (number > 0) expect(codesIn('ipi-name', ipiNameOf(number))).toHaveLength(1)
    }
  })
})

describe.skipIf(!hasTables)('rules (need the territory tables beside the repository)', () => {
  it.each([
    ['', '2019-06-01', 249],
    ['WORLD', '2019-06-01', 249],
    ['2136', '2019-06-01', 201],
    ['WORLD|!2136', '2019-06-01', 48],
    ['!DE|!0040', '2019-06-01', 247],
    ['2123', '2013-06-30', 27],
    ['2123', '2013-07-01', 28],
    ['2123', '2020-01-31', 28],
    ['2123', '2020-02-01', 27],
    ['2110', '2019-06-01', 3],
    ['QQ', '2019-06-01', 0],
    ['FR|!FR', '2019-06-01', 0],
    ['890', '1990-01-01', 0],
  ])('territories %s on %s: %i countries', (text, on, count) => expect(territoriesIn(text, on).size).toBe(count))

  describe('rows', () => {
    it('of a party add up', () => {
      const rows = claims(['A', 30, { role: 'writer' }], ['A', 20, { role: 'publisher' }], ['B', 50])
      expect(buckets([one(rows, { licences: [['A']] })])).toEqual([50, 0, 50, 0, 0])
    })

    it('of a group on one chain count once, the largest; without chain they add up', () => {
      const group = { more: { parties: ['A', 'B'].map((name) => party(name, { group_id: 'G' })) } }
      const chained = claims(['A', 60, { chain: '1' }], ['B', 40, { chain: '1' }])
      expect(buckets([one(chained, { ...group, licences: [['A']] })])).toEqual([60, 0, 0, 40, 0])
      const loose = claims(['A', 60], ['B', 40])
      expect(buckets([one(loose, { ...group, licences: [['A']] })])).toEqual([100, 0, 0, 0, 0])
    })

    it('of a party that is no group add up on a chain too', () => {
      const rows = claims(['A', 60, { chain: '1', role: 'writer' }], ['A', 40, { chain: '1', role: 'publisher' }])
      expect(buckets([one(rows, { licences: [['A']] })])).toEqual([100, 0, 0, 0, 0])
    })

    it('that are manuscript or of an income participant never count', () => {
      const rows = claims(
        ['A', 100],
        ['B', 50, { share_kind: 'manuscript' }],
        ['B', 50, { role: 'income-participant' }],
      )
      expect(buckets([one(rows, { licences: [['A']] })])).toEqual([100, 0, 0, 0, 0])
    })

    it('without share, outside 0 to 100, or without party are room; an explicit 0 speaks', () => {
      const odd = claims(['A', 50], ['B', ''], ['C', '-5'], ['D', '150'], ['', 50])
      expect(buckets([one(odd, { licences: [['A']] })])).toEqual([50, 0, 0, 50, 0])
      // P2 says that A has nothing: the 50 of P1 is not guaranteed.
      const zero = picture([claims(['A', 50]), claims(['A', 0])], ['A'])
      expect(buckets(zero)).toEqual([0, 0, 0, 50, 50])
    })

    it('of another kind take no part, whole provider by provider', () => {
      const kinds = picture([claims(['A', 100]), claims(['B', 100, { share_kind: 'ownership' }])], ['A'])
      expect(buckets(kinds)).toEqual([100, 0, 0, 0, 0])
    })

    it('of two works of one feed under one ISWC are two voices', () => {
      const twice = one(claims(['A', 60]), {
        licences: [['A'], ['B']],
        more: {
          works: ['W1', 'W9'].map((name) => ({ work_id: `p1-${name}`, title: name, iswc: WORKS.W1 ?? '' })),
          shares: [
            ['p1-W1', 'p1-A'],
            ['p1-W9', 'p1-B'],
          ].map(([work_id = '', party_id = '']) => ({
            ...{ work_id, party_id, share: '60', share_kind: 'licensing', right: 'mech' },
          })),
        },
      })
      // As example 1b: 60 and 60, compared.
      expect(buckets([twice])).toEqual([100, 0, 0, 0, 0])
      expect(asked([twice]).works[0]?.parties).toHaveLength(2)
    })
  })

  describe('identity', () => {
    const direct = (work_id: string, party_id: string): Delivery => ({
      feed: 'p2/x',
      received: '2017-01-01',
      relations: { shares: [{ work_id, party_id, share: '100', share_kind: 'licensing', right: 'mech' }] },
    })

    it('takes an ISWC and an IPI where a feed has no such id', () => {
      const deliveries = [one(claims(['A', 100]), { licences: [['A']] }), direct('T-000.900.001-4', PARTIES.A ?? '')]
      expect(codesIn('iswc', 'T-000.900.001-4')).toEqual([`iswc:${WORKS.W1}`])
      expect(buckets(deliveries)).toEqual([100, 0, 0, 0, 0])
      expect(asked(deliveries).works[0]?.parties[0]?.claims.map(({ feed }) => feed)).toEqual(['p1/x', 'p2/x'])
    })

    it('keeps equal ids of two feeds apart', () => {
      const deliveries = [one(claims(['A', 100]), { licences: [['A']] }), direct(WORKS.W1 ?? '', 'p1-A')]
      expect(buckets(deliveries)).toEqual([0, 0, 0, 0, 100])
    })

    it('never says unlicensed of somebody who cannot be compared', () => {
      const stranger = { more: { parties: [party('A', { ipi_name_number: '' })] } }
      const { licences: _, ...without } = one(claims(['A', 100]), stranger).relations
      const service = delivery('svc/x', { licences: [['B']] })
      expect(buckets([{ ...one([]), relations: without }, service])).toEqual([0, 0, 0, 100, 0])
      // In a feed that has licences of its own the id can be compared.
      expect(buckets([one(claims(['A', 100]), { ...stranger, licences: [['B']] })])).toEqual([0, 0, 100, 0, 0])
    })

    it('follows K', () => {
      const first = one(claims(['A', 100]), { licences: [['A']] })
      const late = delivery('p2/x', { received: '2018-01-01', works: { W1: claims(['B', 100]) } })
      expect(buckets([first, late], { known: '2017-12-31' })).toEqual([100, 0, 0, 0, 0])
      expect(buckets([first, late], { known: '2018-01-01' })).toEqual([0, 0, 0, 0, 100])
    })
  })

  describe('licences', () => {
    const half = claims(['A', 50], ['B', 50])
    const byWork = { coverage: 'by-work', repertoire: 'p1-W1' }

    it('by work cover the licensor, or the whole work as theory', () => {
      const deliveries = [one(half, { licences: [['A', byWork]] })]
      expect(buckets(deliveries)).toEqual([50, 0, 50, 0, 0])
      expect(buckets(deliveries, { theories: ['fractional'] })).toEqual([50, 0, 50, 0, 0])
      expect(buckets(deliveries, { theories: ['whole-work'] })).toEqual([100, 0, 0, 0, 0])
    })

    it('by work without addressee show nothing, or license all as theory', () => {
      const deliveries = [one(half, { licences: [['', byWork]] })]
      expect(buckets(deliveries)).toEqual([0, 0, 0, 100, 0])
      expect(buckets(deliveries, { theories: ['whole-work'] })).toEqual([100, 0, 0, 0, 0])
    })

    it('cover those that the licensor represents, there and then', () => {
      const affiliation = {
        ...{ party_id: 'p1-B', licensor_party_id: 'p1-A', right: 'mech' },
        ...{ territories: 'FR', valid_from: '2019-01-01' },
      }
      const deliveries = [one(half, { licences: [['A']], more: { affiliations: [affiliation] } })]
      expect(buckets(deliveries)).toEqual([100, 0, 0, 0, 0])
      expect(buckets(deliveries, { territory: 'DE' })).toEqual([50, 0, 50, 0, 0])
      expect(buckets(deliveries, { on: '2018-12-31' })).toEqual([50, 0, 50, 0, 0])
    })

    it('cover what they list, by id, ISWC or ISRC, and nothing else', () => {
      for (const repertoire of ['p1-W1', WORKS.W1 ?? '', `other|${R1}`, 'p1-R1']) {
        expect(buckets([one(half, { licences: [['A', { repertoire }]] })]), repertoire).toEqual([50, 0, 50, 0, 0])
      }
      expect(buckets([one(half, { licences: [['A', { repertoire: WORKS.W2 ?? '' }]] })])).toEqual([0, 0, 100, 0, 0])
      expect(buckets([one(half, { licences: [['A', { repertoire: '' }]] })])).toEqual([0, 0, 50, 50, 0])
    })

    it('of one member cover its group', () => {
      const more = { parties: [party('A', { group_id: 'G' }), party('C', { group_id: 'G' }), party('B')] }
      expect(buckets([one(half, { licences: [['C']], more })])).toEqual([50, 0, 50, 0, 0])
    })

    it('over a whole right need neither claim nor match', () => {
      const blanket: Cells = { coverage: 'whole-right', repertoire: '' }
      const lone = delivery('p1/x', { licences: [['', blanket]], more: { recordings: [] } })
      expect(buckets([lone])).toEqual([100, 0, 0, 0, 0])
      const exempt = one(claims(['', 30, { status: 'public-domain' }], ['A', 70]), { licences: [['', blanket]] })
      expect(buckets([exempt])).toEqual([70, 30, 0, 0, 0])
    })

    it('that are not there are no licence data, right by right', () => {
      const deltas = delivery('svc/x', { scope: 'delta', licences: [['B', { right: 'perf' }]] })
      const { licences: _, ...relations } = one(half).relations
      const deliveries = [{ ...one(half), relations }, deltas]
      expect(asked(deliveries).reason).toBe('no-licence-data')
      expect(buckets(deliveries)).toEqual([0, 0, 0, 100, 0])
    })
  })
})
