import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CancelledError, StoreError } from '../../src/errors.js'
import { type Evidence, type EvidenceOptions, openEvidence } from '../../src/store/duckdb.js'
import fc from '../support/property.js'
import { startChild, temporaryFolder } from '../support/workspaces.js'

async function open(folder: string, options: Partial<EvidenceOptions> = {}): Promise<Evidence> {
  const evidence = await openEvidence(join(folder, 'evidence.duckdb'), {
    mode: 'write',
    tempDirectory: join(folder, 'tmp', 'spill'),
    allowedDirectories: [],
    threads: 2,
    ...options,
  })
  onTestFinished(() => evidence.close())
  return evidence
}

const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (reason: unknown) => reason,
  )

describe('values', () => {
  it('come back without loss', async () => {
    const evidence = await open(temporaryFolder())
    const [row] = await evidence.rows(`SELECT
      42::BIGINT AS safe, 9007199254740992::BIGINT AS beyond, -9007199254740991::BIGINT AS least,
      170141183460469231731687303715884105727::HUGEINT AS huge, sum(7) AS total, count(*) AS n,
      1.1::DECIMAL(9,6) AS share, DATE '2019-06-01' AS day, 'infinity'::DATE AS forever,
      TIMESTAMP '2019-06-01 12:00:00.123456' AS at, 'infinity'::TIMESTAMP AS never, NULL AS nothing,
      [1::BIGINT, NULL] AS list, {'share': 0.1::DECIMAL(9,6), 'on': DATE '2020-02-29'} AS struct, true AS yes,
      0.5::DOUBLE AS half, 'a"\\b' AS text`)
    expect(row).toEqual({
      safe: 42,
      beyond: '9007199254740992',
      least: -9007199254740991,
      huge: '170141183460469231731687303715884105727',
      total: 7,
      n: 1,
      share: '1.100000',
      day: '2019-06-01',
      forever: 'infinity',
      at: '2019-06-01T12:00:00.123456',
      never: 'infinity',
      nothing: null,
      list: [1, null],
      struct: { share: '0.100000', on: '2020-02-29' },
      yes: true,
      half: 0.5,
      text: 'a"\\b',
    })
  })

  it('are instants in UTC wherever the process runs', { timeout: 60_000 }, async () => {
    for (const zone of ['America/New_York', 'Pacific/Auckland']) {
      const child = startChild('instant', temporaryFolder(), { TZ: zone })
      expect(JSON.parse(await child.line())).toEqual({
        instant: '2024-01-09T08:00:00.25Z',
        zoneless: '2024-01-09T10:00:00',
        day: '2024-01-09',
      })
    }
  })

  it('go in as they are, never as SQL', async () => {
    const evidence = await open(temporaryFolder())
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.maxSafeInteger(),
        fc.bigInt({ min: -(2n ** 100n), max: 2n ** 100n }),
        fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }),
        async (text, whole, big, list) => {
          const [row] = await evidence.rows(
            'SELECT $text AS text, $whole AS whole, $big::VARCHAR AS big, $list AS list, $none AS none, $yes AS yes',
            { text, whole, big, list, none: null, yes: true },
          )
          expect(row).toEqual({ text, whole, big: String(big), list, none: null, yes: true })
        },
      ),
      { numRuns: 60 },
    )
  })

  it('keep the type that lets a BIGINT column be searched', async () => {
    const evidence = await open(temporaryFolder())
    const sql = 'SELECT typeof($small) AS small, typeof($large) AS large, typeof($huge) AS huge'
    expect(await evidence.rows(sql, { small: 5n, large: 2n ** 63n - 1n, huge: 2n ** 63n })).toEqual([
      { small: 'BIGINT', large: 'BIGINT', huge: 'HUGEINT' },
    ])
  })

  it('refuse numbers that are not exact', async () => {
    const evidence = await open(temporaryFolder())
    for (const number of [Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      await expect(evidence.rows('SELECT $n AS n', { n: number })).rejects.toMatchObject({ code: 'inexact-parameter' })
    }
  })

  it('tell how many rows a statement changed', async () => {
    const evidence = await open(temporaryFolder())
    await evidence.run('CREATE TABLE t (a INTEGER)')
    expect(await evidence.run('INSERT INTO t SELECT range FROM range(7)')).toBe(7)
    expect(await evidence.run('UPDATE t SET a = 0 WHERE a > $limit', { limit: 4 })).toBe(2)
  })
})

describe('streams', () => {
  it('keep all their rows while other statements and streams run', async () => {
    const evidence = await open(temporaryFolder())
    await evidence.run('CREATE TABLE t AS SELECT range AS a FROM range(20000)')
    let seen = 0
    let others = 0
    for await (const { a } of evidence.stream('SELECT a FROM t WHERE a >= $from ORDER BY a', { from: 10 })) {
      expect(a).toBe(seen + 10)
      seen += 1
      if (seen % 5000 === 0) {
        await evidence.run('SELECT 1')
        for await (const row of evidence.stream('SELECT a FROM t WHERE a < 3')) others += Number(row.a)
      }
    }
    expect(seen).toBe(19_990)
    expect(others).toBe(3 * (0 + 1 + 2))
  })

  it('can be left early, and read again', async () => {
    const evidence = await open(temporaryFolder())
    const first: unknown[] = []
    for await (const { a } of evidence.stream('SELECT range AS a FROM range(1000000)')) {
      first.push(a)
      if (first.length === 2) break
    }
    expect(first).toEqual([0, 1])
    expect(await evidence.rows('SELECT 1 AS a')).toEqual([{ a: 1 }])
  })

  it('fail with the error of their statement', async () => {
    const evidence = await open(temporaryFolder())
    const stream = evidence.stream("SELECT CASE WHEN range = 5000 THEN error('row 5000') END AS a FROM range(10000)")
    const error = await reasonOf(
      (async () => {
        for await (const _ of stream);
      })(),
    )
    expect(String(error)).toContain('row 5000')
  })
})

describe('rows aside', () => {
  async function published(): Promise<Evidence> {
    const folder = temporaryFolder()
    const evidence = await open(folder)
    await evidence.run('CREATE TABLE t AS SELECT range AS a FROM range(5000)')
    await evidence.close()
    return open(folder, { mode: 'read' })
  }

  it('are the same as rows, several queries at once, with and without values', async () => {
    const evidence = await published()
    const sql = 'SELECT a FROM t WHERE a % 1000 = $rest ORDER BY a'
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((rest) => evidence.rowsAside(sql, { rest })))
    expect(answers).toEqual([1, 2, 3, 4, 5, 6].map((rest) => [0, 1, 2, 3, 4].map((k) => ({ a: 1000 * k + rest }))))
    expect(await evidence.rowsAside('SELECT count(*) AS n, max(a) AS most FROM t')).toEqual([{ n: 5000, most: 4999 }])
    expect((await evidence.rowsAside('SELECT a FROM t ORDER BY a')).length).toBe(5000)
  })

  it('keep to the limits and the time zone, and see no temporary table', async () => {
    const evidence = await published()
    await evidence.run('CREATE TEMP TABLE own AS SELECT 1 AS a')
    expect(String(await reasonOf(evidence.rowsAside('SELECT a FROM own')))).toContain('own does not exist')
    expect(await evidence.rowsAside("SELECT current_setting('TimeZone') AS zone")).toEqual([{ zone: 'UTC' }])
    expect(String(await reasonOf(evidence.rowsAside("SELECT * FROM read_csv('/etc/passwd')")))).toContain('Permission')
  })

  it('see everything, one after the other, while the evidence is written', async () => {
    const evidence = await open(temporaryFolder())
    await evidence.run('CREATE TEMP TABLE own AS SELECT 1 AS a')
    expect(await evidence.rowsAside('SELECT a FROM own')).toEqual([{ a: 1 }])
  })

  it('end when they are interrupted, and when the evidence is closed', async () => {
    const evidence = await published()
    const endless = 'SELECT count(*) AS n FROM range(100000000) a, range(100000000) b WHERE a.range + b.range = $sum'
    const running = [
      reasonOf(evidence.rowsAside(endless, { sum: 1 })),
      reasonOf(evidence.rowsAside(endless, { sum: 2 })),
    ]
    setTimeout(() => evidence.interrupt(), 100)
    for (const reason of await Promise.all(running)) expect(reason).toBeInstanceOf(CancelledError)
    expect(await evidence.rowsAside('SELECT 1 AS a')).toEqual([{ a: 1 }])
    const last = reasonOf(evidence.rowsAside(endless, { sum: 3 }))
    await evidence.close()
    expect(await last).toBeInstanceOf(CancelledError)
  })
})

describe('interrupting and closing', () => {
  const endless = 'SELECT count(*) AS n FROM range(100000000) a, range(100000000) b WHERE a.range + b.range = 1'

  it('ends what runs, and nothing that follows', async () => {
    const evidence = await open(temporaryFolder())
    evidence.interrupt()
    const running = reasonOf(evidence.rows(endless))
    setTimeout(() => evidence.interrupt(), 100)
    expect(await running).toBeInstanceOf(CancelledError)
    expect(await evidence.rows('SELECT 1 AS a')).toEqual([{ a: 1 }])
  })

  it('ends a statement that has only just been given, and an open stream', async () => {
    const evidence = await open(temporaryFolder())
    const stream = evidence.stream('SELECT range AS a FROM range(1000000)')
    const taken = reasonOf(
      (async () => {
        for await (const { a } of stream) if (a === 5) evidence.interrupt()
      })(),
    )
    expect(await taken).toBeInstanceOf(CancelledError)
    const running = reasonOf(evidence.rows(endless))
    evidence.interrupt()
    const next = evidence.rows('SELECT 2 AS a')
    expect(await running).toBeInstanceOf(CancelledError)
    expect(await next).toEqual([{ a: 2 }])
  })

  it('ends a stream', async () => {
    const evidence = await open(temporaryFolder())
    const running = reasonOf(evidence.stream(endless).next())
    setTimeout(() => evidence.interrupt(), 100)
    expect(await running).toBeInstanceOf(CancelledError)
  })

  it('closes under running statements and open streams, once', async () => {
    const folder = temporaryFolder()
    const evidence = await open(folder)
    const stream = evidence.stream('SELECT range AS a FROM range(1000000)')
    await stream.next()
    const running = reasonOf(evidence.rows(endless))
    await Promise.all([evidence.close(), evidence.close()])
    expect(await running).toBeInstanceOf(CancelledError)
    await expect(evidence.rows('SELECT 1')).rejects.toMatchObject({ code: 'evidence-closed' })
    const again = await open(folder)
    expect(await again.rows('SELECT 1 AS a')).toEqual([{ a: 1 }])
  })
})

describe('the locked door', () => {
  it.each(['read', 'write'] as const)('lets %s mode at files of allowed folders only', async (mode) => {
    const folder = temporaryFolder()
    const inside = join(folder, "it's inside")
    const outside = join(folder, 'outside')
    for (const each of [inside, outside]) {
      mkdirSync(each)
      writeFileSync(join(each, 'a.csv'), 'x\n1\n')
    }
    symlinkSync(outside, join(inside, 'link'))
    await (await open(folder)).close()
    const evidence = await open(folder, { mode, allowedDirectories: [inside] })
    const read = (file: string) => evidence.rows("SELECT x FROM read_csv($file, columns = {'x': 'VARCHAR'})", { file })
    expect(await read(join(inside, 'a.csv'))).toEqual([{ x: '1' }])
    await evidence.run(`COPY (SELECT 1 AS x) TO '${join(inside, 'b.parquet').replaceAll("'", "''")}' (FORMAT parquet)`)
    expect(readdirSync(inside)).toContain('b.parquet')
    for (const file of [
      join(outside, 'a.csv'),
      join(inside, '..', 'outside', 'a.csv'),
      join(inside, 'link', 'a.csv'),
      '/etc/passwd',
    ]) {
      expect(String(await reasonOf(read(file)))).toContain('Permission Error')
    }
    for (const sql of [
      `COPY (SELECT 1) TO '${join(outside, 'b.csv')}'`,
      `ATTACH '${join(outside, 'b.duckdb')}'`,
      'INSTALL httpfs',
      'SET threads = 1',
      'SET enable_external_access = true',
      "SET memory_limit = '1TB'",
    ]) {
      expect(String(await reasonOf(evidence.run(sql))), sql).toMatch(/Permission Error|Cannot change|has been locked/)
    }
    expect(readdirSync(outside)).toEqual(['a.csv'])
  })

  it('sets the limits that it was given, and the time zone, on every connection', async () => {
    const evidence = await open(temporaryFolder(), { memoryBytes: 400_000_000, threads: 2, maxTempBytes: 50_000_000 })
    const sql = `SELECT current_setting('threads') AS threads, current_setting('memory_limit') AS memory,
      current_setting('max_temp_directory_size') AS temporary, current_setting('TimeZone') AS zone,
      current_setting('autoload_known_extensions') AS autoload`
    // 0.45 × 400 MB = 180,000,000 bytes = 171.66 MiB, which DuckDB cuts to one decimal; 50 MB = 47.68 MiB.
    const limits = { threads: 2, memory: '171.6 MiB', temporary: '47.6 MiB', zone: 'UTC', autoload: false }
    expect(await evidence.rows(sql)).toEqual([limits])
    expect((await evidence.stream(sql).next()).value).toEqual(limits)
  })

  // 0.45 × 300 MB = 135 MB; 512 - 280 = 232 MB; 0.65 × 1 GB = 650 MB.
  it.each([
    [300e6, '128.7 MiB'],
    [512e6, '221.2 MiB'],
    [1e9, '619.8 MiB'],
  ])('of %d bytes leaves room for what is no buffer', async (memoryBytes, memory) => {
    const evidence = await open(temporaryFolder(), { memoryBytes })
    expect(await evidence.rows("SELECT current_setting('memory_limit') AS memory")).toEqual([{ memory }])
  })

  it('opens for reading only', async () => {
    const folder = temporaryFolder()
    await (await open(folder)).close()
    const evidence = await open(folder, { mode: 'read' })
    expect(String(await reasonOf(evidence.run('CREATE TABLE t (a INTEGER)')))).toContain('read-only')
    await evidence.run('CREATE TEMP TABLE t AS SELECT 1 AS a')
    expect(await evidence.rows('SELECT a FROM t')).toEqual([{ a: 1 }])
  })
})

describe('spilling', () => {
  const distinct = 'SELECT count(*) AS n FROM (SELECT DISTINCT md5(range::VARCHAR) FROM range(1000000))'

  it('goes to the temporary folder, which is gone afterwards', async () => {
    const folder = temporaryFolder()
    const evidence = await open(folder, { memoryBytes: 60_000_000 })
    // 800,000 random texts of 72 characters: 58 MB beside a limit of 39 MB.
    await evidence.run('CREATE TEMP TABLE t AS SELECT uuid()::VARCHAR || uuid()::VARCHAR AS a FROM range(800000)')
    expect(await evidence.rows(distinct)).toEqual([{ n: 1_000_000 }])
    expect(readdirSync(join(folder, 'tmp', 'spill')).length).toBeGreaterThan(0)
    await evidence.close()
    expect(readdirSync(join(folder, 'tmp'))).toEqual([])
  })

  it('stops at its limit with words about the disk', async () => {
    const evidence = await open(temporaryFolder(), { memoryBytes: 60_000_000, maxTempBytes: 1_000_000 })
    const error = await reasonOf(evidence.rows(distinct))
    expect(error).toBeInstanceOf(StoreError)
    expect(error).toMatchObject({ code: 'disk-full', exitCode: 5 })
  })

  it('says so when memory is short and nothing can spill', async () => {
    const evidence = await open(temporaryFolder(), { memoryBytes: 60_000_000 })
    const error = await reasonOf(evidence.rows('SELECT list(md5(range::VARCHAR)) AS l FROM range(3000000)'))
    expect(error).toMatchObject({ code: 'out-of-memory', exitCode: 5 })
  })
})

/**
 * Sets the storage version in a DuckDB file as a newer program would. The first header block starts with its checksum:
 * 5381 XOR, over its 8-byte words, word × this constant; so a changed word changes it by the XOR of both products.
 */
function setStorageVersion(path: string, version: bigint): void {
  const bytes = readFileSync(path)
  const factor = 0xbf58476d1ce4e5b9n
  const words = () => [8, 16].map((offset) => BigInt.asUintN(64, bytes.readBigUInt64LE(offset) * factor))
  const before = words()
  bytes.writeBigUInt64LE(version, 12)
  const checksum = [...before, ...words()].reduce((sum, word) => sum ^ word, bytes.readBigUInt64LE(0))
  bytes.writeBigUInt64LE(checksum, 0)
  writeFileSync(path, bytes)
}

describe('files that cannot be opened', () => {
  async function written(): Promise<{ folder: string; path: string }> {
    const folder = temporaryFolder()
    const evidence = await open(folder)
    await evidence.run('CREATE TABLE t AS SELECT range AS a FROM range(100000)')
    await evidence.close()
    return { folder, path: evidence.path }
  }

  it.each([
    [9999n, 'newer-format', 'newer version of recital'],
    [3n, 'older-format', 'too old to read'],
  ])('storage version %s: %s', async (version, code, words) => {
    const { folder, path } = await written()
    setStorageVersion(path, version)
    const error = await reasonOf(open(folder, { mode: 'read' }))
    expect(error).toMatchObject({ code, exitCode: 5 })
    expect(String(error)).toContain(words)
  })

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['not a database', () => Buffer.alloc(20_000, 'A')],
    ['cut short', (bytes) => bytes.subarray(0, 5000)],
    ['overwritten', (bytes) => bytes.fill(1, 12_388, 17_288)],
  ])('%s: damaged', async (_, change) => {
    const { folder, path } = await written()
    writeFileSync(path, change(readFileSync(path)))
    const error = await reasonOf(
      open(folder, { mode: 'read' }).then((evidence) => evidence.rows('SELECT sum(a) FROM t')),
    )
    expect(error).toMatchObject({ code: 'damaged', exitCode: 5 })
  })

  it('missing: damaged', async () => {
    expect(await reasonOf(open(temporaryFolder(), { mode: 'read' }))).toMatchObject({ code: 'damaged' })
  })

  it('does not take words in the data for trouble of its own', async () => {
    const evidence = await open(temporaryFolder())
    const error = await reasonOf(
      evidence.rows('SELECT $title::INTEGER AS n', { title: 'IO Error: No space left on device' }),
    )
    expect(error).not.toBeInstanceOf(StoreError)
  })
})
