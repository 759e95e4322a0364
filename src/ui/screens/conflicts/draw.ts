/** The conflicts as lines: which are listed, the list, the chosen one beside or below it, what can be done. */
import type { ConflictJson } from '../../../cli/views/conflicts-document.js'
import { magnitudeInWords, subjectInWords } from '../../../cli/views/conflicts-words.js'
import { count } from '../../../cli/views/words.js'
import { atEnds, type Brush, inWidth } from '../../brush.js'
import { briefKeys } from '../../key-help.js'
import { detailTexts } from './detail.js'
import type { Layout } from './layout.js'
import { listed, type Order, type Overlay, type State } from './state.js'

const ORDER_WORDS: Readonly<Record<Order, string>> = {
  gravity: 'the gravest first',
  streams: 'most streams first',
  excess: 'largest excess first',
  latest: 'latest receipt first',
}

export function headerLines(state: State, { width }: Layout, { colors }: Brush): string[] {
  const { document, chosen } = state
  const shown = listed(state).length
  const place = shown === 0 ? '0 of 0' : `${count(chosen + 1)} of ${count(shown)}`
  const since = document.since === undefined ? '' : `, appeared since ${document.since}`
  const left = document.leftOut === 0 ? '' : ` (${count(document.leftOut)} more are not listed: --limit)`
  return [
    colors.bold(atEnds(`Conflicts as known on ${document.known}${since}${left}`, place, width)),
    inWidth(filterText(state), width),
  ]
}

function filterText({ filter, order }: State): string {
  const { severity, kind, decided, text } = filter
  const parts = [
    severity === null ? '' : `severity ${severity}`,
    kind ?? '',
    decided === 'all' ? '' : decided,
    text === '' ? '' : `with "${text}"`,
  ].filter((part) => part !== '')
  return `${parts.length === 0 ? 'all' : parts.join(', ')}; ${ORDER_WORDS[order]}`
}

export function listLines(state: State, { list }: Layout, { colors }: Brush): string[] {
  const { columns, rows } = list
  const all = listed(state)
  const first = Math.max(0, Math.min(all.length - rows, state.chosen - Math.floor(rows / 2)))
  const lines = all.slice(first, first + rows).map((conflict, index) => {
    const isChosen = first + index === state.chosen
    const line = listLine(conflict, isChosen, columns)
    return isChosen ? colors.bold(line) : line
  })
  if (all.length === 0) lines.push(inWidth(emptyText(state), columns))
  return filled(lines, rows, columns)
}

const emptyText = ({ document }: State): string =>
  document.conflicts.length === 0
    ? '  Nothing contradicts anything here.'
    : '  No conflict passes the filter; Esc shows all again.'

/** `*`: something was decided about it. */
function listLine(conflict: ConflictJson, isChosen: boolean, width: number): string {
  const { id, severity, right, decisions, magnitude, paymentOnly } = conflict
  const streams = magnitude.streams === 0 ? '' : count(magnitude.streams)
  const figures = `${magnitudeInWords(conflict)}${paymentOnly ? ' (payment only)' : ''}`
  const mark = `${isChosen ? '>' : ' '}${decisions.length > 0 ? '*' : ' '}`
  const left = `${mark} ${id} ${severity} ${(right ?? '').padEnd(6)} ${subjectInWords(conflict.subject)}`
  const tail = [figures, streams.padStart(9)].filter((part) => part.trim() !== '').join(' ')
  return atEnds(left, width < 80 ? figures : tail, width)
}

export function bodyLines(state: State, layout: Layout, brush: Brush): string[] {
  const { list, detail, isSideBySide, width } = layout
  if (detail.rows === 0) return listLines(state, layout, brush)
  const details = detailLines(state, layout)
  if (list.rows === 0) return details
  const lines = listLines(state, layout, brush)
  if (!isSideBySide) return [...lines, (brush.isUnicode ? '─' : '-').repeat(width), ...details]
  const bar = brush.isUnicode ? ' │ ' : ' | '
  return lines.map((line, row) => `${line}${bar}${details[row] ?? ''}`)
}

function detailLines(state: State, { detail }: Layout): string[] {
  const texts = detailTexts(state, detail.columns)
  const first = Math.max(0, Math.min(texts.length - detail.rows, state.top))
  const lines = texts.slice(first, first + detail.rows).map((text) => inWidth(text, detail.columns))
  return filled(lines, detail.rows, detail.columns)
}

const filled = (lines: readonly string[], rows: number, columns: number): string[] => [
  ...lines,
  ...new Array(Math.max(0, rows - lines.length)).fill(inWidth('', columns)),
]

/** The last line: a question, a notice, or the keys that work now. */
export function footerLine({ overlay, notice }: State, width: number): string {
  if (overlay !== null) return inWidth(overlayFooter(overlay), width)
  return inWidth(notice ?? briefKeys('conflicts', width), width)
}

function overlayFooter(overlay: Overlay): string {
  const problem = 'problem' in overlay && overlay.problem !== null ? `  (${overlay.problem})` : ''
  switch (overlay.kind) {
    case 'search':
      return `Only with: ${overlay.text}_   Enter keep   Esc close`
    case 'verdict':
      return 'x explained   a accepted   d disputed   i identity   Esc cancel'
    case 'decision': {
      const { draft, asked, text } = overlay
      const what = draft.undoes === null ? draft.verdict : `undo ${draft.undoes}`
      return `${what}, ${{ identity: 'which is meant', reason: 'why', author: 'by whom' }[asked]}: ${text}_${problem}`
    }
    case 'format':
      return 'Write as: h HTML page   v CSV table   m Markdown   Esc cancel'
    case 'file':
      return `Write to file: ${overlay.text}_${problem}`
    case 'overwrite':
      return `${overlay.name} exists already. Write over it? y yes   n no`
    default:
      return 'Up Down scroll   Enter close   q leave'
  }
}
