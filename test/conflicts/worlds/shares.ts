/** Worlds about shares, territories, dates of control and administrators: what is found, and what nearly is. */
import type { Case } from './case.js'

const P1 = 'p1/x'
const P2 = 'p2/x'

export const ABOUT_SHARES: readonly Case[] = [
  {
    rule: 'C-SHR-01',
    // P1: A 60, P2: B 60; 60 + 60 = 120, over by 20.
    found: {
      build: (w) => w.share(P1, 1, 60).share(P2, 2, 60),
      magnitude: { total: 120, over: 20 },
      territories: ['WORLD'],
      from: '2015-01-01',
      parties: 2,
    },
    // Thirds of two feeds: 100.05 lies within the tolerance.
    silent: { build: (w) => w.share(P1, 1, 50.05).share(P1, 2, 50).share(P2, 2, 50) },
  },
  {
    rule: 'C-SHR-02',
    found: { build: (w) => w.share(P1, 1, 60).share(P1, 2, 60), magnitude: { total: 120, over: 20 } },
    // Ownership of the writer and collection of publisher and sub-publisher: each chain counts with one kind.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 50, { share_kind: 'ownership', chain: '1' })
          .share(P1, 2, 50, { share_kind: 'ownership', chain: '2' })
          .share(P1, 3, 50, { share_kind: 'collection', chain: '2', role: 'sub-publisher', territories: 'DE' }),
    },
  },
  {
    rule: 'C-SHR-03',
    found: { build: (w) => w.share(P1, 1, 37.5).share(P1, 2, 25), magnitude: { total: 62.5, over: -37.5 } },
    // The rest is stated as copyright control.
    silent: { build: (w) => w.share(P1, 1, 37.5).share(P1, null, 62.5) },
  },
  {
    rule: 'C-SHR-04',
    found: { build: (w) => w.share(P1, 1, 75).share(P1, null, 25), magnitude: { total: 25, over: 25 } },
    // Public domain names nobody either, and is no open share.
    silent: { build: (w) => w.share(P1, 1, 50).share(P1, null, 50, { status: 'public-domain' }) },
  },
  {
    rule: 'C-SHR-05',
    found: {
      build: (w) => w.share(P1, 1, 60).share(P1, 2, 40).share(P2, 1, 50),
      magnitude: { total: 60, over: 10 },
      parties: 1,
    },
    // 33.33 and 33.34 are one third each.
    silent: { build: (w) => w.share(P1, 1, 33.33).share(P1, 2, 66.67).share(P2, 1, 33.34).share(P2, 2, 66.66) },
  },
  {
    rule: 'C-SHR-06',
    // Writers 50 and 50, their publishers 70 and 30: each chain is off by 20.
    found: {
      build: (w) =>
        w
          .share(P1, 1, 50, { share_kind: 'manuscript', role: 'writer', chain: '1' })
          .share(P1, 2, 50, { share_kind: 'manuscript', role: 'writer', chain: '2' })
          .share(P1, 3, 70, { share_kind: 'ownership', chain: '1' })
          .share(P1, 4, 30, { share_kind: 'ownership', chain: '2' }),
      magnitude: { total: 50, over: 20 },
    },
    // The publishers have half of everything: the parts are the same.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 60, { share_kind: 'manuscript', role: 'writer', chain: '1' })
          .share(P1, 2, 40, { share_kind: 'manuscript', role: 'writer', chain: '2' })
          .share(P1, 3, 30, { share_kind: 'ownership', chain: '1' })
          .share(P1, 4, 20, { share_kind: 'ownership', chain: '2' }),
    },
  },
  {
    rule: 'C-SHR-07',
    found: {
      build: (w) =>
        w
          .share(P1, 1, 100, { share_kind: 'ownership', chain: 'c' })
          .share(P1, 2, 100, { share_kind: 'ownership', chain: 'c', role: 'administrator' }),
      magnitude: { total: 200, over: 100 },
    },
    // The administrator collects: kinds are kept apart.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 100, { share_kind: 'ownership', chain: 'c' })
          .share(P1, 2, 100, { share_kind: 'collection', chain: 'c', role: 'administrator' }),
    },
  },
  {
    rule: 'C-SHR-08',
    found: { build: (w) => w.share(P1, 1, 100).share(P1, 2, 3333), magnitude: { total: 3333, over: 3233 } },
    // 0 and 100 are shares; a single percent is no sign of another scale.
    silent: { build: (w) => w.share(P1, 1, 100).share(P1, 2, 0).share(P2, 3, 1) },
  },
  {
    rule: 'C-SHR-09',
    found: {
      build: (w) => w.share(P1, 1, 100, { chain: 'c' }).share(P1, 2, 25, { chain: 'c', role: 'income-participant' }),
      magnitude: { total: 125, over: 25 },
    },
    silent: {
      build: (w) => w.share(P1, 1, 75, { chain: 'c' }).share(P1, 2, 25, { chain: 'c', role: 'income-participant' }),
    },
  },
  {
    rule: 'C-TER-01',
    // World without Germany, and Germany with Austria: they meet in Austria.
    found: {
      build: (w) => w.share(P1, 1, 100, { territories: 'WORLD|!DE' }).share(P1, 2, 100, { territories: 'DE|AT' }),
      magnitude: { total: 200, over: 100 },
      territories: ['AT'],
    },
    silent: {
      build: (w) => w.share(P1, 1, 100, { territories: 'WORLD|!DE|!AT' }).share(P1, 2, 100, { territories: 'DE|AT' }),
    },
  },
  {
    rule: 'C-TER-02',
    found: {
      build: (w) => w.share(P1, 1, 50).share(P1, 2, 50, { territories: 'WORLD|!DE|!AT' }),
      magnitude: { total: 50, over: -50 },
      territories: ['AT', 'DE'],
    },
    // Somebody else has the second half there.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 50)
          .share(P1, 2, 50, { territories: 'WORLD|!DE|!AT' })
          .share(P1, 3, 50, { territories: 'DE|AT' }),
    },
  },
  {
    rule: 'C-TER-03',
    found: { build: (w) => w.share(P1, 1, 100).share(P1, 2, 25, { territories: 'EUROPE' }) },
    silent: { build: (w) => w.share(P1, 1, 100, { territories: '2136|!840' }) },
  },
  {
    rule: 'C-TER-04',
    found: { build: (w) => w.share(P1, 1, 100, { territories: 'WORLD|DE|!DE' }), territories: ['DE'] },
    silent: { build: (w) => w.share(P1, 1, 100, { territories: 'WORLD|!DE' }) },
  },
  {
    rule: 'C-DAT-01',
    found: {
      build: (w) =>
        w
          .share(P1, 1, 100, { chain: 'c', valid_to: '2019-07-01' })
          .share(P1, 2, 100, { chain: 'c', valid_from: '2019-04-01' }),
      magnitude: { total: 200, over: 100 },
      from: '2019-04-01',
      to: '2019-07-01',
    },
    // The end is exclusive: no day is held twice.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 100, { chain: 'c', valid_to: '2019-04-01' })
          .share(P1, 2, 100, { chain: 'c', valid_from: '2019-04-01' }),
    },
  },
  {
    rule: 'C-PTY-03',
    found: {
      build: (w) =>
        w.share(P1, 1, 100, { role: 'administrator' }).share(P2, 2, 100, { role: 'administrator', territories: 'US' }),
      magnitude: { total: 200, over: 100 },
      territories: ['US'],
      parties: 2,
    },
    // Co-administration: half each, and both feeds say so.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 50, { role: 'administrator' })
          .share(P1, 2, 50, { role: 'administrator' })
          .share(P2, 1, 50, { role: 'administrator' })
          .share(P2, 2, 50, { role: 'administrator' }),
    },
  },
  {
    rule: 'C-DAT-02',
    // March and April 2018: 31 + 30 days.
    found: {
      build: (w) =>
        w
          .share(P1, 1, 100, { chain: 'c', valid_to: '2018-03-01' })
          .share(P1, 2, 100, { chain: 'c', valid_from: '2018-05-01' })
          .link(P1)
          .streams('2018-04', 70),
      magnitude: { total: 61, over: 61, streams: 70 },
      from: '2018-03-01',
      to: '2018-05-01',
      // The usage names its recording by ISRC, in a feed that describes none.
      known: '2020-01-01',
    },
    // The same gap without a stream in it.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 100, { chain: 'c', valid_to: '2018-03-01' })
          .share(P1, 2, 100, { chain: 'c', valid_from: '2018-05-01' })
          .link(P1)
          .streams('2018-06', 70),
    },
  },
  {
    rule: 'C-DAT-03',
    found: { build: (w) => w.share(P1, 1, 100).share(P1, 2, 25, { valid_from: '2019-06-01', valid_to: '2019-01-01' }) },
    silent: { build: (w) => w.share(P1, 1, 100, { valid_from: '2019-01-01', valid_to: '2019-01-02' }) },
  },
  {
    rule: 'C-DAT-04',
    // Received 2020-02-01: 2018 has 365 days, 2019 too, January 31: 761 days after 2018-01-01.
    found: {
      build: (w) => w.share(P1, 1, 50).share(P1, 2, 50, { valid_from: '2018-01-01' }, { since: 1 }),
      magnitude: { total: 761, over: 761 },
    },
    // 2020-01-02 is 30 days before 2020-02-01.
    silent: { build: (w) => w.share(P1, 1, 50).share(P1, 2, 50, { valid_from: '2020-01-02' }, { since: 1 }) },
  },
  {
    rule: 'C-DAT-05',
    found: { build: (w) => w.share(P1, 1, 100, { valid_from: '2017' }) },
    silent: { build: (w) => w.share(P1, 1, 100, { valid_from: '2017-01-01' }) },
  },
  {
    rule: 'C-SNP-01',
    found: {
      build: (w) => w.share(P1, 1, 75).share(P1, 2, 25, {}, { until: 1 }),
      magnitude: { total: 25, over: 25 },
      known: '2020-02-01',
    },
    // The row has another key now, but the party claims the same cells.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 75)
          .share(P1, 2, 25, { chain: 'a' }, { until: 1 })
          .share(P1, 2, 25, { chain: 'b' }, { since: 1 }),
    },
  },
  {
    rule: 'C-SNP-02',
    found: {
      build: (w) =>
        w
          .share(P1, 1, 75)
          .share(P1, 2, 25, { chain: 'c' }, { until: 1 })
          .share(P1, 3, 25, { chain: 'c' }, { since: 1 }),
      magnitude: { total: 25, over: 25 },
      parties: 2,
      known: '2020-02-01',
    },
    // Another part of the work, a delivery later.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 75)
          .share(P1, 2, 25, { chain: 'c' }, { until: 1 })
          .share(P1, 3, 25, { chain: 'c' }, { since: 2 }),
    },
  },
  {
    rule: 'C-SNP-03',
    found: {
      build: (w) =>
        w
          .share(P1, 1, 50, {}, { until: 1 })
          .share(P1, 1, 40, {}, { since: 1, until: 2 })
          .share(P1, 1, 50, {}, { since: 2 }),
      magnitude: { total: 50, over: 10 },
    },
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 50, {}, { until: 1 })
          .share(P1, 1, 40, {}, { since: 1, until: 2 })
          .share(P1, 1, 45, {}, { since: 2 }),
    },
  },
]
