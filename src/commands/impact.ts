import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { ImpactDocument } from '../cli/views/impact.js'

export default class Impact extends BaseCommand<typeof Impact, ImpactDocument> {
  static override summary = 'Tell what rests on a statement, or what a delivery changed.'
  static override description =
    'For a statement: the recordings whose answers rest on it. For a snapshot, or a file of one: the recordings that it bears on and, with --on, every right and country in which the result of that day is another with it than without it, beside all that the other feeds had sent by then.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 2021-07-01-1b2c3d4e5f60 --on 2020-05-01',
    '<%= config.bin %> <%= command.id %> smba/works:shares:W12:0a1b2c3d4e5f --known 2020-02-01 --json',
  ]
  static override args = {
    id: Args.string({ required: true, description: 'Statement, snapshot, or file of a snapshot.' }),
  }
  static override flags = {
    on: Flags.string({ summary: 'What a delivery changed about the use on this day.', helpValue: 'DATE' }),
    territory: Flags.string({ summary: 'Only this country: ISO 3166-1 or TIS.', helpValue: 'CC' }),
    right: Flags.string({ summary: 'mech, perf, master, or all three.', default: 'all', helpValue: 'RIGHT' }),
    known: Flags.string({ summary: 'What rests on a statement, as known at the end of this day.', helpValue: 'DATE' }),
    limit: Flags.integer({ summary: 'Show at most this many rows.', default: 50, min: 1, helpValue: 'N' }),
  }

  protected async work({ args, flags, session }: Call<typeof Impact>): Promise<ImpactDocument> {
    const { impact } = await import('../licensing/index.js')
    const { askEvidence } = await import('../cli/evidence.js')
    const { impactDocument } = await import('../cli/views/impact.js')
    const { on, territory, right, known, limit } = flags
    const request = { id: args.id, on, territory, right, known }
    return askEvidence(session, {
      command: 'impact',
      arguments: Object.fromEntries(Object.entries(request).map(([name, value]) => [name, value ?? null])),
      ask: async (db) => impactDocument(await impact(db, request), limit),
      outline: ({ known: day, counts }) => ({
        known: day,
        rows: counts.changedCells ?? counts.recordings,
        summary: `${counts.recordings} recordings`,
      }),
    })
  }

  protected async view(document: ImpactDocument, out: Output): Promise<void> {
    const { printImpact } = await import('../cli/views/impact.js')
    printImpact(document, out)
  }
}
