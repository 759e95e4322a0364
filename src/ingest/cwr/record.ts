/** One physical line read as a CWR record: its layout and its cells, cut by position. */
import type { Field, Layout } from './layout.js'
import { isPlausible, isZeros, trimBlanks } from './values.js'

export type Encoding = 'ascii' | 'utf-8' | 'latin-1'
/** Cuts `length` positions from `start` (from 0); past the end it returns what there is. */
type Cut = (start: number, length?: number) => string

export interface DecodedLine {
  number: number
  text: string
  encoding: Encoding
  bytes: Buffer
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Decodes a line as UTF-8, or as Latin-1 where it is not valid UTF-8 (older CWR files name no character set). */
export const decodeLine = (number: number, bytes: Buffer): DecodedLine => {
  const latin = bytes.toString('latin1')
  if (!/[\x80-\xff]/.test(latin)) return { number, text: latin, encoding: 'ascii', bytes }
  try {
    return { number, text: utf8.decode(bytes), encoding: 'utf-8', bytes }
  } catch {
    return { number, text: latin, encoding: 'latin-1', bytes }
  }
}

const cutUnits = (text: string): Cut => {
  return (start, length) => text.slice(start, length && start + length)
}

const cutCharacters = (text: string): Cut => {
  if (!/[\ud800-\udfff]/.test(text)) return cutUnits(text)
  const points = Array.from(text)
  return (start, length) => points.slice(start, length && start + length).join('')
}

const cutBytes = (bytes: Buffer): Cut => {
  return (start, length) => bytes.subarray(start, length && start + length).toString('utf8')
}

const implausibleCells = (layout: Layout, cut: Cut): number =>
  layout.fields.filter(([, start, length, kind]) => !isPlausible(kind, cut(start - 1, length).padEnd(length))).length

/** A record of a known type; cells are addressed by the field names of its layout. */
export class CwrRecord {
  readonly line: number
  readonly type: string
  /** The whole line as decoded. */
  readonly text: string
  /** Positions were not counted in characters: only bytes or UTF-16 units make the cells of this line readable. */
  readonly countedIn: 'characters' | 'bytes' | 'UTF-16 units'
  readonly #layout: Layout
  readonly #cut: Cut

  constructor(layout: Layout, line: DecodedLine) {
    this.line = line.number
    this.type = layout.type
    this.text = line.text
    this.#layout = layout
    this.#cut = cutCharacters(line.text)
    this.countedIn = 'characters'
    if (line.encoding !== 'utf-8') return
    // CWR counts positions, and writers disagree whether an accented letter takes one or two: a wrong guess moves
    // every later share by a digit, so the count that leaves the fewest impossible cells is taken.
    let fewest = implausibleCells(layout, this.#cut)
    for (const [unit, cut] of [
      ['bytes', cutBytes(line.bytes)],
      ['UTF-16 units', cutUnits(line.text)],
    ] as const) {
      const implausible = implausibleCells(layout, cut)
      if (implausible >= fewest) continue
      fewest = implausible
      this.#cut = cut
      this.countedIn = unit
    }
  }

  /** The cell exactly as it stands, padded with blanks to the length of the field (short lines are legal). */
  cell(name: string): string {
    const field = this.#field(name)
    if (field === undefined) return ''
    const [, start, length] = field
    return this.#cut(start - 1, length).padEnd(length, ' ')
  }

  /** The cell without outer blanks; '' when it states nothing (blank, or zeros where zeros mean "none"). */
  get(name: string): string {
    const field = this.#field(name)
    return field === undefined ? '' : this.#stated(field)
  }

  /** What stands behind the last field, '' when nothing does. */
  get tail(): string {
    return trimBlanks(this.#cut(this.#layout.length))
  }

  /** All cells that state something, by name, without the named ones and without personal data; the tail as `tail`. */
  others(left: readonly string[]): Record<string, string> {
    const found: Record<string, string> = {}
    for (const field of this.#layout.fields) {
      const [name, , , kind] = field
      if (kind === 'private' || left.includes(name) || name.endsWith('_sequence')) continue
      const text = this.#stated(field)
      if (text !== '') found[name] = text
    }
    if (this.tail !== '') found.tail = this.tail
    return found
  }

  #field(name: string): Field | undefined {
    return this.#layout.fields.find(([each]) => each === name)
  }

  #stated([, start, length, kind]: Field): string {
    const text = trimBlanks(this.#cut(start - 1, length))
    const zerosMeanNone = kind === 'date' || kind === 'time' || kind === 'ipi' || kind === 'number'
    return zerosMeanNone && isZeros(text) ? '' : text
  }
}
