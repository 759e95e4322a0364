/** What `recital alerts lint` answers. */
import type { Level, LintFinding } from '../../../alerts/index.js'
import type { Output } from '../../output.js'
import { plural } from '../words.js'

export interface LintDocument {
  kind: 'recital.alerts.lint'
  version: 1
  rules: number
  counts: Record<Level, number>
  findings: LintFinding[]
}

export function lintDocument(findings: LintFinding[], rules: number): LintDocument {
  const counts = { info: 0, warning: 0, error: 0 }
  for (const { level } of findings) counts[level] += 1
  return { kind: 'recital.alerts.lint', version: 1, rules, counts, findings }
}

export function printLint({ findings, counts, rules }: LintDocument, out: Output): void {
  for (const { level, code, message, suggestions } of findings) {
    out.safe(`${level.padEnd(7)}  ${message}  [${code}]`)
    for (const suggestion of suggestions) out.safe(`         next: ${suggestion}`)
  }
  if (findings.length > 0) out.line()
  out.line(
    `${plural(rules, 'rule')}: ${plural(counts.error, 'error')}, ${plural(counts.warning, 'warning')}, ${counts.info} to know.`,
  )
}
