/**
 * Ends a test run with one line that scripts can read, whatever reporters ran before it:
 * `Tests: N passed, N failed, N skipped`.
 */
import { stdout } from 'node:process'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'

export interface TestCounts {
  passed: number
  failed: number
  skipped: number
}

/** Counts test cases by their result; a file that could not be run and an error outside any test count as failed. */
export function countTests(modules: readonly TestModule[], errorsOutsideTests: number): TestCounts {
  const counts: TestCounts = { passed: 0, failed: errorsOutsideTests, skipped: 0 }
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      // A test still pending was never run, for instance because the run was stopped.
      if (state === 'passed' || state === 'failed') counts[state] += 1
      else counts.skipped += 1
    }
    counts.failed += module.errors().length
    for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
  }
  return counts
}

export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    const { passed, failed, skipped } = countTests(modules, errors.length)
    stdout.write(`Tests: ${passed} passed, ${failed} failed, ${skipped} skipped\n`)
  }
}
