import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { DiffApplyDocument } from '../../cli/views/diff-apply.js'

export default class DiffApply extends BaseCommand<typeof DiffApply, DiffApplyDocument> {
  static override summary = 'Put changes onto the snapshot that they start from, or take them back.'
  static override description =
    'The changes are a file that `diff --out` wrote (.jsonl, .csv, .parquet) or a log of another system. Nothing is written unless every change fits.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> monday.csv changes.jsonl --out tuesday.csv',
    '<%= config.bin %> <%= command.id %> tuesday.csv changes.jsonl --reverse --out monday.csv',
  ]
  static override args = {
    old: Args.string({ required: true, description: 'The snapshot to change.' }),
    changes: Args.string({ required: true, description: 'The changes.' }),
  }
  static override flags = {
    out: Flags.string({
      summary: 'The snapshot to write: .csv, .tsv, .jsonl or .parquet.',
      required: true,
      helpValue: 'FILE',
    }),
    reverse: Flags.boolean({ summary: 'Take the changes back.' }),
    key: Flags.string({
      multiple: true,
      summary: 'Columns that tell rows apart, where the changes do not say.',
      helpValue: 'COL,…',
    }),
    null: Flags.string({ summary: 'The text that stands for no value.', helpValue: 'TEXT' }),
    overwrite: Flags.boolean({ summary: 'Write over a file that is there.', aliases: ['force'] }),
  }

  protected async work({ args, flags, session }: Call<typeof DiffApply>): Promise<DiffApplyDocument> {
    const { runApply } = await import('../../cli/diff-apply.js')
    return runApply(session, args, flags)
  }

  protected async view(document: DiffApplyDocument, out: Output, { flags }: Call<typeof DiffApply>): Promise<void> {
    const { printDiffApply } = await import('../../cli/views/diff-apply.js')
    printDiffApply(document, flags.out, out)
  }
}
