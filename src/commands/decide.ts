import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { DecideDocument } from '../cli/views/decide.js'

export default class Decide extends BaseCommand<typeof Decide, DecideDocument> {
  static override summary = 'Write down what was decided about a conflict, or list what was.'
  static override description =
    'Explained, accepted, disputed, or which identity is meant: with a reason, an author and the time, for good. Undoing is a new entry. `recital conflicts` shows a decision beside its conflict ever after.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> C-SHR-02:fab4a05a58d2 explained --reason "Registered eight times" --author "M. Case"',
    '<%= config.bin %> <%= command.id %> --undo 1 --reason "The letter was another one" --author "M. Case"',
    '<%= config.bin %> <%= command.id %>',
  ]
  static override args = {
    key: Args.string({ description: 'The key of the conflict, as `conflicts` shows it.' }),
    verdict: Args.string({ description: 'explained, accepted, disputed or identity.' }),
  }
  static override flags = {
    reason: Flags.string({ summary: 'Why.', helpValue: 'TEXT' }),
    author: Flags.string({ summary: 'Who decides.', env: 'RECITAL_AUTHOR', helpValue: 'NAME' }),
    identity: Flags.string({ summary: 'Which identity is meant, for the verdict identity.', helpValue: 'ID' }),
    undo: Flags.integer({ summary: 'Undo the decision of this number.', helpValue: 'N' }),
    at: Flags.string({ summary: 'When it was decided: a date or instant. Without it, now.', helpValue: 'INSTANT' }),
  }

  protected async work({ args, flags, session }: Call<typeof Decide>): Promise<DecideDocument> {
    const { decide } = await import('../cli/decide.js')
    return decide(session, { ...args, ...flags })
  }

  protected async view(document: DecideDocument, out: Output): Promise<void> {
    const { printDecisions } = await import('../cli/views/decide.js')
    printDecisions(document, out)
  }
}
