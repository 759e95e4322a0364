import { Args } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { FeedLogDocument } from '../../cli/views/feed.js'

export default class FeedLog extends BaseCommand<typeof FeedLog, FeedLogDocument> {
  static override summary = 'Show the snapshots of a feed: dates, rows, changes, verdicts, files, overrides.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme/inventory',
    '<%= config.bin %> <%= command.id %> acme/inventory --json',
  ]
  static override args = { feed: Args.string({ required: true, description: 'Name of the feed.' }) }

  protected async work({ args, session }: Call<typeof FeedLog>): Promise<FeedLogDocument> {
    const { feedLog } = await import('../../snapshots/index.js')
    const { askEvidence } = await import('../../cli/evidence.js')
    const { feedLogDocument } = await import('../../cli/views/feed.js')
    const log = await askEvidence(session, {
      command: 'feed log',
      arguments: { feed: args.feed },
      ask: (db) => feedLog(db, args.feed),
      outline: (answer) => ({ known: null, rows: answer.length, summary: `${answer.length} snapshots` }),
    })
    return feedLogDocument(args.feed, log)
  }

  protected async view(document: FeedLogDocument, out: Output): Promise<void> {
    const { printFeedLog } = await import('../../cli/views/feed.js')
    printFeedLog(document, out)
  }
}
