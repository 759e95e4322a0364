/**
 * Cuts the text of a condition at its AND and OR, so that each part can be explained in the words in which it was written.
 * Whether the cut means the same as the whole is checked by the parser afterwards (`conditions.ts`).
 */

/** A piece of the text, with where it starts. */
export interface TextPiece {
  readonly text: string
  readonly start: number
}

export type SplitText =
  | ({ readonly kind: 'leaf' } & TextPiece)
  | { readonly kind: 'all' | 'any'; readonly parts: readonly SplitText[] }

interface Token {
  readonly text: string
  readonly start: number
}

/** Comments and texts are one token each; then words, then single characters. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|[eE]?'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]*)\$[\s\S]*?\$\1\$|[\p{L}_][\p{L}\p{N}_$]*|\S/gu

const tokensOf = ({ text, start }: TextPiece): Token[] =>
  [...text.matchAll(TOKEN)]
    .filter(([token]) => !token.startsWith('--') && !token.startsWith('/*'))
    .map((found) => ({ text: found[0], start: start + found.index }))

/** The parts of a condition. */
export function splitCondition(piece: TextPiece): SplitText {
  const inner = withoutBrackets(trimmed(piece))
  const tokens = tokensOf(inner)
  for (const [word, kind] of [['or', 'any'] as const, ['and', 'all'] as const]) {
    const cuts = cutsAt(tokens, word)
    if (cuts.length > 0) return { kind, parts: between(inner, cuts, word.length).map(splitCondition) }
  }
  return { kind: 'leaf', ...inner }
}

function trimmed({ text, start }: TextPiece): TextPiece {
  const lead = text.length - text.trimStart().length
  return { text: text.trim(), start: start + lead }
}

/** Without brackets around the whole. */
function withoutBrackets(piece: TextPiece): TextPiece {
  const tokens = tokensOf(piece)
  if (tokens[0]?.text !== '(') return piece
  let depth = 0
  for (const [index, { text }] of tokens.entries()) {
    if (text === '(') depth += 1
    else if (text === ')') depth -= 1
    if (depth === 0 && index < tokens.length - 1) return piece
  }
  if (depth !== 0) return piece
  const end = tokens.at(-1)?.start ?? piece.start
  const start = tokens[0].start + 1
  const inner = { text: piece.text.slice(start - piece.start, end - piece.start), start }
  return withoutBrackets(trimmed(inner))
}

const OPENING = new Set(['(', '[', '{'])
const CLOSING = new Set([')', ']', '}'])

/** Where a word stands that joins conditions: not in brackets, not in a CASE, not the AND of a BETWEEN. */
function cutsAt(tokens: readonly Token[], word: string): number[] {
  let depth = 0
  let betweens = 0
  const cuts: number[] = []
  for (const { text, start } of tokens) {
    const lower = text.toLowerCase()
    if (OPENING.has(text) || lower === 'case') depth += 1
    else if (CLOSING.has(text) || lower === 'end') depth -= 1
    else if (depth > 0) continue
    else if (lower === 'between') betweens += 1
    else if (lower === 'and' && betweens > 0) betweens -= 1
    else if (lower === word) cuts.push(start)
  }
  return cuts
}

function between(piece: TextPiece, cuts: readonly number[], length: number): TextPiece[] {
  const starts = [piece.start, ...cuts.map((cut) => cut + length)]
  const ends = [...cuts, piece.start + piece.text.length]
  return starts.map((start, index) => ({
    text: piece.text.slice(start - piece.start, (ends[index] ?? start) - piece.start),
    start,
  }))
}

/** The text put together again, each part in brackets. */
export const joined = (split: SplitText): string =>
  split.kind === 'leaf'
    ? split.text
    : split.parts.map((part) => `(${joined(part)})`).join(split.kind === 'all' ? ' AND ' : ' OR ')

export const leavesOf = (split: SplitText): TextPiece[] =>
  split.kind === 'leaf' ? [split] : split.parts.flatMap(leavesOf)
