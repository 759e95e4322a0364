/** The answer for one recording, territory, day and date of knowledge, read from the worked out relations. */
import type { Row } from '../store/duckdb.js'
import type { Statement } from '../store/evidence/statements.js'
import type { RecordingCase, Right } from './ask.js'
import { type Regime, regimesFor } from './regimes.js'
import answerClaims from './sql/answer_claims.sql'
import answerLicences from './sql/answer_licences.sql'
import answerParties from './sql/answer_parties.sql'
import answerWorks from './sql/answer_works.sql'

export type Status = 'fully-licensed' | 'partly-licensed' | 'not-licensed' | 'undetermined'
export type PartyClass = 'licensed' | 'unlicensed' | 'disputed' | 'unknown' | 'exempt'
export type Reason = 'no-data' | 'unmatched' | 'no-licence-data' | 'partial-date'

/** Five buckets in millionths of a percent, whose sum is 100 % within the tolerance (domain.md 1.5, "Result"). */
export interface Buckets {
  readonly licensed: bigint
  readonly exempt: bigint
  readonly unlicensed: bigint
  readonly unknown: bigint
  readonly disputed: bigint
}

export interface Degree extends Buckets {
  readonly atLeast: bigint
  readonly atMost: bigint
  readonly cleared: bigint
  readonly reason: Reason | null
}

export interface PartyAnswer {
  readonly party: { readonly name: string; readonly ipi: string | null }
  readonly class: PartyClass
  readonly floor: bigint
  readonly ceiling: bigint
  readonly claims: readonly Statement[]
  readonly licences: readonly Statement[]
}

export interface WorkAnswer extends Degree {
  readonly work: { readonly iswc: string | null; readonly title: string | null; readonly id: string }
  /** Feeds whose reading of the recording names the work with this weight. */
  readonly readings: readonly string[]
  /** Millionths of 1, null where the feed gives weights but none for this work. */
  readonly weight: bigint | null
  readonly weightBasis: 'given' | 'duration' | 'equal'
  readonly shareKind: 'licensing' | 'collection' | 'ownership' | null
  readonly links: readonly Statement[]
  readonly parties: readonly PartyAnswer[]
  readonly notCounted: readonly Statement[]
}

export interface RightAnswer extends Degree {
  readonly right: Right
  readonly status: Status
  readonly flags: readonly string[]
  readonly regimes: readonly Regime[]
  readonly works: readonly WorkAnswer[]
  /** Licences of the recording itself: masters, and those for the whole right. */
  readonly licences: readonly Statement[]
}

export interface Answer {
  readonly status: Status
  readonly rights: readonly RightAnswer[]
}

const micro = (value: Row[string] | undefined): bigint => BigInt(String(value ?? 0))

const bucketsOf = (row: Row): Buckets => ({
  licensed: micro(row.licensed),
  exempt: micro(row.exempt),
  unlicensed: micro(row.unlicensed),
  unknown: micro(row.unknown),
  disputed: micro(row.disputed),
})

export const degreeOf = (row: Row): Degree => ({
  ...bucketsOf(row),
  atLeast: micro(row.licensed),
  atMost: micro(row.at_most),
  cleared: micro(row.cleared),
  reason: row.reason == null ? null : (String(row.reason) as Reason),
})

/** The weight of a recording's only work, in millionths of 1. */
const WHOLE = 1_000_000n

const KINDS = ['licensing', 'collection', 'ownership'] as const

/** Reads the answer at the only point that was worked out. */
export async function readAnswer(
  recording: RecordingCase,
  { territory, on, rights }: { territory: string; on: string; rights: readonly Right[] },
): Promise<Answer> {
  const details = await Details.read(recording)
  const degrees = await recording.relation('SELECT * FROM recording_degrees')
  const [overall] = await recording.relation('SELECT status FROM recording_statuses')
  const answers = rights.map((right): RightAnswer => {
    const row = degrees.find((one) => one.right === right) ?? {}
    const status = String(row.status) as Status
    const works = details.worksOf(right)
    const regimes = regimesFor(right, territory, on)
    return {
      right,
      status,
      ...degreeOf(row),
      flags: [...flagsOf(status, regimes, row, works), ...(details.contradict(right) ? ['licences-contradict'] : [])],
      regimes,
      works,
      licences: details.licencesOf(right, null, null),
    }
  })
  return { status: String(overall?.status) as Status, rights: answers }
}

function flagsOf(status: Status, regimes: readonly Regime[], row: Row, works: readonly WorkAnswer[]): string[] {
  const ofRegimes = status === 'fully-licensed' ? [] : regimes.flatMap(({ flag }) => (flag === undefined ? [] : [flag]))
  const isAssumed = works.some(({ weight, weightBasis }) => weightBasis === 'equal' && weight !== WHOLE)
  const isMissing = works.some(({ weight }) => weight === null)
  const sums = isMissing ? [] : weightSums(works)
  return [
    ...ofRegimes,
    ...(row.has_rival_readings === true ? ['rival-links'] : []),
    ...(isAssumed ? ['weights-assumed'] : []),
    ...(isMissing ? ['weights-missing'] : []),
    ...(sums.some((sum) => sum < 999_000_000) ? ['weights-short'] : []),
    ...(sums.some((sum) => sum > 1_001_000_000) ? ['weights-scaled'] : []),
  ]
}

/** Sums of the weights as stated, in billionths, of each reading that states any (domain.md 1.5, "Aggregation"). */
function weightSums(works: readonly WorkAnswer[]): number[] {
  const sums = new Map<string, number>()
  for (const { source, values } of new Set(works.flatMap(({ links }) => links))) {
    if (values.weight == null) continue
    const reading = JSON.stringify([source.feed, values.recording_id])
    sums.set(reading, (sums.get(reading) ?? 0) + Math.round(Number(values.weight) * 1e9))
  }
  return [...sums.values()]
}

/** The rows behind an answer, read once. */
class Details {
  private constructor(
    private readonly recording: RecordingCase,
    private readonly works: readonly Row[],
    private readonly parties: readonly Row[],
    private readonly claims: readonly Row[],
    private readonly licences: readonly Row[],
    private readonly identities: ReadonlyMap<string, string>,
  ) {}

  static async read(recording: RecordingCase): Promise<Details> {
    return new Details(
      recording,
      await recording.relation(answerWorks),
      await recording.relation(answerParties),
      await recording.relation(answerClaims),
      await recording.relation(answerLicences),
      await workIdentities(recording),
    )
  }

  /** Works of all readings, equal ones of several feeds once. */
  worksOf(right: Right): WorkAnswer[] {
    const rows = this.works.filter((row) => row.right === right)
    const groups = groupBy(rows)
    return [...groups.values()].map((same) => this.#work(right, same))
  }

  #work(right: Right, same: readonly Row[]): WorkAnswer {
    const [row = {}] = same
    const target = String(row.target)
    const claims = this.claims.filter((claim) => String(claim.target) === target && claim.right === right)
    const kinds = claims.filter((claim) => claim.is_counted === true).map((claim) => Number(claim.kind_rank))
    return {
      work: workName(this.recording, this.identities, String(row.work), String(row.work_id)),
      readings: [...new Set(same.map((each) => String(each.feed)))].sort(),
      weight: row.is_weight_missing === true ? null : (micro(row.fraction) + 500n) / 1000n,
      weightBasis: basisOf(same),
      shareKind: kinds.length === 0 ? null : (KINDS[Math.min(...kinds) - 1] ?? null),
      ...degreeOf(row),
      links: same.map((each) => this.recording.statement(each.row_id)),
      parties: this.parties
        .filter((party) => String(party.target) === target && party.right === right)
        .map((party) => this.#party(right, target, party, claims))
        .sort(byCeiling),
      notCounted: claims
        .filter((claim) => claim.is_counted !== true)
        .map((claim) => this.recording.statement(claim.row_id)),
    }
  }

  #party(right: Right, target: string, row: Row, claims: readonly Row[]): PartyAnswer {
    const own = claims
      .filter((claim) => claim.claimant === row.claimant && claim.is_counted === true)
      .map((claim) => this.recording.statement(claim.row_id))
    return {
      party: row.claimant === 'public domain' ? { name: 'public domain', ipi: null } : this.#partyName(own),
      class: String(row.class) as PartyClass,
      floor: micro(row.floor),
      ceiling: micro(row.ceiling),
      claims: own,
      licences: this.licencesOf(right, target, String(row.claimant)),
    }
  }

  /** Whether of the licences that bear on one claimant some cover its share and others do not show it, or dispute it. */
  contradict(right: Right): boolean {
    const standings = new Map<string, unknown>()
    return this.licences.some((row) => {
      if (row.right !== right || row.claimant == null) return false
      const key = `${row.target} ${row.claimant}`
      const other = standings.get(key) ?? row.standing
      standings.set(key, other)
      return other !== row.standing
    })
  }

  licencesOf(right: Right, target: string | null, claimant: string | null): Statement[] {
    const rows = this.licences.filter(
      (row) =>
        row.is_decisive === true &&
        row.right === right &&
        (row.target == null ? null : String(row.target)) === target &&
        (row.claimant ?? null) === claimant,
    )
    return [...new Set(rows.map((row) => this.recording.statement(row.row_id)))]
  }

  /** The name of a claimant: as the first feed by name that claims for it writes it, and the first IPI that any states. */
  #partyName(claims: readonly Statement[]): { name: string; ipi: string | null } {
    const named = claims.flatMap(({ source, values }) =>
      (this.recording.facts.statements.parties ?? []).filter(
        (party) => party.source.feed === source.feed && party.values.party_id === values.party_id,
      ),
    )
    const sorted = [...named].sort(
      (a, b) => compareTexts(a.source.feed, b.source.feed) || compareTexts(b.known.from, a.known.from),
    )
    const ipi = sorted.map(({ values }) => values.ipi_name_number).find((value) => value != null)
    const name = sorted[0]?.values.name ?? claims[0]?.values.party_id
    return { name: String(name ?? ''), ipi: ipi == null ? null : (String(ipi).split('|')[0] ?? null) }
  }
}

/** Which work each feed's id stands for, by `feed id`, as known at what was last seen. */
export async function workIdentities(recording: RecordingCase): Promise<ReadonlyMap<string, string>> {
  const rows = await recording.relation('SELECT feed, id, work FROM work_identities')
  return new Map(rows.map(({ feed, id, work }) => [`${feed} ${id}`, String(work)]))
}

/** How a work is called: as the first feed by name writes it, newest statement first, with the first ISWC stated. */
export function workName(
  { facts }: RecordingCase,
  identities: ReadonlyMap<string, string>,
  identity: string,
  id: string,
): WorkAnswer['work'] {
  const same = (facts.statements.works ?? []).filter(
    ({ source, values }) => identities.get(`${source.feed} ${values.work_id}`) === identity,
  )
  const sorted = [...same].sort(
    (a, b) => compareTexts(a.source.feed, b.source.feed) || compareTexts(b.known.from, a.known.from),
  )
  const iswc = sorted.map(({ values }) => values.iswc).find((value) => value != null)
  const title = sorted[0]?.values.title
  return { iswc: iswc == null ? null : String(iswc), title: title == null ? null : String(title), id }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Feeds that agree on a weight may have it on different grounds: a stated one counts before an assumed one. */
function basisOf(same: readonly Row[]): WorkAnswer['weightBasis'] {
  const bases = new Set(same.map(({ basis }) => String(basis)))
  return bases.has('given') ? 'given' : bases.has('duration') ? 'duration' : 'equal'
}

/** Larger ceilings first, then by name. */
function byCeiling(a: PartyAnswer, b: PartyAnswer): number {
  if (a.ceiling !== b.ceiling) return a.ceiling > b.ceiling ? -1 : 1
  return compareTexts(a.party.name, b.party.name)
}

function groupBy(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.work, String(row.fraction), row.is_weight_missing])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return groups
}
