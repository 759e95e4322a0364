/** Everything that can happen to the screen of conflicts. */
import type { Size } from '../../../cli/terminal.js'
import type { DecisionJson } from '../../../cli/views/conflicts-document.js'
import type { KeyEvent } from '../../key-events.js'
import { commandOf } from '../../keys.js'
import { perform } from './commands.js'
import { onOverlayKey } from './overlays.js'
import { listed, type Overlay, type State } from './state.js'

export type Action =
  | { readonly type: 'key'; readonly key: KeyEvent }
  | { readonly type: 'resized'; readonly size: Size }
  | {
      readonly type: 'decided'
      readonly key: string
      readonly standing: readonly DecisionJson[]
      readonly notice: string
    }
  | { readonly type: 'done'; readonly notice: string | null }
  | { readonly type: 'failed'; readonly code: string; readonly message: string }

/** The state after something happened. Pure: what has to be done outside is left in `task`. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'key':
      return onKey({ ...state, notice: null }, action.key)
    case 'resized':
      return { ...state, size: action.size, top: 0 }
    case 'decided':
      return decided(state, action)
    case 'done':
      return { ...state, task: null, notice: action.notice }
    case 'failed':
      return failed(state, action)
  }
}

function onKey(state: State, key: KeyEvent): State {
  const command = commandOf('conflicts', key.name)
  // These three work whatever is open; `q` is a letter where text is typed.
  if (command === 'suspend' || command === 'redraw' || key.name === 'ctrl+c') return perform(state, command)
  return state.overlay === null ? perform(state, command) : onOverlayKey(state, state.overlay, key)
}

/** What stands about a conflict is shown beside all findings with its key. */
function decided(state: State, { key, standing, notice }: Extract<Action, { type: 'decided' }>): State {
  const conflicts = state.document.conflicts.map((conflict) =>
    conflict.key === key ? { ...conflict, decisions: [...standing] } : conflict,
  )
  const author = state.task?.kind === 'decide' ? state.task.draft.author : state.author
  const next = { ...state, document: { ...state.document, conflicts }, author, task: null, notice }
  return { ...next, chosen: Math.max(0, Math.min(next.chosen, listed(next).length - 1)) }
}

function failed(state: State, { code, message }: { readonly code: string; readonly message: string }): State {
  const { task } = state
  if (task?.kind === 'decide') {
    const { draft } = task
    return {
      ...state,
      task: null,
      overlay: { kind: 'decision', draft, asked: 'reason', text: draft.reason, problem: message },
    }
  }
  if (task?.kind !== 'write') return { ...state, task: null, notice: message }
  const { format, name } = task.file
  const overlay: Overlay =
    code === 'file-exists'
      ? { kind: 'overwrite', format, name }
      : { kind: 'file', format, text: name, problem: message }
  return { ...state, task: null, overlay }
}
