/** Whole deliveries of every format to damage: the fixtures, the real samples where they are, and small ones made here. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Format } from '../../src/ingest/request.js'
import type { Evidence } from '../../src/store/duckdb.js'
import { CATALOGUE } from '../ingest/bwarm/catalogue.js'
import { allKinds, type TextTable } from '../property/table-files.js'
import { writeBwarm } from '../support/bwarm.js'

export interface SampleFile {
  readonly name: string
  readonly content: Buffer
}

/** One delivery. */
export interface Sample {
  readonly name: string
  readonly files: readonly SampleFile[]
}

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
const FIXTURES = join(PROJECT, 'fixtures')
const SHARED = join(PROJECT, '../shared/data')
/** Larger files say the same at a greater price. */
const LARGEST = 70_000

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort()
}

const readSample = (paths: readonly string[], name = basename(paths[0] ?? '')): Sample => ({
  name,
  files: paths.map((path) => ({ name: basename(path), content: readFileSync(path) })),
})

const eachAlone = (paths: readonly string[]): Sample[] =>
  paths.filter((path) => statSync(path).size <= LARGEST).map((path) => readSample([path]))

/** Every file of a folder as one delivery. */
const together = (folder: string): Sample[] => {
  const paths = filesBelow(folder)
  return paths.length === 0 ? [] : [readSample(paths, basename(folder))]
}

const SHARES: TextTable = {
  names: [
    'work_id',
    'party_id',
    'share',
    'share_kind',
    'right',
    'role',
    'territories',
    'valid_from',
    'valid_to',
    'note',
  ],
  rows: [
    ['W1', 'P1', '50', 'ownership', 'mech', 'writer', 'WORLD|!US', '2019-01-01', '', 'plain'],
    ['W1', 'P,2', '33.333333', 'licensing', 'perf', 'publisher', 'DE|AT', '2019', '9999-12-31', 'with "quotes"'],
    ['007', '', '', 'collection', 'sync', '', '', '', '2020-06', 'two\nlines'],
    ['W|4', 'P\t4', '-1.5', 'manuscript', 'mech', 'other', '2136', '2020-02-29', '2021-02-28', 'é 日本 😀'],
  ],
}

async function tables(db: Evidence, folder: string): Promise<Sample[]> {
  const plain = ['catalogue/attic', 'catalogue/service', 'catalogue/society', 'vectors']
    .flatMap((one) => filesBelow(join(FIXTURES, one)))
    .filter((path) => !path.endsWith('feed.yaml'))
  const kinds = await allKinds(db, folder, 'shares', SHARES)
  return [
    ...eachAlone(plain),
    ...Object.entries(kinds).flatMap(([name, content]) => {
      const sample = { name, files: [{ name, content }] }
      // Packed files mostly end at their first check sum; text is where the reader has its work.
      return /\.(csv|tsv|jsonl)$/.test(name) ? [sample, sample, sample] : [sample]
    }),
    ...together(join(FIXTURES, 'catalogue/attic/2019-05-01')),
  ]
}

function bwarm(folder: string): Sample[] {
  const made = (['1.0', '2.0', '2.1'] as const).flatMap((version) =>
    [true, false].map((header) => {
      const name = `made-${version}-${header}`
      mkdirSync(join(folder, name), { recursive: true })
      const files = writeBwarm(join(folder, name), CATALOGUE, { version, header })
      return { name, files: files.map((file) => ({ name: file.name, content: Buffer.from(file.text) })) }
    }),
  )
  const dumps = ['2022-01-10', '2022-04-11'].flatMap((day) => together(join(FIXTURES, 'catalogue/mlc-like', day)))
  return [...made, ...dumps]
}

const cwr = (): Sample[] => [
  ...eachAlone(filesBelow(join(FIXTURES, 'catalogue/publisher-cwr'))),
  ...eachAlone(filesBelow(join(FIXTURES, 'broken/cwr-truncated'))),
  ...eachAlone(filesBelow(join(SHARED, 'cwr'))),
]

const ern = (): Sample[] => [
  ...['label-a', 'label-b'].flatMap((label) => eachAlone(filesBelow(join(FIXTURES, 'catalogue', label)))),
  ...(existsSync(SHARED) ? readdirSync(SHARED) : [])
    .filter((folder) => folder.startsWith('ern'))
    .flatMap((folder) => eachAlone(filesBelow(join(SHARED, folder)))),
]

const UUID = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const MUSICBRAINZ: Readonly<Record<string, readonly string[]>> = {
  recording: [`1\t${UUID(1)}\tOne\t1\t200000\t\t0\t\\N\tf`, `2\t${UUID(2)}\tTab\\tTwo\t1\t\\N\tlive\t0\t\\N\tt`],
  isrc: ['1\t1\tGBAAA9900303\t0\t2011-01-18 15:31:00+00', '2\t1\tUSS1Z1412345\t0\t2011-01-18 15:31:00+00'],
  work: [`1\t${UUID(11)}\tWork\t\\N\t\t0\t\\N`],
  iswc: ['1\t1\tT-034.524.680-1\t0\t2011-01-18 15:31:00+00'],
  link: ['1\t278\t2001\t5\t\\N\t\\N\t\\N\t\\N\t0\t2011-01-18 15:31:00+00\tf'],
  l_recording_work: ['1\t1\t1\t1\t0\t\\N\t0\t\t', '2\t1\t2\t9\t0\t\\N\t0\t\t'],
  artist_credit: [`1\tThe Band\t1\t5\t2011-01-18 15:31:00+00\t0\t${UUID(21)}`],
  SCHEMA_SEQUENCE: ['30'],
  TIMESTAMP: ['2026-01-03 00:12:01.5+00'],
}

const musicbrainz = (): Sample[] => [
  {
    name: 'made',
    files: Object.entries(MUSICBRAINZ).map(([name, lines]) => ({
      name,
      content: Buffer.from(lines.map((line) => `${line}\n`).join('')),
    })),
  },
  ...together(join(SHARED, 'musicbrainz')),
]

/** The samples of a format. `folder` takes what has to be written to make them and must be allowed to the database. */
export async function samplesOf(format: Format, db: Evidence, folder: string): Promise<readonly Sample[]> {
  switch (format) {
    case 'tables':
      return tables(db, folder)
    case 'bwarm':
      return bwarm(folder)
    case 'cwr':
      return cwr()
    case 'ern':
      return ern()
    case 'musicbrainz':
      return musicbrainz()
  }
}
