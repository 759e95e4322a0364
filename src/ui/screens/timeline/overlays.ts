/** What keys do while something is open above the timeline: a list, a text to read, a field to fill in. */
import { parseCalendarDate } from '../../../model/dates/calendar.js'
import { dayNumber } from '../../../model/dates/day-numbers.js'
import type { KeyEvent } from '../../key-events.js'
import { closed, onField, onFileName, onOverwrite, onPage, refused, STEPS } from '../../overlays.js'
import { edited } from '../../typing.js'
import { perform, toDay } from './commands.js'
import { type Overlay, type State, wanting } from './state.js'
import { territoriesMatching } from './territories.js'

type Kind<K extends Overlay['kind']> = Extract<Overlay, { readonly kind: K }>

export function onOverlayKey(state: State, overlay: Overlay, key: KeyEvent): State {
  if (key.name === 'escape') return closed(state)
  switch (overlay.kind) {
    case 'help':
    case 'source':
    case 'commands':
      return onPage(state, overlay, key, (open) => perform(open, 'leave'))
    case 'territories':
      return onTerritoryKey(state, overlay, key)
    case 'date':
      return onDateKey(state, overlay, key)
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

/** Letters are typed here. */
const LETTERS = { j: undefined, k: undefined }
const TABS = { tab: 1, 'shift+tab': -1 }

function onTerritoryKey(state: State, overlay: Kind<'territories'>, key: KeyEvent): State {
  const found = territoriesMatching(overlay.filter, state.matter.named)
  if (key.name === 'enter') {
    const territory = found[overlay.chosen]?.code
    return territory === undefined ? state : wanting(closed(state), { ...state.wanted, territory })
  }
  const step = { ...STEPS, ...TABS, ...LETTERS }[key.name]
  if (step !== undefined) {
    const chosen = Math.max(0, Math.min(found.length - 1, overlay.chosen + step))
    return { ...state, overlay: { ...overlay, chosen } }
  }
  const filter = edited(overlay.filter, key)
  return filter === null ? state : { ...state, overlay: { ...overlay, filter, chosen: 0 } }
}

function onDateKey(state: State, overlay: Kind<'date'>, key: KeyEvent): State {
  return onField(state, overlay, key, (answer) => {
    const date = parseCalendarDate(answer)
    if (date !== null) return toDay(closed(state), dayNumber(date.first))
    return refused(state, overlay, 'write a date such as 2019-06-01, 2019-06 or 2019')
  })
}

function onFormatKey(state: State, { name }: KeyEvent): State {
  if (name !== 'h' && name !== 's' && name !== 'enter') return state
  const format = name === 's' ? 'svg' : 'html'
  const { known, territory } = state.shown
  const stem = [state.matter.asked.recording, territory, known].join('-').replace(/[^\w.-]+/g, '_')
  return { ...state, overlay: { kind: 'file', format, text: `${stem}.${format}`, problem: null } }
}

const onOverwriteKey = (state: State, { format, name }: Kind<'overwrite'>, key: KeyEvent): State =>
  onOverwrite(state, key, { kind: 'file', format, text: name, problem: null }, () =>
    writing(state, { format, name, overwrite: true }),
  )

const writing = (state: State, file: Extract<State['task'], { kind: 'write' }>['file']): State => ({
  ...closed(state),
  task: { kind: 'write', file, question: state.shown },
})
