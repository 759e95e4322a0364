/** Notes, as JSON and for people. */
import type { Note } from '../../store/casebook/notes.js'
import type { Output } from '../output.js'

export interface NoteJson {
  number: number
  madeAt: string
  subject: string
  text: string
  privileged: boolean
}

export interface NotesDocument {
  kind: 'recital.notes.list' | 'recital.notes.add' | 'recital.notes.withdraw'
  version: 1
  notes: NoteJson[]
}

export const notesDocument = (kind: NotesDocument['kind'], notes: readonly Note[]): NotesDocument => ({
  kind,
  version: 1,
  notes: notes.map(({ number, madeAt, subject, text, isPrivileged }) => ({
    ...{ number, madeAt, subject, text },
    privileged: isPrivileged,
  })),
})

export function printNotes({ notes }: NotesDocument, out: Output): void {
  if (notes.length === 0) {
    out.line('No notes.')
    return
  }
  out.table(
    [
      { header: 'note', kind: 'number' },
      { header: 'on', kind: 'id' },
      { header: 'made', kind: 'id' },
      { header: '', kind: 'id' },
      { header: 'text', kind: 'id' },
    ],
    notes.map(({ number, subject, madeAt, privileged, text }) => [
      ...[String(number), subject, madeAt.slice(0, 10), privileged ? 'privileged' : '', text],
    ]),
  )
}
