/** What keys do while something is open above the investigation: a text to read, a field to fill in, a question. */
import type { ExploreFile } from '../../../cli/explore.js'
import type { KeyEvent } from '../../key-events.js'
import { edited } from '../../typing.js'
import { perform } from './commands.js'
import { type Overlay, type State, shownThing } from './state.js'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

const closed = (state: State): State => ({ ...state, overlay: null })

export function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  switch (overlay.kind) {
    case 'help':
    case 'commands':
      return onPageKey(state, overlay, key)
    case 'go-to':
      return onGoTo(state, overlay, key)
    case 'note':
      return onNote(state, overlay, key)
    case 'format':
      return onFormat(state, key)
    case 'file':
      return onFile(state, overlay, key)
    case 'overwrite':
      return onOverwrite(state, overlay, key)
  }
}

const PAGE = 5
const SCROLLS: Readonly<Record<string, number>> = { down: 1, j: 1, up: -1, k: -1, pagedown: PAGE, pageup: -PAGE }
const OPENERS: Readonly<Record<string, string>> = { help: '?', commands: 'c' }

function onPageKey(state: State, overlay: Kind<'help' | 'commands'>, { name }: KeyEvent): State {
  if (name === 'enter' || name === OPENERS[overlay.kind]) return closed(state)
  if (name === 'q') return perform(state, 'leave')
  const step = SCROLLS[name]
  return step === undefined ? state : { ...state, overlay: { ...overlay, top: Math.max(0, overlay.top + step) } }
}

function onGoTo(state: State, overlay: Kind<'go-to'>, key: KeyEvent): State {
  if (key.name !== 'enter') {
    const text = edited(overlay.text, key)
    return text === null ? state : { ...state, overlay: { ...overlay, text, problem: null } }
  }
  const id = overlay.text.trim()
  return id === '' ? closed(state) : { ...closed(state), task: { kind: 'go-to', id } }
}

function onNote(state: State, overlay: Kind<'note'>, key: KeyEvent): State {
  if (key.name === 'tab') return { ...state, overlay: { ...overlay, isPrivileged: !overlay.isPrivileged } }
  if (key.name !== 'enter') {
    const text = edited(overlay.text, key)
    return text === null ? state : { ...state, overlay: { ...overlay, text } }
  }
  const shown = shownThing(state)
  const text = overlay.text.trim()
  if (shown === null || text === '') return closed(state)
  return { ...closed(state), task: { kind: 'note', id: shown.thing.id, text, isPrivileged: overlay.isPrivileged } }
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

function onFile(state: State, overlay: Kind<'file'>, key: KeyEvent): State {
  if (key.name !== 'enter') {
    const text = edited(overlay.text, key)
    return text === null ? state : { ...state, overlay: { ...overlay, text, problem: null } }
  }
  const name = overlay.text.trim()
  if (name === '') return { ...state, overlay: { ...overlay, problem: 'write the name of a file' } }
  const { format, id } = overlay
  return writing(state, { format, name, overwrite: false, ...(id === undefined ? {} : { text: id }) })
}

/** Only a plain yes loses what is in the file. */
function onOverwrite(state: State, { file }: Kind<'overwrite'>, key: KeyEvent): State {
  const { format, name, text: id } = file
  if (key.name === 'y') return writing(state, { ...file, overwrite: true })
  return key.name === 'n' || key.name === 'enter'
    ? { ...state, overlay: { kind: 'file', format, text: name, problem: null, id } }
    : state
}

const writing = (state: State, file: ExploreFile): State => ({ ...closed(state), task: { kind: 'write', file } })
