import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { TestDocument } from '../../cli/views/alerts/test.js'

export default class AlertsTest extends BaseCommand<typeof AlertsTest, TestDocument> {
  static override summary = 'Run the tests that stand beside the rules.'
  static override description =
    'Each test gives changes and lists the alerts that its rule must raise: one that is missing fails, and so does one that is not listed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> rules/ticket-inventory.yaml',
    '<%= config.bin %> <%= command.id %> rules.yaml --run price --junit results.xml',
  ]
  static override strict = false
  static override args = { rules: Args.string({ required: true, description: 'Rule files.' }) }
  static override flags = {
    run: Flags.string({
      summary: 'Only tests whose rule or name matches this regular expression.',
      helpValue: 'PATTERN',
    }),
    types: Flags.string({
      summary: 'Types of columns, e.g. price=decimal(10,2); others follow from the values of the tests.',
      helpValue: 'COL=TYPE[,…]',
      multiple: true,
    }),
    junit: Flags.string({ summary: 'Write the results as JUnit XML.', helpValue: 'FILE' }),
  }

  protected async work({ flags, words, session }: Call<typeof AlertsTest>): Promise<TestDocument> {
    const { testFiles, writeJunit } = await import('../../cli/alerts/test.js')
    const document = await testFiles(session, words, flags)
    if (flags.junit !== undefined) await writeJunit(session, flags.junit, document)
    return document
  }

  protected override verdict({ failed, problems }: TestDocument): 0 | 1 {
    return failed + problems.length > 0 ? 1 : 0
  }

  protected async view(document: TestDocument, out: Output): Promise<void> {
    const { printTests } = await import('../../cli/views/alerts/test.js')
    printTests(document, out)
  }
}
