/**
 * What keys do in what every screen opens above itself: pages to read, fields to fill in, and the question whether a file
 * may be lost. Pure, as all of `reduce` is: a state goes in, the next one comes out.
 */
import type { KeyEvent } from './key-events.js'
import { edited } from './typing.js'

/** A state with something open above it, or nothing. */
interface Overlaid {
  readonly overlay: unknown
}

export const closed = <S extends Overlaid>(state: S): S => ({ ...state, overlay: null })

const opened = <S extends Overlaid>(state: S, overlay: object): S => ({ ...state, overlay })

/** Lines, or entries of a list, that one press of Page Down passes. */
const PAGE = 5
/** How far the keys that go up and down go. */
export const STEPS: Readonly<Record<string, number>> = { down: 1, j: 1, up: -1, k: -1, pagedown: PAGE, pageup: -PAGE }

/** The key that opened a page closes it, too. */
const OPENERS: Readonly<Record<string, string>> = { help: '?', source: 'o', commands: 'c' }

/** Pages are scrolled; `q` leaves the screen, Enter and the key that opened a page close it. */
export function onPage<S extends Overlaid>(
  state: S,
  page: { readonly kind: string; readonly top: number },
  { name }: KeyEvent,
  leave: (state: S) => S,
): S {
  if (name === 'enter' || name === OPENERS[page.kind]) return closed(state)
  if (name === 'q') return leave(state)
  const step = STEPS[name]
  return step === undefined ? state : opened(state, { ...page, top: Math.max(0, page.top + step) })
}

/** Enter takes what was typed, without blanks at its ends; every other key goes into the text, and takes a complaint away. */
export function onField<S extends Overlaid>(
  state: S,
  field: { readonly text: string; readonly problem?: string | null },
  key: KeyEvent,
  take: (answer: string) => S,
): S {
  if (key.name === 'enter') return take(field.text.trim())
  const text = edited(field.text, key)
  if (text === null) return state
  return opened(state, { ...field, text, ...(field.problem === undefined ? {} : { problem: null }) })
}

/** The same field, with what is wrong with what was typed. */
export const refused = <S extends Overlaid>(state: S, field: object, problem: string): S =>
  opened(state, { ...field, problem })

/** A field that takes the name of a file. */
export const onFileName = <S extends Overlaid>(
  state: S,
  field: { readonly text: string; readonly problem: string | null },
  key: KeyEvent,
  write: (name: string) => S,
): S =>
  onField(state, field, key, (name) => (name === '' ? refused(state, field, 'write the name of a file') : write(name)))

/** The file is there already: only a plain yes loses what is in it. `again` is the field that asks for another name. */
export function onOverwrite<S extends Overlaid>(state: S, key: KeyEvent, again: object, write: () => S): S {
  if (key.name === 'y') return write()
  return key.name === 'n' || key.name === 'enter' ? opened(state, again) : state
}
