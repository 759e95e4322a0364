/** What keys do while something is open above the conflicts: a text to read, a question, a field to fill in. */
import type { ConflictsFile } from '../../../cli/conflicts-desk.js'
import type { KeyEvent } from '../../key-events.js'
import { edited } from '../../typing.js'
import { filtered, perform } from './commands.js'
import { type Asked, chosenConflict, type Draft, type Overlay, type State } from './state.js'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

const closed = (state: State): State => ({ ...state, overlay: null })

export function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  switch (overlay.kind) {
    case 'help':
    case 'source':
    case 'commands':
      return onPageKey(state, overlay, key)
    case 'search':
      return onSearchKey(state, overlay, key)
    case 'verdict':
      return onVerdictKey(state, key)
    case 'decision':
      return onDecisionKey(state, overlay, key)
    case 'format':
      return onFormatKey(state, key)
    case 'file':
      return onFileKey(state, overlay, key)
    case 'overwrite':
      return onOverwriteKey(state, overlay, key)
  }
}

const PAGE = 5
const SCROLLS: Readonly<Record<string, number>> = { down: 1, j: 1, up: -1, k: -1, pagedown: PAGE, pageup: -PAGE }
const OPENERS: Readonly<Record<string, string>> = { help: '?', source: 'o', commands: 'c' }

/** Pages are scrolled; `q` leaves the screen, Enter and the key that opened a page close it. */
function onPageKey(state: State, overlay: Kind<'help' | 'source' | 'commands'>, { name }: KeyEvent): State {
  if (name === 'enter' || name === OPENERS[overlay.kind]) return closed(state)
  if (name === 'q') return perform(state, 'leave')
  const step = SCROLLS[name]
  return step === undefined ? state : { ...state, overlay: { ...overlay, top: Math.max(0, overlay.top + step) } }
}

/** The list follows what is typed. */
function onSearchKey(state: State, overlay: Kind<'search'>, key: KeyEvent): State {
  if (key.name === 'enter') return closed(state)
  const text = edited(overlay.text, key)
  return text === null ? state : { ...filtered(state, { text }), overlay: { ...overlay, text } }
}

export const VERDICT_KEYS: Readonly<Record<string, string>> = {
  x: 'explained',
  a: 'accepted',
  d: 'disputed',
  i: 'identity',
}

function onVerdictKey(state: State, { name }: KeyEvent): State {
  const verdict = VERDICT_KEYS[name]
  const key = chosenConflict(state)?.key
  if (verdict === undefined || key === undefined) return state
  const draft = { key, verdict, undoes: null, reason: '', author: state.author }
  return asking(state, draft, verdict === 'identity' ? 'identity' : 'reason')
}

const asking = (state: State, draft: Draft, asked: Asked): State => ({
  ...state,
  overlay: { kind: 'decision', draft, asked, text: asked === 'author' ? draft.author : '', problem: null },
})

const NEXT: Readonly<Record<Asked, Asked | null>> = { identity: 'reason', reason: 'author', author: null }

const MISSING: Readonly<Record<Asked, string>> = {
  identity: 'write the ISWC, ISRC or IPI, or the id of a feed',
  reason: 'write why',
  author: 'write who decides',
}

function onDecisionKey(state: State, overlay: Kind<'decision'>, key: KeyEvent): State {
  const { draft, asked, text } = overlay
  if (key.name !== 'enter') {
    const next = edited(text, key)
    return next === null ? state : { ...state, overlay: { ...overlay, text: next, problem: null } }
  }
  const answer = text.trim()
  if (answer === '') return { ...state, overlay: { ...overlay, problem: MISSING[asked] } }
  const answered = { ...draft, [asked]: answer }
  const next = NEXT[asked]
  return next === null ? { ...closed(state), task: { kind: 'decide', draft: answered } } : asking(state, answered, next)
}

const FORMATS: Readonly<Record<string, readonly [ConflictsFile['format'], string]>> = {
  h: ['html', 'html'],
  enter: ['html', 'html'],
  v: ['csv', 'csv'],
  m: ['markdown', 'md'],
}

function onFormatKey(state: State, { name }: KeyEvent): State {
  const [format, ending] = FORMATS[name] ?? []
  if (format === undefined) return state
  const text = `conflicts-${state.document.known.slice(0, 10)}.${ending}`
  return { ...state, overlay: { kind: 'file', format, text, problem: null } }
}

function onFileKey(state: State, overlay: Kind<'file'>, key: KeyEvent): State {
  if (key.name !== 'enter') {
    const text = edited(overlay.text, key)
    return text === null ? state : { ...state, overlay: { ...overlay, text, problem: null } }
  }
  const name = overlay.text.trim()
  if (name === '') return { ...state, overlay: { ...overlay, problem: 'write the name of a file' } }
  return writing(state, { format: overlay.format, name, overwrite: false })
}

/** Only a plain yes loses what is in the file. */
function onOverwriteKey(state: State, { format, name }: Kind<'overwrite'>, key: KeyEvent): State {
  if (key.name === 'y') return writing(state, { format, name, overwrite: true })
  return key.name === 'n' || key.name === 'enter'
    ? { ...state, overlay: { kind: 'file', format, text: name, problem: null } }
    : state
}

const writing = (state: State, file: ConflictsFile): State => ({ ...closed(state), task: { kind: 'write', file } })
