/** Notes that people make on what they look at. Nothing is changed afterwards: taking a note back is a new row. */
import { NotFoundError } from '../../errors.js'
import type { Workspace } from '../workspace.js'
import { withCasebook } from './open.js'

export interface Note {
  readonly number: number
  /** RFC 3339 instant. */
  readonly madeAt: string
  /** What it is about: an identifier or a feed's id, as `recital lookup` takes it. */
  readonly subject: string
  readonly text: string
  /** Not for the other side: left out of whatever is exported. */
  readonly isPrivileged: boolean
}

const INSERT = `
INSERT INTO notes (made_at, program, subject, text, privileged, withdraws)
VALUES ($madeAt, $program, $subject, $text, $privileged, $withdraws)
`

const STANDING = `
SELECT id AS number, made_at AS madeAt, subject, text, privileged FROM notes n
WHERE withdraws IS NULL AND NOT EXISTS (SELECT 1 FROM notes w WHERE w.withdraws = n.id)
`

type NoteRow = Omit<Note, 'isPrivileged'> & { readonly privileged: number }

const noteOf = ({ privileged, ...rest }: NoteRow): Note => ({ ...rest, isPrivileged: privileged === 1 })

/** Adds a note; returns it. Throws StoreError as the casebook does. */
export function addNote(workspace: Workspace, note: Omit<Note, 'number'>): Promise<Note> {
  const { madeAt, subject, text, isPrivileged } = note
  const row = { madeAt, subject, text, privileged: isPrivileged ? 1 : 0, withdraws: null }
  return withCasebook(workspace, (database) => {
    const { lastInsertRowid } = database.prepare(INSERT).run({ ...row, program: workspace.running.program })
    return { ...note, number: Number(lastInsertRowid) }
  })
}

/** The notes that stand, of one subject or all, oldest first. */
export function listNotes(workspace: Workspace, subject: string | null): Promise<Note[]> {
  return withCasebook(workspace, (database) => {
    const rows =
      subject === null
        ? database.prepare(`${STANDING} ORDER BY id`).all()
        : database.prepare(`${STANDING} AND subject = ? ORDER BY id`).all(subject)
    return (rows as NoteRow[]).map(noteOf)
  })
}

/** Takes a note back; it stays on record. Throws NotFoundError `unknown-note`. */
export function withdrawNote(workspace: Workspace, number: number, madeAt: string): Promise<Note> {
  return withCasebook(workspace, (database) => {
    const row = database.prepare(`${STANDING} AND id = ?`).get(number) as NoteRow | undefined
    if (row === undefined) {
      throw new NotFoundError(`There is no note ${number}.`, {
        code: 'unknown-note',
        suggestions: ['See the notes that stand with `recital notes list`'],
      })
    }
    const { subject, text, privileged } = row
    database
      .prepare(INSERT)
      .run({ madeAt, subject, text, privileged, withdraws: number, program: workspace.running.program })
    return noteOf(row)
  })
}
