/** The lines of the browser: counts and filter, the list of changes, the chosen one cell by cell, what can be done. */
import { displayWidth } from '../../../cli/display-width.js'
import { shownValue } from '../../../cli/views/diff-cells.js'
import { cellLines } from '../../../cli/views/diff-words.js'
import { count } from '../../../cli/views/words.js'
import type { ShownChange } from '../../../diff/index.js'
import { atEnds, type Brush, inWidth } from '../../brush.js'
import { briefKeys } from '../../key-help.js'
import { filled } from '../../pages.js'
import type { Layout } from './layout.js'
import { changeAt, type Overlay, type State } from './state.js'

const SIGNS = { create: '+', update: '~', delete: '-' } as const
const OPS = { create: 'created', update: 'updated', delete: 'deleted' } as const

const painted = ({ colors }: Brush, op: ShownChange['op'], text: string): string =>
  ({ create: colors.green, update: colors.yellow, delete: colors.red })[op](text)

const keyText = ({ matter }: State, change: ShownChange): string =>
  matter.document.key.map((name) => shownValue(change.key[name] ?? null)).join(' | ')

export function headerLines(state: State, { width }: Layout, { colors }: Brush): string[] {
  const { document, asked } = state.matter
  const { created, updated, deleted, unchanged } = document
  const counts = `+ ${count(created)}  ~ ${count(updated)}  - ${count(deleted)}  = ${count(unchanged)}`
  const place =
    state.total === null ? 'reading …' : `${count(state.total === 0 ? 0 : state.cursor + 1)} of ${count(state.total)}`
  return [colors.bold(atEnds(`${asked.old} to ${asked.new}`, counts, width)), atEnds(filterText(state), place, width)]
}

/** What of all changes is shown, in words. */
export function filterText({ filter }: State): string {
  const { op, column, key } = filter
  const parts = [
    op === undefined ? 'all changes' : `${OPS[op]} rows`,
    ...(column === undefined ? [] : [`where ${column} differs`]),
    ...(key === undefined ? [] : [`with ${shownValue(key)} in the key`]),
  ]
  return parts.join(' ')
}

/** A window of the list. A change that is not there yet is a line of dots. */
export function listLines(state: State, { width, list }: Layout, brush: Brush): string[] {
  const { total, top, cursor } = state
  const rows = Math.max(0, Math.min(list, (total ?? 0) - top))
  const places = Array.from({ length: rows }, (_, row) => top + row)
  const known = places.map((place) => changeAt(state, place))
  const widest = Math.max(
    4,
    ...known.map((change) => (change === undefined ? 0 : displayWidth(keyText(state, change)))),
  )
  const keyWidth = Math.min(widest, Math.floor(width / 3))
  const lines = places.map((place, row) => {
    const change = known[row]
    const mark = place === cursor ? '>' : ' '
    if (change === undefined) return inWidth(`${mark} …`, width)
    const head = `${mark} ${SIGNS[change.op]} ${inWidth(keyText(state, change), keyWidth)}  `
    const line = head + inWidth(outline(state, change), Math.max(0, width - keyWidth - 6))
    return place === cursor ? brush.colors.bold(painted(brush, change.op, line)) : painted(brush, change.op, line)
  })
  const said = total === 0 ? [inWidth('  No change is like this. 0 shows all of them.', width)] : lines
  return filled(said, list)
}

function outline({ matter }: State, change: ShownChange): string {
  return cellLines(change, matter.document.key)
    .map(({ column, before, after }) =>
      change.op === 'update'
        ? `${column}: ${before} -> ${after}`
        : `${column}=${change.op === 'create' ? after : before}`,
    )
    .join('  ')
}

/** The chosen change, one line for each cell that differs, both values side by side. */
export function detailLines(state: State, { width, details }: Layout, { colors }: Brush): string[] {
  const change = changeAt(state, state.cursor)
  if (change === undefined) return filled([], details)
  const cells = cellLines(change, state.matter.document.key)
  const name = Math.min(24, Math.max(6, ...cells.map(({ column }) => displayWidth(column))))
  const value = Math.floor((width - name - 4) / 2)
  const room = Math.max(0, details - 2)
  const shown = cells.length > room ? cells.slice(0, Math.max(0, room - 1)) : cells
  const row = (column: string, before: string, after: string): string =>
    `${inWidth(column, name)}  ${inWidth(before, value)}  ${inWidth(after, value)}`
  const title = `${state.matter.document.key.join(' | ')}: ${keyText(state, change)}`
  const more = cells.length - shown.length
  return filled(
    [
      atEnds(title, OPS[change.op], width),
      colors.bold(row('column', 'before', 'after')),
      ...shown.map(({ column, before, after }) => row(column, before, after)),
      ...(more > 0 ? [inWidth(`and ${count(more)} more columns: Enter shows all of it`, width)] : []),
    ],
    details,
  )
}

/** The last line: a question, a notice, or the keys that work now. */
export function footerLine({ overlay, notice }: State, width: number): string {
  if (overlay !== null) return inWidth(overlayFooter(overlay), width)
  return inWidth(notice ?? briefKeys('diff', width), width)
}

function overlayFooter(overlay: Overlay): string {
  switch (overlay.kind) {
    case 'key':
      return `Text in the key: ${overlay.text}_`
    case 'file':
      return `Write to .jsonl, .csv or .parquet: ${overlay.text}_${overlay.problem === null ? '' : `  (${overlay.problem})`}`
    case 'overwrite':
      return `${overlay.name} exists already. Write over it? y yes   n no`
    case 'columns':
      return 'Up Down choose   Enter show   Esc cancel'
    default:
      return 'Up Down scroll   Enter close   q leave'
  }
}
