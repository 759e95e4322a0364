/** What is opened above list and detail: the keys, the source of a row, the commands. */
import { shellWord } from '../../../cli/views/timeline-command.js'
import { inWidth, wrapped } from '../../brush.js'
import { helpTexts } from '../../key-help.js'
import { inPieces, shellLines } from '../../pages.js'
import type { Layout } from './layout.js'
import { chosenConflict, rowsOf, type State } from './state.js'

/** The page in the rows of the body; null where what is open is a question in the last line only. */
export function pageLines(state: State, { body, width }: Layout): string[] | null {
  const { overlay } = state
  if (overlay === null || !('top' in overlay)) return null
  const texts = { help: helpLines, source: sourceTexts, commands: commandTexts }[overlay.kind](state, width)
  const first = Math.max(0, Math.min(overlay.top, texts.length - body))
  const lines = texts.slice(first, first + body).map((text) => inWidth(text, width))
  return [...lines, ...new Array(Math.max(0, body - lines.length)).fill('')]
}

const helpLines = (_: State, width: number): string[] => [
  ...helpTexts('conflicts'),
  '',
  ...wrapped(
    'In the list: > chosen, * something was decided; kind, severity, right, subject, figures, streams at stake. In the detail: * before a word marks what the rows say differently.',
    width,
  ),
]

function sourceTexts(state: State, width: number): string[] {
  const row = rowsOf(state, chosenConflict(state))[state.row]
  if (row?.source == null) return ['This row has no source.']
  const { file, line, feed, snapshot, sha256, published, received } = row.source
  const facts: readonly (readonly [string, string])[] = [
    ['source', `${file}:${line}`],
    ['feed', feed],
    ['published', published],
    ['received', received],
    ['snapshot', snapshot],
    ['sha256', sha256],
    ['statement', row.statement],
    ['look up', `recital lookup ${shellWord(row.statement)}`],
    ...(row.party === null ? [] : [['party', row.party] as const]),
    ...Object.entries(row.values).map(([name, value]) => [name, value] as const),
  ]
  const gutter = Math.max(...facts.map(([name]) => name.length)) + 2
  return facts.flatMap(([name, value]) =>
    inPieces(value, width - gutter).map((piece, index) => `${(index === 0 ? name : '').padEnd(gutter)}${piece}`),
  )
}

function commandTexts(state: State, width: number): string[] {
  const conflict = chosenConflict(state)
  const decide =
    conflict === undefined
      ? []
      : ['recital', 'decide', conflict.key, 'explained', '--reason', '…', '--author', state.author || '…']
  return [
    'These conflicts in print:',
    ...shellLines(state.matter.command, width),
    ...(conflict === undefined ? [] : ['', 'Those of this kind:', ...shellLines(ofKind(state, conflict.id), width)]),
    ...(decide.length === 0 ? [] : ['', 'A decision about this one:', ...shellLines(decide, width)]),
  ]
}

/** The same question about one rule alone. */
function ofKind({ matter }: State, id: string): string[] {
  const at = matter.command.indexOf('--id')
  const others = at < 0 ? matter.command : matter.command.filter((_, index) => index !== at && index !== at + 1)
  return [...others, '--id', id]
}
