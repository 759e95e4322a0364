/** What keys do while something is open above the conflicts: a text to read, a question, a field to fill in. */
import type { ConflictsFile } from '../../../cli/conflicts-desk.js'
import type { KeyEvent } from '../../key-events.js'
import { closed, onField, onFileName, onOverwrite, onPage, refused } from '../../overlays.js'
import { edited } from '../../typing.js'
import { filtered, perform } from './commands.js'
import { type Asked, chosenConflict, type Draft, type Overlay, type State } from './state.js'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

export function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  switch (overlay.kind) {
    case 'help':
    case 'source':
    case 'commands':
      return onPage(state, overlay, key, (open) => perform(open, 'leave'))
    case 'search':
      return onSearchKey(state, overlay, key)
    case 'verdict':
      return onVerdictKey(state, key)
    case 'decision':
      return onDecisionKey(state, overlay, key)
    case 'format':
      return onFormatKey(state, key)
    case 'file':
      return onFileName(state, overlay, key, (name) =>
        writing(state, { format: overlay.format, name, overwrite: false }),
      )
    case 'overwrite':
      return onOverwriteKey(state, overlay, key)
  }
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
  const { draft, asked } = overlay
  return onField(state, overlay, key, (answer) => {
    if (answer === '') return refused(state, overlay, MISSING[asked])
    const answered = { ...draft, [asked]: answer }
    const next = NEXT[asked]
    return next === null
      ? { ...closed(state), task: { kind: 'decide', draft: answered } }
      : asking(state, answered, next)
  })
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

const onOverwriteKey = (state: State, { format, name }: Kind<'overwrite'>, key: KeyEvent): State =>
  onOverwrite(state, key, { kind: 'file', format, text: name, problem: null }, () =>
    writing(state, { format, name, overwrite: true }),
  )

const writing = (state: State, file: ConflictsFile): State => ({ ...closed(state), task: { kind: 'write', file } })
