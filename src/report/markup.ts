/** Markup that cannot be broken by what it shows: every value put into a template is escaped, unless it is markup itself. */
import { harmless } from '../model/text/harmless.js'

/** A piece of HTML or XML, ready to be written. */
export class Markup {
  constructor(readonly text: string) {}
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it may stand between tags or in quotes. Control characters are written out, as neither HTML nor XML can hold them. */
export const escaped = (text: string): string =>
  harmless(text)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
    // No character at all in XML.
    .replace(/[\ufffe\uffff]/g, '\ufffd')

type Part = string | number | Markup | readonly Part[]

const written = (part: Part): string => {
  if (part instanceof Markup) return part.text
  return typeof part === 'object' ? part.map(written).join('') : escaped(String(part))
}

/** Template tag: literal text is markup, values are escaped; lists are joined without anything between. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    literals.map((literal, index) => (index === 0 ? literal : written(parts[index - 1] ?? '') + literal)).join(''),
  )
}

/** Nothing. */
export const NOTHING = new Markup('')
