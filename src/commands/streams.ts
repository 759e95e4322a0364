import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { StreamsDocument } from '../cli/views/streams.js'

export default class Streams extends BaseCommand<typeof Streams, StreamsDocument> {
  static override summary =
    'Count the streams of a recording by its status: as known when they were played, and with hindsight.'
  static override description =
    'Each period of usage is judged twice: with what had been received by its end, and with what is known at --known. A period in which the status moved is mixed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> GB-AAA-99-00303 --right mech',
    '<%= config.bin %> <%= command.id %> GBAAA9900303 --territory FR --right mech --known 2020-02-01 --json',
  ]
  static override args = {
    recording: Args.string({ required: true, description: 'ISRC, or the id that a feed uses.' }),
  }
  static override flags = {
    territory: Flags.string({ summary: 'Only the streams of this country.', helpValue: 'CC' }),
    right: Flags.string({ summary: 'mech, perf, master, or all three.', default: 'all', helpValue: 'RIGHT' }),
    known: Flags.string({ summary: 'Hindsight of the end of this day.', helpValue: 'DATE' }),
    theory: Flags.string({
      summary: 'Legal theories, separated by commas: see `licensed --help`.',
      helpValue: 'NAME,…',
    }),
  }

  protected async work({ args, flags, session }: Call<typeof Streams>): Promise<StreamsDocument> {
    const { streams } = await import('../licensing/index.js')
    const { askEvidence } = await import('../cli/evidence.js')
    const { streamsDocument } = await import('../cli/views/streams.js')
    const { territory, right, known, theory } = flags
    const request = { recording: args.recording, territory, right, known, theory }
    return askEvidence(session, {
      command: 'streams',
      arguments: Object.fromEntries(Object.entries(request).map(([name, value]) => [name, value ?? null])),
      ask: async (db) => streamsDocument(await streams(db, request)),
      outline: (document) => ({
        known: document.known,
        rows: document.periods.length,
        summary: `${document.totals.asKnown['not-licensed'] ?? 0} streams not licensed as known then`,
      }),
    })
  }

  protected async view(document: StreamsDocument, out: Output): Promise<void> {
    const { printStreams } = await import('../cli/views/streams.js')
    printStreams(document, out)
  }
}
