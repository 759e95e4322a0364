import { Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { LogDocument } from '../../cli/views/alerts/log.js'

export default class AlertsLog extends BaseCommand<typeof AlertsLog, LogDocument> {
  static override summary = 'List the alerts that ingests recorded.'
  static override description =
    'An ingest with --rules, or whose settings name alert rules, records what they raised and what was kept back. Nothing of it is ever changed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --feed acme/inventory --snapshot 2024-03-02 --json',
  ]
  static override flags = {
    feed: Flags.string({ summary: 'Only of this feed.', helpValue: 'NAME' }),
    snapshot: Flags.string({ summary: 'Only of this snapshot.', helpValue: 'ID', dependsOn: ['feed'] }),
    limit: Flags.integer({ summary: 'Alerts to list at most.', default: 1000, min: 1, max: 100_000, helpValue: 'N' }),
  }

  protected async work({ flags, session }: Call<typeof AlertsLog>): Promise<LogDocument> {
    const { askEvidence } = await import('../../cli/evidence.js')
    const { logDocument } = await import('../../cli/views/alerts/log.js')
    const { feed, snapshot, limit } = flags
    const result = await askEvidence(session, {
      command: 'alerts log',
      arguments: { feed: feed ?? null, snapshot: snapshot ?? null },
      ask: async (db) => {
        const { recordedAlerts } = await import('../../alerts/index.js')
        return recordedAlerts(db, { feed, snapshot, limit })
      },
      outline: ({ total }) => ({ known: null, rows: total, summary: `${total} alerts` }),
    })
    return logDocument(result)
  }

  protected async view(document: LogDocument, out: Output): Promise<void> {
    const { printLog } = await import('../../cli/views/alerts/log.js')
    printLog(document, out)
  }
}
