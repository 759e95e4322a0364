/** What drawing needs to know of the terminal: its colours and its signs. */
import type { ChalkInstance } from 'chalk'
import { cutToWidth, displayWidth, padToWidth } from '../cli/display-width.js'
import { harmless } from '../model/text/harmless.js'

export interface Brush {
  readonly colors: ChalkInstance
  readonly isUnicode: boolean
}

/** A text from data in exactly that many columns: made harmless, cut or filled up. */
export const inWidth = (text: string, width: number): string => padToWidth(cutToWidth(harmless(text), width), width)

/** Two texts at the ends of a line; the right one is kept whole as long as the line can hold it. */
export function atEnds(left: string, right: string, width: number): string {
  if (right === '') return inWidth(left, width)
  const tail = cutToWidth(harmless(right), width)
  const room = Math.max(0, width - displayWidth(tail) - GAP.length)
  return padToWidth(room === 0 ? tail : inWidth(left, room) + GAP + tail, width)
}

const GAP = '  '

/**
 * A text in lines of at most that many columns, broken between words (never before `%`); the first may be
 * shorter by `indent` columns.
 */
export function wrapped(text: string, width: number, indent = 0): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of harmless(text).split(/ (?!%)/)) {
    const room = lines.length === 0 ? width - indent : width
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > room) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? word : ` ${word}`
  }
  return [...lines, line]
}
