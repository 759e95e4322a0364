/** Lines of damaged deliveries through the whole of staging: none is lost, none is counted twice. */
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InputError, UsageError } from '../../src/errors.js'
import { FORMATS } from '../../src/ingest/request.js'
import { openEvidence } from '../../src/store/duckdb.js'
import { countLineFeedLines, countLines } from '../fuzz/count.js'
import { loadSamples, trialOf } from '../fuzz/run.js'
import type { Sample } from '../fuzz/samples.js'
import { TestEvidence } from '../support/evidence.js'
import fc, { runs } from '../support/property.js'
import { stageFiles } from './deliver.js'

let root: TestEvidence
const samples = new Map<string, readonly Sample[]>()

beforeAll(async () => {
  root = await TestEvidence.create()
  for (const format of FORMATS) {
    const folder = `${root.folder}/samples-${format}`
    mkdirSync(folder)
    samples.set(format, await loadSamples(format, folder))
  }
})

afterAll(() => root.close())

/** Rows in the archive: accepted ones by file, refused lines by file. */
async function archived(folder: string, relations: readonly string[]) {
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: `${folder}-spill`,
    allowedDirectories: [folder],
    threads: 1,
  })
  try {
    const accepted = relations.map(
      (name) => `SELECT file FROM read_parquet('${folder}/${name}.parquet') WHERE reject_reason IS NULL`,
    )
    const rows = await db.rows(
      `SELECT file, count(*) AS n FROM (${accepted.join(' UNION ALL ') || 'SELECT 0 AS file WHERE false'}) GROUP BY file`,
    )
    const rejects = await db.rows(
      `SELECT file, count(DISTINCT line) AS n FROM read_parquet('${folder}/rejects.parquet') GROUP BY file`,
    )
    const byFile = (found: typeof rows) => new Map(found.map((row) => [Number(row.file), Number(row.n)]))
    return { accepted: byFile(rows), rejected: byFile(rejects) }
  } finally {
    await db.close()
  }
}

describe('damaged deliveries', { timeout: 240_000 }, () => {
  it.each(FORMATS.map((format) => [format, format === 'bwarm' || format === 'musicbrainz' ? 6 : 25] as const))(
    '%s: the lines of each file are those counted outside, and each is where its count says',
    async (format, numRuns) => {
      let staged = 0
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (run) => {
          const { files, scope } = trialOf(format, samples.get(format) ?? [], 77, run)
          const delivered = new Map(files.map(({ name, content }) => [name, content]))
          try {
            const { record, folder } = await stageFiles(root.folder, Object.fromEntries(delivered), { scope })
            staged += 1
            const found = await archived(
              folder,
              record.relations.map(({ relation }) => relation.name),
            )
            for (const [index, file] of record.files.entries()) {
              const { lines, header, rejected, continued, blank } = file
              expect(header + file.staged + rejected + continued + blank).toBe(lines)
              const content = delivered.get(file.name.split('/').pop() ?? '')
              const isPlain =
                content !== undefined &&
                !/\.(gz|zip|parquet|avro)$/.test(file.name) &&
                content[0] !== 0xff &&
                content[0] !== 0xfe
              if (isPlain && record.format === 'cwr') expect(lines).toBe(countLineFeedLines(content))
              else if (isPlain && record.format !== 'ern') expect(lines).toBe(countLines(content))
              if (record.format === 'ern') continue
              expect(found.rejected.get(index) ?? 0).toBe(rejected)
              if (record.format === 'tables') expect(found.accepted.get(index) ?? 0).toBe(file.staged)
            }
          } catch (error) {
            // A refusal in words loses nothing: nothing was taken in.
            if (!(error instanceof InputError || error instanceof UsageError)) throw error
          }
        }),
        runs(numRuns),
      )
      expect(staged).toBeGreaterThan(0)
    },
  )
})
