/** Texts that are read and scrolled in place of a screen. */
import { shellWord } from '../cli/views/timeline-command.js'
import { inWidth } from './brush.js'

/** So many rows of a text from line `top` on, or as near to it as its end allows. */
export function scrolled(texts: readonly string[], top: number, rows: number, width: number): string[] {
  const first = Math.max(0, Math.min(top, texts.length - rows))
  return filled(
    texts.slice(first, first + rows).map((text) => inWidth(text, width)),
    rows,
  )
}

/** Exactly so many rows. */
export const filled = (lines: readonly string[], rows: number): string[] => [
  ...lines.slice(0, rows),
  ...new Array(Math.max(0, rows - lines.length)).fill(''),
]

/** A text that must be read whole, in pieces of a width. */
export function inPieces(text: string, width: number): string[] {
  const pieces: string[] = []
  for (let start = 0; start < text.length; start += width) pieces.push(text.slice(start, start + width))
  return pieces.length === 0 ? [''] : pieces
}

/** A command as lines that a shell takes whole: continued with a backslash, never broken within a word. */
export function shellLines(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ' '
  for (const word of words.map(shellWord)) {
    if (line.trim() !== '' && line.length + 1 + word.length > width - 2) {
      lines.push(`${line} \\`)
      line = '   '
    }
    line += ` ${word}`
  }
  return [...lines, line]
}
