/**
 * What is counted in the files against the table of domain.md 6, whose figures are typed in here by hand. A counted part may
 * be off by four standard deviations of a draw of that many.
 */
import { describe, expect, it } from 'vitest'
import { deliveriesOf } from '../../src/synth/plan/calendar.js'
import { feedsOf } from '../../src/synth/plan/feeds.js'
import { PUBLISHERS_OF_HITS, WRITERS_OF_HITS } from '../../src/synth/plan/table.js'
import { catalogueForSuite } from './kit.js'

/** About 20,000 works. */
const catalogue = catalogueForSuite({ tracks: 56_000, snapshots: 2, providers: 6 })

const fileOf = (feed: string, relation: string): string => {
  const first = catalogue().settings.deliveries.find((one) => one.feed.startsWith(`${feed}/`))
  const file = first === undefined ? null : catalogue().fileOf(first, relation)
  if (file === null) throw new Error(`${feed} has no ${relation}`)
  return `read_parquet('${file}')`
}

/** The number in a local id such as `SW123`; the same for all feeds. */
const number = (column: string): string => `substr(${column}, 3)::BIGINT`

const isTail = (column = 'work_id'): string => `${number(column)} >= ${catalogue().settings.numbers.works.hits}`
const isTailRecording = (column = 'recording_id'): string =>
  `${number(column)} >= ${catalogue().settings.numbers.recordings.hits}`

/** Parts of the values of a query with the columns `value` and `n`. */
async function partsOf(sql: string): Promise<{ total: number; part: (value: string | number) => number }> {
  const rows = await catalogue().rows<{ value: string; n: number }>(
    `SELECT value::VARCHAR AS value, count(*) AS n FROM (${sql}) GROUP BY ALL`,
  )
  const total = rows.reduce((sum, { n }) => sum + Number(n), 0)
  const counts = new Map(rows.map(({ value, n }) => [value, Number(n)]))
  return { total, part: (value) => (counts.get(String(value)) ?? 0) / total }
}

function near(found: number, expected: number, n: number, what: string): void {
  const tolerance = 4 * Math.sqrt((expected * (1 - expected)) / n)
  expect(Math.abs(found - expected), `${what}: ${found} instead of ${expected}, of ${n}`).toBeLessThanOrEqual(tolerance)
}

async function expectParts(sql: string, expected: Readonly<Record<string, number>>, least = 1000): Promise<void> {
  const { total, part } = await partsOf(sql)
  expect(total).toBeGreaterThan(least)
  for (const [value, percent] of Object.entries(expected)) near(part(value), percent / 100, total, value)
}

/** Claims of publishers in the society's feed that have no end, mechanical right. */
const openClaims = (): string =>
  `SELECT * FROM ${fileOf('society', 'shares')} WHERE "right" = 'mech' AND share_kind = 'collection' AND valid_to IS NULL AND ${isTail()}`

describe('works of the long tail', () => {
  it('have writers', () =>
    expectParts(
      `SELECT CASE WHEN count(*) > 8 THEN '9+' WHEN count(*) > 4 THEN '5-8' ELSE count(*)::VARCHAR END AS value
       FROM ${fileOf('mlc', 'shares')} WHERE share_kind = 'manuscript' AND ${isTail()} GROUP BY work_id`,
      { 1: 48, 2: 29, 3: 12, 4: 6, '5-8': 4.5, '9+': 0.5 },
    ))

  it('have publishers', () =>
    expectParts(
      `SELECT CASE WHEN n > 2 THEN '3+' ELSE n::VARCHAR END AS value FROM (
         SELECT count(DISTINCT chain) FILTER (WHERE chain LIKE 'p_' OR chain LIKE 'p__') - count(DISTINCT chain) FILTER (WHERE chain = 'pd') AS n
         FROM (${openClaims()}) GROUP BY work_id)`,
      { 0: 22, 1: 45, 2: 20, '3+': 13 },
    ))

  it('are split', () =>
    expectParts(
      `SELECT CASE WHEN max(share::DECIMAL(9, 6)) - min(share::DECIMAL(9, 6)) <= 0.000002 THEN 'equal'
         WHEN bool_and(share::DECIMAL(9, 6) IN (50, 75, 25) OR abs(share::DECIMAL(9, 6) * (count - 2) - 25) < 0.0001) THEN 'quarters'
         WHEN bool_and(share::DECIMAL(9, 6) IN (33.33, 33.34, 66.67) OR abs(share::DECIMAL(9, 6) * (count - 2) - 33.33) < 0.0001) THEN 'thirds'
         ELSE 'odd' END AS value
       FROM (SELECT *, count(*) OVER (PARTITION BY work_id) AS count FROM ${fileOf('mlc', 'shares')} WHERE share_kind = 'manuscript' AND ${isTail()})
       WHERE count > 1 GROUP BY work_id`,
      { equal: 62, quarters: 24, thirds: 8, odd: 6 },
    ))

  it('are named by providers', () =>
    expectParts(
      `SELECT CASE WHEN count(*) >= 4 THEN '4' ELSE count(*)::VARCHAR END AS value FROM (${[
        'society',
        'mlc',
        'dsp',
        'publisher',
      ]
        .map((feed) => `SELECT ${number('work_id')} AS w FROM ${fileOf(feed, 'works')} WHERE ${isTail()}`)
        .join(' UNION ALL ')}) GROUP BY w`,
      { 1: 35, 2: 30, 3: 20, 4: 15 },
    ))

  it.each([
    ['society', 15],
    ['dsp', 45],
  ] as const)('lack an ISWC at the %s', (feed, percent) =>
    expectParts(`SELECT iswc IS NULL AS value FROM ${fileOf(feed, 'works')} WHERE ${isTail()}`, { true: percent }),
  )

  it('have alternate titles', () =>
    expectParts(
      `SELECT CASE WHEN n > 5 THEN '6+' WHEN n > 1 THEN '2-5' ELSE n::VARCHAR END AS value
       FROM (SELECT coalesce(len(string_split(alternate_titles, '|')), 0) AS n FROM ${fileOf('society', 'works')} WHERE ${isTail()})`,
      { 0: 70, 1: 18, '2-5': 11, '6+': 1 },
    ))

  it('are partly in the public domain, and change hands', async () => {
    const works = `SELECT work_id, bool_or(status = 'public-domain') AS is_free, bool_or(chain = 'p0' AND valid_to IS NOT NULL) AS is_changed,
      bool_or(share_kind = 'licensing') AS is_overlapping FROM ${fileOf('society', 'shares')} WHERE ${isTail()} GROUP BY work_id`
    await expectParts(`SELECT coalesce(is_free, false) AS value FROM (${works})`, { true: 1.2 })
    // Three in a hundred a year for four years, but for the eight in a hundred of them that leave a gap.
    await expectParts(`SELECT coalesce(is_changed, false) AS value FROM (${works})`, { true: 3 * 4 * 0.92 })
    await expectParts(
      `SELECT coalesce(is_overlapping, false) AS value FROM (${works}) WHERE is_changed`,
      { true: 25 },
      500,
    )
  })

  it('have claims of the world, with exceptions, and for lists of countries', () =>
    expectParts(
      `SELECT CASE WHEN territories = 'WORLD' THEN 'world' WHEN territories LIKE 'WORLD|%' THEN 'exceptions' ELSE 'lists' END AS value
       FROM (${openClaims()}) WHERE (chain LIKE 'p%' AND chain <> 'pd') OR chain LIKE 'sub%'`,
      { world: 70, exceptions: 18, lists: 12 },
    ))
})

describe('claims of works of the long tail', () => {
  const feeds = ['society', 'mlc', 'dsp', 'publisher'] as const
  /** Undivided claims without end, by provider and party. */
  const claims = (): string =>
    `SELECT w, feed, coalesce(party, 'nobody') AS party, sum(share) AS share FROM (${feeds
      .map(
        (
          feed,
        ) => `SELECT '${feed}' AS feed, ${number('s.work_id')} AS w, coalesce(p.ipi_name_number, s.party_id) AS party, s.share::DECIMAL(18, 6) AS share
          FROM ${fileOf(feed, 'shares')} AS s LEFT JOIN ${fileOf(feed, 'parties')} AS p USING (party_id)
          WHERE "right" = 'mech' AND share_kind = 'collection' AND valid_to IS NULL AND territories IN ('WORLD', 'US') AND ${isTail('s.work_id')}`,
      )
      .join(' UNION ALL ')}) GROUP BY ALL`

  const works = (): string =>
    `SELECT w, max(own) AS own, max(total) AS total, bool_or(differs) AS differs, bool_or(is_open) AS is_open, max(own_without) AS claimed FROM (
       SELECT w, sum(share) AS own, sum(share) FILTER (WHERE party <> 'nobody') AS own_without, NULL AS total, NULL AS differs, bool_or(party = 'nobody') AS is_open
         FROM (${claims()}) GROUP BY w, feed
       UNION ALL SELECT w, NULL, NULL, sum(hi), bool_or(lo < hi OR voices < of_all), NULL FROM (
         SELECT w, party, max(share) AS hi, min(share) AS lo, count(*) AS voices, any_value(of_all) AS of_all
         FROM (SELECT *, (SELECT 0) AS zero FROM (${claims()})) JOIN (SELECT w, count(DISTINCT feed) AS of_all FROM (${claims()}) GROUP BY w) USING (w)
         GROUP BY w, party) GROUP BY w) GROUP BY w`

  /** Works that anybody names, also those for which nobody claims anything. */
  const all = (): number => catalogue().settings.numbers.works.all - catalogue().settings.numbers.works.hits

  it('are too many with one provider, too many together, differ, or do not fill the whole', async () => {
    const found = await catalogue().one<Record<'own' | 'together' | 'differ' | 'open', number>>(
      `SELECT count(*) FILTER (own > 100.06) AS own, count(*) FILTER (total > 100.06) AS together, count(*) FILTER (differs) AS differ,
         count(*) FILTER (is_open OR (claimed < 99.94 AND NOT differs AND w IN (SELECT w FROM (${claims()}) WHERE party LIKE '2%'))) AS open
       FROM (${works()}) WHERE w NOT IN (SELECT ${number('work_id')} FROM ${fileOf('society', 'shares')} WHERE territories LIKE 'WORLD|%' OR status IS NOT NULL)`,
    )
    near(Number(found.own) / all(), 0.015, all(), 'overclaims of one provider')
    near(Number(found.together) / all(), 0.06, all(), 'overclaims together')
    near(Number(found.differ) / all(), 0.09, all(), 'differences')
  })

  it('add up to so much where one provider claims too much', () =>
    expectParts(
      `SELECT CASE WHEN magnitude < 150 THEN '110' WHEN magnitude < 200 THEN '150' WHEN magnitude < 400 THEN '200' ELSE '400' END AS value
       FROM ${catalogue().truth('anomalies.parquet')} WHERE conflict = 'C-SHR-02' AND story IS NULL`,
      { 110: 75, 150: 18, 200: 6, 400: 1 },
      200,
    ))

  it('leave something open in 24 of 100', async () => {
    const { n } = await catalogue().one<{ n: number }>(
      `SELECT count(DISTINCT local_id) AS n FROM ${catalogue().truth('anomalies.parquet')} WHERE conflict IN ('C-SHR-03', 'C-SHR-04') AND story IS NULL`,
    )
    near(Number(n) / all(), 0.24, all(), 'open')
  })
})

describe('recordings', () => {
  const links = (): string =>
    ['society', 'mlc', 'dsp']
      .map((feed) => `SELECT ${number('recording_id')} AS r, ${number('work_id')} AS w FROM ${fileOf(feed, 'links')}`)
      .join(' UNION ')

  it('of a work are 2.4 on average, and one for seven works in ten', async () => {
    const perWork = `SELECT w, count(*) AS n FROM (SELECT r, any_value(w) AS w FROM (${links()}) GROUP BY r HAVING count(*) = 1)
      WHERE w >= ${catalogue().settings.numbers.works.hits} GROUP BY w`
    await expectParts(`SELECT n AS value FROM (${perWork})`, { 1: 70 })
    const { mean } = await catalogue().one<{ mean: number }>(`SELECT avg(n) AS mean FROM (${perWork})`)
    expect(mean).toBeGreaterThan(2.35)
    expect(mean).toBeLessThan(2.45)
  })

  it('embody works', () =>
    expectParts(
      `SELECT CASE WHEN count(*) > 6 THEN '7-40' WHEN count(*) > 2 THEN '3-6' ELSE count(*)::VARCHAR END AS value FROM (${links()})
       WHERE r >= ${catalogue().settings.numbers.recordings.hits} GROUP BY r`,
      { 1: 97.2, 2: 2, '3-6': 0.7, '7-40': 0.1 },
    ))

  it('are unmatched in 12 of 100', async () => {
    const { tracks, unmatched } = await catalogue().one<{ tracks: number; unmatched: number }>(
      `SELECT count(*) AS tracks, count(*) FILTER (${number('recording_id')} NOT IN (SELECT r FROM (${links()}))) AS unmatched FROM ${fileOf('service', 'recordings')}`,
    )
    near(Number(unmatched) / Number(tracks), 0.12, Number(tracks), 'unmatched')
  })

  it('have ISRCs', async () => {
    const counted = `SELECT CASE WHEN n > 2 THEN '3+' ELSE n::VARCHAR END AS value, is_tail FROM (
      SELECT len(string_split(isrc, '|')) AS n, ${isTailRecording()} AS is_tail FROM ${fileOf('label', 'recordings')}
      WHERE ${number('recording_id')} >= ${catalogue().settings.numbers.recordings.stories})`
    await expectParts(`SELECT value FROM (${counted}) WHERE is_tail`, { 1: 90, 2: 7, '3+': 3 })
    await expectParts(`SELECT value FROM (${counted}) WHERE NOT is_tail`, { 1: 70 }, 500)
  })

  it('one ISRC on two in 0.2 of 100', async () => {
    const { n, tracks } = await catalogue().one<{ n: number; tracks: number }>(
      `SELECT count(*) FILTER (n > 1) * 2 AS n, sum(n) AS tracks FROM (SELECT count(*) AS n FROM ${fileOf('service', 'recordings')} GROUP BY isrc)`,
    )
    near(Number(n) / Number(tracks), 0.002, Number(tracks), 'shared ISRCs')
  })

  it('are streamed: the top one in a hundred has 90 of 100, the unmatched 2', async () => {
    const streams = `SELECT ${number('recording_id')} AS r, sum(streams) AS n FROM ${fileOf('service', 'usage')} WHERE period = '2021-06' GROUP BY ALL`
    const { top, unmatched } = await catalogue().one<{ top: number; unmatched: number }>(
      `SELECT sum(n) FILTER (place <= ${56_000 / 100}) / sum(n) AS top, sum(n) FILTER (r NOT IN (SELECT r FROM (${links()}))) / sum(n) AS unmatched
       FROM (SELECT *, row_number() OVER (ORDER BY n DESC) AS place FROM (${streams}))`,
    )
    // A sum of few large numbers: what it may be off by is no standard deviation of a count.
    expect(Math.abs(Number(top) - 0.9)).toBeLessThan(0.015)
    expect(Math.abs(Number(unmatched) - 0.02)).toBeLessThan(0.005)
  })
})

describe('names', () => {
  it('are 1.6 for an IPI with two providers', async () => {
    const { mean } = await catalogue().one<{ mean: number }>(
      `SELECT avg(n) AS mean FROM (SELECT count(DISTINCT name) AS n FROM (FROM ${fileOf('society', 'parties')} UNION ALL FROM ${fileOf('mlc', 'parties')})
       WHERE kind = 'writer' GROUP BY ipi_name_number)`,
    )
    expect(mean).toBeGreaterThan(1.57)
    expect(mean).toBeLessThan(1.63)
  })

  it('of writers match those of a player without numbers to the letter, nearly, or not', () =>
    expectParts(
      `SELECT CASE WHEN d.name = s.name THEN 'exact' WHEN split_part(d.name, ' ', 2) = split_part(s.name, ' ', 2) THEN 'nearly' ELSE 'not' END AS value
       FROM ${fileOf('dsp', 'parties')} AS d JOIN ${fileOf('society', 'parties')} AS s ON substr(d.party_id, 2) = substr(s.party_id, 2)
       WHERE d.kind = 'writer' AND d.ipi_name_number IS NULL`,
      { exact: 45, nearly: 45, not: 10 },
    ))
})

describe('hits', () => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

  it('draw from 4.8 writers (deviation 2.8, at most 25) and 6 publishers (at most 40)', () => {
    expect(mean(WRITERS_OF_HITS)).toBeCloseTo(4.8, 1)
    expect(Math.sqrt(mean(WRITERS_OF_HITS.map((value) => (value - 4.8) ** 2)))).toBeCloseTo(2.8, 1)
    expect(Math.max(...WRITERS_OF_HITS)).toBeLessThanOrEqual(25)
    expect(mean(PUBLISHERS_OF_HITS)).toBeCloseTo(6, 1)
    expect(Math.max(...PUBLISHERS_OF_HITS)).toBeLessThanOrEqual(40)
  })

  it('have 30 recordings on average', async () => {
    const { n } = await catalogue().one<{ n: number }>(
      `SELECT count(*) AS n FROM ${fileOf('service', 'recordings')} WHERE NOT ${isTailRecording()} AND ${number('recording_id')} >= ${catalogue().settings.numbers.recordings.stories}`,
    )
    const { works } = catalogue().settings.numbers
    expect(Number(n) / (works.hits - works.stories)).toBe(30)
    expect(works.hits - works.stories).toBe(20)
  })
})

describe('hits, of which there are twenty here', () => {
  const hits = (): string => {
    const { works } = catalogue().settings.numbers
    return `${number('local_id')} BETWEEN ${works.stories} AND ${works.hits - 1}`
  }
  const told = async (...conflicts: string[]): Promise<number> => {
    const { n } = await catalogue().one<{ n: number }>(
      `SELECT count(DISTINCT ${number('local_id')}) AS n FROM ${catalogue().truth('anomalies.parquet')}
       WHERE subject_kind = 'work' AND story IS NULL AND ${hits()} AND conflict IN (${conflicts.map((id) => `'${id}'`).join(', ')})`,
    )
    return Number(n)
  }

  it('are claimed too much by one provider (5 of 100) and together (25), and stated differently (35)', async () => {
    expect(await told('C-SHR-02')).toBe(1)
    expect(await told('C-SHR-01')).toBe(5)
    expect(await told('C-SHR-01', 'C-SHR-02', 'C-SHR-05')).toBe(7)
  })

  it('have two ISWCs in 4 of 100', async () => expect(await told('C-ID-03')).toBe(1))

  it('are named by all four providers of works', async () => {
    const works = ['society', 'mlc', 'dsp', 'publisher'].map(
      (feed) => `SELECT work_id AS local_id FROM ${fileOf(feed, 'works')}`,
    )
    await expectParts(
      `SELECT count(*) AS value FROM (${works.join(' UNION ALL ')}) WHERE ${hits()} GROUP BY ${number('local_id')}`,
      { 4: 100 },
      19,
    )
  })

  it('have 8 to 30 share rows with a provider, other works 2 to 6, on average', async () => {
    for (const feed of ['society', 'mlc', 'dsp', 'publisher']) {
      const { hit, tail } = await catalogue().one<{ hit: number; tail: number }>(
        `SELECT avg(n) FILTER (is_hit) AS hit, avg(n) FILTER (NOT is_hit) AS tail FROM (
           SELECT ${hits()} AS is_hit, count(*) AS n FROM (SELECT work_id AS local_id FROM ${fileOf(feed, 'shares')})
           WHERE ${number('local_id')} >= ${catalogue().settings.numbers.works.stories} GROUP BY ${number('local_id')}, is_hit)`,
      )
      for (const [value, least, most] of [
        [hit, 8, 30],
        [tail, 2, 6],
      ] as const) {
        expect(value, feed).toBeGreaterThanOrEqual(least)
        expect(value, feed).toBeLessThanOrEqual(most)
      }
    }
  })
})

describe('deliveries', () => {
  it('are late in 2 of 100 and cut short in 0.5', () => {
    const all = deliveriesOf(feedsOf(12), 60)
    expect(all).toHaveLength(720)
    expect(all.filter(({ isLate }) => isLate)).toHaveLength(14)
    expect(all.filter(({ isTruncated }) => isTruncated)).toHaveLength(4)
  })

  it('that are late come 1 to 180 days after the next one', () => {
    const all = deliveriesOf(feedsOf(12), 60)
    const late = all.filter(({ isLate }) => isLate)
    for (const one of late) {
      const next = all.find(({ feed, round }) => feed === one.feed && round === one.round + 1)
      const days = (Date.parse(one.received) - Date.parse(next?.received ?? '')) / 86_400_000
      expect(days).toBeGreaterThanOrEqual(1)
      expect(days).toBeLessThanOrEqual(180)
      expect(next?.isLate).toBe(false)
    }
  })
})
