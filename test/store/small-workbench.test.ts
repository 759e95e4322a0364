/** The small workbench says what DuckDB says: to each thing that is written in another way, and to what is not there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import plainTexts from '../../src/conflicts/frame/plain_texts.sql'
import { inUnits } from '../../src/licensing/facts/load.js'
import { DEGREE_STEPS, IDENTITY_STEPS } from '../../src/licensing/pipeline.js'
import type { Row } from '../../src/store/duckdb.js'
import { inSqlite } from '../../src/store/small-dialect.js'
import { isReadAlike } from '../../src/store/small-texts.js'
import { SmallWorkbench } from '../../src/store/small-workbench.js'
import { TestEvidence } from '../support/evidence.js'
import fc from '../support/property.js'

const COLUMNS = ['feed', 'id', 'key', 'amount', 'other', 'known_from', 'codes']

/** Rows as the relations meet them: texts that sort by bytes, numbers beyond 32 bits, NULL anywhere. */
const ROWS = fc.array(
  fc.record({
    feed: fc.constantFrom('a/x', 'B/x', 'ä/x'),
    id: fc.constantFrom('1', '10', '2', 'é', 'Z'),
    key: fc.constantFrom('isrc A', 'isrc B', 'ISRC A', 'local é'),
    amount: fc.option(fc.integer({ min: -100_000_000, max: 100_000_000_000 })),
    other: fc.option(fc.integer({ min: 1, max: 4_000_000_000 })),
    known_from: fc.constantFrom('2019-07-10T00:00:00', '2019-07-10T00:00:00.25', '2020-02-01T09:30:00'),
    codes: fc.option(fc.constantFrom('A', 'A|B', 'B|C|D')),
  }),
  { maxLength: 12 },
)

/** What the two write in different ways, each in a statement of its own. */
const STATEMENTS: Readonly<Record<string, string>> = {
  'the greater of two, one of which may be NULL': `SELECT feed, id, greatest(amount, other) AS most,
      least(amount, other) AS "least", greatest(amount - 5, 0) AS room FROM facts ORDER BY ALL`,
  'division of whole numbers': `SELECT id, CAST((2 * other::HUGEINT + 7) // (2 * other) AS BIGINT) AS parts FROM facts ORDER BY ALL`,
  'conditions over groups': `SELECT feed, bool_or(amount > 50) AS is_any, bool_and(amount > 50) AS is_each,
      bool_or(amount > 50) OVER () AS has_window FROM facts GROUP BY feed, amount ORDER BY ALL`,
  'texts by bytes, NULL last': `SELECT codes, key, feed, id, amount FROM facts ORDER BY ALL`,
  'prefixes, in that case': `SELECT DISTINCT key FROM facts WHERE key LIKE 'isrc %' ORDER BY ALL`,
  'constants with names': `SELECT v.variant, f.id FROM facts AS f
      JOIN (VALUES ('first', 1), ('last', 2)) AS v(variant, place) ON v.place <= 1 OR f.amount IS NULL ORDER BY ALL`,
  'pairs in a query': `SELECT feed, id FROM facts
      WHERE (feed, id) IN (SELECT (feed, id) FROM facts GROUP BY feed, id HAVING count(*) > 1) ORDER BY ALL`,
  'texts in several pieces': `SELECT feed, id, 'isrc ' || unnest(string_split(codes, '|')) AS "key" FROM facts
      WHERE codes IS NOT NULL ORDER BY ALL`,
  'instants with a fraction': `SELECT id, known_from < TIMESTAMP '2019-07-10T00:00:00.1' AS is_before FROM facts ORDER BY ALL`,
  'texts put together in order': `SELECT feed, string_agg(id || ' ' || other, ';' ORDER BY id, other) AS said
      FROM facts GROUP BY feed ORDER BY ALL`,
  'lists, made, sorted, joined and taken apart': `SELECT feed, to_json(list_sort(list(DISTINCT id)))::VARCHAR AS ids,
      to_json(list_sort(list_distinct(flatten(list([id, codes])))))::VARCHAR AS flat, len(list(codes)) AS codes,
      array_to_string(list_sort(list(DISTINCT codes)), '/') AS said, list_contains(list(id), 'é') AS is_there,
      list_has_any(list(id), ['10', 'Z']) AS has_any, list_has_all(list(id), ['10', 'Z']) AS has_all,
      to_json(list_slice(list_sort(list(id)), 1, 2))::VARCHAR AS first_two FROM facts GROUP BY feed ORDER BY ALL`,
  'a list laid out in rows, and one of its items': `SELECT DISTINCT f.id, p.part, p.both[2] AS second FROM facts AS f
      JOIN (SELECT feed, unnest([feed, id]) AS part, [id, feed] AS both FROM facts) AS p ON p.feed = f.feed ORDER BY ALL`,
  'lists changed item by item': `SELECT id, to_json(list_transform(string_split(lower(codes), '|'), u -> trim(u)))::VARCHAR AS lower_codes,
      to_json(list_filter([id, codes], ref -> ref IS NOT NULL))::VARCHAR AS present FROM facts ORDER BY ALL`,
  bits: `SELECT feed, CAST(bit_or(b.bits) AS VARCHAR) AS some, CAST(bit_and(b.bits) AS VARCHAR) AS every, sum(bit_count(b.bits & ~b.others)) AS apart,
      sum(get_bit(b.bits & b.others, 2)) AS together
      FROM (SELECT feed, set_bit(bitstring('0', 8), CAST(length(id) AS INTEGER), 1) AS bits,
        set_bit(set_bit(bitstring('0', 8), 2, 1), CAST(length(feed) AS INTEGER), 1) AS others FROM facts) AS b GROUP BY feed ORDER BY ALL`,
  days: `SELECT DISTINCT CAST(known_from AS DATE) - 30 AS earlier, CAST(max(DATE '2020-02-28') + INTERVAL 1 DAY AS DATE) AS later,
      CAST(known_from AS DATE) + INTERVAL 2 YEAR > DATE '2021-08-01' AS is_later, date_diff('day', DATE '2019-02-01', CAST(known_from AS DATE)) AS days
      FROM facts GROUP BY known_from ORDER BY ALL`,
  'the value that goes with the greatest': `SELECT feed, arg_max(id, other * 1000 + length(id)) AS most, arg_min(codes, known_from) IS NULL AS is_none,
      first(id ORDER BY id DESC) AS last_id FROM facts WHERE other IS NOT NULL GROUP BY feed HAVING count(DISTINCT other) = count(*) ORDER BY ALL`,
  'distinct pairs and parts of sums': `SELECT feed, count(DISTINCT (id, key)) AS pairs, coalesce(sum(amount) FILTER (id = '1'), 0)::BIGINT AS ones
      FROM facts GROUP BY feed ORDER BY ALL`,
  'what is connected': IDENTITY_STEPS.find(([name]) => name === 'work_identities')?.[1].concat('\nORDER BY ALL') ?? '',
}

describe('the small workbench', () => {
  let large: TestEvidence
  let small: SmallWorkbench

  beforeAll(async () => {
    large = await TestEvidence.create()
    small = await SmallWorkbench.open()
  })
  afterAll(() => large.close())

  async function fill(rows: readonly Row[]): Promise<void> {
    small.fill('facts', COLUMNS, rows as Readonly<Record<string, string | number | null>>[])
    small.fill('work_keys', ['feed', 'id', 'key'], rows as Readonly<Record<string, string>>[])
    const shape =
      '[{"feed":"VARCHAR","id":"VARCHAR","key":"VARCHAR","amount":"BIGINT","other":"BIGINT","known_from":"TIMESTAMP","codes":"VARCHAR"}]'
    await large.db.run(
      `CREATE OR REPLACE TEMP TABLE facts AS
         SELECT r.* FROM (SELECT unnest(json_transform(CAST($rows AS JSON), '${shape}')) AS r)`,
      { rows: JSON.stringify(rows) },
    )
    await large.db.run('CREATE OR REPLACE TEMP TABLE work_keys AS SELECT feed, id, key FROM facts')
  }

  it.each(Object.entries(STATEMENTS))('says of %s what DuckDB says', async (_, sql) => {
    await fc.assert(
      fc.asyncProperty(ROWS, async (rows) => {
        await fill(rows)
        expect(await small.rows(sql)).toEqual(await large.db.rows(sql))
      }),
      { numRuns: 25 },
    )
  })

  it('has no words of DuckDB left in the relations of a degree', () => {
    for (const [name, sql] of [...IDENTITY_STEPS, ...DEGREE_STEPS]) {
      expect(inSqlite(sql), name).not.toMatch(/::|\bunnest\b|USING KEY|recurring|EXCLUDE|QUALIFY|\/\/|% |TIMESTAMP|--/)
    }
  })

  it('reads titles and names as DuckDB does', async () => {
    const texts = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.constantFrom('ÉTÉ (Live)', 'Straße', 'İstanbul', 'ΣΊΣΥΦΟΣ', 'Mötley [feat. X]', 'Zoë  &  Co.', '한국', '́a'),
      ),
      { minLength: 2, maxLength: 6 },
    )
    const plain = plainTexts.replace(/FROM \([\s\S]*$/, 'FROM texts')
    const alike = `SELECT a.given, b.given AS other, CAST(round(jaro_winkler_similarity(a.given, b.given) * 1000000) AS BIGINT) AS alike,
      contains(a.given, b.given) AS is_part, split_part(a.given, ' ', 2) AS second FROM texts AS a CROSS JOIN texts AS b ORDER BY ALL`
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const rows = given
          .filter((text) => text !== '' && !text.includes('\0') && isReadAlike(text))
          .map((text) => ({ given: text }))
        small.fill('texts', ['given'], rows)
        await large.db.run(
          `CREATE OR REPLACE TEMP TABLE texts AS SELECT r.given FROM (SELECT unnest(json_transform(CAST($rows AS JSON), '[{"given":"VARCHAR"}]')) AS r)`,
          { rows: JSON.stringify(rows) },
        )
        for (const sql of [`${plain} ORDER BY ALL`, alike])
          expect(await small.rows(sql)).toEqual(await large.db.rows(sql))
      }),
      { numRuns: 100 },
    )
  })

  it('tells the letters that DuckDB does not know', async () => {
    const texts = ['é 한 𠮷 ٣', '\u{2ebf0}', 'a\u{1c89}b', '\u{31350}']
    expect(texts.map(isReadAlike)).toEqual([true, false, false, true])
    const known = await large.db.rows(
      `SELECT regexp_matches(unnest(['\u{2ebf0}', '\u{1c89}', '\u{31350}']), '[\\p{L}\\p{N}]') AS is_known`,
    )
    expect(known.map(({ is_known }) => is_known)).toEqual([false, false, true])
  })

  it('reads a decimal as a whole number of its last place', () => {
    expect([inUnits('33.3333', 6), inUnits('-0.5', 6), inUnits('100', 6), inUnits('0.000000001', 9)]).toEqual([
      33_333_300n,
      -500_000n,
      100_000_000n,
      1n,
    ])
  })
})
