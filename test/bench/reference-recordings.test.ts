/** Rules of recordings, knowledge, theories and dates that no worked example shows, each worked out by hand. */
import { describe, expect, it } from 'vitest'
import type { Cells, Delivery } from '../licensing/deliveries.js'
import { ask, claims, delivery, picture, R1 } from '../licensing/golden/scene.js'
import { isrcOf } from '../licensing/numbers.js'
import { allRights, factsOf, hasTables, type Question } from '../licensing/reference.js'
import { asked, buckets, one } from './reference-kit.js'

describe.skipIf(!hasTables)('rules of recordings (need the territory tables beside the repository)', () => {
  describe('the right in the recording', () => {
    const master = (...repertoires: string[]): Delivery[] => [
      one([], { licences: repertoires.map((repertoire) => ['A', { right: 'master', repertoire }]) }),
    ]

    it.each([
      [['p1-R1'], [100, 0, 0, 0, 0]],
      [[R1], [100, 0, 0, 0, 0]],
      [['disputed'], [0, 0, 0, 0, 100]],
      [['unproven'], [0, 0, 0, 100, 0]],
      [
        ['unproven', R1],
        [100, 0, 0, 0, 0],
      ],
      [[isrcOf(5)], [0, 0, 100, 0, 0]],
      [[], [0, 0, 100, 0, 0]],
    ])('%j', (repertoires, expected) => {
      expect(buckets(master(...repertoires), { right: 'master' })).toEqual(expected)
    })

    it('is unknown without licence data', () => {
      const { licences: _, ...relations } = one([]).relations
      expect(asked([{ ...one([]), relations }], { right: 'master' }).reason).toBe('no-licence-data')
    })
  })

  describe('works in a recording', () => {
    const two = (first: Cells, second: Cells): Delivery[] => [
      delivery('p1/x', {
        works: { W1: claims(['A', 100]), W2: claims(['B', 100]) },
        licences: [['A']],
        links: { W1: first, W2: second },
      }),
    ]

    it.each([
      ['equal parts', {}, {}, [50, 0, 50, 0, 0]],
      ['durations', { duration_ms: '60000' }, { duration_ms: '180000' }, [25, 0, 75, 0, 0]],
      ['weights before durations', { weight: '0.5', duration_ms: '1' }, { weight: '0.5' }, [50, 0, 50, 0, 0]],
      ['only one weight', { weight: '0.7' }, {}, [70, 0, 0, 30, 0]],
      ['weights below 1', { weight: '0.7' }, { weight: '0.2' }, [70, 0, 20, 10, 0]],
      ['weights above 1', { weight: '1.2' }, { weight: '0.4' }, [75, 0, 25, 0, 0]],
      ['one duration', { duration_ms: '60000' }, {}, [50, 0, 50, 0, 0]],
      ['a link that has ended', {}, { valid_to: '2019-06-01' }, [100, 0, 0, 0, 0]],
    ])('%s', (_name, first, second, expected) => {
      expect(buckets(two(first, second))).toEqual(expected)
    })

    it('that nobody links are unmatched', () => {
      const deliveries = [delivery('p1/x', { works: { W1: claims(['A', 100]) }, licences: [], links: {} })]
      expect(asked(deliveries).reason).toBe('unmatched')
    })

    it('without claims are no data', () => {
      expect(asked([one([])]).reason).toBe('no-data')
    })

    it('are one reading per feed; equal ones count once, the smallest of the others', () => {
      const same = delivery('p2/x', { works: { W1: claims(['A', 100]), W2: [] }, links: { W1: {} } })
      const first = one(claims(['A', 100]), { licences: [['A']] })
      expect(buckets([first, same])).toEqual([100, 0, 0, 0, 0])
      const medley = delivery('p3/x', { works: { W1: [], W2: claims(['B', 100]) }, links: { W1: {}, W2: {} } })
      expect(buckets([first, same, medley])).toEqual([50, 0, 0, 0, 50])
      expect(asked([first, medley]).status).toBe('undetermined')
    })
  })

  describe('what is known', () => {
    const said = (share: number, received: string, more: Partial<Delivery> = {}): Delivery => ({
      ...one(claims(['A', share]), { received, published: received, licences: [['A']] }),
      ...more,
    })

    it('is ordered by sequence where the dates are the same', () => {
      const deliveries = [said(40, '2017-01-01', { sequence: 2 }), said(70, '2017-01-01', { sequence: 1 })]
      expect(buckets(deliveries)).toEqual([40, 0, 0, 60, 0])
    })

    it('stays where a full delivery has no file, goes where it says that it is complete', () => {
      const { shares: _, ...others } = said(100, '2018-01-01').relations
      const silent = said(100, '2018-01-01', { relations: others })
      expect(buckets([said(60, '2017-01-01'), silent])).toEqual([60, 0, 0, 40, 0])
      expect(asked([said(60, '2017-01-01'), { ...silent, complete: ['shares'] }]).reason).toBe('no-data')
    })

    it('is not withdrawn by a file with another number of rows than announced', () => {
      const cut = said(100, '2018-01-01', { rows: { shares: 7 } })
      const rows = { ...cut, relations: { ...cut.relations, shares: [] } }
      expect(buckets([said(60, '2017-01-01'), rows])).toEqual([60, 0, 0, 40, 0])
    })

    it('loses a key that a delta deletes', () => {
      const gone: Delivery = {
        ...{ feed: 'p1/x', received: '2018-01-01', scope: 'delta' },
        relations: {
          shares: [{ op: 'delete', work_id: 'p1-W1', party_id: 'p1-A', share_kind: 'licensing', right: 'mech' }],
        },
      }
      expect(asked([said(60, '2017-01-01'), gone]).reason).toBe('no-data')
    })

    it('holds equal rows of a key once, differing ones all', () => {
      expect(buckets([one(claims(['A', 40], ['A', 40]), { licences: [['A']] })])).toEqual([40, 0, 0, 60, 0])
      expect(buckets([one(claims(['A', 40], ['A', '40.0']), { licences: [['A']] })])).toEqual([40, 0, 0, 60, 0])
      expect(buckets([one(claims(['A', 40], ['A', 30]), { licences: [['A']] })])).toEqual([70, 0, 0, 30, 0])
    })
  })

  describe('theories', () => {
    it('bind the ceiling of a licensed administrator and leave the others the rest', () => {
      const deliveries = picture(
        [claims(['A', 60, { role: 'administrator' }], ['B', 40]), claims(['B', 40], ['C', 40])],
        ['A'],
      )
      const theories = ['registered-administrator-binds']
      expect(buckets(deliveries, { theories })).toEqual([60, 0, 40, 0, 0])
    })

    it('drop no provider where none remains', () => {
      const deliveries = picture([claims(['A', 60], ['B', 60])], ['A'])
      expect(buckets(deliveries, { theories: ['drop-impossible-provider'] })).toEqual([40, 0, 40, 0, 20])
    })
  })

  it('partial dates: the smaller of what is certain, the larger of what is possible', () => {
    const handed = one(claims(['A', 100, { valid_to: '2019' }], ['B', 100, { valid_from: '2019' }]), {
      licences: [['A']],
    })
    // At their first days A is out and B in, at their last days the other way round.
    const answer = asked([handed])
    expect(buckets([handed])).toEqual([0, 0, 0, 100, 0])
    expect([answer.reason, answer.atMost]).toEqual(['partial-date', 100_000_000])
    expect(buckets([handed], { on: '2020-01-01' })).toEqual([0, 0, 100, 0, 0])
    expect(buckets([handed], { on: '2018-12-31' })).toEqual([100, 0, 0, 0, 0])
  })

  it('the composite needs one pair of weights for the territory and day', () => {
    const weights = (mech: string, perf: string, more: Cells = {}): Cells => ({
      territories: 'FR',
      mech,
      perf,
      ...more,
    })
    const rows = claims(['A', 100], ['B', 100, { right: 'perf' }])
    const of = (...right_weights: Cells[]) =>
      allRights(factsOf([one(rows, { licences: [['A']], more: { right_weights } })]), ask()).composite?.licensed
    expect(of(weights('0.25', '0.75'))).toBe(25_000_000)
    expect(of(weights('0.25', '0.75', { valid_from: '2020-01-01' }))).toBeUndefined()
    expect(of(weights('0.25', '0.75'), weights('0.5', '0.5', { valid_from: '2019-01-01' }))).toBeUndefined()
  })

  it('the flag of limited liability stands for US mechanicals of 2018-10-11 to 2020-12-31', () => {
    const at = (on: string, differs: Partial<Question> = {}) =>
      asked([one(claims(['A', 100]))], { on, territory: 'US', ...differs }).flags
    expect([at('2018-10-10'), at('2018-10-11'), at('2020-12-31'), at('2021-01-01')]).toEqual([
      [],
      ['liability-limited'],
      ['liability-limited'],
      [],
    ])
    expect(at('2019-06-01', { right: 'perf' })).toEqual([])
    expect(at('2019-06-01', { territory: 'FR' })).toEqual([])
  })
})
