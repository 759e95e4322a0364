import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { NotesDocument } from '../../cli/views/notes.js'

export default class NotesAdd extends BaseCommand<typeof NotesAdd, NotesDocument> {
  static override summary = 'Note something on a recording, work, party or statement.'
  static override description =
    'Notes are kept in the casebook, apart from the evidence, and are never changed: a note that was wrong is taken back with `notes withdraw` and stays on record.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> GB-AAA-99-00303 "asked the label for the contract"',
    '<%= config.bin %> <%= command.id %> W1 "counsel doubts the chain of title" --privileged',
  ]
  static override args = {
    id: Args.string({ required: true, description: 'What it is about, as `lookup` takes it.' }),
    text: Args.string({ required: true, description: 'The note.' }),
  }
  static override flags = {
    privileged: Flags.boolean({ summary: 'Leave it out of whatever is exported.' }),
  }

  protected async work({ args, flags, session }: Call<typeof NotesAdd>): Promise<NotesDocument> {
    const { makeNote } = await import('../../cli/notes.js')
    const { notesDocument } = await import('../../cli/views/notes.js')
    return notesDocument('recital.notes.add', [await makeNote(session, args.id, args.text, flags.privileged)])
  }

  protected view({ notes }: NotesDocument, out: Output): void {
    for (const { number, subject, privileged } of notes)
      out.safe(`Note ${number} on ${subject}${privileged ? ', privileged' : ''}`)
  }
}
