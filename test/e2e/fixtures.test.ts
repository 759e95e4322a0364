/** The fixtures through the real program: every figure of `fixtures/expected.json` that needs no licensing answer. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LookupDocument, LookupRow } from '../../src/cli/views/lookup-document.js'
import { FIXTURES, type Place, placeForSuite, rowsOf, type Snapshot } from '../support/cli.js'

interface Delivery {
  readonly path: string
  readonly args: readonly string[]
  readonly feed: string
  readonly format: string
  readonly published: string
  readonly received: string
  readonly scope: string
  readonly relations: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly late?: true
  readonly alternative?: string
}

interface ExpectedValue {
  readonly feed: string
  readonly relation: string
  readonly key: Readonly<Record<string, string | null>>
  readonly column: string
  readonly value: string | null
  readonly file: string
  readonly line: number
}

interface Vector {
  readonly test: string
  readonly on: string
  readonly known: string
  readonly claims: Readonly<Record<string, number>>
  readonly noEnd?: readonly string[]
  readonly after?: string
  readonly reason?: string
}

interface Expected {
  readonly files: Readonly<Record<string, Readonly<Record<string, number | string | boolean | null>>>>
  readonly deliveries: readonly Delivery[]
  readonly values: readonly ExpectedValue[]
  readonly vectors: readonly Vector[]
}

const expected = JSON.parse(readFileSync(path.join(FIXTURES, 'expected.json'), 'utf8')) as Expected
const TALLY = ['lines', 'header', 'staged', 'rejected', 'continued', 'blank'] as const

const underOf = (part: string): readonly Delivery[] =>
  expected.deliveries.filter(({ path: at, alternative, scope }) => {
    // Of two alternatives the full one is loaded; the delta has a workspace of its own.
    return at.startsWith(part) && (alternative === undefined || scope === 'full')
  })

/** A name of the answer as it is called in `expected.json`: from the folder above what was given. */
const fixtureName = (delivery: Delivery, name: string): string =>
  path.posix.join(path.posix.dirname(delivery.path), name)

/** Deliveries next to each other with the same flags go into one call. */
function calls(deliveries: readonly Delivery[]): Delivery[][] {
  const groups: Delivery[][] = []
  for (const one of deliveries) {
    const last = groups.at(-1)
    if (last !== undefined && JSON.stringify(last[0]?.args) === JSON.stringify(one.args)) last.push(one)
    else groups.push([one])
  }
  return groups
}

/** Mappings are named in the flags by their path below the fixtures. */
const flagsOf = (args: readonly string[]): string[] =>
  args.map((one) => (one.endsWith('.yaml') ? path.join(FIXTURES, one) : one))

async function load(place: Place, deliveries: readonly Delivery[]): Promise<Map<string, Snapshot>> {
  const loaded = new Map<string, Snapshot>()
  for (const group of calls(deliveries)) {
    const paths = group.map((one) => path.join(FIXTURES, one.path))
    const { snapshots } = await place.ingest(...paths, ...flagsOf(group[0]?.args ?? []))
    group.forEach((one, index) => {
      const snapshot = snapshots[index]
      if (snapshot !== undefined) loaded.set(one.path, snapshot)
    })
  }
  return loaded
}

/** Rows of answers, the answers asked for already first: one about a song holds most of what is said about it. */
class Answers {
  readonly #asked = new Map<string, LookupDocument>()

  constructor(private readonly place: Place) {}

  /** The rows that pass, of an answer asked before or of a new one about `id`. */
  async rows(id: string, relation: string, passes: (row: LookupRow) => boolean): Promise<LookupRow[]> {
    for (const answer of this.#asked.values()) {
      const found = rowsOf(answer, relation).filter(passes)
      if (found.length > 0) return found
    }
    if (this.#asked.has(id)) return []
    const answer = await this.place.lookup(id, '--history')
    this.#asked.set(id, answer)
    return rowsOf(answer, relation).filter(passes)
  }
}

function describeDeliveries(place: Place, part: string): () => ReadonlyMap<string, Snapshot> {
  let loaded: ReadonlyMap<string, Snapshot> = new Map()
  beforeAll(async () => {
    loaded = await load(place, underOf(part))
  })
  it.each(underOf(part).map((one) => [one.path, one] as const))('%s', (_path, delivery) => {
    const snapshot = loaded.get(delivery.path)
    expect(snapshot).toMatchObject({
      feed: delivery.feed,
      format: delivery.format,
      published: delivery.published,
      received: delivery.received,
      scope: delivery.scope,
      late: delivery.late === true,
      alreadyKnown: false,
      relations: delivery.relations,
    })
    const tallies = (snapshot?.files ?? []).map((file) => [
      fixtureName(delivery, file.name),
      Object.fromEntries(TALLY.map((name) => [name, file[name]])),
    ])
    const below = Object.entries(expected.files).filter(
      ([name]) => name === delivery.path || name.startsWith(`${delivery.path}/`),
    )
    const wanted = below.map(([name, file]) => [name, Object.fromEntries(TALLY.map((count) => [count, file[count]]))])
    expect(Object.fromEntries(tallies)).toEqual(Object.fromEntries(wanted))
  })
  return () => loaded
}

const sameValue = (found: unknown, wanted: string | null): boolean =>
  found === wanted || (typeof found === 'number' && wanted !== null && found === Number(wanted))

describe('the catalogue', () => {
  const place = placeForSuite()
  const loaded = describeDeliveries(place, 'catalogue/')
  const answers = new Answers(place)

  it('tells what a purge takes with it, although the purge has no row of it', () => {
    const { relations } = loaded().get('catalogue/label-b/2021-01-15') ?? {}
    expect(relations).toMatchObject({ recordings: { rows: 0, deleted: 1 }, licences: { rows: 0, deleted: 1 } })
  })

  /**
   * Where the fixture's key names no id of the row: what to look up instead, read off the source files.
   * BWARM record ids and CWR interested-party numbers are not stated in `values`, identifiers are.
   */
  const ASK_BY_LINE: Readonly<Record<string, string>> = {
    'musicalworkrightshares.tsv:3': 'T9000000022',
    'musicalworkrightshares.tsv:4': 'T9000000044',
    'musicalworkrightshares.tsv:5': 'T9000000044',
    'musicalworkrightshares.tsv:8': 'T9000000113',
    'musicalworkrightshares.tsv:9': 'T9000000113',
    'musicalworkrightshares.tsv:10': 'T9000000113',
    'musicalworks.tsv:5': 'T9000000088',
    'resources.tsv:2': 'ZZRCL1800011',
    'unclaimedmusicalworkrightshares.tsv:2': 'T9000000044',
    'CW190001HPM_000.V21:4': 'T9000000124',
    'CW190001HPM_000.V21:5': 'T9000000124',
    'CW190001HPM_000.V21:7': 'T9000000124',
    'CW190001HPM_000.V21:8': 'T9000000124',
    'CW190001HPM_000.V21:18': 'T9000000135',
    'CW190002HPM_000.V21:6': 'T9000000124',
    'mirage-0001.xml:44': 'ZZRCL1800008',
    'mirage-0002.xml:47': 'ZZRCL1800016',
    'mirage-0003.xml:47': 'ZZRCL1800016',
    'phantom-0001.xml:35': 'ZZRCL1800008',
  }

  const ID_COLUMNS = ['isrc', 'licence_id', 'recording_id', 'work_id', 'party_id', 'territories']
  const idOf = ({ key, file, line }: ExpectedValue): string =>
    ASK_BY_LINE[`${path.basename(file)}:${line}`] ?? ID_COLUMNS.map((name) => key[name]).find((id) => id != null) ?? ''

  const values = expected.values.filter(({ file }) => file.startsWith('catalogue/'))
  const title = ({ feed, relation, column, file, line }: ExpectedValue): string =>
    `${feed} ${relation}.${column} of ${path.basename(file)}:${line}`

  it.each(values.map((one) => [title(one), one] as const))('states %s', async (_title, wanted) => {
    const { feed, relation, key, column, value, file, line } = wanted
    const delivery = underOf('catalogue/').find((one) => file.startsWith(`${one.path}/`))
    const snapshot = loaded().get(delivery?.path ?? '')
    const isThere = ({ source, values: found }: LookupRow): boolean =>
      source.feed === feed &&
      source.line === line &&
      source.snapshot === snapshot?.id &&
      delivery !== undefined &&
      fixtureName(delivery, source.file) === file &&
      Object.entries(key).every(([name, text]) => sameValue(found[name] ?? null, text))
    const matching = await answers.rows(idOf(wanted), relation, isThere)
    expect(matching.length).toBeGreaterThan(0)
    for (const row of matching) expect(sameValue(row.values[column] ?? null, value), JSON.stringify(row)).toBe(true)
    const digest = snapshot?.files.find(({ name }) => name === matching[0]?.source.file)?.sha256
    expect(matching.map(({ source }) => source.sha256)).toEqual(matching.map(() => digest))
  })
})

/** `A 50` for each share of a right that holds on a day in an answer, sorted. */
function claimsOn(answer: LookupDocument, feed: string, day: string): string[] {
  return rowsOf(answer, 'shares')
    .filter(({ source, values }) => source.feed === feed && values.right === 'mech' && holdsOn(values, day))
    .map(({ values }) => `${values.party_id ?? 'nobody'} ${values.share}`)
    .sort()
}

const holdsOn = (values: LookupRow['values'], day: string): boolean =>
  (values.valid_from == null || String(values.valid_from) <= day) &&
  (values.valid_to == null || String(values.valid_to) > day)

describe('the time vectors', () => {
  const place = placeForSuite()
  const withDelta = placeForSuite()
  describeDeliveries(place, 'vectors/')

  const vectorsOf = (full: boolean): readonly Vector[] =>
    expected.vectors.filter(({ after }) => (after?.endsWith('-full') === true) === full)
  const wantedClaims = ({ claims }: Vector): string[] =>
    Object.entries(claims)
      .map(([party, share]) => `${party} ${share}`)
      .sort()

  it.each(
    [...vectorsOf(false), ...vectorsOf(true)]
      .filter(({ known, after }) => !known.includes('..') && !after?.endsWith('-delta'))
      .map((one) => [`${one.test} on ${one.on} known ${one.known}`, one] as const),
  )('%s', async (_title, vector) => {
    const { code, stdout } = await place.run('lookup', 'ZZRCL1800015', '--known', vector.known, '--json')
    if (vector.reason === 'no-data') {
      expect([code, JSON.parse(stdout).error.code]).toEqual([4, 'unknown-id'])
      return
    }
    const answer = JSON.parse(stdout) as LookupDocument
    expect(claimsOn(answer, 'vectors/p', vector.on)).toEqual(wantedClaims(vector))
    for (const party of vector.noEnd ?? []) {
      const open = rowsOf(answer, 'shares').filter(({ values }) => values.party_id === party)
      expect(open.map(({ values }) => values.valid_to)).toEqual([null])
    }
  })

  it('T8, T9: the history tells what came in between, and what came too late to be believed', async () => {
    const answer = await place.lookup('ZZRCL1800015', '--history')
    const told = rowsOf(answer, 'shares').map(({ values, known, source }) => [
      `${values.party_id} ${values.share} to ${values.valid_to ?? 'open'}`,
      `${known.from} to ${known.to ?? 'open'}`,
      known.effective,
      `${path.basename(path.dirname(source.file))}:${source.line}`,
    ])
    expect(told.sort()).toEqual([
      ['VA 100 to open', '2020-03-01 to 2020-03-01', false, 'late-2018-12-01:2'],
      ['VA 50 to 2019-04-01', '2019-07-10 to open', true, '2019-07-10:2'],
      ['VA 50 to open', '2019-01-10 to 2019-07-10', true, '2019-01-10:2'],
      ['VB 50 to open', '2019-07-10 to 2020-02-01', true, '2019-07-10:3'],
      ['VB 75 to open', '2020-02-01 to 2021-01-05', true, '2020-02-01:3'],
    ])
  })

  it('T15: with the delta instead of the full delivery, what it does not mention stays', async () => {
    const delta = expected.deliveries.filter(({ scope, alternative }) => alternative !== undefined && scope === 'delta')
    const loaded = await load(withDelta, [
      ...underOf('vectors/').filter(({ alternative }) => alternative === undefined),
      ...delta,
    ])
    for (const one of delta) expect(loaded.get(one.path)?.relations).toMatchObject(one.relations)
    const vectors = expected.vectors.filter(({ after }) => after?.endsWith('-delta'))
    expect(vectors.length).toBe(1)
    for (const vector of vectors) {
      const answer = await withDelta.lookup('ZZRCL1800015', '--known', vector.known)
      expect(claimsOn(answer, 'vectors/p', vector.on)).toEqual(wantedClaims(vector))
    }
  })
})

describe('the mappings', () => {
  const place = placeForSuite()
  describeDeliveries(place, 'mapping/')

  const values = expected.values.filter(({ file }) => file.startsWith('mapping/'))
  it.each(values.map((one) => [`${one.feed} ${one.column} of ${path.basename(one.file)}:${one.line}`, one] as const))(
    'state %s',
    async (_title, { feed, relation, key, column, value, file, line }) => {
      const id = key.listing_id ?? 'T9000000033'
      const found = rowsOf(await place.lookup(id, '--history'), relation).filter(
        ({ source }) => source.feed === feed && source.line === line && source.file === path.basename(file),
      )
      expect(
        found.map(({ values: said }) => ({
          key: Object.fromEntries(Object.keys(key).map((name) => [name, said[name]])),
          said: column === 'price' ? Number(said[column]) : said[column],
        })),
      ).toEqual([{ key, said: ['share', 'price'].includes(column) ? Number(value) : value }])
    },
  )
})
