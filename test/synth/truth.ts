/** The truth speaks of what is there: subjects, parties, feeds, days, questions. */
import { expect, it } from 'vitest'
import type { Catalogue } from './kit.js'

const RELATION: Readonly<Record<string, readonly [relation: string, id: string]>> = {
  work: ['works', 'work_id'],
  recording: ['recordings', 'recording_id'],
  party: ['parties', 'party_id'],
  licence: ['licences', 'licence_id'],
}

/** All of the taxonomy (domain.md 2), each of which the generator can plant. */
const PLANTED = [
  ...['C-SHR-01', 'C-SHR-02', 'C-SHR-03', 'C-SHR-04', 'C-SHR-05', 'C-SHR-06', 'C-SHR-07', 'C-SHR-08', 'C-SHR-09'],
  ...['C-TER-01', 'C-TER-02', 'C-TER-03', 'C-TER-04', 'C-DAT-01', 'C-DAT-02', 'C-DAT-03', 'C-DAT-04', 'C-DAT-05'],
  ...['C-ID-01', 'C-ID-02', 'C-ID-03', 'C-ID-04', 'C-LNK-01', 'C-LNK-02', 'C-LNK-03', 'C-LNK-04', 'C-LNK-05'],
  ...['C-PTY-01', 'C-PTY-02', 'C-PTY-03', 'C-PTY-04'],
  ...['C-LIC-01', 'C-LIC-02', 'C-LIC-03', 'C-LIC-04', 'C-LIC-05', 'C-LIC-06', 'C-LIC-07'],
  ...['C-SNP-01', 'C-SNP-02', 'C-SNP-03', 'C-SNP-04', 'C-SNP-05', 'C-SNP-06', 'C-SNP-07', 'C-SNP-08'],
]

/** Tests of a catalogue of 5,000 tracks and six providers at least: every conflict is planted in it. */
export function tellsOfWhatIsThere(catalogue: () => Catalogue): void {
  const anomalies = (): string => catalogue().truth('anomalies.parquet')

  it('tells of every conflict that can be planted', async () => {
    const rows = await catalogue().rows<{ conflict: string }>(
      `SELECT DISTINCT conflict FROM ${anomalies()} ORDER BY conflict`,
    )
    expect(rows.map(({ conflict }) => conflict)).toEqual([...PLANTED].sort())
  })

  it('names subjects by ids that their feed states in all deliveries of the time', async () => {
    let checked = 0
    for (const [kind, [relation, id]] of Object.entries(RELATION)) {
      for (const known of catalogue().days) {
        const there = catalogue().rowsOf(relation, catalogue().standing(known))
        const told = `SELECT DISTINCT feed, local_id FROM ${anomalies()} WHERE subject_kind = '${kind}' AND known_from <= '${known}' AND (known_to IS NULL OR known_to > '${known}')`
        const [row] = await catalogue().rows<{ told: number; missing: string[] }>(
          `SELECT count(*) AS told, coalesce(list(t.feed || ' ' || t.local_id) FILTER (r.feed IS NULL), []) AS missing FROM (${told}) AS t
           LEFT JOIN (SELECT DISTINCT feed, "${id}" AS id FROM (${there})) AS r ON r.feed = t.feed AND r.id = t.local_id`,
        )
        expect(row?.missing, `${kind} ${known}`).toEqual([])
        checked += Number(row?.told)
      }
    }
    expect(checked).toBeGreaterThan(3000)
  })

  it('names the codes that stand beside these ids', async () => {
    for (const [kind, relation, id, code] of [
      ['work', 'works', 'work_id', 'iswc'],
      ['recording', 'recordings', 'recording_id', 'isrc'],
      ['party', 'parties', 'party_id', 'ipi_name_number'],
    ] as const) {
      const told = kind === 'party' ? 'ipi' : code
      const there = catalogue().rowsOf(relation, catalogue().standing('2022-12-31'))
      // A player's writers have no number there; the truth names the one that they have elsewhere.
      const rows = await catalogue().rows(
        `SELECT t.conflict, t.local_id, t."${told}", r."${code}" FROM ${anomalies()} AS t JOIN (${there}) AS r ON r.feed = t.feed AND r."${id}" = t.local_id
         WHERE t.subject_kind = '${kind}' AND t.feed <> 'dsp/catalogue' AND t.conflict <> 'C-ID-04'
           AND NOT list_has_any(string_split(t."${told}", '|'), string_split(r."${code}", '|')) LIMIT 5`,
      )
      expect(rows, kind).toEqual([])
    }
  })

  it('has intervals of knowledge that begin and end on days of receipt, and deliveries that are there', async () => {
    const days = catalogue()
      .days.map((day) => `'${day}'`)
      .join(', ')
    const strange = await catalogue().rows(
      `SELECT * FROM ${anomalies()} WHERE known_from NOT IN (${days}) OR (known_to IS NOT NULL AND known_to NOT IN (${days})) OR known_to <= known_from LIMIT 5`,
    )
    expect(strange).toEqual([])
    const folders = await catalogue().rows<{ local_id: string }>(
      `SELECT local_id FROM ${anomalies()} WHERE subject_kind = 'delivery'`,
    )
    const there = catalogue().settings.deliveries.map(({ folder }) => folder)
    for (const { local_id } of folders) expect(there).toContain(`feeds/${local_id}`)
  })

  it('plants at most one story in a work', async () => {
    const rows = await catalogue().rows(
      `SELECT iswc, count(DISTINCT coalesce(story, 'background')) AS n FROM ${anomalies()} WHERE subject_kind = 'work' AND iswc IS NOT NULL
       GROUP BY iswc HAVING n > 1`,
    )
    expect(rows).toEqual([])
  })

  it('asks a thousand questions about recordings that the service has', async () => {
    const service = catalogue().rowsOf(
      'recordings',
      catalogue()
        .standing('2022-12-31')
        .filter(({ feed }) => feed === 'service/rights'),
    )
    const [row] = await catalogue().rows<Record<'n' | 'numbers' | 'there' | 'stories' | 'hits', number>>(
      `SELECT count(*) AS n, count(DISTINCT question) AS numbers, count(*) FILTER (about NOT IN ('hit', 'tail')) AS stories, count(*) FILTER (about = 'hit') AS hits,
         count(*) FILTER (isrc IN (SELECT unnest(string_split(isrc, '|')) FROM (${service}))) AS there FROM ${catalogue().truth('cells.parquet')}`,
    )
    expect({ ...row }).toEqual({ n: 1000, numbers: 1000, there: 1000, stories: 375, hits: 250 })
    const [columns] = await catalogue().rows<{ names: string[] }>(
      `SELECT list(column_name) AS names FROM (DESCRIBE SELECT * FROM ${catalogue().truth('cells.parquet')})`,
    )
    expect(columns?.names).toEqual(['question', 'isrc', 'territory', 'day', 'known', 'right', 'about'])
  })

  it('states expected parts that add up', async () => {
    const rows = await catalogue().rows(
      `SELECT parameter, stratum, sum(expected) AS total FROM ${catalogue().truth('distributions.parquet')}
       WHERE parameter IN ('writers-per-work', 'publishers-per-work', 'split-pattern', 'providers-naming-a-work', 'claims-of-a-work', 'isrcs-per-recording', 'territories-of-a-claim')
         AND bucket <> 'mean' GROUP BY ALL HAVING abs(total - 1) > 0.0001`,
    )
    expect(rows).toEqual([])
  })
}
