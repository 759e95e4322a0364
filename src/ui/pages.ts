/** Texts that are read on a page of their own. */
import { shellWord } from '../cli/views/timeline-command.js'

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
