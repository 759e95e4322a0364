import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { FeedVerifyDocument } from '../../cli/views/feed-verify.js'

export default class FeedVerify extends BaseCommand<typeof FeedVerify, FeedVerifyDocument> {
  static override summary = 'Compare our changes with those that another system logged of the same two snapshots.'
  static override description =
    'Exits with 1 while anything is unexplained. Each comparison of a feed is kept; --history shows them.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme/inventory --against legacy-changes.jsonl',
    '<%= config.bin %> <%= command.id %> monday.csv tuesday.csv --key id --against legacy-changes.csv --allow accepted.yaml',
    '<%= config.bin %> <%= command.id %> acme/inventory --history',
  ]
  static override args = {
    feed: Args.string({ required: true, description: 'Name of a feed, or the earlier of two files.' }),
    file: Args.string({ description: 'The later of two files.' }),
  }
  static override flags = {
    against: Flags.string({
      summary: 'The changes that the other system logged: JSONL, CSV, Parquet or Debezium.',
      helpValue: 'FILE',
    }),
    key: Flags.string({
      summary: 'Columns by which a row of the two files is known.',
      multiple: true,
      helpValue: 'COL',
    }),
    types: Flags.string({
      summary: 'Types of columns, so that 1.0 and 1 are one number: COLUMN=TYPE.',
      multiple: true,
      helpValue: 'COL=TYPE',
    }),
    snapshot: Flags.string({ summary: 'Of a feed: this one instead of the last received.', helpValue: 'ID' }),
    relation: Flags.string({ summary: 'Of a feed with several.', helpValue: 'NAME' }),
    allow: Flags.string({
      summary: 'Differences that somebody answers for, with owner, reason and expiry.',
      helpValue: 'FILE',
    }),
    now: Flags.string({
      summary: 'Day by which entries of the allow-list expire; today unless given.',
      helpValue: 'DATE',
    }),
    history: Flags.boolean({
      summary: 'Show the comparisons of this feed so far.',
      default: false,
      exclusive: ['against'],
    }),
  }

  protected async work({ args, flags, session }: Call<typeof FeedVerify>): Promise<FeedVerifyDocument> {
    const { agreementsOf, runVerify } = await import('../../cli/verify.js')
    const { comparisonDocument, historyDocument } = await import('../../cli/views/feed-verify.js')
    if (flags.history) return historyDocument(args.feed, await agreementsOf(session, args.feed))
    const names = args.file === undefined ? [args.feed] : [args.feed, args.file]
    const { against, key, types, snapshot, relation, allow, now } = flags
    return comparisonDocument(await runVerify(session, names, { against, key, types, snapshot, relation, allow, now }))
  }

  protected override verdict(document: FeedVerifyDocument): 0 | 1 {
    return 'unexplained' in document && document.unexplained > 0 ? 1 : 0
  }

  protected async view(document: FeedVerifyDocument, out: Output): Promise<void> {
    const { printFeedVerify } = await import('../../cli/views/feed-verify.js')
    printFeedVerify(document, out)
  }
}
