/** Deliveries about which there is something to say, and some that are nearly such. */
import type { Cells, Delivery } from '../../licensing/deliveries.js'
import { isrcOf, iswcOf } from '../../licensing/numbers.js'

/** A rule about deliveries, the feed in which it finds something, and the feed in which it must not. */
export const ABOUT_DELIVERIES = [
  { rule: 'C-SNP-04', feed: 'late/x', silent: 'ontime/x' },
  { rule: 'C-SNP-05', feed: 'mass/x', silent: 'calm/x' },
  { rule: 'C-SNP-06', feed: 'cut/x', silent: 'ontime/x' },
  { rule: 'C-SNP-07', feed: 'keys/x', silent: 'newkeys/x' },
  { rule: 'C-SNP-08', feed: 'policy/x', silent: 'ontime/x' },
] as const

const works = (from: number, count: number, id: (n: number) => string, title = (n: number) => `Piece ${n}`): Cells[] =>
  Array.from({ length: count }, (_, index) => ({
    work_id: id(from + index),
    title: title(from + index),
    iswc: iswcOf(700_000 + from + index),
  }))

const plain = (n: number): string => `w${n}`
const of = (feed: string, received: string, rows: readonly Cells[], more: Partial<Delivery> = {}): Delivery => ({
  feed,
  received,
  published: received,
  relations: { works: rows },
  ...more,
})

/** 1,000 works of which 201, or 200, have new titles: more than 20 %, and 20 %. */
const retitled = (from: number, changed: number) =>
  works(from, 1000, plain, (n) => (n < from + changed ? `New title ${n}` : `Piece ${n}`))

export const specialDeliveries = (): Delivery[] => [
  of('late/x', '2020-02-01', works(1, 1, plain), { published: '2020-01-20' }),
  of('late/x', '2020-03-01', works(1, 1, plain), { published: '2020-01-10' }),
  of('ontime/x', '2020-02-01', works(11, 1, plain)),
  of('ontime/x', '2020-03-01', works(11, 1, plain)),
  of('mass/x', '2020-01-01', works(1001, 1000, plain)),
  of('mass/x', '2020-02-01', retitled(1001, 201)),
  of('calm/x', '2020-01-01', works(3001, 1000, plain)),
  of('calm/x', '2020-02-01', retitled(3001, 200)),
  of('cut/x', '2020-01-01', works(21, 1, plain), { rows: { works: 5 } }),
  of(
    'keys/x',
    '2020-01-01',
    works(31, 4, (n) => `old${n}`),
  ),
  of(
    'keys/x',
    '2020-02-01',
    works(31, 4, (n) => `new${n}`),
  ),
  // Four others instead of the four that were there.
  of(
    'newkeys/x',
    '2020-01-01',
    works(41, 4, (n) => `old${n}`),
  ),
  of(
    'newkeys/x',
    '2020-02-01',
    works(45, 4, (n) => `new${n}`),
  ),
  of('policy/x', '2020-01-01', works(51, 1, plain), { policy: 'pro-rata' }),
  {
    feed: 'labels/x',
    received: '2020-01-01',
    published: '2020-01-01',
    relations: { recordings: [{ recording_id: 'r1', title: 'Alone', isrc: isrcOf(799_999) }] },
  },
]
