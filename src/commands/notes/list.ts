import { Args } from '@oclif/core'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { NotesDocument } from '../../cli/views/notes.js'

export default class NotesList extends BaseCommand<typeof NotesList, NotesDocument> {
  static override summary = 'List the notes on one thing, or all.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> GB-AAA-99-00303 --json',
  ]
  static override args = { id: Args.string({ description: 'What the notes are about, as `lookup` takes it.' }) }

  protected async work({ args, session }: Call<typeof NotesList>): Promise<NotesDocument> {
    const { readNotes } = await import('../../cli/notes.js')
    const { notesDocument } = await import('../../cli/views/notes.js')
    return notesDocument('recital.notes.list', await readNotes(session, args.id))
  }

  protected async view(document: NotesDocument, out: Output): Promise<void> {
    const { printNotes } = await import('../../cli/views/notes.js')
    printNotes(document, out)
  }
}
