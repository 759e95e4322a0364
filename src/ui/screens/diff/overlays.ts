/** What keys do while something is open above the list: a page to read, a list, a field to fill in. */
import type { KeyEvent } from '../../key-events.js'
import { closed, onField, onFileName, onOverwrite, onPage, STEPS } from '../../overlays.js'
import { perform } from './commands.js'
import { changedColumns, filtered, type Overlay, type State } from './state.js'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

export function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  switch (overlay.kind) {
    case 'help':
    case 'commands':
    case 'change':
      return onPage(state, overlay, key, (open) => perform(open, 'leave'))
    case 'columns':
      return onColumnKey(state, overlay, key)
    case 'key':
      return onKeyTextKey(state, overlay, key)
    case 'file':
      return onFileName(state, overlay, key, (name) => writing(state, name, false))
    case 'overwrite':
      return onOverwrite(state, key, { kind: 'file', text: overlay.name, problem: null }, () =>
        writing(state, overlay.name, true),
      )
  }
}

/** The first of the list is every column. */
function onColumnKey(state: State, overlay: Kind<'columns'>, { name }: KeyEvent): State {
  const columns = changedColumns(state)
  if (name === 'enter') {
    const column = columns[overlay.chosen - 1]?.[0]
    const { key, op } = state.filter
    return filtered(closed(state), column === undefined ? { op, key } : { op: 'update', column, key })
  }
  const step = STEPS[name]
  if (step === undefined) return state
  return { ...state, overlay: { ...overlay, chosen: Math.max(0, Math.min(columns.length, overlay.chosen + step)) } }
}

function onKeyTextKey(state: State, overlay: Kind<'key'>, key: KeyEvent): State {
  return onField(state, overlay, key, (answer) =>
    filtered(closed(state), { ...state.filter, key: answer === '' ? undefined : answer }),
  )
}

const writing = (state: State, name: string, overwrite: boolean): State => ({
  ...closed(state),
  notice: `Writing ${name} …`,
  task: { kind: 'write', file: { name, overwrite }, filter: state.filter },
})
