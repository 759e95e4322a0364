import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { DiffRun } from '../cli/diff.js'
import type { Output } from '../cli/output.js'
import type { DiffDocument } from '../cli/views/diff-document.js'

const columns = { multiple: true, helpValue: 'COL,…' } as const

export default class Diff extends BaseCommand<typeof Diff, DiffDocument> {
  static override summary = 'Show what differs between two snapshot files, row by row.'
  static override description =
    'Rows are found by their key and compared value by value, columns by their names. CSV, TSV, JSON Lines, a JSON array, Parquet and Avro, plain, .gz or alone in a .zip, recognised by content. Exact unless a flag says otherwise; keys must tell rows apart.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> monday.csv tuesday.csv --key id',
    '<%= config.bin %> <%= command.id %> old.csv new.parquet --key id,section --types price=decimal --ignore fetched_at --by owner',
    '<%= config.bin %> <%= command.id %> old.csv new.csv --key id --out changes.jsonl --exit-code --json',
  ]
  static override args = {
    old: Args.string({ required: true, description: 'The snapshot before.' }),
    new: Args.string({ required: true, description: 'The snapshot after.' }),
  }
  static override flags = {
    key: Flags.string({ ...columns, summary: 'Columns that tell rows apart.' }),
    ignore: Flags.string({ ...columns, summary: 'Columns that make no update; differences in them are counted.' }),
    only: Flags.string({ ...columns, summary: 'The only columns that make an update.' }),
    rename: Flags.string({
      multiple: true,
      summary: 'Columns called otherwise in the new file.',
      helpValue: 'OLD=NEW',
    }),
    types: Flags.string({
      multiple: true,
      summary: 'Compare as integer, decimal, double, date, timestamp or boolean.',
      helpValue: 'COL=TYPE,…',
    }),
    tolerance: Flags.string({
      multiple: true,
      summary: 'Numbers that are so near count as equal: an amount or N%.',
      helpValue: 'COL=N',
    }),
    null: Flags.string({ summary: 'The text that stands for no value.', helpValue: 'TEXT' }),
    trim: Flags.boolean({ summary: 'Blanks at the ends of values do not count.' }),
    case: Flags.boolean({ summary: 'Capital and small letters are the same.' }),
    'on-duplicate': Flags.option({ options: ['error', 'first', 'last', 'multiset'] as const, default: 'error' })({
      summary: 'Which row counts where a key is on several.',
    }),
    by: Flags.string({ summary: 'Count by the values of this column, e.g. the owner.', helpValue: 'COL' }),
    concentration: Flags.boolean({ summary: 'Say where changes concentrate, in large files too.', allowNo: true }),
    out: Flags.string({ summary: 'Write every change: .jsonl, .csv or .parquet.', helpValue: 'FILE' }),
    envelope: Flags.option({ options: ['plain', 'debezium'] as const, default: 'plain' })({
      summary: 'What a change looks like in .jsonl.',
    }),
    html: Flags.string({ summary: 'Write a page for people.', helpValue: 'FILE' }),
    overwrite: Flags.boolean({ summary: 'Write over files that are there.', aliases: ['force'] }),
    resume: Flags.string({
      summary: 'Keep finished parts of a large diff here; the same command goes on with them.',
      helpValue: 'FOLDER',
    }),
    'exit-code': Flags.boolean({ summary: 'Exit with 1 when anything differs.' }),
    browse: Flags.boolean({
      summary: 'Browse the changes on a screen, few as they may be; --no-browse prints them.',
      allowNo: true,
    }),
    limit: Flags.integer({ summary: 'Changes to print.', min: 0, helpValue: 'N' }),
  }

  #run: DiffRun | undefined

  protected async work({ args, flags, session }: Call<typeof Diff>): Promise<DiffDocument> {
    const { runDiff } = await import('../cli/diff.js')
    this.#run = await runDiff(session, args, flags, async (terminal, desk) => {
      const { screens } = await import('../ui/index.js')
      const { showDiff } = await screens.diff()
      await showDiff(terminal, desk)
    })
    return this.#run.document
  }

  protected async view(document: DiffDocument, out: Output, { flags }: Call<typeof Diff>): Promise<void> {
    if (this.#run?.wasShown === true) return
    const { printDiff } = await import('../cli/views/diff.js')
    const written = [flags.out, flags.html].filter((name) => name !== undefined)
    printDiff(document, out, { changes: this.#run?.shown ?? [], written })
  }

  protected override verdict(document: DiffDocument, { flags }: Call<typeof Diff>): 0 | 1 {
    const { created, updated, deleted } = document
    return flags['exit-code'] && created + updated + deleted > 0 ? 1 : 0
  }
}
