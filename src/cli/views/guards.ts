/** What guards saw, for machines and for people: the same wherever it is told. */
import type { GuardFinding, Verdict } from '../../snapshots/index.js'

export type { Verdict }

export interface GuardDocument {
  guard: string
  level: string
  relation: string | null
  about: string | null
  seen: string
  threshold: string
  rows: { seen: number; base: number } | null
  comparedWith: string | null
  message: string
  next: string
  examples: string[]
}

export const guardDocument = (finding: GuardFinding): GuardDocument => ({
  guard: finding.guard,
  level: finding.level,
  relation: finding.relation,
  about: finding.about,
  seen: finding.seen,
  threshold: finding.threshold,
  rows: finding.rows === null ? null : { seen: finding.rows.seen, base: finding.rows.base },
  comparedWith: finding.comparedWith,
  message: finding.message,
  next: finding.next,
  examples: [...finding.examples],
})

/** One line for each thing that was seen, with its level and guard; `next` below what asks for something. */
export function guardLines(guards: readonly GuardDocument[]): string[] {
  return guards.flatMap(({ guard, level, message, threshold, next, examples }) => [
    `${level} (${guard}): ${message}${level === 'remark' ? '' : ` (threshold: ${threshold})`}`,
    ...examples.slice(0, 3).map((example) => `  ${example}`),
    ...(level === 'remark' ? [] : [`  next: ${next}`]),
  ])
}
