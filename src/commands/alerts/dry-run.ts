import { Args, Flags } from '@oclif/core'
import { sourceFlags } from '../../cli/alerts/flags.js'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { DryRunDocument } from '../../cli/views/alerts/dry-run-document.js'

export default class AlertsDryRun extends BaseCommand<typeof AlertsDryRun, DryRunDocument> {
  static override summary = 'Tell exactly which alerts a rule file would raise, and why, without writing anything.'
  static override description =
    'The rules are evaluated by the same engine as in an ingest, over a file of changes, two snapshot files, or a snapshot of a feed. What is kept back names what keeps it back; what cannot be evaluated is listed. Of a delivery that is not folded yet, `ingest PATH --rules RULES --dry-run` tells the same.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> rules.yaml --changes changes.jsonl',
    '<%= config.bin %> <%= command.id %> rules.yaml --diff monday.csv tuesday.csv --key listing_id --why-not 0018',
    '<%= config.bin %> <%= command.id %> rules.yaml --feed acme/inventory --json',
    '<%= config.bin %> <%= command.id %> rules.yaml --feed acme/inventory --review',
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
    review: Flags.boolean({
      summary: 'In a terminal: look through the alerts, edit the rule file, and see what the edit adds and removes.',
      default: false,
      exclusive: ['why-not', 'keep-going'],
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
    const terminal = flags.review && !flags.json ? await session.terminal() : null
    return withChanges(session, flags, set, async (db, sources, snapshot) => {
      if (terminal === null)
        return dryRunDocument(await dryRun(db, set, sources, { limit, keepGoing, whyNot }), snapshot)
      const { reviewDesk } = await import('../../cli/alerts/review.js')
      const { screens } = await import('../../ui/index.js')
      const { showAlerts } = await screens.alerts()
      const desk = await reviewDesk(session, { file: args.rules, flags, set, limit }, { db, sources, snapshot })
      await showAlerts(terminal, desk)
      return desk.first.document
    })
  }

  protected async view(
    document: DryRunDocument,
    out: Output,
    { flags, session }: Call<typeof AlertsDryRun>,
  ): Promise<void> {
    if (flags.review && (await session.terminal()) !== null) return
    const { printDryRun } = await import('../../cli/views/alerts/dry-run.js')
    printDryRun(document, out)
  }
}
