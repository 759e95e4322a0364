import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { IngestDocument } from '../cli/views/ingest-document.js'

export default class Ingest extends BaseCommand<typeof Ingest, IngestDocument> {
  static override summary = 'Take deliveries of providers into the evidence: all of them, or nothing at all.'
  static override description =
    `Files and folders are recognised by their content: tables (CSV, TSV, JSONL, Parquet, Avro), DDEX BWARM, CISAC CWR, DDEX ERN and MusicBrainz dumps, plain, .gz or inside .zip. Every line is accounted for, or nothing is ingested.`
  static override examples = [
    '<%= config.bin %> <%= command.id %> BWARM_PADPIDA2020062405C_20240107120000000.zip --received 2024-01-09',
    '<%= config.bin %> <%= command.id %> society/2019-01-10 --feed society/works --published 2019-01-10',
    '<%= config.bin %> <%= command.id %> inventory.csv --mapping tickets.yaml --received 2024-05-01 --dry-run',
  ]
  static override strict = false
  static override args = {
    path: Args.string({ required: true, description: 'Files or folders to take in.' }),
  }
  static override flags = {
    feed: Flags.string({
      summary: "Name of the provider's series of deliveries, e.g. acme/catalogue.",
      helpValue: 'NAME',
    }),
    format: Flags.option({
      options: ['auto', 'tables', 'bwarm', 'cwr', 'ern', 'musicbrainz'] as const,
      default: 'auto',
    })({
      summary: 'Read as this format instead of recognising it.',
    }),
    mapping: Flags.string({ summary: 'How to read any table as a relation.', helpValue: 'FILE' }),
    received: Flags.string({ summary: 'When you received it: a date or an instant.', helpValue: 'DATE' }),
    published: Flags.string({ summary: 'When the provider published it.', helpValue: 'DATE' }),
    sequence: Flags.integer({ summary: 'Its number in the series, where two have the same dates.', helpValue: 'N' }),
    scope: Flags.option({ options: ['full', 'delta'] as const })({
      summary: 'full: what is absent was withdrawn; delta: absence is silence.',
    }),
    'max-rejects': Flags.string({
      summary: 'Lines that may be unreadable: a number or a percentage.',
      default: '1%',
      helpValue: 'N|P%',
    }),
    guards: Flags.option({ options: ['warn', 'enforce'] as const })({
      summary: 'warn: guards only tell; enforce: what they put into quarantine stays out of the history.',
    }),
    'accept-quarantine': Flags.string({
      summary: 'Take this one delivery in although it is in quarantine, and say why.',
      helpValue: 'REASON',
      dependsOn: ['by'],
    }),
    by: Flags.string({ summary: 'Who decides so.', helpValue: 'NAME', dependsOn: ['accept-quarantine'] }),
    rules: Flags.string({
      summary: 'Alert rules to evaluate on each new snapshot; instead of those that its settings name.',
      helpValue: 'FILE',
    }),
    'dry-run': Flags.boolean({ summary: 'Do everything but publish.', default: false }),
  }

  protected async work({ flags, session }: Call<typeof Ingest>): Promise<IngestDocument> {
    const { runIngest } = await import('../cli/ingest.js')
    return runIngest(session, this.argv.length === 0 ? [] : await this.paths(), flags)
  }

  private async paths(): Promise<string[]> {
    const { argv } = await this.parse(Ingest)
    return argv.map(String)
  }

  protected async view(document: IngestDocument, out: Output): Promise<void> {
    const { printIngest } = await import('../cli/views/ingest.js')
    printIngest(document, out)
  }
}
