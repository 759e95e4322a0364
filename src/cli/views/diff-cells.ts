/** Values of changes for the eye: what cannot be seen is made visible, and nothing can be mistaken for a mark of ours. */
import { harmless } from '../../model/text/harmless.js'

/** Stands for no value at all. */
export const NONE = '(none)'

/** Blanks at the ends and runs of them, tabs, and blanks that only look like one. */
const HIDDEN = /^ +| +$| {2,}|[\u00a0\u1680\u2000-\u200f\u202f\u205f\u2060\u3000\ufeff]/g

const MARK = '␣'

function spelled(hidden: string): string {
  if (hidden.startsWith(' ')) return MARK.repeat(hidden.length)
  return `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A value by itself: `(none)`, `""`, or the text; one that looks like a mark of ours stands in quotes. */
export function shownValue(value: string | null): string {
  if (value === null) return NONE
  if (value === '' || value === NONE || value.startsWith('"')) return JSON.stringify(value)
  return harmless(value.replaceAll(HIDDEN, spelled))
}

/** Two values that differ, so that the eye can tell them apart: letters that only look alike are written out. */
export function shownPair(before: string | null, after: string | null): readonly [string, string] {
  const pair = [shownValue(before), shownValue(after)] as const
  if (before === null || after === null || pair[0].normalize('NFKC') !== pair[1].normalize('NFKC')) return pair
  return [written(before), written(after)]
}

/** Every character beyond ASCII by its number. */
const written = (text: string): string =>
  [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0
      return code > 0x20 && code < 0x7f ? character : `\\u{${code.toString(16)}}`
    })
    .join('')
