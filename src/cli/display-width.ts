/** Text measured in terminal columns: a Chinese character takes two, a combining accent none. */
import stringWidth from 'string-width'

const ASCII = /^[\x20-\x7e]*$/
const ELLIPSIS = '…'
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The number of terminal columns that a text takes; control characters count none. */
export function displayWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text)
}

/**
 * The text cut to at most `width` columns, with `…` in the last one when something was cut. Characters are never
 * split: a wide one that does not fit whole is left out.
 */
export function cutToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  if (width < 1) return ''
  let kept = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    const columns = displayWidth(segment)
    if (used + columns > width - 1) break
    kept += segment
    used += columns
  }
  return kept + ELLIPSIS
}

/** The text followed (or, aligned right, preceded) by spaces up to `width` columns; longer text is left as it is. */
export function padToWidth(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const padding = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'left' ? text + padding : padding + text
}
