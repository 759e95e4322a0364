/**
 * Messages of rules: text with placeholders. `{after.price}` is the value of a column, `{{` and `}}` are braces. A
 * placeholder is a name, never an expression.
 */

/** A piece of a message: text, or a column's name in parts, with its place in the message. */
export type MessagePart =
  | { readonly text: string }
  | { readonly path: readonly string[]; readonly written: string; readonly offset: number }

export interface MessageProblem {
  readonly message: string
  readonly offset: number
}

const PART = String.raw`(?:[\p{L}_][\p{L}\p{N}_$]*|"(?:[^"]|"")+")`
const NAME = new RegExp(`^${PART}(?:\\.${PART})*$`, 'u')
const PARTS = new RegExp(PART, 'gu')

/** Cuts a message into its pieces, or says what is wrong with it. */
export function parseMessage(message: string): { parts: MessagePart[]; problems: MessageProblem[] } {
  const parts: MessagePart[] = []
  const problems: MessageProblem[] = []
  let text = ''
  let at = 0
  while (at < message.length) {
    const two = message.slice(at, at + 2)
    const one = message[at] ?? ''
    if (two === '{{' || two === '}}') {
      text += one
      at += 2
    } else if (one === '}') {
      problems.push({ message: 'a } without a {: write }} for a brace', offset: at })
      at += 1
    } else if (one === '{') {
      const end = closing(message, at)
      const inside = message.slice(at + 1, end).trim()
      if (end === message.length) problems.push({ message: 'a { without a }: write {{ for a brace', offset: at })
      else if (!NAME.test(inside)) problems.push({ message: `{${inside}} is not the name of a column`, offset: at })
      else {
        if (text !== '') parts.push({ text })
        text = ''
        parts.push({ path: pathOf(inside), written: inside, offset: at })
      }
      at = end + 1
    } else {
      text += one
      at += 1
    }
  }
  if (text !== '') parts.push({ text })
  return { parts, problems }
}

/** The } that ends a placeholder; one inside quotes does not. */
function closing(message: string, start: number): number {
  let isQuoted = false
  for (let at = start + 1; at < message.length; at += 1) {
    if (message[at] === '"') isQuoted = !isQuoted
    else if (message[at] === '}' && !isQuoted) return at
  }
  return message.length
}

const pathOf = (name: string): string[] =>
  (name.match(PARTS) ?? []).map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
