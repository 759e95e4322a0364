/** What keys do while something is open above the investigation: a text to read, a field to fill in, a question. */
import type { ExploreFile } from '../../../cli/explore-desk.js'
import type { KeyEvent } from '../../key-events.js'
import { closed, onField, onFileName, onOverwrite, onPage } from '../../overlays.js'
import { perform } from './commands.js'
import { type Overlay, type State, shownThing } from './state.js'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

export function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  switch (overlay.kind) {
    case 'help':
    case 'commands':
      return onPage(state, overlay, key, (open) => perform(open, 'leave'))
    case 'go-to':
      return onGoTo(state, overlay, key)
    case 'note':
      return onNote(state, overlay, key)
    case 'format':
      return onFormat(state, key)
    case 'file':
      return onFileName(state, overlay, key, (name) => {
        const { format, id } = overlay
        return writing(state, { format, name, overwrite: false, ...(id === undefined ? {} : { text: id }) })
      })
    case 'overwrite':
      return onOverwriteKey(state, overlay, key)
  }
}

function onGoTo(state: State, overlay: Kind<'go-to'>, key: KeyEvent): State {
  return onField(state, overlay, key, (id) =>
    id === '' ? closed(state) : { ...closed(state), task: { kind: 'go-to', id } },
  )
}

function onNote(state: State, overlay: Kind<'note'>, key: KeyEvent): State {
  if (key.name === 'tab') return { ...state, overlay: { ...overlay, isPrivileged: !overlay.isPrivileged } }
  return onField(state, overlay, key, (text) => {
    const shown = shownThing(state)
    if (shown === null || text === '') return closed(state)
    return { ...closed(state), task: { kind: 'note', id: shown.thing.id, text, isPrivileged: overlay.isPrivileged } }
  })
}

const FORMATS: Readonly<Record<string, ExploreFile['format']>> = {
  h: 'html',
  v: 'csv',
  c: 'commands',
  s: 'session',
}
export const FILE_NAMES: Readonly<Record<ExploreFile['format'], string>> = {
  html: 'findings.html',
  csv: 'findings.csv',
  commands: 'findings.txt',
  session: 'session.txt',
  id: 'id.txt',
}

function onFormat(state: State, { name }: KeyEvent): State {
  const format = FORMATS[name]
  if (format === undefined) return state
  if (format !== 'session' && state.collected.length === 0) {
    return { ...closed(state), notice: 'Nothing is collected yet; Space collects what is shown.' }
  }
  return { ...state, overlay: { kind: 'file', format, text: FILE_NAMES[format], problem: null } }
}

function onOverwriteKey(state: State, { file }: Kind<'overwrite'>, key: KeyEvent): State {
  const again = { kind: 'file', format: file.format, text: file.name, problem: null, id: file.text }
  return onOverwrite(state, key, again, () => writing(state, { ...file, overwrite: true }))
}

const writing = (state: State, file: ExploreFile): State => ({ ...closed(state), task: { kind: 'write', file } })
