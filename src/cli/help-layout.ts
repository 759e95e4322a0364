/** How a help text is laid out: sections with headings, lists in two columns, wrapped to the width of the output. */
import { stripVTControlCharacters } from 'node:util'
import { displayWidth, padToWidth, wrapToWidth } from './display-width.js'
import type { Output } from './output.js'

/** A name and what it means. */
export type Entry = readonly [name: string, meaning: string]

const INDENT = '  '
const GAP = 2
/** A list in which a meaning takes more lines than this stands with its meanings below the names. */
const MOST_LINES = 5
/** How far meanings stand in from names below which they are put. */
const BELOW = '    '

export class HelpLayout {
  readonly #out: Output
  readonly #blocks: string[][] = []

  constructor(out: Output) {
    this.#out = out
  }

  /** The text in lines that fit when they are indented by as many columns; none for an empty text. */
  wrap(text: string, indent = INDENT.length): string[] {
    return text === '' ? [] : wrapToWidth(text, this.#out.width - indent)
  }

  /** A placeholder of a value, marked as such. */
  value(text: string): string {
    return text.includes('|') ? text : this.#out.colors.underline(text)
  }

  /** Lines that stand at the margin. */
  paragraph(...lines: string[]): void {
    if (lines.length > 0) this.#blocks.push(lines)
  }

  /** Lines below a heading; nothing when there are none. */
  section(heading: string, lines: readonly string[]): void {
    const indented = lines.map((line) => (line === '' ? '' : INDENT + line))
    if (lines.length > 0) this.#blocks.push([this.#out.colors.bold(heading), ...indented])
  }

  /** Names with their meanings below a heading; nothing when there are none. */
  list(heading: string, entries: readonly Entry[]): void {
    const column = Math.max(0, ...entries.map(([name]) => widthOf(name))) + GAP
    const beside = entries.map(([, meaning]) => this.wrap(meaning, INDENT.length + column))
    const fits = beside.every((lines) => lines.length <= MOST_LINES)
    this.section(heading, fits ? inColumns(entries, beside, column) : this.#oneBelowTheOther(entries))
  }

  #oneBelowTheOther(entries: readonly Entry[]): string[] {
    const indent = INDENT.length + BELOW.length
    const each = entries.map(([name, meaning]) => [name, ...this.wrap(meaning, indent).map((line) => BELOW + line)])
    return each.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
  }

  /** Writes all of it, an empty line between two blocks. */
  print(): void {
    this.#out.line(this.#blocks.map((lines) => lines.join('\n')).join('\n\n'))
  }
}

const widthOf = (styled: string): number => displayWidth(stripVTControlCharacters(styled))

function inColumns(entries: readonly Entry[], meanings: readonly string[][], column: number): string[] {
  return entries.flatMap(([name], index) => {
    const [first = '', ...more] = meanings[index] ?? []
    const padded = name + ' '.repeat(column - widthOf(name))
    return [`${padded}${first}`.trimEnd(), ...more.map((line) => padToWidth('', column) + line)]
  })
}
