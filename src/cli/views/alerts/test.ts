/** What `recital alerts test` answers. */
import { hasPassed, type TestOutcome } from '../../../alerts/index.js'
import type { Output } from '../../output.js'
import { plural } from '../words.js'
import { subjectText } from './dry-run.js'
import { type AlertEntry, alertEntry } from './dry-run-document.js'

export interface TestEntry {
  file: string
  line: number
  rule: string
  name: string
  passed: boolean
  missing: TestOutcome['missing']
  unexpected: AlertEntry[]
  open: readonly string[]
  error: string | null
}

export interface TestDocument {
  kind: 'recital.alerts.test'
  version: 1
  passed: number
  failed: number
  /** What is wrong with the files themselves. */
  problems: string[]
  /** Rules without any test. */
  untested: string[]
  tests: TestEntry[]
}

export const testEntry = (outcome: TestOutcome): TestEntry => ({
  file: outcome.rule.place.file,
  line: outcome.test.line,
  rule: outcome.rule.id,
  name: outcome.test.name,
  passed: hasPassed(outcome),
  missing: outcome.missing,
  unexpected: outcome.unexpected.map(alertEntry),
  open: outcome.open,
  error: outcome.error,
})

export function testDocument(entries: TestEntry[], problems: string[], untested: string[]): TestDocument {
  const passed = entries.filter((entry) => entry.passed).length
  return {
    kind: 'recital.alerts.test',
    version: 1,
    passed,
    failed: entries.length - passed,
    problems,
    untested,
    tests: entries,
  }
}

/** Differences of one test, one line each. */
export function differences({ missing, unexpected, open, error, rule }: TestEntry): string[] {
  const told = (message: string | null) => (message === null ? '' : `  "${message}"`)
  return [
    ...(error === null ? [] : [`broken      ${error}`]),
    ...missing.map((one) => `missing     ${one.rule ?? rule}  ${subjectText(one.key, one.group)}${told(one.message)}`),
    ...unexpected.map((one) => `unexpected  ${one.rule}  ${subjectText(one.key, one.group)}${told(one.message)}`),
    ...(missing.length === 0 ? [] : open.map((one) => `open        ${one}`)),
  ]
}

export function printTests(document: TestDocument, out: Output): void {
  const { tests, problems, untested, passed, failed } = document
  for (const problem of problems) out.safe(`error  ${problem}`)
  for (const entry of tests) {
    out.safe(`${entry.passed ? 'ok    ' : 'FAILED'}  ${entry.rule}: ${entry.name}  ${entry.file}:${entry.line}`)
    for (const line of differences(entry)) out.safe(`          ${line}`)
  }
  if (tests.length > 0) out.line()
  out.line(`${plural(passed, 'test')} passed, ${failed} failed.`)
  if (untested.length > 0) out.safe(`Without a test: ${untested.join(', ')}`)
}
