/** The planted truth against an independent look at the files: what is told is there, and nothing else of its kind is. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { Catalogue } from './kit.js'

const claimConflicts = readFileSync(path.join(import.meta.dirname, 'conflicts.sql'), 'utf8')

/** The cells that conflicts.sql looks at. */
const CELLS = `(SELECT territory, day FROM unnest(['US', 'DE', 'AT', 'FR', 'JP', 'MX', 'CH']) AS t(territory),
  unnest(['2016-06-01', '2018-04-01', '2019-05-01', '2021-06-01', '2021-07-05']) AS d(day))`

const isKnown = (known: string): string => `known_from <= '${known}' AND (known_to IS NULL OR known_to > '${known}')`

async function standAt(catalogue: Catalogue, known: string): Promise<void> {
  for (const relation of ['works', 'parties', 'shares', 'recordings', 'links', 'licences']) {
    const rows = catalogue.rowsOf(relation, catalogue.standing(known))
    await catalogue.db.run(`CREATE OR REPLACE TABLE ${relation} AS ${rows}`)
  }
}

/** Lines that only one of two queries gives; each query has one text column. */
async function apart(catalogue: Catalogue, truth: string, found: string): Promise<{ lines: string[]; agreed: number }> {
  await catalogue.db.run(`CREATE OR REPLACE TABLE told_lines AS SELECT DISTINCT * FROM (${truth}) AS t(line);
    CREATE OR REPLACE TABLE found_lines AS SELECT DISTINCT * FROM (${found}) AS f(line)`)
  const { n } = await catalogue.one<{ n: number }>(`SELECT count(*) AS n FROM told_lines JOIN found_lines USING (line)`)
  const rows = await catalogue.rows<{ line: string }>(
    `SELECT 'only told: ' || line AS line FROM (FROM told_lines EXCEPT FROM found_lines)
     UNION ALL SELECT 'only found: ' || line FROM (FROM found_lines EXCEPT FROM told_lines) ORDER BY line LIMIT 20`,
  )
  return { lines: rows.map(({ line }) => line), agreed: Number(n) }
}

/** Tests of a catalogue of at least three providers. */
export function tellsConflicts(catalogue: () => Catalogue): void {
  const agreedOn = new Map<string, number>()

  const compare = async (name: string, truth: string, found: string): Promise<void> => {
    const { lines, agreed } = await apart(catalogue(), truth, found)
    expect(lines, name).toEqual([])
    agreedOn.set(name, (agreedOn.get(name) ?? 0) + agreed)
  }

  /** Truth rows of a conflict as lines, those that are known then. */
  const told = (conflict: string, line: string, known: string): string =>
    `SELECT ${line} FROM ${catalogue().truth('anomalies.parquet')} WHERE conflict = '${conflict}' AND ${isKnown(known)}`

  it('claims: C-SHR-01 to C-SHR-05 at many cells, on every day of receipt, with magnitude', async () => {
    for (const known of catalogue().days) {
      await standAt(catalogue(), known)
      const truth = `SELECT concat_ws(' ', conflict, coalesce(split_part(iswc, '|', 1), feed || ' ' || local_id), "right", territory, day, magnitude) AS line
        FROM ${catalogue().truth('anomalies.parquet')}, ${CELLS}
        WHERE conflict BETWEEN 'C-SHR-01' AND 'C-SHR-05' AND subject_kind = 'work' AND ${isKnown(known)}
          AND (valid_from IS NULL OR valid_from <= day) AND (valid_to IS NULL OR valid_to > day)
          AND NOT list_contains(string_split(territories, '|'), '!' || territory)
          AND (list_contains(string_split(territories, '|'), 'WORLD') OR list_contains(string_split(territories, '|'), territory))`
      // What the copyright control rows add up to is told, but no part of the definition.
      const found = `SELECT concat_ws(' ', f.conflict, f.work, f."right", f.territory, f.day, coalesce(f.magnitude, t.magnitude)) AS line
        FROM (${claimConflicts}) AS f LEFT JOIN (SELECT DISTINCT iswc, magnitude FROM ${catalogue().truth('anomalies.parquet')}
          WHERE conflict = 'C-SHR-04') AS t ON f.conflict = 'C-SHR-04' AND t.iswc = f.work`
      await compare(
        'claims',
        truth,
        found.replaceAll('coalesce(f.magnitude, t.magnitude)', 'coalesce(f.magnitude, t.magnitude)::DECIMAL(18, 6)'),
      )
    }
    expect(agreedOn.get('claims')).toBeGreaterThan(1000)
  })

  it('recordings and works: C-LNK-01, -02, -03, C-ID-01, -02, -03', async () => {
    for (const known of catalogue().days) {
      await standAt(catalogue(), known)
      await catalogue().db.run(`
        CREATE OR REPLACE TABLE codes AS SELECT feed, recording_id, title, duration_ms, isrc AS given, unnest(string_split(isrc, '|')) AS code FROM recordings;
        CREATE OR REPLACE TABLE named AS SELECT feed, work_id, coalesce(split_part(iswc, '|', 1), feed || ' ' || work_id) AS work FROM works;
        CREATE OR REPLACE TABLE readings AS SELECT c.code, l.feed, l.recording_id, list_sort(list(n.work)) AS works, count(*) AS n,
            count(l.weight) AS weights, sum(l.weight::DECIMAL(9, 6)) AS total
          FROM links AS l JOIN named AS n USING (feed, work_id) JOIN codes AS c ON c.feed = l.feed AND c.recording_id = l.recording_id
          GROUP BY ALL`)
      const linked = `SELECT code FROM readings`
      await compare(
        'C-LNK-01',
        told('C-LNK-01', `split_part(isrc, '|', 1)`, known),
        `SELECT split_part(isrc, '|', 1) FROM recordings WHERE feed = 'service/rights'
           AND NOT EXISTS (FROM codes AS c WHERE c.feed = 'service/rights' AND c.recording_id = recordings.recording_id AND c.code IN (${linked}))`,
      )
      await compare(
        'C-LNK-02',
        told('C-LNK-02', 'isrc', known),
        `SELECT code FROM readings GROUP BY code HAVING count(DISTINCT works) > 1`,
      )
      await compare(
        'C-LNK-03',
        told('C-LNK-03', 'isrc', known),
        `SELECT DISTINCT code FROM readings WHERE n > 1 AND (weights < n OR abs(total - 1) > 0.001)`,
      )
      await compare(
        'C-ID-01',
        told('C-ID-01', 'isrc', known),
        `SELECT DISTINCT a.code FROM codes AS a JOIN codes AS b USING (feed, code) WHERE a.recording_id < b.recording_id
           AND (abs(a.duration_ms - b.duration_ms) > 5000 OR lower(a.title) <> lower(b.title))`,
      )
      await compare(
        'C-ID-02',
        told('C-ID-02', 'isrc', known),
        `SELECT DISTINCT isrc FROM recordings WHERE contains(isrc, '|')`,
      )
      await compare(
        'C-ID-03',
        told('C-ID-03', "split_part(iswc, '|', 1)", known),
        `SELECT split_part(iswc, '|', 1) FROM works WHERE contains(iswc, '|')
         UNION SELECT iswc FROM works WHERE iswc IS NOT NULL GROUP BY feed, iswc HAVING count(*) > 1
         UNION SELECT min(iswc) FROM (
           SELECT upper(w.title) AS title, w.iswc, list_sort(list(p.ipi_name_number)) AS writers FROM works AS w JOIN shares AS s USING (feed, work_id)
             JOIN parties AS p ON p.feed = s.feed AND p.party_id = s.party_id
           WHERE s.share_kind = 'manuscript' AND w.iswc IS NOT NULL AND p.ipi_name_number IS NOT NULL GROUP BY w.feed, w.work_id, w.title, w.iswc)
           GROUP BY title, writers HAVING count(DISTINCT iswc) > 1`,
      )
    }
    for (const conflict of ['C-LNK-01', 'C-ID-01', 'C-ID-02', 'C-ID-03', 'C-LNK-03'])
      expect(agreedOn.get(conflict), conflict).toBeGreaterThan(0)
  })

  it('dates: C-DAT-03, -05, and -04 for all that is stated anew', async () => {
    for (const known of catalogue().days) {
      await standAt(catalogue(), known)
      const own = `concat_ws(' ', feed, local_id, valid_from)`
      await compare(
        'C-DAT-03',
        told('C-DAT-03', own, known),
        `SELECT concat_ws(' ', feed, work_id, valid_from) FROM shares WHERE valid_to <= valid_from OR valid_from > '${Number(known.slice(0, 4)) + 3}'`,
      )
      await compare(
        'C-DAT-05',
        told('C-DAT-05', own, known),
        `SELECT concat_ws(' ', feed, work_id, valid_from) FROM shares WHERE valid_from IS NULL OR length(valid_from) < 10`,
      )
    }
    const standing = new Map<string, string>()
    for (const delivery of catalogue().settings.deliveries) {
      const before = standing.get(delivery.feed)
      if (before !== undefined && before.localeCompare(delivery.published) > 0) continue
      standing.set(delivery.feed, delivery.published)
      const last = catalogue().settings.deliveries.find(
        ({ feed, published }) => feed === delivery.feed && published === before,
      )
      if (last === undefined) continue
      for (const [relation, id] of [
        ['shares', 'work_id'],
        ['licences', 'licence_id'],
      ] as const) {
        const [now, then] = [catalogue().fileOf(delivery, relation), catalogue().fileOf(last, relation)]
        if (now === null || then === null) continue
        await compare(
          'C-DAT-04',
          `SELECT concat_ws(' ', local_id, valid_from, territories) FROM ${catalogue().truth('anomalies.parquet')}
             WHERE conflict = 'C-DAT-04' AND feed = '${delivery.feed}' AND known_from = '${delivery.received}'
               AND subject_kind = '${relation === 'shares' ? 'work' : 'licence'}'`,
          `SELECT concat_ws(' ', ${id}, valid_from, territories) FROM (FROM '${now}' EXCEPT FROM '${then}')
             WHERE TRY_CAST(valid_from AS DATE) < DATE '${delivery.received}' - 30`,
        )
      }
    }
    expect(agreedOn.get('C-DAT-04')).toBeGreaterThan(0)
  })

  it('licences: C-LIC-02 and C-LIC-07', async () => {
    for (const known of catalogue().days) {
      await standAt(catalogue(), known)
      await compare(
        'C-LIC-02',
        told('C-LIC-02', `concat_ws(' ', feed, local_id)`, known),
        `SELECT concat_ws(' ', feed, licence_id) FROM licences WHERE coalesce(repertoire, 'unproven') = 'unproven' AND coverage <> 'whole-right'`,
      )
      await compare(
        'C-LIC-07',
        told('C-LIC-07', 'isrc', known),
        `SELECT DISTINCT c.isrc FROM (SELECT feed, licensor_party_id, unnest(string_split(repertoire, '|')) AS recording_id FROM licences WHERE "right" = 'master') AS l
           JOIN recordings AS c USING (feed, recording_id) GROUP BY c.isrc HAVING count(DISTINCT l.licensor_party_id) > 1`,
      )
    }
  })

  it('C-TER-01, C-SHR-06: what stands in one', async () => {
    await standAt(catalogue(), '2021-07-10')
    const controllers = await apart(
      catalogue(),
      told('C-TER-01', 'local_id', '2021-07-10'),
      `SELECT a.work_id FROM shares AS a JOIN shares AS b USING (feed, work_id, chain, share_kind, "right")
       WHERE a.party_id < b.party_id AND a.role = 'sub-publisher' AND b.role = 'sub-publisher'
         AND coalesce(a.valid_to, '9') > coalesce(b.valid_from, '0') AND coalesce(b.valid_to, '9') > coalesce(a.valid_from, '0')
         AND list_has_any(string_split(a.territories, '|'), string_split(b.territories, '|'))`,
    )
    expect(controllers.lines).toEqual([])
    expect(controllers.agreed).toBeGreaterThan(0)
    const sumOf = (kind: string): string =>
      `(SELECT feed, work_id, chain, sum(share::DECIMAL(9, 6)) AS total FROM shares WHERE share_kind = '${kind}' AND TRY_CAST(share AS DOUBLE) IS NOT NULL GROUP BY ALL)`
    const splits = await apart(
      catalogue(),
      told('C-SHR-06', 'local_id', '2021-07-10'),
      `SELECT work_id FROM ${sumOf('manuscript')} AS m JOIN ${sumOf('ownership')} AS o USING (feed, work_id, chain) WHERE abs(m.total - o.total) > 0.06`,
    )
    expect(splits.lines).toEqual([])
    expect(splits.agreed).toBeGreaterThan(0)
  })

  it('C-LNK-04: all writers of one of two works are writers of the other', async () => {
    await standAt(catalogue(), '2021-07-10')
    const writers = `SELECT feed, work_id, list_sort(list(party_id)) AS writers FROM shares WHERE share_kind = 'manuscript' GROUP BY ALL`
    const { lines, agreed } = await apart(
      catalogue(),
      told('C-LNK-04', 'isrc', '2021-07-10'),
      `SELECT r.isrc FROM links AS l JOIN links AS k USING (feed, recording_id) JOIN (${writers}) AS a ON a.feed = l.feed AND a.work_id = l.work_id
         JOIN (${writers}) AS b ON b.feed = k.feed AND b.work_id = k.work_id JOIN recordings AS r ON r.feed = l.feed AND r.recording_id = l.recording_id
       WHERE l.work_id <> k.work_id AND list_has_all(a.writers, b.writers)`,
    )
    // By chance a medley of the background may have one, which is not told of.
    expect(lines.filter((line) => line.startsWith('only told'))).toEqual([])
    expect(agreed).toBeGreaterThan(0)
  })

  it('C-PTY-04, C-SNP-07: the same with another group, and under another id', async () => {
    const agreed = { group: 0, id: 0 }
    const ofFeed = (feed: string) => catalogue().settings.deliveries.filter((one) => one.feed === feed)
    const pairs = (feed: string) =>
      ofFeed(feed).flatMap((now, index, all) => (index === 0 ? [] : [[all[index - 1], now] as const]))
    for (const [before, now] of pairs('society/works')) {
      if (before === undefined) throw new Error('no delivery before')
      const grouped = (delivery: typeof now): string =>
        `(SELECT s.work_id, s.chain, s.share, p.group_id FROM '${catalogue().fileOf(delivery, 'shares')}' AS s JOIN '${catalogue().fileOf(delivery, 'parties')}' AS p USING (party_id) WHERE p.group_id IS NOT NULL)`
      const found = await apart(
        catalogue(),
        `${told('C-PTY-04', 'local_id', now.received)} AND known_from = '${now.received}'`,
        `SELECT work_id FROM ${grouped(before)} AS b JOIN ${grouped(now)} AS n USING (work_id, chain, share) WHERE b.group_id <> n.group_id`,
      )
      expect(found.lines, now.folder).toEqual([])
      agreed.group += found.agreed
    }
    for (const [before, now] of pairs('service/rights')) {
      if (before === undefined) throw new Error('no delivery before')
      const [then, later] = [before, now].map((delivery) => `'${catalogue().fileOf(delivery, 'licences')}'`)
      const found = await apart(
        catalogue(),
        `${told('C-SNP-07', 'local_id', now.received)} AND known_from = '${now.received}'`,
        `SELECT n.licence_id FROM (FROM ${later} EXCEPT FROM ${then}) AS n JOIN (FROM ${then} EXCEPT FROM ${later}) AS b
           USING ("right", coverage, licensor_party_id, territories, valid_from, repertoire, uses)
         WHERE n.licence_id <> b.licence_id AND n.valid_to IS NOT DISTINCT FROM b.valid_to AND n.signed_at IS NOT DISTINCT FROM b.signed_at`,
      )
      expect(found.lines, now.folder).toEqual([])
      agreed.id += found.agreed
    }
    expect(Math.min(agreed.group, agreed.id)).toBeGreaterThan(0)
  })
}

/** Tests of a catalogue of many deliveries. */
export function tellsVanishedClaims(catalogue: () => Catalogue): void {
  let rounds: { received: string; file: string }[] = []
  beforeAll(() => {
    rounds = catalogue()
      .settings.deliveries.filter(({ feed }) => feed === 'society/works')
      .map((delivery) => ({ received: delivery.received, file: catalogue().fileOf(delivery, 'shares') ?? '' }))
  })

  it('C-SNP-01 and C-SNP-02: claims that one delivery has and the next one has not', async () => {
    let vanished = 0
    for (const [index, { received, file }] of rounds.slice(1).entries()) {
      const before = rounds[index]?.file
      const key = 'work_id, party_id, role, chain, share_kind, "right", territories, valid_from'
      // The same part of the work, claimed by another party from now on, is a replacement.
      const gone = `SELECT work_id, share, chain FROM read_parquet('${before}') AS b
        WHERE NOT EXISTS (FROM read_parquet('${file}') AS n WHERE (${key
          .split(', ')
          .map((name) => `n.${name} IS NOT DISTINCT FROM b.${name}`)
          .join(' AND ')}))`
      const replaced = `SELECT g.work_id FROM (${gone}) AS g JOIN read_parquet('${file}') AS n USING (work_id, chain, share)`
      for (const [conflict, condition] of [
        ['C-SNP-01', 'NOT IN'],
        ['C-SNP-02', 'IN'],
      ] as const) {
        const { lines, agreed } = await apart(
          catalogue(),
          `SELECT local_id FROM ${catalogue().truth('anomalies.parquet')} WHERE conflict = '${conflict}' AND feed = 'society/works' AND known_from = '${received}'`,
          `SELECT work_id FROM (${gone}) WHERE work_id ${condition} (${replaced})`,
        )
        expect(lines, `${conflict} ${received}`).toEqual([])
        vanished += agreed
      }
    }
    expect(vanished).toBeGreaterThan(5)
  })

  it('half of those that vanish with time to return do so one delivery later', async () => {
    const counts = await catalogue().one<{ returned: number; stayed: number }>(
      `SELECT count(*) FILTER (known_to IS NOT NULL) AS returned, count(*) FILTER (known_to IS NULL) AS stayed
       FROM ${catalogue().truth('anomalies.parquet')} WHERE conflict = 'C-SNP-01' AND story LIKE 'claim-vanishes%'`,
    )
    expect(counts.returned).toBe(counts.stayed)
  })
}
