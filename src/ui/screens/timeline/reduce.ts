/** Everything that can happen to the timeline screen. */
import type { Size } from '../../../cli/terminal.js'
import type { TimelineQuestion } from '../../../cli/views/timeline-command.js'
import type { TimelineDocument } from '../../../cli/views/timeline-document.js'
import type { KeyEvent } from '../../key-events.js'
import { commandOf } from '../../keys.js'
import { fitted } from './columns.js'
import { perform } from './commands.js'
import { onOverlayKey } from './overlays.js'
import { isSameQuestion, keyOf, layoutOfState, type Overlay, type State, settled } from './state.js'

/** Most answers that are kept: enough to go back and forth, few enough for any memory. */
const KEPT = 200

export type Action =
  | { readonly type: 'key'; readonly key: KeyEvent }
  | { readonly type: 'resized'; readonly size: Size }
  | { readonly type: 'answered'; readonly question: TimelineQuestion; readonly document: TimelineDocument }
  | { readonly type: 'not-answered'; readonly question: TimelineQuestion; readonly message: string }
  | { readonly type: 'done'; readonly notice: string | null }
  | { readonly type: 'not-written'; readonly code: string; readonly message: string }

/** The state after something happened. Pure: what has to be done outside is left in `task` and in `questionsOf`. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'key':
      return onKey({ ...state, notice: null }, action.key)
    case 'resized': {
      const resized = { ...state, size: action.size }
      return { ...resized, view: fitted(state.view, layoutOfState(resized).plot) }
    }
    case 'answered':
      return answered(state, action.question, action.document)
    case 'not-answered':
      return notAnswered(state, action.question, action.message)
    case 'done':
      return { ...state, task: null, notice: action.notice }
    case 'not-written':
      return notWritten(state, action)
  }
}

function onKey(state: State, key: KeyEvent): State {
  const command = commandOf('timeline', key.name)
  // These three work whatever is open; `q` is a letter where text is typed.
  if (command === 'suspend' || command === 'redraw' || key.name === 'ctrl+c') return perform(state, command)
  return state.overlay === null ? perform(state, command) : onOverlayKey(state, state.overlay, key)
}

function answered(state: State, question: TimelineQuestion, document: TimelineDocument): State {
  const needed = keyOf(state.shown)
  const entries = [...state.answers, [keyOf(question), document] as const]
  const dropped = new Set(entries.slice(0, -KEPT).map(([key]) => key))
  const answers = new Map(entries.filter(([key]) => key === needed || !dropped.has(key)))
  return settled({ ...state, answers })
}

function notAnswered(state: State, question: TimelineQuestion, message: string): State {
  const failed = new Set([...state.failed, keyOf(question)])
  const isWanted = isSameQuestion(question, state.wanted)
  return isWanted ? { ...state, failed, wanted: state.shown, notice: message } : { ...state, failed }
}

function notWritten(state: State, { code, message }: { readonly code: string; readonly message: string }): State {
  const { task } = state
  if (task?.kind !== 'write') return { ...state, task: null, notice: message }
  const { format, name } = task.file
  const overlay: Overlay =
    code === 'file-exists'
      ? { kind: 'overwrite', format, name }
      : { kind: 'file', format, text: name, problem: message }
  return { ...state, task: null, overlay }
}
