/** What Ink hears, as keys with one name each. */
import type { Key as InkKey } from 'ink'

export interface KeyEvent {
  /** `left`, `shift+tab`, `ctrl+c`, `q`, … */
  readonly name: string
  /** The character, for fields that take text; null for keys that write nothing. */
  readonly text: string | null
}

const named = (name: string): KeyEvent => ({ name, text: null })

const WITH_SHIFT: readonly (readonly [keyof InkKey, string])[] = [
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['tab', 'tab'],
]

const PLAIN: readonly (readonly [keyof InkKey, string])[] = [
  ['return', 'enter'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  // Many terminals send for backspace what Ink calls delete.
  ['backspace', 'backspace'],
  ['delete', 'backspace'],
]

/**
 * The keys of one report of Ink: usually one, several when text was pasted or typed faster than it was read. Unknown
 * control characters and combinations with Alt are no keys.
 */
export function keysOf(input: string, key: InkKey): KeyEvent[] {
  // Ink also reports Alt with Escape, so Escape comes first.
  if (key.escape) return [named('escape')]
  const shifted = WITH_SHIFT.find(([flag]) => key[flag] === true)
  if (shifted !== undefined) return [named(key.shift ? `shift+${shifted[1]}` : shifted[1])]
  const plain = PLAIN.find(([flag]) => key[flag] === true)
  if (plain !== undefined) return [named(plain[1])]
  if (key.meta) return []
  if (key.ctrl) return input.length === 1 ? [named(`ctrl+${input}`)] : []
  return [...input].flatMap(keyOfCharacter)
}

const CONTROLS: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007f': 'backspace',
  '\b': 'backspace',
}

function keyOfCharacter(character: string): KeyEvent[] {
  const control = CONTROLS[character]
  if (control !== undefined) return [named(control)]
  const code = character.charCodeAt(0)
  // The first 26 are Ctrl with a letter.
  if (code >= 1 && code <= 26) return [named(`ctrl+${String.fromCharCode(code + 96)}`)]
  return /\p{Cc}/u.test(character) ? [] : [{ name: character, text: character }]
}
