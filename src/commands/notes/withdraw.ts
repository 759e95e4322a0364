import { Args } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { NotesDocument } from '../../cli/views/notes.js'

export default class NotesWithdraw extends BaseCommand<typeof NotesWithdraw, NotesDocument> {
  static override summary = 'Take a note back. It stays on record, but is no longer shown.'
  static override examples = ['<%= config.bin %> <%= command.id %> 1', '<%= config.bin %> <%= command.id %> 2 --json']
  static override args = { number: Args.integer({ required: true, description: 'Number of the note.' }) }

  protected async work({ args, session }: Call<typeof NotesWithdraw>): Promise<NotesDocument> {
    const { takeNoteBack } = await import('../../cli/notes.js')
    const { notesDocument } = await import('../../cli/views/notes.js')
    return notesDocument('recital.notes.withdraw', [await takeNoteBack(session, args.number)])
  }

  protected view({ notes }: NotesDocument, out: Output): void {
    for (const { number, subject } of notes) out.safe(`Took back note ${number} on ${subject}`)
  }
}
