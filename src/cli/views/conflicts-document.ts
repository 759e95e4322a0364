/** The JSON of `recital conflicts` (contract 3): shares are percent with at most four decimals. */
import { type ConflictsResult, type Finding, RULES, type Scorecard, type Subject } from '../../conflicts/index.js'
import { shareToJson } from '../../model/shares/share.js'
import { type Decision, standingDecisions } from '../../store/casebook/decisions.js'
import type { SourceJson } from './licensed-document.js'

export interface SubjectJson {
  kind: string
  iswc?: string | null
  isrc?: string | null
  ipi?: string | null
  title?: string | null
  artist?: string | null
  id: string
  feed: string | null
}

export interface ConflictJson {
  id: string
  name: string
  severity: number
  subject: SubjectJson
  right: string | null
  territories: string[]
  from: string | null
  to: string | null
  knownFrom: string | null
  knownTo: string | null
  magnitude: { total: number | null; over: number | null; streams: number }
  paymentOnly: boolean
  parties: string[]
  statements: string[]
  next: string
  /** What a decision is about: the same for the same contradiction at any date of knowledge. */
  key: string
  detail: string | null
  /** What was decided about it and not undone, oldest first. */
  decisions: DecisionJson[]
}

export interface DecisionJson {
  id: number
  at: string
  author: string
  verdict: string
  identity: string | null
  reason: string
}

export interface ConflictsDocument {
  kind: 'recital.conflicts'
  version: 1
  known: string
  /** Findings by rule, of all that were asked about; with --since, those that appeared. */
  counts: Record<string, number>
  /** The gravest severity that was found; null where nothing was. */
  gravest: number | null
  /** Findings that are counted and not listed. */
  leftOut: number
  conflicts: ConflictJson[]
  /** Where the statements stand, by statement. */
  sources: Record<string, SourceJson>
  basis: { generation: string }
  since?: string
  disappeared?: ConflictJson[]
  /** At the end of each year of knowledge: what each provider states, and in how much of it others stand against it. */
  scorecard?: ScorecardJson[]
}

export interface ScorecardJson {
  known: string
  providers: {
    provider: string
    stated: number
    contradicted: number
    against: { provider: string; contradicted: number }[]
  }[]
}

interface Surroundings {
  /** Ids of the rules that were asked about: each is counted, if only with 0. */
  readonly asked: readonly string[]
  readonly generation: number
  readonly decisions: readonly Decision[]
  readonly cards: readonly Scorecard[] | null
}

export function conflictsDocument(
  result: ConflictsResult,
  { asked, generation, decisions, cards }: Surroundings,
): ConflictsDocument {
  const { findings, disappeared, since, counts } = result
  return {
    kind: 'recital.conflicts',
    version: 1,
    known: result.known,
    ...(since === null ? {} : { since }),
    counts: Object.fromEntries(asked.map((id) => [id, counts.get(id) ?? 0])),
    gravest: gravestOf(counts),
    leftOut: result.leftOut,
    conflicts: findings.map((finding) => conflictJson(finding, decisions)),
    ...(disappeared === null ? {} : { disappeared: disappeared.map((finding) => conflictJson(finding, decisions)) }),
    ...(cards === null ? {} : { scorecard: cards.map(scorecardJson) }),
    sources: sourcesOf([...findings, ...(disappeared ?? [])]),
    basis: { generation: String(generation) },
  }
}

function conflictJson(finding: Finding, decisions: readonly Decision[]): ConflictJson {
  const { rule, right, territories, from, to, knownFrom, knownTo, total, over, streams, paymentOnly } = finding
  const share = (value: bigint | null): number | null => (value === null ? null : shareToJson(value))
  return {
    id: rule.id,
    name: rule.name,
    severity: rule.severity,
    subject: subjectJson(finding.subject),
    right,
    territories: [...territories],
    from,
    to,
    knownFrom,
    knownTo,
    magnitude: { total: share(total), over: share(over), streams: Number(streams) },
    paymentOnly,
    parties: finding.parties.map(({ name }) => name),
    statements: finding.evidence.map(({ id }) => id),
    next: rule.next,
    key: finding.key,
    detail: finding.detail,
    decisions: standingDecisions(decisions, finding.key).map(decisionJson),
  }
}

export const decisionJson = ({ id, decidedAt, author, verdict, identity, reason }: Decision): DecisionJson => ({
  id,
  at: decidedAt,
  author,
  verdict,
  identity,
  reason,
})

const CODES = { work: 'iswc', recording: 'isrc', party: 'ipi' } as const

function subjectJson({ kind, id, feed, code, title, artist }: Subject): SubjectJson {
  if (kind !== 'work' && kind !== 'recording' && kind !== 'party') return { kind, id, feed }
  return { kind, [CODES[kind]]: code, title, ...(kind === 'recording' ? { artist } : {}), id, feed }
}

const scorecardJson = ({ known, scores }: Scorecard): ScorecardJson => ({
  known,
  providers: scores.map(({ provider, stated, contradicted, against }) => ({
    provider,
    stated,
    contradicted,
    against: against.map((one) => ({ ...one })),
  })),
})

function sourcesOf(findings: readonly Finding[]): Record<string, SourceJson> {
  const sources = new Map<string, SourceJson>()
  for (const { evidence } of findings) {
    for (const { id, source } of evidence) if (source !== null) sources.set(id, { ...source })
  }
  return Object.fromEntries([...sources].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function gravestOf(counts: ReadonlyMap<string, number>): number | null {
  const found = RULES.filter(({ id }) => (counts.get(id) ?? 0) > 0).map(({ severity }) => severity)
  return found.length === 0 ? null : Math.min(...found)
}
