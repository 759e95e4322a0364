import { Args, Flags } from '@oclif/core'
import { sourceFlags } from '../../cli/alerts/flags.js'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { CompareDocument } from '../../cli/views/alerts/compare.js'

export default class AlertsCompare extends BaseCommand<typeof AlertsCompare, CompareDocument> {
  static override summary = 'Tell which alerts another version of the rules adds, removes and changes.'
  static override description =
    'Both rule files are evaluated over the same changes; each difference names the rule that is its reason.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> old.yaml new.yaml --changes changes.jsonl',
    '<%= config.bin %> <%= command.id %> old.yaml new.yaml --feed acme/inventory --json',
  ]
  static override args = {
    old: Args.string({ required: true, description: 'The rule file as it was.' }),
    new: Args.string({ required: true, description: 'The rule file as it is.' }),
  }
  static override flags = {
    ...sourceFlags,
    limit: Flags.integer({
      summary: 'Alerts of each version to compare at most.',
      default: 100_000,
      min: 1,
      helpValue: 'N',
    }),
  }

  protected async work({ args, flags, session }: Call<typeof AlertsCompare>): Promise<CompareDocument> {
    const { readRules, withChanges } = await import('../../cli/alerts/source.js')
    const { bothSets, compareRules } = await import('../../alerts/index.js')
    const { compareDocument } = await import('../../cli/views/alerts/compare.js')
    const sets = { old: await readRules(session, args.old), new: await readRules(session, args.new) }
    return withChanges(session, flags, bothSets(sets), async (db, sources) =>
      compareDocument(await compareRules(db, sets, sources, { limit: flags.limit })),
    )
  }

  protected async view(document: CompareDocument, out: Output): Promise<void> {
    const { printCompare } = await import('../../cli/views/alerts/compare.js')
    printCompare(document, out)
  }
}
