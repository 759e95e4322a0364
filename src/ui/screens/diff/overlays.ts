/** What keys do while something is open above the list: a page to read, a list, a field to fill in. */
import type { KeyEvent } from '../../key-events.js'
import { edited } from '../../typing.js'
import { perform } from './commands.js'
import { changedColumns, filtered, type Overlay, type State } from './state.js'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

const closed = (state: State): State => ({ ...state, overlay: null })

export function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  switch (overlay.kind) {
    case 'help':
    case 'commands':
    case 'change':
      return onPageKey(state, overlay, key)
    case 'columns':
      return onColumnKey(state, overlay, key)
    case 'key':
      return onKeyTextKey(state, overlay, key)
    case 'file':
      return onFileKey(state, overlay, key)
    case 'overwrite':
      return onOverwriteKey(state, overlay, key)
  }
}

const PAGE = 5
const SCROLLS: Readonly<Record<string, number>> = { down: 1, j: 1, up: -1, k: -1, pagedown: PAGE, pageup: -PAGE }
const OPENERS = { help: '?', commands: 'c', change: 'enter' } as const

/** Pages are scrolled; `q` leaves the screen, Enter and the key that opened a page close it. */
function onPageKey(state: State, overlay: Kind<'help' | 'commands' | 'change'>, { name }: KeyEvent): State {
  if (name === 'enter' || name === OPENERS[overlay.kind]) return closed(state)
  if (name === 'q') return perform(state, 'leave')
  const step = SCROLLS[name]
  return step === undefined ? state : { ...state, overlay: { ...overlay, top: Math.max(0, overlay.top + step) } }
}

/** The first of the list is every column. */
function onColumnKey(state: State, overlay: Kind<'columns'>, { name }: KeyEvent): State {
  const columns = changedColumns(state)
  if (name === 'enter') {
    const column = columns[overlay.chosen - 1]?.[0]
    const { key, op } = state.filter
    return filtered(closed(state), column === undefined ? { op, key } : { op: 'update', column, key })
  }
  const step = SCROLLS[name]
  if (step === undefined) return state
  return { ...state, overlay: { ...overlay, chosen: Math.max(0, Math.min(columns.length, overlay.chosen + step)) } }
}

function onKeyTextKey(state: State, overlay: Kind<'key'>, key: KeyEvent): State {
  if (key.name === 'enter') {
    return filtered(closed(state), { ...state.filter, key: overlay.text === '' ? undefined : overlay.text })
  }
  const text = edited(overlay.text, key)
  return text === null ? state : { ...state, overlay: { ...overlay, text } }
}

function onFileKey(state: State, overlay: Kind<'file'>, key: KeyEvent): State {
  if (key.name !== 'enter') {
    const text = edited(overlay.text, key)
    return text === null ? state : { ...state, overlay: { ...overlay, text, problem: null } }
  }
  const name = overlay.text.trim()
  if (name === '') return { ...state, overlay: { ...overlay, problem: 'write the name of a file' } }
  return writing(state, name, false)
}

/** Only a plain yes loses what is in the file. */
function onOverwriteKey(state: State, { name }: Kind<'overwrite'>, key: KeyEvent): State {
  if (key.name === 'y') return writing(state, name, true)
  return key.name === 'n' || key.name === 'enter'
    ? { ...state, overlay: { kind: 'file', text: name, problem: null } }
    : state
}

const writing = (state: State, name: string, overwrite: boolean): State => ({
  ...closed(state),
  notice: `Writing ${name} …`,
  task: { kind: 'write', file: { name, overwrite }, filter: state.filter },
})
