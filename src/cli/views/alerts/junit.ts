/** Test results as JUnit XML, which build servers read. */
import { escaped } from '../../../report/index.js'
import { differences, type TestDocument } from './test.js'

export function junitXml({ tests, failed, problems }: TestDocument): string {
  const cases = tests.map((entry) => {
    const head = `  <testcase classname="${escaped(entry.rule)}" name="${escaped(entry.name)}" file="${escaped(entry.file)}" line="${entry.line}"`
    if (entry.passed) return `${head}/>`
    const lines = differences(entry).map(escaped).join('\n')
    return `${head}>\n    <failure message="${escaped(differences(entry)[0] ?? 'failed')}">${lines}</failure>\n  </testcase>`
  })
  const broken = problems.map(
    (problem) =>
      `  <testcase classname="rule file" name="is right"><failure message="${escaped(problem)}"/></testcase>`,
  )
  const total = tests.length + problems.length
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="recital alerts test" tests="${total}" failures="${failed + problems.length}">
${[...broken, ...cases].join('\n')}
</testsuite>
`
}
