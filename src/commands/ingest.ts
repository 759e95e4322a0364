import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import { overrideOf } from '../cli/override.js'
import { parseRejectLimit } from '../cli/reject-limit.js'
import type { IngestDocument } from '../cli/views/ingest.js'
import type { IngestContext } from '../ingest/index.js'

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
    const { resolve } = await import('node:path')
    const { ingest } = await import('../ingest/index.js')
    const { ingestDocument, refuseQuarantined, tellMoved } = await import('../cli/views/ingest.js')
    const { inWorkspaceForWriting } = await import('../cli/writing.js')
    const paths = this.argv.length === 0 ? [] : await this.paths()
    const maxRejects = parseRejectLimit(flags['max-rejects'])
    session.onInterrupt(() => 'The store is as it was.')
    const request = {
      paths: paths.map((one) => resolve(session.cwd, one)),
      feed: flags.feed,
      format: flags.format,
      mapping: flags.mapping === undefined ? undefined : resolve(session.cwd, flags.mapping),
      received: flags.received,
      published: flags.published,
      sequence: flags.sequence,
      scope: flags.scope,
      maxRejects,
      guards: flags.guards,
      override: overrideOf(flags['accept-quarantine'], flags.by),
      dryRun: flags['dry-run'],
    }
    const context = {
      limits: session.limits,
      signal: session.signal,
      ingestedAt: session.now().toISOString(),
      reporter: {
        phase: (name, options) => session.progress.phase(name, options),
        advance: (progress) => session.progress.advance(progress),
        warn: (message) => session.warn(message),
      },
    } satisfies Omit<IngestContext, 'workspace'>
    const { alertRecorder } = await import('../cli/alerts/recorder.js')
    const recorder = alertRecorder(session, flags.rules)
    const result = await inWorkspaceForWriting(
      session,
      (workspace) => ingest(request, { ...context, workspace, onFolded: recorder.onFolded }),
      ({ generation }) => generation !== null,
    )
    for (const { name, reason } of result.skipped) session.warn(`${name}: ${reason}; left out`)
    tellMoved(result, flags['dry-run'], (message) => session.warn(message))
    if (!flags['dry-run']) refuseQuarantined(result)
    return ingestDocument(result, flags['dry-run'], recorder.alerts())
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
