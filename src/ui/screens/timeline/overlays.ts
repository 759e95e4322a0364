/** What keys do while something is open above the timeline: a list, a text to read, a field to fill in. */
import { parseCalendarDate } from '../../../model/dates/calendar.js'
import { dayNumber } from '../../../model/dates/day-numbers.js'
import type { KeyEvent } from '../../key-events.js'
import { edited } from '../../typing.js'
import { perform, toDay } from './commands.js'
import { type Overlay, type State, wanting } from './state.js'
import { territoriesMatching } from './territories.js'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

const closed = (state: State): State => ({ ...state, overlay: null })

export function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  switch (overlay.kind) {
    case 'help':
    case 'source':
    case 'commands':
      return onPageKey(state, overlay, key)
    case 'territories':
      return onTerritoryKey(state, overlay, key)
    case 'date':
      return onDateKey(state, overlay, key)
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

function onTerritoryKey(state: State, overlay: Kind<'territories'>, key: KeyEvent): State {
  const found = territoriesMatching(overlay.filter, state.matter.named)
  if (key.name === 'enter') {
    const territory = found[overlay.chosen]?.code
    return territory === undefined ? state : wanting(closed(state), { ...state.wanted, territory })
  }
  const step = { down: 1, up: -1, tab: 1, 'shift+tab': -1, pagedown: PAGE, pageup: -PAGE }[key.name]
  if (step !== undefined) {
    const chosen = Math.max(0, Math.min(found.length - 1, overlay.chosen + step))
    return { ...state, overlay: { ...overlay, chosen } }
  }
  const filter = edited(overlay.filter, key)
  return filter === null ? state : { ...state, overlay: { ...overlay, filter, chosen: 0 } }
}

function onDateKey(state: State, overlay: Kind<'date'>, key: KeyEvent): State {
  if (key.name !== 'enter') {
    const text = edited(overlay.text, key)
    return text === null ? state : { ...state, overlay: { ...overlay, text, problem: null } }
  }
  const date = parseCalendarDate(overlay.text.trim())
  if (date !== null) return toDay(closed(state), dayNumber(date.first))
  return { ...state, overlay: { ...overlay, problem: 'write a date such as 2019-06-01, 2019-06 or 2019' } }
}

function onFormatKey(state: State, { name }: KeyEvent): State {
  if (name !== 'h' && name !== 's' && name !== 'enter') return state
  const format = name === 's' ? 'svg' : 'html'
  const { known, territory } = state.shown
  const stem = [state.matter.asked.recording, territory, known].join('-').replace(/[^\w.-]+/g, '_')
  return { ...state, overlay: { kind: 'file', format, text: `${stem}.${format}`, problem: null } }
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

const writing = (state: State, file: Extract<State['task'], { kind: 'write' }>['file']): State => ({
  ...closed(state),
  task: { kind: 'write', file, question: state.shown },
})
