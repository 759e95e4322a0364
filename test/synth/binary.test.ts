/** The built program: a catalogue that it writes and takes in again, and what Ctrl-C leaves. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { IngestDocument } from '../../src/cli/views/ingest-document.js'
import type { SynthDocument } from '../../src/cli/views/synth.js'
import { openEvidence } from '../../src/store/duckdb.js'
import { placeForSuite, placeForTest } from '../support/cli.js'

/** What the stories plant: a share that is no number in the society's feed is all that is refused. */
const PLANTED_FINDINGS = new Set([
  ...['parties check-digit', 'recordings check-digit', 'works check-digit', 'shares date-order', 'shares share-range'],
  ...['shares historic-territory', 'shares territory-contradiction', 'shares unknown-territory'],
])

describe.each([
  { format: 'tables', providers: 6, late: ['label/catalogue'] },
  // The collective is the third provider; what the others deliver is the same tables as above.
  { format: 'bwarm', providers: 3, late: [] },
] as const)('recital synth --format $format', ({ format, providers, late }) => {
  const place = placeForSuite()
  let made: SynthDocument
  let ingested: IngestDocument

  beforeAll(async () => {
    const parameters = ['--tracks', '2000', '--providers', String(providers), '--format', format]
    made = await place.json<SynthDocument>('synth', 'catalogue', '--truth', ...parameters)
    ingested = await place.ingest('catalogue/feeds')
  }, 300_000)

  it('says what it wrote', () => {
    expect(made.kind).toBe('recital.synth')
    expect(made.parameters).toEqual({ tracks: 2000, seed: 1, snapshots: 3, providers, format })
    expect(made.deliveries).toHaveLength(3 * providers)
    expect(made.relations.recordings).toBeGreaterThan(10_000)
    expect(Object.keys(made.truth ?? {})).toContain('changes/society/2.parquet')
    expect(JSON.stringify(made)).not.toMatch(/second|elapsed|duration/i)
  })

  it('is taken in whole, but for what was planted', () => {
    expect(ingested.snapshots).toHaveLength(3 * providers)
    for (const { feed, files, findings, relations } of ingested.snapshots) {
      const rejected = files.reduce((sum, file) => sum + file.rejected, 0)
      expect(rejected, feed).toBe(feed === 'society/works' ? 1 : 0)
      const odd = findings
        .map(({ relation, code }) => `${relation} ${code}`)
        .filter((kind) => !(feed === 'society/works' && PLANTED_FINDINGS.has(kind)) && kind !== 'usage count-mismatch')
      expect(odd, feed).toEqual([])
      for (const [name, counts] of Object.entries(relations)) {
        expect(counts.equalDuplicates + counts.duplicateKeys, `${feed} ${name}`).toBe(0)
      }
    }
  })

  it('has one late delivery where a label delivers, and one that is cut short, as the truth says', () => {
    expect(ingested.snapshots.filter((one) => one.late).map(({ feed }) => feed)).toEqual(late)
    expect(ingested.snapshots.filter(({ partial }) => partial).map(({ feed }) => feed)).toEqual(['service/rights'])
  })

  it('is folded into just the changes that the truth states', async () => {
    const db = await openEvidence(':memory:', {
      mode: 'write',
      tempDirectory: path.join(place.folder, 'spill'),
      allowedDirectories: [place.folder],
    })
    try {
      for (const { feed, published, relations } of ingested.snapshots) {
        const slug = feed.split('/')[0] ?? ''
        const folder =
          made.deliveries.find((one) => one.feed === feed && one.published === published.slice(0, 10))?.folder ?? ''
        const number = /\/(\d+)-/.exec(folder)?.[1]
        if (number === '1') continue
        const file = path.join(place.folder, 'catalogue/truth/changes', slug, `${number}.parquet`)
        const rows = await db.rows<{ relation: string; op: string; n: number }>(
          `SELECT relation, op, count(*) AS n FROM read_parquet('${file}') GROUP BY ALL`,
        )
        for (const [relation, counts] of Object.entries(relations)) {
          const told = (op: string): number =>
            Number(rows.find((row) => row.relation === relation && row.op === op)?.n ?? 0)
          expect(
            { created: counts.created, updated: counts.updated, deleted: counts.deleted },
            `${folder} ${relation}`,
          ).toEqual({
            created: told('create'),
            updated: told('update'),
            deleted: told('delete'),
          })
        }
      }
    } finally {
      await db.close()
    }
  })

  it('answers for a ready-made story', async () => {
    // The 800 percent song is work 0: eight claims at the society, one at the collective.
    const answer = await place.lookup('T9000000000')
    const shares = answer.relations.shares ?? []
    expect(shares.filter(({ source }) => source.feed === 'society/works')).toHaveLength(8)
    expect(shares.filter(({ source }) => source.feed === 'mlc/works')).toHaveLength(1)
  })
})

/** A file system of 1 MB, where this process may mount one. */
function smallDisk(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    onTestFinished(() => void execFileSync('umount', ['-l', folder], { stdio: 'ignore' }))
    return true
  } catch {
    return false
  }
}

describe('a run that fails', () => {
  it('for want of room says so and leaves nothing', async ({ skip }) => {
    const place = placeForTest()
    const disk = path.join(place.folder, 'disk')
    mkdirSync(disk)
    if (!smallDisk(disk)) skip('no file system can be mounted here')
    const failure = await place.failure('synth', 'disk/catalogue', '--tracks', '5000')
    expect(failure).toMatchObject({ code: 'disk-full', exitCode: 5, message: 'The disk is full.' })
    expect(readdirSync(disk)).toEqual([])
  })
})

describe('an interrupted run', () => {
  it('leaves nothing, ends with 130 and says so', async () => {
    const place = placeForTest()
    const before = readdirSync(place.folder)
    const running = place.start(['synth', 'gone', '--tracks', '1e7', '--truth'])
    while (readdirSync(place.folder).length === before.length) {
      if (running.child.exitCode !== null) throw new Error('it ended before anything was written')
      await wait(5)
    }
    await wait(1500)
    running.child.kill('SIGINT')
    const ended = await running.ended
    expect(ended.code).toBe(130)
    expect(ended.stderr).toContain('Nothing was left behind.')
    expect(readdirSync(place.folder)).toEqual(before)
  })

  it('that is refused says why in one line, without a trace of code', async () => {
    const place = placeForTest()
    expect(await place.failure('synth', 'x', '--tracks', '0')).toMatchObject({ code: 'bad-flag', exitCode: 2 })
    expect(await place.failure('synth', '.', '--tracks', '2000', '--providers', '99')).toMatchObject({ exitCode: 2 })
    place.file('full/file', 'x')
    const failure = await place.failure('synth', 'full', '--tracks', '2000')
    expect(failure).toMatchObject({ code: 'not-empty', exitCode: 2 })
    expect(failure.message).toBe('full is not empty; a catalogue is written into a new or an empty folder.')
  })
})
