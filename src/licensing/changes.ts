/** How an answer moved with the date of knowledge. */
import { compareInstants, endOfDay } from '../model/dates/instants.js'
import { parseShare } from '../model/shares/share.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import type { Statement } from '../store/evidence/statements.js'
import type { Answer, PartyClass } from './answer.js'
import type { RecordingCase, Right } from './ask.js'

/** A party's claims in one feed, or the class of its share, that a receipt changed. Shares in millionths of a percent. */
export interface Change {
  /** Day of the receipt. */
  readonly known: string
  readonly right: Right
  readonly party: { readonly name: string; readonly ipi: string | null }
  readonly feed: string
  /** Null = no claim. */
  readonly before: bigint | null
  readonly after: bigint | null
  readonly classBefore: PartyClass | null
  readonly classAfter: PartyClass | null
  /** The claim that came, or the one that went; where the claim stayed, the licence that came or went. */
  readonly statement: Statement
}

/** Days on which anything was received or withdrawn that bears on the recording, up to a date, in order. */
export function knowledgeSteps(recording: RecordingCase, last: Knowledge, first?: Knowledge): Knowledge[] {
  const days = new Set<string>()
  for (const { known } of recording.statements) {
    for (const instant of [known.from, known.to]) if (instant !== null) days.add(instant.slice(0, 10))
  }
  return [...days].sort().flatMap((day): Knowledge[] => {
    const before = endOfDay(day) ?? last.before
    const isAfterStart = first === undefined || compareInstants(before, first.before) > 0
    // The last step is cut at the instant that was asked for.
    return isAfterStart && day <= last.label.slice(0, 10)
      ? [{ label: day, before: compareInstants(before, last.before) < 0 ? before : last.before }]
      : []
  })
}

interface Claim {
  readonly right: Right
  readonly party: Change['party']
  readonly feed: string
  readonly share: bigint
  readonly class: PartyClass
  readonly statement: Statement
  readonly licences: readonly Statement[]
}

/** Claims by right, work, party and feed, added up. */
function claimsOf(answer: Answer): Map<string, Claim> {
  const claims = new Map<string, Claim>()
  for (const { right, works } of answer.rights) {
    for (const { work, parties } of works) {
      for (const { party, class: kind, claims: rows, licences } of parties) {
        for (const statement of rows) {
          const key = JSON.stringify([right, work.iswc ?? work.id, party.ipi ?? party.name, statement.source.feed])
          const share = parseShare(String(statement.values.share ?? '0'))?.micro ?? 0n
          const sum = share + (claims.get(key)?.share ?? 0n)
          claims.set(key, { right, party, feed: statement.source.feed, share: sum, class: kind, statement, licences })
        }
      }
    }
  }
  return claims
}

/** What each receipt between two dates of knowledge changed in the claims, in order of knowledge. */
export async function changesBetween(
  recording: RecordingCase,
  start: Knowledge,
  end: Knowledge,
  answerAt: (at: Knowledge) => Promise<Answer>,
): Promise<Change[]> {
  const changes: Change[] = []
  let before = claimsOf(await answerAt(start))
  for (const step of knowledgeSteps(recording, end, start)) {
    const after = claimsOf(await answerAt(step))
    for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
      const [was, is] = [before.get(key), after.get(key)]
      const claim = is ?? was
      if (claim === undefined || (was?.share === is?.share && was?.class === is?.class)) continue
      const { right, party, feed } = claim
      const licence = was?.share === is?.share ? (is?.licences[0] ?? was?.licences[0]) : undefined
      changes.push({
        known: step.label,
        right,
        party,
        feed,
        before: was?.share ?? null,
        after: is?.share ?? null,
        classBefore: was?.class ?? null,
        classAfter: is?.class ?? null,
        statement: licence ?? claim.statement,
      })
    }
    before = after
  }
  return changes
}

/** Whether two answers say the same: buckets, status, parties, claims and licences. */
export function sameAnswer(a: Answer, b: Answer): boolean {
  return fingerprint(a) === fingerprint(b)
}

const fingerprint = (answer: Answer): string =>
  JSON.stringify(answer, (key, value) => {
    if (typeof value === 'bigint') return String(value)
    return key === 'source' || key === 'known' || key === 'given' || key === 'extra' ? undefined : value
  })
