/** Text measured in terminal columns: a Chinese character takes two, a combining accent none. */
import stringWidth from 'string-width'

/**
 * Characters that stand by themselves and of which the width is known: Latin, Greek and Cyrillic letters, ordinary
 * punctuation, lines and shapes, Chinese characters, kana and Hangul syllables. For texts of these alone, nearly all there are, nothing
 * needs to be segmented: the tables that this takes cost more than a whole question.
 */
const PLAIN =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0384-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u20a0-\u20bf\u2500-\u25fc\u3041-\u3096\u30a1-\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]*$/
/** Those of them that take two columns. */
const WIDE = /[\u3041-\ud7a3]/g
const ASCII = /^[\x20-\x7e]*$/
const ELLIPSIS = '…'

let graphemes: Intl.Segmenter | undefined

/** The number of terminal columns that a text takes; control characters count none. */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length
  return PLAIN.test(text) ? text.length + (text.match(WIDE)?.length ?? 0) : stringWidth(text)
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
  for (const character of characters(text)) {
    const columns = displayWidth(character)
    if (used + columns > width - 1) break
    kept += character
    used += columns
  }
  return kept + ELLIPSIS
}

/** What a reader takes for one character each, accents and joined emoji included. */
function characters(text: string): Iterable<string> {
  if (PLAIN.test(text)) return text
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(graphemes.segment(text), ({ segment }) => segment)
}

/** The text followed (or, aligned right, preceded) by spaces up to `width` columns; longer text is left as it is. */
export function padToWidth(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const padding = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return align === 'left' ? text + padding : padding + text
}

/** The text in lines of at most `width` columns, broken at spaces, or within a word that is longer than a line. */
export function wrapToWidth(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(' ').flatMap((each) => pieces(each, width))) {
      const longer = line === '' ? word : `${line} ${word}`
      if (line !== '' && displayWidth(longer) > width) {
        lines.push(line)
        line = word
      } else line = longer
    }
    return [...lines, line]
  })
}

/** A word cut into parts of at most `width` columns. */
function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word]
  const parts = ['']
  for (const character of characters(word)) {
    const last = parts.length - 1
    const longer = `${parts[last]}${character}`
    if (displayWidth(longer) > width && parts[last] !== '') parts.push(character)
    else parts[last] = longer
  }
  return parts
}
