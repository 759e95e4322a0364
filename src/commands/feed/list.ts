import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { FeedListDocument } from '../../cli/views/feed.js'

export default class FeedList extends BaseCommand<typeof FeedList, FeedListDocument> {
  static override summary = 'List the feeds: snapshots, last dates, quarantine.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  protected async work({ session }: Call<typeof FeedList>): Promise<FeedListDocument> {
    const { listFeeds } = await import('../../snapshots/index.js')
    const { askEvidence } = await import('../../cli/evidence.js')
    const feeds = await askEvidence(session, {
      command: 'feed list',
      arguments: {},
      ask: (db) => listFeeds(db),
      outline: (answer) => ({ known: null, rows: answer.length, summary: `${answer.length} feeds` }),
    })
    return { kind: 'recital.feed.list', version: 1, feeds }
  }

  protected async view(document: FeedListDocument, out: Output): Promise<void> {
    const { printFeedList } = await import('../../cli/views/feed.js')
    printFeedList(document, out)
  }
}
