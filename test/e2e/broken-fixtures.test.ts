/** The damaged deliveries of the fixtures: refused whole with the store as it was, or taken in with the damage named. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { IngestDocument } from '../../src/cli/views/ingest-document.js'
import type { RejectsDocument } from '../../src/cli/views/rejects.js'
import { type Failure, FIXTURES, placeForTest, rowsOf } from '../support/cli.js'

interface Broken {
  readonly path: string
  readonly args: readonly string[]
  readonly exit: number
  readonly rejectedLines?: readonly number[]
  readonly titles?: readonly string[]
  readonly unknown?: readonly string[]
  readonly partial?: true
}

const { broken, files } = JSON.parse(readFileSync(path.join(FIXTURES, 'expected.json'), 'utf8')) as {
  broken: readonly Broken[]
  files: Readonly<Record<string, Readonly<Record<string, number | string>>>>
}

/** What the refusal must tell, by delivery: its code, and words of its message or examples. */
const REFUSED: Readonly<Record<string, readonly [code: string, ...words: RegExp[]]>> = {
  'broken/empty': ['empty-file', /shares\.csv is empty/],
  'broken/wrong-columns': ['missing-column', /work_id/, /shares\.csv, line 1/],
  'broken/ragged': ['too-many-rejects', /2 of 3 lines/, /:3: has 4 cells, the header has 5/, /:4: has 6 cells/],
  'broken/bad-dates': ['too-many-rejects', /3 of 6 lines/, /2019-02-30/, /01\/02\/2019/, /2019-06-01garbage/],
  'broken/bad-shares': ['too-many-rejects', /3 of 7 lines/, /"fifty"/, /"33,33"/, /"1e2"/],
  'broken/truncated-gz': ['damaged', /works\.csv\.gz is damaged: it ends too early/],
  'broken/zip-traversal': ['unsafe-name', /delivery\.zip/, /\.\.\/works\.csv/],
  'broken/xml-malformed': ['too-many-rejects', /2 of 2/, /message\.xml/, /not well-formed/],
  'broken/xml-billion-laughs': ['too-many-rejects', /message\.xml/, /DOCTYPE/],
  'broken/xml-external-entity': ['too-many-rejects', /message\.xml/, /DOCTYPE/],
  'broken/cwr-truncated': ['too-many-rejects', /1 of 5 lines/, /:7: the file ends inside this line/],
}

const titleOf = ({ path: at, args }: Broken): string =>
  args.includes('--max-rejects') ? `${at} with ${args.slice(-2).join(' ')}` : at

describe('damaged deliveries', () => {
  it.each(broken.filter(({ exit }) => exit !== 0).map((one) => [titleOf(one), one] as const))(
    'refuses %s',
    async (_title, one) => {
      const place = placeForTest()
      const { code, stdout } = await place.run('ingest', path.join(FIXTURES, one.path), ...one.args, '--json')
      expect(code).toBe(one.exit)
      const { error } = JSON.parse(stdout) as { error: Failure }
      const [wantedCode, ...words] = REFUSED[one.path] ?? ['no expectation']
      expect(error).toMatchObject({ code: wantedCode, exitCode: one.exit })
      const said = [error.message, ...(error.examples ?? [])].join('\n')
      for (const word of words) expect(said).toMatch(word)
      expect(said).not.toContain('this text must appear in no row')
      // Nothing was published, nothing lies about, not even the workspace that was made for it.
      expect(readdirSync(place.folder)).toEqual([])
    },
  )

  it.each(broken.filter(({ exit }) => exit === 0).map((one) => [titleOf(one), one] as const))(
    'takes in %s',
    async (_title, one) => {
      const place = placeForTest()
      const { code, stdout, stderr } = await place.run('ingest', path.join(FIXTURES, one.path), ...one.args, '--json')
      expect([code, one.exit], stderr).toEqual([one.exit, one.exit])
      const { snapshots } = JSON.parse(stdout) as IngestDocument
      expect(snapshots.length).toBe(1)
      for (const file of snapshots[0]?.files ?? []) {
        const wanted = files[path.posix.join('broken', file.name)]
        for (const name of ['lines', 'header', 'staged', 'rejected', 'continued', 'blank'] as const) {
          expect([file.name, name, file[name]]).toEqual([file.name, name, wanted?.[name]])
        }
      }
      expect(snapshots[0]?.partial).toBe(one.partial === true)
      expect(stderr.includes('is incomplete: what is absent from it is not taken as withdrawn')).toBe(
        one.partial === true,
      )
      const unknown = snapshots[0]?.findings.filter((finding) => finding.code === 'unknown-territory')
      expect(unknown?.map(({ value }) => value)).toEqual(one.unknown ?? [])
      if (one.rejectedLines !== undefined) {
        const rejects = await place.json<RejectsDocument>('rejects')
        expect(rejects.lines.map(({ line }) => line)).toEqual(one.rejectedLines)
        expect(rejects.lines.every(({ raw, reason }) => raw !== '' && reason !== '')).toBe(true)
        expect(stderr).toMatch(/lines? could not be read, kept aside: see `recital rejects`/)
      }
      for (const [index, title] of (one.titles ?? []).entries()) {
        const works = rowsOf(await place.lookup(`W-${index + 1}`), 'works')
        expect(works.map(({ values, source }) => [values.title, source.line])).toEqual([[title, index + 2]])
      }
    },
  )
})
