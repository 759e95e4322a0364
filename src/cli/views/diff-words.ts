/** What is said of a diff, the same in the terminal, on the screen and on the page. */
import { factorOf, type ShownChange } from '../../diff/index.js'
import { shownPair, shownValue } from './diff-cells.js'
import { type DiffDocument, percentOf } from './diff-document.js'
import { count } from './words.js'

/** A rate in words; exact counts stand beside it. */
export const rate = (part: number, whole: number): string => `${percentOf(part, whole) ?? 0} %`

/** Sentences about the columns, about where changes concentrate, repeated keys, and when values counted as equal. */
export function notesOf({ columns, concentrations, duplicateKeys, leftOut, policy }: DiffDocument): string[] {
  const { added, removed, renamed, reordered } = columns
  const repeated = duplicateKeys.old + duplicateKeys.new
  const rules = policyWords(policy)
  return [
    ...(added.length > 0 ? [`columns added: ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`columns removed: ${removed.join(', ')}`] : []),
    ...(renamed.length > 0 ? [`columns renamed: ${renamed.map(({ from, to }) => `${from} to ${to}`).join(', ')}`] : []),
    ...(reordered ? ['columns stand in another order'] : []),
    ...(concentrations ?? []).map((one) => {
      const factor = Math.round(factorOf(one) * 10) / 10
      return `${rate(one.changed, one.ofChanged)} of the ${one.op} rows have ${one.column} = ${shownValue(one.value)}, ${factor} times their part of all rows`
    }),
    ...(repeated > 0
      ? [
          `keys on several rows: ${count(duplicateKeys.old)} before, ${count(duplicateKeys.new)} after; rows left out: ${count(leftOut.old)} before, ${count(leftOut.new)} after`,
        ]
      : []),
    ...(rules.length > 0 ? [`compared ${rules.join('; ')}`] : []),
  ]
}

function policyWords(policy: DiffDocument['policy']): string[] {
  const pairs = (what: Readonly<Record<string, string>>): string =>
    Object.entries(what)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')
  return [
    ...(Object.keys(policy.types).length > 0 ? [`as declared: ${pairs(policy.types)}`] : []),
    ...(Object.keys(policy.typesOfFiles).length > 0 ? [`as a file declares: ${pairs(policy.typesOfFiles)}`] : []),
    ...(Object.keys(policy.tolerance).length > 0 ? [`within ${pairs(policy.tolerance)}`] : []),
    ...(policy.null === null ? [] : [`with ${JSON.stringify(policy.null)} as no value`]),
    ...(policy.trim ? ['without blanks at the ends'] : []),
    ...(policy.ignoreCase ? ['without regard to capital letters'] : []),
    ...(policy.emptyEqualsNull ? ['with an empty text as no value, which one of the files cannot tell apart'] : []),
  ]
}

/** A cell that differs, or a whole row that is on one side only; `column` is null for a row. */
export interface ChangeLine {
  readonly op: ShownChange['op']
  readonly key: string
  readonly column: string | null
  readonly before: string
  readonly after: string
}

/** One cell on both sides; an empty text where there is no row. */
export interface CellLine {
  readonly column: string
  readonly before: string
  readonly after: string
}

/** Of an update the cells that differ; of a row that is there on one side only the cells that hold anything, without its key. */
export function cellLines({ op, before, after, changed }: ShownChange, key: readonly string[]): CellLine[] {
  if (op === 'update') {
    return changed.map((column) => {
      const [was, is] = shownPair(before?.[column] ?? null, after?.[column] ?? null)
      return { column, before: was, after: is }
    })
  }
  return Object.entries((op === 'create' ? after : before) ?? {})
    .filter(([name, value]) => !key.includes(name) && value !== null && value !== '')
    .map(([column, value]) => {
      const text = shownValue(value)
      return op === 'create' ? { column, before: '', after: text } : { column, before: text, after: '' }
    })
}

/** A change as lines: one for each column that differs, or one for the whole row. */
export function changeLines(change: ShownChange, key: readonly string[]): ChangeLine[] {
  const { op } = change
  const known = key.map((name) => shownValue(change.key[name] ?? null)).join(' | ')
  const cells = cellLines(change, key)
  if (op === 'update') return cells.map((cell) => ({ op, key: known, ...cell }))
  const text = (side: 'before' | 'after'): string =>
    cells
      .filter((cell) => cell[side] !== '')
      .map((cell) => `${cell.column}=${cell[side]}`)
      .join(' ')
  return [{ op, key: known, column: null, before: text('before'), after: text('after') }]
}
