import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { FeedChangesDocument } from '../../cli/views/feed-changes.js'

export default class FeedChanges extends BaseCommand<typeof FeedChanges, FeedChangesDocument> {
  static override summary = 'Show what one snapshot of a feed created, updated and deleted against what stood before.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme/inventory',
    '<%= config.bin %> <%= command.id %> society/works --snapshot 2019-09-01 --relation shares --out changes.jsonl',
  ]
  static override args = { feed: Args.string({ required: true, description: 'Name of the feed.' }) }
  static override flags = {
    snapshot: Flags.string({
      summary: 'Its id, or the beginning of it; by default the one received last.',
      helpValue: 'ID',
    }),
    relation: Flags.string({ summary: 'Only this relation.', helpValue: 'NAME' }),
    out: Flags.string({ summary: 'Write every change: .jsonl, .csv or .parquet.', helpValue: 'FILE' }),
    overwrite: Flags.boolean({ summary: 'Write over a file that is there.', aliases: ['force'], default: false }),
    limit: Flags.integer({ summary: 'Changes to show of each relation.', default: 20, min: 0, helpValue: 'N' }),
  }

  protected async work({ args, flags, session }: Call<typeof FeedChanges>): Promise<FeedChangesDocument> {
    const { runFeedChanges } = await import('../../cli/feed-changes.js')
    const { snapshot, relation, out, overwrite, limit } = flags
    const changes = await runFeedChanges(session, args.feed, { snapshot, relation, out, overwrite, limit })
    return { kind: 'recital.feed.changes', version: 1, ...changes }
  }

  protected async view(document: FeedChangesDocument, out: Output): Promise<void> {
    const { printFeedChanges } = await import('../../cli/views/feed-changes.js')
    printFeedChanges(document, out)
  }
}
