import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { ExplainDocument } from '../../cli/views/alerts/explain.js'

export default class AlertsExplain extends BaseCommand<typeof AlertsExplain, ExplainDocument> {
  static override summary = 'Say in plain words what a rule does.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> rules/ticket-inventory.yaml price-spike',
    '<%= config.bin %> <%= command.id %> rules/ticket-inventory.yaml',
  ]
  static override args = {
    rules: Args.string({ required: true, description: 'The rule file.' }),
    rule: Args.string({ description: 'Id of the rule; all of the file without one.' }),
  }
  static override flags = {
    types: Flags.string({
      summary: 'Types of columns, e.g. price=decimal.',
      helpValue: 'COL=TYPE[,…]',
      multiple: true,
    }),
  }

  protected async work({ args, flags, session }: Call<typeof AlertsExplain>): Promise<ExplainDocument> {
    const { explainFile } = await import('../../cli/alerts/explain.js')
    return explainFile(session, args, flags)
  }

  protected async view(document: ExplainDocument, out: Output): Promise<void> {
    const { printExplain } = await import('../../cli/views/alerts/explain.js')
    printExplain(document, out)
  }
}
