/** The JSON of `recital licensed` (contract 3): shares are percent with at most four decimals. */
import type { Answer, Degree, LicensedResult, PartyAnswer, RightAnswer, WorkAnswer } from '../../licensing/index.js'
import { shareToJson } from '../../model/shares/share.js'
import type { Statement } from '../../store/evidence/statements.js'

interface DegreeJson {
  licensed: number
  exempt: number
  unlicensed: number
  unknown: number
  disputed: number
  atLeast: number
  atMost: number
  cleared: number
  reason: string | null
}

export interface PartyJson {
  party: { name: string; ipi: string | null }
  class: string
  floor: number
  ceiling: number
  /** `from`, `to`: when it is said to hold, half-open, as written; null where not stated. */
  claims: { feed: string; share: number | null; from: string | null; to: string | null; statement: string }[]
  licences: string[]
}

export interface WorkJson extends DegreeJson {
  work: { iswc: string | null; title: string | null; id: string }
  weight: number | null
  weightBasis: string
  readings: string[]
  shareKind: string | null
  parties: PartyJson[]
  links: string[]
  notCounted: string[]
}

export interface RightJson extends DegreeJson {
  right: string
  status: string
  flags: string[]
  regimes: { id: string; from: string | null; to: string | null; text: string }[]
  licences: string[]
  works: WorkJson[]
}

export interface SourceJson {
  feed: string
  snapshot: string
  file: string
  line: number
  sha256: string
  published: string
  received: string
}

export interface LicensedDocument {
  kind: 'recital.licensed'
  version: 1
  recording: { isrc: string | null; title: string | null; artist: string | null }
  on: string
  known: string
  territory: string
  status: string
  rights: RightJson[]
  composite: { mech: number; perf: number; licensed: number } | null
  theories: string[]
  basis: { generation: string; feeds: { feed: string; snapshot: string }[] }
  /** Where each statement that the answer names stands, by statement. */
  sources: Record<string, SourceJson>
  changes?: ChangeJson[]
  curve?: { known: string; status: string; rights: RightJson[] }[]
  /** With the curve: the first day on which each status, and each party's claim in each feed, was known. */
  firstKnown?: FirstKnownJson[]
}

export interface FirstKnownJson {
  known: string
  right: string
  /** A status of the right, or null where a claim is meant. */
  status: string | null
  party: { name: string; ipi: string | null } | null
  feed: string | null
  share: number | null
  statement: string | null
}

interface ChangeJson {
  known: string
  right: string
  party: { name: string; ipi: string | null }
  feed: string
  before: number | null
  after: number | null
  classBefore: string | null
  classAfter: string | null
  statement: string
}

export const degreeJson = (degree: Degree): DegreeJson => ({
  licensed: shareToJson(degree.licensed),
  exempt: shareToJson(degree.exempt),
  unlicensed: shareToJson(degree.unlicensed),
  unknown: shareToJson(degree.unknown),
  disputed: shareToJson(degree.disputed),
  atLeast: shareToJson(degree.atLeast),
  atMost: shareToJson(degree.atMost),
  cleared: shareToJson(degree.cleared),
  reason: degree.reason,
})

const idOf = ({ statement }: Statement): string => statement

/** Share of a claim in percent, as stated; null where the cell is empty. */
const shareOf = ({ values }: Statement): number | null => (values.share == null ? null : Number(values.share))

const dateOf = ({ values, given }: Statement, column: string): string | null => {
  const date = given[column] ?? values[column]
  return date == null || date === '' ? null : String(date)
}

const partyJson = ({ party, class: kind, floor, ceiling, claims, licences }: PartyAnswer): PartyJson => ({
  party: { ...party },
  class: kind,
  floor: shareToJson(floor),
  ceiling: shareToJson(ceiling),
  claims: claims.map((claim) => ({
    feed: claim.source.feed,
    share: shareOf(claim),
    from: dateOf(claim, 'valid_from'),
    to: dateOf(claim, 'valid_to'),
    statement: claim.statement,
  })),
  licences: licences.map(idOf),
})

function workJson(work: WorkAnswer): WorkJson {
  return {
    work: { ...work.work },
    weight: work.weight === null ? null : shareToJson(work.weight),
    weightBasis: work.weightBasis,
    readings: [...work.readings],
    shareKind: work.shareKind,
    ...degreeJson(work),
    parties: work.parties.map(partyJson),
    links: work.links.map(idOf),
    notCounted: work.notCounted.map(idOf),
  }
}

function rightJson(answer: RightAnswer): RightJson {
  return {
    right: answer.right,
    status: answer.status,
    ...degreeJson(answer),
    flags: [...answer.flags],
    regimes: answer.regimes.map(({ id, from, to, text }) => ({ id, from, to, text })),
    licences: answer.licences.map(idOf),
    works: answer.works.map(workJson),
  }
}

function* statementsIn({ rights }: Answer): Iterable<Statement> {
  for (const { licences, works } of rights) {
    yield* licences
    for (const { links, parties, notCounted } of works) {
      yield* links
      yield* notCounted
      for (const party of parties) {
        yield* party.claims
        yield* party.licences
      }
    }
  }
}

function sourcesOf(result: LicensedResult): Record<string, SourceJson> {
  const answers = [result.answer, ...(result.curve ?? []).map(({ answer }) => answer)]
  const statements = [
    ...answers.flatMap((answer) => [...statementsIn(answer)]),
    ...(result.changes ?? []).map(({ statement }) => statement),
  ]
  const sorted = statements.sort((a, b) => (a.statement < b.statement ? -1 : a.statement > b.statement ? 1 : 0))
  return Object.fromEntries(sorted.map(({ statement, source }) => [statement, { ...source }]))
}

/** The first entry of the curve with each status of a right, and with each claim of a party in a feed (domain.md 3.2, Q6). */
function firstKnown(curve: NonNullable<LicensedResult['curve']>): FirstKnownJson[] {
  const first = new Map<string, FirstKnownJson>()
  const add = (key: unknown, entry: FirstKnownJson) => {
    const text = JSON.stringify(key)
    if (!first.has(text)) first.set(text, entry)
  }
  const none = { status: null, party: null, feed: null, share: null, statement: null }
  for (const { known, answer } of curve) {
    for (const { right, status, works } of answer.rights) {
      add([right, status], { ...none, known, right, status })
      for (const { party, claims } of works.flatMap(({ parties }) => parties)) {
        for (const claim of claims) {
          const { feed } = claim.source
          const said = { party: { ...party }, feed, share: shareOf(claim), statement: claim.statement }
          add([right, party.ipi ?? party.name, feed], { ...none, known, right, ...said })
        }
      }
    }
  }
  return [...first.values()]
}

export function licensedDocument(result: LicensedResult, generation: number): LicensedDocument {
  const { recording, on, known, territory, answer, composite, theories, feeds, changes, curve } = result
  return {
    kind: 'recital.licensed',
    version: 1,
    recording: { ...recording },
    on,
    known,
    territory,
    status: answer.status,
    rights: answer.rights.map(rightJson),
    composite:
      composite === null
        ? null
        : {
            mech: shareToJson(composite.mech),
            perf: shareToJson(composite.perf),
            licensed: shareToJson(composite.licensed),
          },
    theories: [...theories],
    basis: { generation: String(generation), feeds: feeds.map(({ feed, snapshot }) => ({ feed, snapshot })) },
    sources: sourcesOf(result),
    ...(changes === undefined
      ? {}
      : {
          changes: changes.map(
            ({ known: at, right, party, feed, before, after, classBefore, classAfter, statement }) => ({
              known: at,
              right,
              party: { ...party },
              feed,
              before: before === null ? null : shareToJson(before),
              after: after === null ? null : shareToJson(after),
              classBefore,
              classAfter,
              statement: statement.statement,
            }),
          ),
        }),
    ...(curve === undefined
      ? {}
      : {
          curve: curve.map((each) => ({
            known: each.known,
            status: each.answer.status,
            rights: each.answer.rights.map(rightJson),
          })),
          firstKnown: firstKnown(curve),
        }),
  }
}
