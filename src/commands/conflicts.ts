import { Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { ConflictsDocument } from '../cli/views/conflicts-document.js'

export default class Conflicts extends BaseCommand<typeof Conflicts, ConflictsDocument> {
  static override summary = 'Tell who contradicts whom, by how much, since when, and what to do next.'
  static override description =
    'The gravest first, then those with the most streams at stake. Without --recording, --work or --party the whole catalogue is gone through. docs/conflicts.md lists the kinds of conflicts.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --severity 1 --territory US',
    '<%= config.bin %> <%= command.id %> --work T-900.000.001-1 --known 2020-12-31',
    '<%= config.bin %> <%= command.id %> --severity 1,2 --browse',
    '<%= config.bin %> <%= command.id %> --since 2021-12-31 --fail-on 1 --json',
  ]
  static override flags = {
    id: Flags.string({ summary: 'Only these kinds, by commas.', helpValue: 'C-SHR-01,…' }),
    severity: Flags.string({ summary: 'Only these severities, by commas: 1 (gravest) to 4.', helpValue: 'N' }),
    recording: Flags.string({ summary: 'Only what bears on a recording: ISRC, or the id of a feed.', helpValue: 'R' }),
    work: Flags.string({ summary: 'Only what bears on a work: ISWC, or the id of a feed.', helpValue: 'W' }),
    party: Flags.string({
      summary: 'Only what a party takes part in: IPI name number, or the id of a feed.',
      helpValue: 'P',
    }),
    territory: Flags.string({ summary: 'Only what holds in a country, or in none in particular.', helpValue: 'CC' }),
    right: Flags.string({ summary: 'mech, perf, sync or master; also what is about no right.', helpValue: 'RIGHT' }),
    known: Flags.string({ summary: 'As known at the end of this day.', helpValue: 'DATE' }),
    feed: Flags.string({ summary: 'Only those in which a row of this feed takes part.', helpValue: 'FEED' }),
    since: Flags.string({ summary: 'What appeared and disappeared since this date of knowledge.', helpValue: 'DATE' }),
    limit: Flags.integer({ summary: 'List so many at most; 0 lists all. All are counted.', default: 1000, min: 0 }),
    'fail-on': Flags.integer({
      summary: 'Exit code 1 if there is any of this severity or graver.',
      min: 1,
      max: 4,
      helpValue: 'N',
    }),
    scorecard: Flags.boolean({ summary: 'Also how often each provider is contradicted by the others, year by year.' }),
    csv: Flags.string({ summary: 'Write them as a table.', helpValue: 'FILE' }),
    html: Flags.string({ summary: 'Write them as a page that stands by itself.', helpValue: 'FILE' }),
    markdown: Flags.string({ summary: 'Write them as text with marks.', helpValue: 'FILE' }),
    overwrite: Flags.boolean({ summary: 'Write over files that are there.' }),
    browse: Flags.boolean({
      summary: 'Look through them on a screen, with their rows side by side, and decide: ? lists the keys.',
      exclusive: ['json', 'csv', 'html', 'markdown', 'scorecard', 'fail-on'],
    }),
    author: Flags.string({ summary: 'Who decides, on the screen.', env: 'RECITAL_AUTHOR', helpValue: 'NAME' }),
  }

  protected async work({ flags, session }: Call<typeof Conflicts>): Promise<ConflictsDocument> {
    const { askConflicts } = await import('../cli/conflicts.js')
    const terminal = flags.browse ? await session.terminal() : null
    if (terminal === null) return askConflicts(session, flags)
    const { screens } = await import('../ui/index.js')
    const { showConflicts } = await screens.conflicts()
    return askConflicts(session, flags, (desk) => showConflicts(terminal, desk))
  }

  protected override verdict({ gravest }: ConflictsDocument, { flags }: Call<typeof Conflicts>): 0 | 1 {
    const limit = flags['fail-on']
    return limit !== undefined && gravest !== null && gravest <= limit ? 1 : 0
  }

  protected async view(
    document: ConflictsDocument,
    out: Output,
    { flags, session }: Call<typeof Conflicts>,
  ): Promise<void> {
    if (flags.browse && (await session.terminal()) !== null) return
    const written = [flags.csv, flags.html, flags.markdown].flatMap((name) => (name === undefined ? [] : [name]))
    for (const name of written) out.safe(`Wrote ${name}`)
    if (written.length > 0) return
    const { printConflicts } = await import('../cli/views/conflicts.js')
    printConflicts(document, out)
  }
}
