/**
 * References that meet nothing (contract 1): a party, work or recording that is named, but is no id of the feed and no
 * valid identifier that could stand for one in any feed. The row is kept; how many there are is a finding.
 *
 * Looked for once a delivery is folded, when the feed's statements are what the delivery leaves of them: a delta may
 * name what an earlier delivery stated, and a full delivery withdraws what it does not state again. So a finding tells
 * what was known when the delivery was loaded.
 */
import { sqlIsValid, sqlNormalised } from '../model/identifiers/sql.js'
import { RELATIONS, type Relation } from '../model/relations.js'
import type { SnapshotFinding } from '../snapshots/index.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { sqlSubjectOf } from '../store/evidence/hashes.js'
import { LISTS_REPERTOIRE, REFERENCES } from '../store/evidence/pointers.js'
import { statementsOf, storedRelations } from '../store/evidence/schema.js'

type Target = 'party' | 'work' | 'recording'
type Identifier = Parameters<typeof sqlIsValid>[0]

interface Reference {
  readonly column: string
  readonly targets: readonly Target[]
  /** The column lists several, separated by `|`, or holds one of the words that name none. */
  readonly isList: boolean
}

/** Who states such a subject, which identifiers may stand for it, and how people call them. */
const TARGETS: Readonly<Record<Target, { relation: Relation; identifiers: readonly Identifier[]; called: string }>> = {
  party: { relation: RELATIONS.parties, identifiers: ['ipi-name', 'ipi-base'], called: 'IPI' },
  work: { relation: RELATIONS.works, identifiers: ['iswc'], called: 'ISWC' },
  recording: { relation: RELATIONS.recordings, identifiers: ['isrc'], called: 'ISRC' },
}

const TARGET_OF: Readonly<Record<string, Target>> = { 'ipi-name': 'party', iswc: 'work', isrc: 'recording' }

/** Readers of these replace record ids and tell by the provider's own cells what meets nothing. */
const TELL_THEMSELVES: readonly string[] = ['bwarm', 'musicbrainz']

const CODE = 'unresolved-reference'

/** Whether a finding of a delivery in a format was made here, and not by its reader. */
export const isUnmetReference = (format: string, code: string): boolean =>
  code === CODE && !TELL_THEMSELVES.includes(format)

/** The findings that were made here, of all snapshots of an evidence: snapshot id and the finding. */
export async function toldReferences(db: Evidence): Promise<{ snapshot: string; finding: SnapshotFinding }[]> {
  const rows = await db.rows(
    `SELECT s.snapshot, f.* FROM findings f JOIN snapshots s USING (snapshot_no)
     WHERE f.code = ${literal(CODE)} AND s.format NOT IN (${TELL_THEMSELVES.map(literal).join(', ')})`,
  )
  return rows.map((row) => ({
    snapshot: String(row.snapshot),
    finding: {
      file: Number(row.file_no),
      code: CODE,
      relation: String(row.relation),
      column: String(row.column_name),
      line: Number(row.line),
      value: String(row.value),
      occurrences: Number(row.occurrences),
      message: String(row.message),
    },
  }))
}

const AGREEMENT_PARTIES = ['assignor_party_id', 'acquirer_party_id']

function referencesOf({ name }: Relation): Reference[] {
  const single = (REFERENCES[name] ?? []).flatMap(({ column, global }): Reference[] => {
    const target = TARGET_OF[global ?? '']
    return target === undefined ? [] : [{ column, targets: [target], isList: false }]
  })
  const parties = name === 'agreements' ? AGREEMENT_PARTIES : []
  return [
    ...single,
    ...parties.map((column): Reference => ({ column, targets: ['party'], isList: false })),
    ...(LISTS_REPERTOIRE.has(name)
      ? [{ column: 'repertoire', targets: ['work', 'recording'], isList: true } satisfies Reference]
      : []),
  ]
}

export interface FoldedDelivery {
  readonly snapshotNo: number
  readonly feed: string
  readonly format: string
  /** Its relations with the Parquet files of their typed rows. */
  readonly relations: readonly { readonly relation: Relation; readonly parquet: string }[]
}

type Place = FoldedDelivery['relations'][number] & { readonly reference: Reference }

/** SELECT of file, line and `t`, the texts by which a column refers; a row that is refused or withdraws refers to nothing. */
function texts({ parquet, reference: { column, isList } }: Place): string {
  const c = quoted(column)
  const rows = `FROM read_parquet(${literal(parquet)}) WHERE reject_reason IS NULL AND op IS NULL AND ${c} IS NOT NULL`
  if (!isList) return `SELECT file, line, ${c} AS t ${rows}`
  const items = `list_filter(list_transform(string_split(${c}, '|'), lambda v: trim(v)), lambda v: v <> '')`
  return `SELECT file, line, unnest(${items}) AS t ${rows} AND lower(${c}) NOT IN ('all', 'unproven', 'disputed')`
}

/** SELECT of relation, column and the texts `t` of a column that no statement of the feed, or of the delivery, is about. */
function unstatedSelect(delivery: FoldedDelivery, place: Place, stored: ReadonlySet<string>): string {
  const { feed, snapshotNo } = delivery
  const joins = place.reference.targets.flatMap((target) => {
    const { relation } = TARGETS[target]
    if (!stored.has(relation.name)) return []
    const subjects = `SELECT subject FROM ${statementsOf(relation)}
      WHERE feed_no = (SELECT feed_no FROM snapshots WHERE snapshot_no = ${snapshotNo})
        AND (known_to IS NULL OR snapshot_no = ${snapshotNo})`
    // Not NOT EXISTS, for which the database would first gather the different texts.
    return [
      `ANTI JOIN (${subjects}) ${target} ON ${target}.subject = ${sqlSubjectOf(relation, literal(feed), ['r.t'])}`,
    ]
  })
  return `SELECT ${literal(place.relation.name)} AS relation, ${literal(place.reference.column)} AS "column", t
    FROM (${texts(place)}) r ${joins.join(' ')} GROUP BY t`
}

const ofPlace = ({ relation, reference }: Place): string =>
  `relation = ${literal(relation.name)} AND "column" = ${literal(reference.column)}`

/** Takes out of `unstated` what is a valid identifier, and so may be stated by any feed. */
async function dropIdentifiers(db: Evidence, place: Place): Promise<void> {
  const kinds = place.reference.targets.flatMap((target) => TARGETS[target].identifiers)
  const normalised = kinds.map((kind, index) => `${sqlNormalised(kind, 't')} AS n${index}`)
  const valid = kinds.map((kind, index) => sqlIsValid(kind, `n${index}`))
  // Materialised, or the check would be pushed down and work out the normalised text anew for each of its digits.
  await db.run(
    `DELETE FROM unstated WHERE ${ofPlace(place)} AND t IN (
       WITH candidates AS MATERIALIZED (SELECT t, ${normalised.join(', ')} FROM unstated WHERE ${ofPlace(place)})
       SELECT t FROM candidates WHERE ${valid.join(' OR ')})`,
  )
}

function messageOf({ targets }: Reference): string {
  const called = targets.map((target) => TARGETS[target].called).join(' or ')
  return `names no ${targets.join(' or ')} that its feed had stated by then, and is no valid ${called}: kept`
}

/** The finding about what is left of a column's texts in `unstated`; none where nothing is. */
async function findingOf(db: Evidence, place: Place): Promise<SnapshotFinding[]> {
  const unmet = `(${texts(place)}) r
    WHERE t IN (SELECT u.t FROM unstated u WHERE ${ofPlace(place)})`
  const [first] = await db.rows(
    `SELECT file, line, t, (SELECT count(*) FROM ${unmet}) AS n FROM ${unmet} ORDER BY file, line, t LIMIT 1`,
  )
  if (first === undefined) return []
  const [file, line, occurrences, value] = [Number(first.file), Number(first.line), Number(first.n), String(first.t)]
  const { column } = place.reference
  const message = messageOf(place.reference)
  return [{ file, code: CODE, relation: place.relation.name, column, line, value, occurrences, message }]
}

/** The findings `unresolved-reference` of a delivery that has just been folded: one per relation and column. */
export async function findUnmetReferences(db: Evidence, delivery: FoldedDelivery): Promise<SnapshotFinding[]> {
  if (TELL_THEMSELVES.includes(delivery.format)) return []
  const places = delivery.relations.flatMap((one) =>
    referencesOf(one.relation).map((reference): Place => ({ ...one, reference })),
  )
  if (places.length === 0) return []
  const stored = new Set((await storedRelations(db)).map(({ name }) => name))
  const selects = places.map((place) => unstatedSelect(delivery, place, stored))
  await db.run(`CREATE OR REPLACE TEMP TABLE unstated AS ${selects.join(' UNION ALL ')}`)
  const unstated = await db.rows('SELECT DISTINCT relation, "column" FROM unstated')
  const findings: SnapshotFinding[] = []
  for (const place of places) {
    const { relation, reference } = place
    if (!unstated.some((row) => row.relation === relation.name && row.column === reference.column)) continue
    await dropIdentifiers(db, place)
    findings.push(...(await findingOf(db, place)))
  }
  await db.run('DROP TABLE unstated')
  return findings
}
