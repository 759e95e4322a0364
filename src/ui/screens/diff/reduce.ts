/** Everything that can happen to the browser of changes. */
import type { Size } from '../../../cli/terminal.js'
import type { ShownChange } from '../../../diff/index.js'
import type { KeyEvent } from '../../key-events.js'
import { commandOf } from '../../keys.js'
import { perform } from './commands.js'
import { onOverlayKey } from './overlays.js'
import { isSameFilter, KEPT_PAGES, type PageQuestion, placed, type State } from './state.js'

export type Action =
  | { readonly type: 'key'; readonly key: KeyEvent }
  | { readonly type: 'resized'; readonly size: Size }
  | {
      readonly type: 'read'
      readonly question: PageQuestion
      readonly changes: readonly ShownChange[]
      readonly total: number
    }
  | { readonly type: 'not-read'; readonly question: PageQuestion; readonly message: string }
  | { readonly type: 'done'; readonly notice: string | null }
  | { readonly type: 'not-written'; readonly code: string; readonly message: string }

/** The state after something happened. Pure: what has to be done outside is left in `task` and in `questionOf`. */
export function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'key':
      return onKey({ ...state, notice: null }, action.key)
    case 'resized':
      return placed({ ...state, size: action.size }, state.cursor)
    case 'read':
      return read(state, action.question, action.changes, action.total)
    case 'not-read':
      return isSameFilter(action.question.filter, state.filter)
        ? { ...state, failed: new Set([...state.failed, action.question.number]), notice: action.message }
        : state
    case 'done':
      return { ...state, task: null, notice: action.notice }
    case 'not-written':
      return notWritten(state, action)
  }
}

function onKey(state: State, key: KeyEvent): State {
  const command = commandOf('diff', key.name)
  // These three work whatever is open; `q` is a letter where text is typed.
  if (command === 'suspend' || command === 'redraw' || key.name === 'ctrl+c') return perform(state, command)
  return state.overlay === null ? perform(state, command) : onOverlayKey(state, state.overlay, key)
}

/** A page of a filter that was left meanwhile is of no use. */
function read(state: State, question: PageQuestion, changes: readonly ShownChange[], total: number): State {
  if (!isSameFilter(question.filter, state.filter)) return state
  const pages = [...state.pages, [question.number, changes] as const].slice(-KEPT_PAGES)
  return placed({ ...state, total, pages: new Map(pages) }, state.cursor)
}

function notWritten(state: State, { code, message }: { readonly code: string; readonly message: string }): State {
  const { task } = state
  if (task?.kind !== 'write') return { ...state, task: null, notice: message }
  const { name } = task.file
  return {
    ...state,
    task: null,
    overlay: code === 'file-exists' ? { kind: 'overwrite', name } : { kind: 'file', text: name, problem: message },
  }
}
