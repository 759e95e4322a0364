/** From what the rules found to what is told: filtered and sorted, with names, territories, and the statements behind each finding. */
import { createHash } from 'node:crypto'
import { formatTerritories } from '../model/territories/format.js'
import { ATOMS, TerritorySet } from '../model/territories/territory-set.js'
import { literal } from '../store/columns.js'
import type { Row } from '../store/duckdb.js'
import type { Workbench } from '../store/small-workbench.js'
import { readEvidence, type Sources } from './evidence.js'
import type { Evidenced, Finding, Party, Subject, SubjectKind } from './finding.js'
import foundFeeds from './frame/found_feeds.sql'
import namedSubjects from './frame/named_subjects.sql'
import partyNames from './frame/party_names.sql'
import sorted from './frame/sorted.sql'
import workNames from './frame/work_names.sql'
import type { Rule } from './rule.js'
import { RULES } from './rules.js'

export interface Filter {
  readonly rules: readonly Rule[]
  /** Kind of the subject in `focus`; null: the whole catalogue. */
  readonly focus: 'recording' | 'work' | 'party' | null
  /** ISO alpha-2. */
  readonly territory: string | null
  readonly right: string | null
  readonly feed: string | null
}

/** Makes `sorted_findings` of `found`: those that pass, in the order in which they are told. */
export async function choose(db: Workbench, { rules, focus, territory, right, feed }: Filter): Promise<void> {
  const severities = rules.map(({ id, severity }) => `(${literal(id)}, ${severity})`).join(', ')
  const conditions = [
    ...(focus === null ? [] : [focusCondition(focus)]),
    ...(territory === null ? [] : [`(atoms IS NULL OR get_bit(atoms, ${ATOMS.indexOf(territory)}) = 1)`]),
    ...(right === null ? [] : [`("right" = ${literal(right)} OR "right" IS NULL)`]),
    ...(feed === null ? [] : [`finding IN (SELECT finding FROM found_feeds WHERE feed = ${literal(feed)})`]),
  ]
  await db.run(`CREATE OR REPLACE TEMP TABLE severities AS SELECT * FROM (VALUES ${severities === '' ? "('', 0)" : severities}) AS s(rule, severity);
    ${feed === null ? '' : `CREATE OR REPLACE TEMP TABLE found_feeds AS ${foundFeeds};`}
    CREATE OR REPLACE TEMP TABLE sorted_findings AS SELECT * FROM (${sorted}) AS s
      ${conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`}`)
}

const focusCondition = (focus: string): string => {
  const own = '(subject_kind, subject) IN (SELECT (kind, subject) FROM focus)'
  return focus === 'party' ? `(${own} OR list_has_any(parties, (SELECT list(subject) FROM focus_own)))` : own
}

/** A finding as it stands in a table of chosen ones. */
export interface Chosen {
  readonly finding: number
  readonly rule: string
  readonly identity: string
  readonly row: Row
}

/** The first findings of a table, in order. */
export async function readChosen(db: Workbench, table: string, limit: number | null): Promise<Chosen[]> {
  const rows =
    await db.rows(`SELECT place, finding, rule, identity, subject_kind, subject, "right", "from", "to", detail, is_payment_only, CAST(atoms AS VARCHAR) AS atoms, CAST(total AS VARCHAR) AS total,
      CAST(over AS VARCHAR) AS over, CAST(streams AS VARCHAR) AS streams, to_json(parties)::VARCHAR AS party_list, to_json(refs)::VARCHAR AS ref_list
    FROM ${table} ORDER BY place ${limit === null ? '' : `LIMIT ${limit}`}`)
  return rows.map((row) => ({
    finding: Number(row.finding),
    rule: String(row.rule),
    identity: String(row.identity),
    row,
  }))
}

const list = (json: unknown): string[] => (typeof json === 'string' ? (JSON.parse(json) as string[]) : [])
const text = (value: unknown): string | null => (value == null ? null : String(value))
const whole = (value: unknown): bigint | null => (value == null ? null : BigInt(String(value)))

/** Findings with names and statements; known intervals are worked out apart. @param table where the chosen ones stand */
export async function resolveFindings(
  { db, bench }: Sources,
  table: string,
  chosen: readonly Chosen[],
): Promise<Finding[]> {
  if (chosen.length === 0) return []
  const last = Math.max(...chosen.map(({ row }) => Number(row.place)))
  await bench.run(`CREATE OR REPLACE TEMP TABLE chosen AS SELECT * FROM ${table} WHERE place <= ${last};
    CREATE OR REPLACE TEMP TABLE party_names AS ${partyNames};
    CREATE OR REPLACE TEMP TABLE work_names AS ${workNames}`)
  const named = await bench.rows(namedSubjects)
  const names = new Map(named.map((row) => [`${row.kind} ${row.subject}`, row]))
  const evidence = await readEvidence(
    { db, bench },
    chosen.flatMap(({ row }) => list(row.ref_list)),
  )
  const holders = await holdersOf(bench, [...evidence.values()])
  const feeds = new Map(
    (await bench.rows('SELECT feed_no, feed FROM feeds')).map((row) => [String(row.feed_no), String(row.feed)]),
  )
  const deliveries = await deliveriesOf(bench)
  return chosen.map(({ row, rule }) => {
    const subject = subjectOf(row, names, feeds, deliveries)
    const parties = list(row.party_list).map((party) => partyOf(party, names))
    const said = list(row.ref_list).flatMap((ref) => {
      const one = evidence.get(ref)
      const holder = one === undefined ? undefined : holders.get(holderKey(one))
      return one === undefined ? [] : [holder === undefined ? one : { ...one, party: partyOf(holder, names) }]
    })
    const detail = readable(text(row.detail), feeds)
    return {
      rule: ruleOf(rule),
      key: keyOf(rule, subject, text(row.right), parties, detail),
      subject,
      right: text(row.right),
      territories: row.atoms == null ? [] : formatTerritories(TerritorySet.fromBits(String(row.atoms))).split('|'),
      from: text(row.from),
      to: text(row.to),
      total: whole(row.total),
      over: whole(row.over),
      streams: whole(row.streams) ?? 0n,
      paymentOnly: row.is_payment_only === true,
      parties: parties.sort((a, b) => compare(a.name, b.name) || compare(a.ipi ?? '', b.ipi ?? '')),
      evidence: said.sort((a, b) => compare(a.source?.feed ?? '', b.source?.feed ?? '') || compare(a.id, b.id)),
      detail,
      knownFrom: null,
      knownTo: null,
    }
  })
}

/** Whose row it is, as its feed names it. */
const holderKey = ({ source, statement }: Evidenced): string =>
  `${source?.feed} ${statement?.values.party_id ?? statement?.values.licensor_party_id ?? ''}`

/** Identities of the parties that rows name, by `holderKey`. */
async function holdersOf(db: Workbench, evidence: readonly Evidenced[]): Promise<Map<string, string>> {
  const keys = [...new Set(evidence.map(holderKey))].filter((key) => !key.endsWith(' '))
  if (keys.length === 0) return new Map()
  const rows = await db.rows(`SELECT concat(f.feed, ' ', i.id) AS holder, i.party
    FROM party_identities AS i JOIN feeds AS f ON f.feed_no = i.feed
    WHERE concat(f.feed, ' ', i.id) IN (${keys.map(literal).join(', ')})`)
  return new Map(rows.map(({ holder, party }) => [String(holder), String(party)]))
}

const ruleOf = (id: string): Rule => RULES.find((rule) => rule.id === id) as Rule
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Ids of feeds stand in details by number, which is no part of what is told. */
const readable = (detail: string | null, feeds: ReadonlyMap<string, string>): string | null =>
  detail
    ?.replace(/\blocal (\d+) /g, (_, number: string) => `${feeds.get(number) ?? number} `)
    .replace(/\b(iswc|isrc) /g, '') ?? null

function subjectOf(
  row: Row,
  names: ReadonlyMap<string, Row>,
  feeds: ReadonlyMap<string, string>,
  deliveries: ReadonlyMap<string, string>,
): Subject {
  const kind = String(row.subject_kind) as SubjectKind
  const identity = String(row.subject)
  const local = /^local (\d+) (.*)$/s.exec(identity)
  const name = names.get(`${kind} ${identity}`)
  const delivered = kind === 'delivery' ? (deliveries.get(identity) ?? null) : kind === 'feed' ? identity : null
  return {
    kind,
    id: text(name?.id) ?? local?.[2] ?? identity.replace(/^(isrc|iswc|ipi|base|isni) /, ''),
    feed: text(name?.feed) ?? (local === null ? delivered : (feeds.get(local[1] ?? '') ?? null)),
    code: text(name?.code) ?? /^(?:isrc|iswc|ipi) (.*)$/.exec(identity)?.[1] ?? null,
    title: text(name?.title),
    artist: text(name?.artist),
  }
}

function partyOf(party: string, names: ReadonlyMap<string, Row>): Party {
  if (party === 'public domain') return { name: party, ipi: null }
  const name = names.get(`party ${party}`)
  return {
    name: text(name?.title) ?? party.replace(/^(local \d+|ipi|base|isni) /, ''),
    ipi: text(name?.code) ?? /^ipi (.*)$/.exec(party)?.[1] ?? null,
  }
}

/** Feed of each snapshot, by its id. */
async function deliveriesOf(db: Workbench): Promise<Map<string, string>> {
  const rows = await db.rows('SELECT snapshot, feed FROM snapshots JOIN feeds USING (feed_no)')
  return new Map(rows.map(({ snapshot, feed }) => [String(snapshot), String(feed)]))
}

const KEY_LENGTH = 12

/** Made from what is told, never from numbers of rows. */
function keyOf(
  rule: string,
  subject: Subject,
  right: string | null,
  parties: readonly Party[],
  detail: string | null,
): string {
  const who = parties.map(({ name, ipi }) => ipi ?? name).sort()
  const said = [rule, subject.kind, subject.code ?? `${subject.feed} ${subject.id}`, right, ...who, detail]
  return `${rule}:${createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, KEY_LENGTH)}`
}
