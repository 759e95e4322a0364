import { Args, Flags } from '@oclif/core'
import { sourceFlags } from '../../cli/alerts/flags.js'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { DryRunDocument } from '../../cli/views/alerts/dry-run-document.js'

export default class AlertsDryRun extends BaseCommand<typeof AlertsDryRun, DryRunDocument> {
  static override summary = 'Tell exactly which alerts a rule file would raise, and why, without writing anything.'
  static override description =
    'The rules are evaluated by the same engine as in an ingest, over a file of changes, two snapshot files, or a snapshot of a feed. What is kept back names what keeps it back; what cannot be evaluated is listed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> rules.yaml --changes changes.jsonl',
    '<%= config.bin %> <%= command.id %> rules.yaml --diff monday.csv tuesday.csv --key listing_id --why-not 0018',
    '<%= config.bin %> <%= command.id %> rules.yaml --feed acme/inventory --json',
  ]
  static override args = { rules: Args.string({ required: true, description: 'The rule file.' }) }
  static override flags = {
    ...sourceFlags,
    'why-not': Flags.string({
      summary: 'Walk each rule for the change of this key to its first condition that does not hold.',
      helpValue: 'KEY',
    }),
    limit: Flags.integer({
      summary: 'Alerts to list at most; all are counted.',
      default: 100_000,
      min: 1,
      helpValue: 'N',
    }),
    'keep-going': Flags.boolean({
      summary: 'Leave out rules that cannot be evaluated on these columns, and tell of them.',
      default: false,
    }),
  }

  protected async work({ args, flags, session }: Call<typeof AlertsDryRun>): Promise<DryRunDocument> {
    const { readRules, withChanges } = await import('../../cli/alerts/source.js')
    const { dryRun } = await import('../../alerts/index.js')
    const { dryRunDocument } = await import('../../cli/views/alerts/dry-run-document.js')
    const { limit, 'keep-going': keepGoing, 'why-not': whyNot } = flags
    const set = await readRules(session, args.rules)
    return withChanges(session, flags, set, async (db, sources, snapshot) =>
      dryRunDocument(await dryRun(db, set, sources, { limit, keepGoing, whyNot }), snapshot),
    )
  }

  protected async view(document: DryRunDocument, out: Output): Promise<void> {
    const { printDryRun } = await import('../../cli/views/alerts/dry-run.js')
    printDryRun(document, out)
  }
}
