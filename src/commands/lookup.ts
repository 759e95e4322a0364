import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { LookupDocument } from '../cli/views/lookup-document.js'

export default class Lookup extends BaseCommand<typeof Lookup, LookupDocument> {
  static override summary =
    'Show everything known about a recording, work, party or statement, with the source of every row.'
  static override description =
    'An id is an ISRC, ISWC, IPI, ISNI or UPC in any spelling, an id local to a feed, or the id of a statement. The same valid identifier means the same thing in every feed, so all providers are shown side by side.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> GB-AAA-99-00303',
    '<%= config.bin %> <%= command.id %> T-034.524.680-1 --known 2020-02-01',
    '<%= config.bin %> <%= command.id %> W1 --history --json',
  ]
  static override args = { id: Args.string({ required: true, description: 'What to look up.' }) }
  static override flags = {
    known: Flags.string({ summary: 'Only what had been received by the end of this day.', helpValue: 'DATE' }),
    history: Flags.boolean({
      summary: 'Also what was withdrawn or replaced, and what came too late to be believed.',
      exclusive: ['known'],
    }),
    limit: Flags.integer({
      summary: 'Rows of each relation at most.',
      default: 1000,
      min: 1,
      max: 100_000,
      helpValue: 'N',
    }),
  }

  protected async work({ args, flags, session }: Call<typeof Lookup>): Promise<LookupDocument> {
    const { askEvidence } = await import('../cli/evidence.js')
    const { lookupDocument } = await import('../cli/views/lookup-document.js')
    const { known, history, limit } = flags
    const result = await askEvidence(session, {
      command: 'lookup',
      narrow: true,
      arguments: { id: args.id, known: known ?? null, history },
      prepare: () => Promise.all([import('../lookup/index.js'), import('../cli/views/lookup.js')]),
      ask: async (db) => {
        const { lookup } = await import('../lookup/index.js')
        return lookup(db, { id: args.id, known, history, limit })
      },
      outline: ({ known: at, relations }) => {
        const rows = Object.values(relations).reduce((sum, statements) => sum + statements.length, 0)
        return { known: at, rows, summary: `${rows} statements` }
      },
    })
    return lookupDocument(result)
  }

  protected async view(document: LookupDocument, out: Output): Promise<void> {
    const { printLookup } = await import('../cli/views/lookup.js')
    printLookup(document, out)
  }
}
