/** The tests of rule files, for the command that runs them. */
import { basename, resolve } from 'node:path'
import { UsageError } from '../../errors.js'
import type { Session } from '../session.js'
import { type TestDocument, testDocument, testEntry } from '../views/alerts/test.js'
import { readRules } from './source.js'

export interface TestFlags {
  readonly run?: string | undefined
  readonly types?: readonly string[] | undefined
}

/** Runs the tests of all files. Throws UsageError `bad-pattern`, InputError for a file that cannot be read. */
export async function testFiles(session: Session, files: readonly string[], flags: TestFlags): Promise<TestDocument> {
  const { ownTypes, runTests } = await import('../../alerts/index.js')
  const { withScratch } = await import('../../diff/index.js')
  const wanted = patternOf(flags.run)
  const { typesOf } = await import('../diff-flags.js')
  const types = typesOf(flags.types)
  return withScratch({ ...session.limits, folders: [], signal: session.signal }, async ({ db }) => {
    const entries: TestDocument['tests'] = []
    const problems: string[] = []
    const untested: string[] = []
    for (const file of files) {
      const set = await readRules(session, file)
      problems.push(...set.problems.map(({ message }) => message))
      untested.push(...set.rules.filter(({ tests }) => tests.length === 0).map(({ id }) => id))
      const declared = new Map([...ownTypes(set), ...types])
      const outcomes = await runTests(db, set, declared, (rule, test) => wanted(`${rule.id}: ${test.name}`))
      entries.push(...outcomes.map(testEntry))
    }
    return testDocument(entries, problems, untested)
  })
}

function patternOf(text: string | undefined): (name: string) => boolean {
  if (text === undefined) return () => true
  try {
    const pattern = new RegExp(text, 'u')
    return (name) => pattern.test(name)
  } catch (cause) {
    throw new UsageError('--run must be a regular expression.', { code: 'bad-pattern', excerpt: text, cause })
  }
}

/** Writes the results whole or not at all; what was there is replaced. */
export async function writeJunit(session: Session, file: string, document: TestDocument): Promise<void> {
  const { writeReportFile } = await import('../../report/index.js')
  const { junitXml } = await import('../views/alerts/junit.js')
  const path = resolve(session.cwd, file)
  writeReportFile({ path, name: basename(file), text: junitXml(document), overwrite: true })
}
