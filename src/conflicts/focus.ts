/** One recording, work or party: the subjects whose statements its conflicts rest on, found by pointers, in every feed and time. */
import { NotFoundError } from '../errors.js'
import { closeParties, closeRecordings, closeWorks, gatherGrants, gatherUsage } from '../licensing/index.js'
import {
  findTargets,
  Gathering,
  identifierKeys,
  identifiersIn,
  type LocalId,
  localIds,
  localSubjects,
  Pointers,
  type SubjectRef,
} from '../lookup/index.js'
import { validIdentifiers } from '../model/identifiers/parse.js'
import type { RelationName } from '../model/relations.js'
import { literal } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { catalogueOf } from '../store/evidence/catalogue.js'
import { StatementReader, subjectByNumber } from '../store/evidence/statements.js'
import type { Workbench } from '../store/small-workbench.js'

export interface Asked {
  readonly kind: 'recording' | 'work' | 'party'
  readonly id: string
}

/** Every statement counts: nothing may be cut off. */
const NO_LIMIT = 1_000_000_000

/** Relations that name such a thing. */
const NAMED_BY: Readonly<Record<Asked['kind'], readonly RelationName[]>> = {
  recording: ['recordings', 'links'],
  work: ['works', 'shares'],
  party: ['parties'],
}

/** What conflicts rest on: subjects, and the reader that remembers what was read to find them. */
export interface Gathered {
  readonly subjects: readonly SubjectRef[]
  readonly reader: StatementReader
}

/**
 * The subjects of everything that conflicts of a thing may rest on. Throws NotFoundError `unknown-recording`, `unknown-work`, `unknown-party`.
 */
export async function gatherSubjects(
  db: Evidence,
  { kind, id }: Asked,
  reader = new StatementReader(db, null),
): Promise<Gathered> {
  const pointers = new Pointers(db, NO_LIMIT)
  // Depends on nothing else, and is asked for again below.
  const [{ relations, feeds: byNumber, speakers }, naming] = await Promise.all([
    catalogueOf(db),
    pointers.follow(identifierKeys(id)),
  ])
  const feeds = [...byNumber.values()].sort()
  const all = new Gathering(db, null, speakers, NO_LIMIT, pointers, reader)
  all.readAhead(naming, NAMED_BY[kind])
  const asked = relations.filter(({ name }) => NAMED_BY[kind].some((one) => one === name))
  const { subjects } = await findTargets(db, all.pointers, id, asked, speakers)
  await Promise.all(NAMED_BY[kind].map((relation) => all.read(relation, subjects)))
  if (NAMED_BY[kind].every((relation) => all.of(relation).length === 0)) throw unknown(kind, id)
  if (kind === 'party') await followParty(all)
  if (kind !== 'recording') await followWorks(all, subjects)
  const links = kind === 'recording' ? await closeRecordings(all) : all.of('links')
  const { ids, mentions } = await closeWorks(all, links)
  const works: LocalId[] = [...ids, ...localIds(all.of('works'), 'work_id'), ...localIds(all.of('shares'), 'work_id')]
  const shares = await all.read('shares', [...localSubjects('shares', works), ...mentions])
  await gatherGrants(all, feeds, shares)
  const agreements = speakers.has('agreements') ? await agreementsOf(db, all) : []
  return { reader, subjects: [...subjectsOf(all), ...(await gatherUsage(all)), ...agreements] }
}

const unknown = (kind: Asked['kind'], id: string): NotFoundError =>
  new NotFoundError(`No feed mentions a ${kind} "${id}".`, {
    code: `unknown-${kind}`,
    excerpt: id,
    suggestions: [
      `Give an ${{ recording: 'ISRC', work: 'ISWC', party: 'IPI name number' }[kind]}, or the id that a feed uses`,
      `\`recital lookup ${id}\` tells whether it names something else`,
    ],
  })

/** The agreements by which parties passed anything on. */
async function agreementsOf(db: Evidence, all: Gathering): Promise<SubjectRef[]> {
  const ids = [...localIds(all.of('parties'), 'party_id'), ...localIds(all.of('shares'), 'party_id')]
  if (ids.length === 0) return []
  const rows = await db.rowsAside(`SELECT DISTINCT CAST(subject AS VARCHAR) AS subject FROM statements.agreements
    WHERE assignor_party_id IN (${[...new Set(ids.map(([, id]) => literal(id)))].join(', ')})`)
  return rows.map(({ subject }) => ({ relation: 'agreements', sql: subjectByNumber(String(subject)) }))
}

/** The works in which a party claims anything. */
async function followParty(all: Gathering): Promise<void> {
  await closeParties(all, localIds(all.of('parties'), 'party_id'))
  const parties = all.of('parties')
  const found = await all.follow({
    identifiers: { 'ipi-name': identifiersIn(parties, 'ipi_name_number') },
    references: { party: localIds(parties, 'party_id') },
    claims: true,
  })
  const shares = await all.read('shares', found)
  await all.read('works', localSubjects('works', localIds(shares, 'work_id')))
}

/** The recordings that embody the works, by links of any feed; with the works that carry the same codes. */
async function followWorks(all: Gathering, subjects: readonly SubjectRef[]): Promise<void> {
  const own: LocalId[] = [...localIds(all.of('works'), 'work_id'), ...localIds(all.of('shares'), 'work_id')]
  await all.read('works', [...localSubjects('works', own), ...subjects])
  const iswcs = [...identifiersIn(all.of('works'), 'iswc'), ...own.flatMap(([, id]) => validIdentifiers('iswc', id))]
  const same = await all.follow({ identifiers: { iswc: iswcs }, references: { work: own } })
  await all.read('works', same)
  await all.read('links', same)
  const further = localIds(all.of('works'), 'work_id')
  await all.read('links', await all.follow({ references: { work: further } }))
  const recordings = localIds(all.of('links'), 'recording_id')
  await all.read('recordings', localSubjects('recordings', recordings))
  const isrcs = identifiersIn(all.of('recordings'), 'isrc')
  const mentions = await all.follow({ identifiers: { isrc: isrcs } })
  await all.read('recordings', mentions)
  await all.read('links', [...localSubjects('links', localIds(all.of('recordings'), 'recording_id')), ...mentions])
  await closeWorks(all, all.of('links'))
}

/** The subjects of all that was gathered; statements of one subject stand together whatever their relation. */
function subjectsOf(all: Gathering): SubjectRef[] {
  const columns: readonly (readonly [RelationName, string])[] = [
    ['recordings', 'recording_id'],
    ['works', 'work_id'],
    ['parties', 'party_id'],
    ['licences', 'licence_id'],
    ['takedowns', 'takedown_id'],
  ]
  const mentioned: readonly (readonly [RelationName, RelationName, string])[] = [
    ['links', 'recordings', 'recording_id'],
    ['links', 'works', 'work_id'],
    ['shares', 'works', 'work_id'],
    ['shares', 'parties', 'party_id'],
    ['affiliations', 'parties', 'party_id'],
    ['affiliations', 'parties', 'licensor_party_id'],
    ['licences', 'parties', 'licensor_party_id'],
  ]
  const own = columns.flatMap(([relation, column]) => localSubjects(relation, localIds(all.of(relation), column)))
  const others = mentioned.flatMap(([relation, subject, column]) =>
    localSubjects(subject, localIds(all.of(relation), column)),
  )
  return [...own, ...others]
}

/** The numbers of subjects: as literals they prune what is read. */
export async function subjectNumbers(db: Evidence, subjects: readonly SubjectRef[]): Promise<string[]> {
  if (subjects.length === 0) return []
  const expressions = [...new Set(subjects.map(({ sql }) => sql))]
  const rows = await db.rows(`SELECT DISTINCT unnest([${expressions.join(', ')}])::VARCHAR AS subject ORDER BY subject`)
  return rows.map(({ subject }) => subjectByNumber(String(subject)))
}

/** What `makeFocus` and the names of what is told read. */
export const FOCUS_READS = ['SELECT * FROM recording_works, grants_of_all']

/** Makes `focus` (kind, subject): whose findings are told. Needs who is who, and `recording_works`, `grants`. */
export async function makeFocus(db: Workbench, { kind, id }: Asked): Promise<void> {
  const scheme = { recording: 'isrc', work: 'iswc', party: 'ipi-name' } as const
  const prefix = { recording: 'isrc', work: 'iswc', party: 'ipi' }[kind]
  const valid = validIdentifiers(scheme[kind], id)
  const keys = [...valid.map((code) => `${prefix} ${code}`)].map(literal).join(', ')
  const condition = valid.length > 0 ? `k."key" IN (${keys})` : `k.id = ${literal(id)}`
  const own = `SELECT DISTINCT i.${kind} AS subject FROM ${kind}_keys AS k JOIN ${kind}_identities AS i ON i.feed = k.feed AND i.id = k.id WHERE ${condition}`
  const works = {
    recording: 'SELECT work FROM recording_works WHERE recording IN (SELECT subject FROM focus_own)',
    work: 'SELECT subject AS work FROM focus_own',
    party: 'SELECT NULL::VARCHAR AS work WHERE false',
  }[kind]
  const recordings = {
    recording: 'SELECT subject AS recording FROM focus_own',
    work: 'SELECT recording FROM recording_works WHERE work IN (SELECT subject FROM focus_own)',
    party: 'SELECT NULL::VARCHAR AS recording WHERE false',
  }[kind]
  await db.run(`CREATE OR REPLACE TEMP TABLE focus_own AS ${own};
    CREATE OR REPLACE TEMP TABLE focus_works AS SELECT DISTINCT work FROM (${works}) AS w;
    CREATE OR REPLACE TEMP TABLE focus_recordings AS SELECT DISTINCT recording FROM (${recordings}) AS r;
    CREATE OR REPLACE TEMP TABLE focus_parties AS SELECT DISTINCT i.party FROM known_shares AS s
      JOIN work_identities AS w ON w.feed = s.feed AND w.id = s.work_id
      JOIN party_identities AS i ON i.feed = s.feed AND i.id = s.party_id WHERE w.work IN (SELECT work FROM focus_works);
    CREATE OR REPLACE TEMP TABLE focus AS
      SELECT ${literal(kind)} AS kind, subject FROM focus_own
      UNION SELECT 'work', work FROM focus_works
      UNION SELECT 'recording', recording FROM focus_recordings
      UNION SELECT 'party', party FROM focus_parties
      UNION SELECT 'licence', concat('local ', n.feed, ' ', n.licence_id) FROM now_licences AS n JOIN grants_of_all AS g ON g.row_id = n.row_id
        WHERE g.item IN (SELECT work FROM focus_works) OR g.item IN (SELECT recording FROM focus_recordings)
          OR g.claimant IN (SELECT party FROM focus_parties)`)
}
