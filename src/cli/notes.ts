/** Notes of a workspace, as commands and screens make and read them. */
import { UsageError } from '../errors.js'
import { recogniseIdentifiers } from '../model/identifiers/parse.js'
import { addNote, listNotes, type Note, withdrawNote } from '../store/casebook/notes.js'
import { openWorkspace } from '../store/workspace.js'
import type { Session } from './session.js'

const workspaceOf = (session: Session) => openWorkspace(session.workspaceRoot(), session.running)

/** One spelling for one thing: notes on `GB-AAA-99-00303` and `GBAAA9900303` stand together. */
const subjectOf = (id: string): string => recogniseIdentifiers(id)[0]?.normalised ?? id.trim()

export function makeNote(session: Session, id: string, text: string, isPrivileged: boolean): Promise<Note> {
  if (text.trim() === '' || id.trim() === '') {
    throw new UsageError('A note needs a text, and something it is about.', {
      code: 'note-empty',
      suggestions: ['Write for instance: recital notes add GBAAA9900303 "asked the label for the contract"'],
    })
  }
  const madeAt = session.now().toISOString()
  return addNote(workspaceOf(session), { madeAt, subject: subjectOf(id), text: text.trim(), isPrivileged })
}

export const readNotes = (session: Session, id: string | undefined): Promise<Note[]> =>
  listNotes(workspaceOf(session), id === undefined ? null : subjectOf(id))

export const takeNoteBack = (session: Session, number: number): Promise<Note> =>
  withdrawNote(workspaceOf(session), number, session.now().toISOString())
