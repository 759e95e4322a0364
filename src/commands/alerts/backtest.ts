import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { BacktestDocument } from '../../cli/views/alerts/backtest.js'

export default class AlertsBacktest extends BaseCommand<typeof AlertsBacktest, BacktestDocument> {
  static override summary = 'Tell how many alerts rules would have raised over the history of a feed.'
  static override description =
    'Every snapshot is evaluated as if its ingest had these rules: alerts by day and owner, the most at once, and rules that say the same. Periods run over what the backtest itself raised.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> rules.yaml --feed acme/inventory',
    '<%= config.bin %> <%= command.id %> rules.yaml --feed acme/inventory --from 2024-01-01 --to 2024-04-01 --json',
  ]
  static override args = { rules: Args.string({ required: true, description: 'The rule file.' }) }
  static override flags = {
    feed: Flags.string({ required: true, summary: 'The feed.', helpValue: 'NAME' }),
    from: Flags.string({ summary: 'Snapshots received on this day or later.', helpValue: 'DATE' }),
    to: Flags.string({ summary: 'Snapshots received before this day.', helpValue: 'DATE' }),
  }

  protected async work({ args, flags, session }: Call<typeof AlertsBacktest>): Promise<BacktestDocument> {
    const { readRules, withPublishedEvidence } = await import('../../cli/alerts/source.js')
    const { instantOf } = await import('../../cli/dates.js')
    const { backtest, requireFeed } = await import('../../alerts/index.js')
    const { backtestDocument } = await import('../../cli/views/alerts/backtest.js')
    const { feed } = flags
    const [from, to] = [instantOf('from', flags.from) ?? null, instantOf('to', flags.to) ?? null]
    const set = await readRules(session, args.rules)
    requireFeed(set, feed)
    return withPublishedEvidence(session, async (db) => backtestDocument(await backtest(db, set, { feed, from, to })))
  }

  protected async view(document: BacktestDocument, out: Output): Promise<void> {
    const { printBacktest } = await import('../../cli/views/alerts/backtest.js')
    printBacktest(document, out)
  }
}
