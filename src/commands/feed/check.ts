import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { FeedCheckDocument } from '../../cli/views/feed-check.js'

export default class FeedCheck extends BaseCommand<typeof FeedCheck, FeedCheckDocument> {
  static override summary = 'Say what the guards of a feed saw in its snapshots, and what to do about it.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme/inventory',
    '<%= config.bin %> <%= command.id %> acme/inventory --snapshot last --fail-on quarantine',
  ]
  static override args = { feed: Args.string({ required: true, description: 'Name of the feed.' }) }
  static override flags = {
    snapshot: Flags.string({
      summary: 'Only this one: its id, the beginning of it, or `last`.',
      helpValue: 'ID',
    }),
    'fail-on': Flags.option({ options: ['warn', 'quarantine'] as const })({
      summary: 'Exit with 1 when the verdict is this or worse; what was overruled does not count.',
    }),
    now: Flags.string({
      summary: 'Day or instant at which to ask whether the feed is stale; by default the last receipt.',
      helpValue: 'DATE',
    }),
  }

  protected async work({ args, flags, session }: Call<typeof FeedCheck>): Promise<FeedCheckDocument> {
    const { checkFeed } = await import('../../snapshots/index.js')
    const { askEvidence } = await import('../../cli/evidence.js')
    const { instantOf } = await import('../../cli/dates.js')
    const { feedCheckDocument } = await import('../../cli/views/feed-check.js')
    const now = instantOf('now', flags.now)
    const { snapshot } = flags
    const check = await askEvidence(session, {
      command: 'feed check',
      arguments: { feed: args.feed, snapshot: snapshot ?? null, now: now ?? null },
      ask: (db) => checkFeed(db, args.feed, { snapshot, now }),
      outline: ({ snapshots, verdict }) => ({ known: null, rows: snapshots.length, summary: verdict }),
    })
    return feedCheckDocument(check)
  }

  protected override verdict({ verdict }: FeedCheckDocument, { flags }: Call<typeof FeedCheck>): 0 | 1 {
    const failing: (string | undefined)[] = flags['fail-on'] === 'warn' ? ['warn', 'quarantine'] : [flags['fail-on']]
    return failing.includes(verdict) ? 1 : 0
  }

  protected async view(document: FeedCheckDocument, out: Output): Promise<void> {
    const { printFeedCheck } = await import('../../cli/views/feed-check.js')
    printFeedCheck(document, out)
  }
}
