/** Worlds about identities, links and licences. */
import type { Case } from './case.js'

const P1 = 'p1/x'
const P2 = 'p2/x'

export const ABOUT_THINGS: readonly Case[] = [
  {
    rule: 'C-ID-01',
    found: {
      build: (w) =>
        w
          .recording(P1, 1, { title: 'Alpha', duration_ms: '180000' })
          .recording(P1, 2, { isrc: w.isrc(1), title: 'Alpha', duration_ms: '240000' })
          .link(P1)
          .link(P1, 2),
      magnitude: { total: 60, over: 60 },
    },
    // Five seconds, and capitals.
    silent: {
      build: (w) =>
        w
          .recording(P1, 1, { title: 'Bravo (Live)', duration_ms: '180000' })
          .recording(P2, 2, { isrc: w.isrc(1), title: 'BRAVO', duration_ms: '185000' })
          .link(P1),
    },
  },
  {
    rule: 'C-ID-02',
    found: {
      build: (w) => w.recording(P1, 1, { isrc: `${w.isrc(1)}|${w.isrc(2)}` }).link(P1),
      magnitude: { total: 2, over: 2 },
    },
    // The same words, another length.
    silent: {
      build: (w) =>
        w
          .recording(P1, 1, { title: 'Charlie', artist: 'Delta', duration_ms: '180000' })
          .recording(P1, 2, { title: 'Charlie', artist: 'Delta', duration_ms: '190000' })
          .link(P1)
          .link(P1, 2),
    },
  },
  {
    rule: 'C-ID-03',
    // The hidden duplicate: 60 + 60 read as one work is 120.
    found: {
      build: (w) =>
        w
          .work(P1, 1, { title: 'Twins' })
          .work(P2, 2, { title: 'TWINS' })
          .share(P1, 1, 60)
          .share(P1, 3, 100, { share_kind: 'manuscript', role: 'writer' })
          .share(P2, 2, 60, { work: 2 })
          .share(P2, 3, 100, { work: 2, share_kind: 'manuscript', role: 'writer' }),
      magnitude: { total: 120, over: 20 },
      parties: 1,
    },
    // The same title by somebody else.
    silent: {
      build: (w) =>
        w
          .work(P1, 1, { title: 'Echo' })
          .work(P2, 2, { title: 'Echo' })
          .share(P1, 3, 100, { share_kind: 'manuscript', role: 'writer' })
          .share(P2, 4, 100, { work: 2, share_kind: 'manuscript', role: 'writer' }),
    },
  },
  {
    rule: 'C-ID-04',
    found: { build: (w) => w.work(P1, 1, { iswc: `${w.iswc(1)}|T9000000100` }) },
    silent: { build: (w) => w.work(P1, 1, { iswc: w.iswc(1).replace(/^T(...)(...)(...)(.)$/, 'T-$1.$2.$3-$4') }) },
  },
  {
    rule: 'C-LNK-01',
    found: { build: (w) => w.recording(P1) },
    // Another feed links it, by the ISRC alone.
    silent: {
      build: (w) =>
        w
          .recording(P1)
          .work(P2)
          .row(P2, 'links', { recording_id: w.isrc(1), work_id: w.id(P2, 'W', 1) }),
    },
  },
  {
    rule: 'C-LNK-02',
    found: { build: (w) => w.link(P1, 1, 1).link(P2, 1, 2), magnitude: { total: 2, over: 1 } },
    // Different ids, one ISWC.
    silent: { build: (w) => w.link(P1, 1, 1).link(P2, 1, 1) },
  },
  {
    rule: 'C-LNK-03',
    found: {
      build: (w) => w.link(P1, 1, 1, { weight: '0.5' }).link(P1, 1, 2, { weight: '0.3' }),
      magnitude: { total: 0.8, over: -0.2 },
    },
    silent: {
      build: (w) =>
        w.link(P1, 1, 1, { weight: '0.333' }).link(P1, 1, 2, { weight: '0.333' }).link(P1, 1, 3, { weight: '0.3335' }),
    },
  },
  {
    rule: 'C-LNK-04',
    // Work 1 is by 1 and 2; the sampled work 2 is by 2 alone.
    found: {
      build: (w) =>
        w
          .link(P1, 1, 1, { weight: '0.7' })
          .link(P1, 1, 2, { weight: '0.3' })
          .share(P1, 1, 50, { share_kind: 'manuscript', role: 'writer' })
          .share(P1, 2, 50, { share_kind: 'manuscript', role: 'writer' })
          .share(P1, 2, 100, { work: 2, share_kind: 'manuscript', role: 'writer' }),
    },
    // A medley of two songs by one writer.
    silent: {
      build: (w) =>
        w
          .link(P1, 1, 1, { weight: '0.5' })
          .link(P1, 1, 2, { weight: '0.5' })
          .share(P1, 1, 100, { share_kind: 'manuscript', role: 'writer' })
          .share(P1, 1, 100, { work: 2, share_kind: 'manuscript', role: 'writer' }),
    },
  },
  {
    rule: 'C-LNK-05',
    found: {
      build: (w) => w.link(P1, 1, 1, {}, { until: 1 }).link(P1, 1, 2, {}, { since: 1 }).streams('2019-12', 9),
      magnitude: { streams: 9 },
    },
    // Streamed after the change alone.
    silent: { build: (w) => w.link(P1, 1, 1, {}, { until: 1 }).link(P1, 1, 2, {}, { since: 1 }).streams('2020-02', 9) },
  },
  {
    rule: 'C-PTY-01',
    found: {
      build: (w) =>
        w.party(P1, 1, { name: 'Ada Quillfeather' }).party(P2, 2, { name: 'A. Quillfeather', ipi_name_number: '' }),
    },
    silent: {
      build: (w) =>
        w.party(P1, 1, { name: 'Bea Rumbletoft' }).party(P2, 2, { name: 'C. Rumbletoft', ipi_name_number: '' }),
    },
  },
  {
    rule: 'C-PTY-02',
    found: { build: (w) => w.party(P1, 1, { name: 'Quondam Ballads' }).party(P2, 1, { name: 'Zzyx Verlag' }) },
    // Spellings of one name.
    silent: { build: (w) => w.party(P1, 1, { name: 'Möbius Lieder GmbH' }).party(P2, 1, { name: 'LIEDER, MOBIUS' }) },
  },
  {
    rule: 'C-PTY-04',
    found: {
      build: (w) =>
        w
          .party(P1, 1, { group_id: `G${w.number}a` })
          .party(P1, 2, { group_id: `G${w.number}b` })
          .share(P1, 1, 100, { chain: 'c', valid_to: '2018-01-01' })
          .share(P1, 2, 100, { chain: 'c', valid_from: '2018-01-01' }),
      magnitude: { total: 100, over: 100 },
      from: '2018-01-01',
    },
    // Within one group.
    silent: {
      build: (w) =>
        w
          .party(P1, 1, { group_id: `G${w.number}` })
          .party(P1, 2, { group_id: `G${w.number}` })
          .share(P1, 1, 100, { chain: 'c', valid_to: '2018-01-01' })
          .share(P1, 2, 100, { chain: 'c', valid_from: '2018-01-01' }),
    },
  },
  {
    rule: 'C-PTY-04',
    // Taken over from one delivery to the next: 40 percent, by a party of another group.
    found: {
      build: (w) =>
        w
          .party(P1, 1, { group_id: `G${w.number}a` })
          .party(P1, 2, { group_id: `G${w.number}b` })
          .share(P1, 1, 40, { chain: 'c' }, { until: 1 })
          .share(P1, 2, 40, { chain: 'c' }, { since: 1 })
          .share(P1, 3, 60),
      magnitude: { total: 40, over: 40 },
      known: '2020-02-01',
      parties: 2,
    },
    // The new party says nothing of a group.
    silent: {
      build: (w) =>
        w
          .party(P1, 1, { group_id: `G${w.number}a` })
          .share(P1, 1, 40, { chain: 'c' }, { until: 1 })
          .share(P1, 2, 40, { chain: 'c' }, { since: 1 })
          .share(P1, 3, 60),
    },
  },
  {
    rule: 'C-SNP-07',
    // One licence of many comes back under another id.
    found: {
      build: (w) => w.share(P1, 1, 100).licence(1, 1, {}, { until: 1 }).licence(2, 1, {}, { since: 1 }),
      known: '2020-02-01',
    },
    // On other terms it is another licence.
    silent: {
      build: (w) => w.share(P1, 1, 100).licence(1, 1, {}, { until: 1 }).licence(2, 1, { uses: 'stream' }, { since: 1 }),
    },
  },
  {
    rule: 'C-LIC-01',
    found: { build: (w) => w.share(P1, 1, 100).licence(1, 2) },
    silent: { build: (w) => w.share(P1, 1, 100).licence(1, 1) },
  },
  {
    rule: 'C-LIC-02',
    found: { build: (w) => w.share(P1, 1, 100).licence(1, 1, { repertoire: 'unproven' }) },
    // Disputed is another matter, and a licence for the whole right needs no list.
    silent: { build: (w) => w.share(P1, 1, 100).licence(1, 1, { repertoire: 'disputed' }) },
  },
  {
    rule: 'C-LIC-03',
    found: {
      build: (w) =>
        w
          .share(P1, 1, 100)
          .licence(1, 1, { uses: 'stream|download' })
          .licence(2, 1, { territories: 'DE', uses: 'stream', valid_from: '2019-01-01' }),
      territories: ['DE'],
      from: '2019-01-01',
    },
    // One after the other.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 100)
          .licence(1, 1, { uses: 'stream|download', valid_to: '2019-01-01' })
          .licence(2, 1, { uses: 'stream', valid_from: '2019-01-01' }),
    },
  },
  {
    rule: 'C-LIC-04',
    found: {
      build: (w) => w.share(P1, 1, 100).link(P1).licence(1, 1, { uses: 'download' }).streams('2019-06', 30),
      magnitude: { streams: 30 },
      territories: ['GB'],
      from: '2019-06-01',
      to: '2019-07-01',
    },
    // Another licence of the same licensor names the use.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 100)
          .link(P1)
          .licence(1, 1, { uses: 'download' })
          .licence(2, 1, { uses: 'stream' })
          .streams('2019-06', 30),
    },
  },
  {
    rule: 'C-LIC-05',
    // February 2018 ends on the 28th; served on 2018-05-01: 62 days later.
    found: {
      build: (w) =>
        w
          .share(P1, 1, 100)
          .link(P1)
          .licence(1, 1, {
            coverage: 'by-work',
            territories: 'US',
            repertoire: w.iswc(1),
            signed_at: '2018-05-01',
            valid_from: '2018-05-01',
          })
          .streams('2018-02', 8, { territory: 'US' }),
      magnitude: { total: 62, over: 62, streams: 8 },
    },
    // Streamed elsewhere before it was served.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 100)
          .link(P1)
          .licence(1, 1, {
            coverage: 'by-work',
            territories: 'US',
            repertoire: w.iswc(1),
            signed_at: '2018-05-01',
            valid_from: '2018-05-01',
          })
          .streams('2018-02', 8)
          .streams('2018-06', 8, { territory: 'US' }),
    },
  },
  {
    rule: 'C-LIC-06',
    found: {
      build: (w) =>
        w
          .share(P1, 1, 100)
          .link(P1)
          .licence(1, 1, { valid_to: '2019-01-01' })
          .streams('2018-12', 5)
          .streams('2019-02', 6),
      magnitude: { streams: 6 },
      from: '2019-01-01',
      territories: ['GB'],
    },
    // Renewed without a gap.
    silent: {
      build: (w) =>
        w
          .share(P1, 1, 100)
          .link(P1)
          .licence(1, 1, { valid_to: '2019-01-01' })
          .licence(2, 1, { valid_from: '2019-01-01' })
          .streams('2019-02', 6),
    },
  },
  {
    rule: 'C-LIC-07',
    found: {
      build: (w) =>
        w
          .link(P1)
          .licence(1, 1, { right: 'master', coverage: 'by-work', repertoire: w.isrc(1), territories: 'WORLD|!DE' })
          .licence(2, 2, {
            right: 'master',
            coverage: 'by-work',
            repertoire: w.isrc(1),
            territories: 'US|DE',
            valid_from: '2017-01-01',
          }),
      magnitude: { total: 2, over: 1 },
      territories: ['US'],
      from: '2017-01-01',
      parties: 2,
    },
    silent: {
      build: (w) =>
        w
          .link(P1)
          .licence(1, 1, { right: 'master', coverage: 'by-work', repertoire: w.isrc(1), territories: 'WORLD|!DE' })
          .licence(2, 2, { right: 'master', coverage: 'by-work', repertoire: w.isrc(1), territories: 'DE' }),
    },
  },
]
