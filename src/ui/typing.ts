/** Fields that take text. */
import type { KeyEvent } from './key-events.js'

/** A text after a key; null for a key that does not change it. */
export function edited(text: string, { name, text: typed }: KeyEvent): string | null {
  if (name === 'backspace') return [...text].slice(0, -1).join('')
  if (name === 'ctrl+u') return ''
  if (name === 'ctrl+w') return text.replace(/\S+\s*$/u, '')
  return typed === null ? null : text + typed
}
