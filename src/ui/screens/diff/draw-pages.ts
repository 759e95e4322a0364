/** What is opened above the list: the keys, the commands, the whole of one change, the columns to choose from. */
import { shownPair, shownValue } from '../../../cli/views/diff-cells.js'
import { count } from '../../../cli/views/words.js'
import { type Brush, inWidth } from '../../brush.js'
import { helpTexts } from '../../key-help.js'
import { filled, inPieces, scrolled, shellLines } from '../../pages.js'
import { filterText } from './draw.js'
import { changeAt, changedColumns, type Overlay, type State } from './state.js'

/** The page in so many rows; null where what is open is a question in the last line only. */
export function pageLines(state: State, overlay: Overlay, rows: number, width: number, brush: Brush): string[] | null {
  switch (overlay.kind) {
    case 'help':
      return scrolled(helpLines(), overlay.top, rows, width)
    case 'commands':
      return scrolled(commandTexts(state, width), overlay.top, rows, width)
    case 'change':
      return scrolled(wholeChange(state, width), overlay.top, rows, width)
    case 'columns':
      return columnLines(state, overlay.chosen, rows, width, brush)
    default:
      return null
  }
}

const helpLines = (): string[] => [
  ...helpTexts('diff'),
  '',
  '+ created   ~ updated   - deleted   = unchanged',
  '(none) no value   "" an empty text   ␣ a blank that would not be seen',
  'Other characters that cannot be seen are written as \\u and their number.',
]

function commandTexts(state: State, width: number): string[] {
  const { asked } = state.matter
  return [
    'This diff in print:',
    ...shellLines([...asked.words, '--no-browse'], width),
    '',
    'All of its changes in a file:',
    ...shellLines([...asked.words, '--out', 'changes.jsonl'], width),
    '',
    `Shown here: ${filterText(state)}. The key e writes just these to a file.`,
  ]
}

/** Every column of both rows, values whole. */
function wholeChange(state: State, width: number): string[] {
  const change = changeAt(state, state.cursor)
  if (change === undefined) return []
  const { document, sides } = state.matter
  const { before, after, changed } = change
  const names = [...new Set([...sides.new, ...sides.old])]
  const lines = (mark: string, text: string): string[] =>
    inPieces(text, width - 4).map((piece, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${piece}`)
  return [
    `${document.key.map((name) => `${name} ${shownValue(change.key[name] ?? null)}`).join('  ')}  (${change.op})`,
    '',
    ...names.flatMap((name) => {
      const [was, is] = [before?.[name], after?.[name]]
      if (!changed.includes(name)) return [name, ...lines('    ', shownValue((after === null ? was : is) ?? null))]
      const [old, now] = shownPair(was ?? null, is ?? null)
      return [`${name} differs`, ...lines('  - ', old), ...lines('  + ', now)]
    }),
  ]
}

function columnLines(state: State, chosen: number, rows: number, width: number, { colors }: Brush): string[] {
  const columns = ['every column', ...changedColumns(state).map(([name, n]) => `${name}  (${count(n)})`)]
  const first = Math.max(0, Math.min(columns.length - rows, chosen - Math.floor(rows / 2)))
  const lines = columns.slice(first, first + rows).map((text, index) => {
    const line = inWidth(`${first + index === chosen ? '>' : ' '} ${text}`, width)
    return first + index === chosen ? colors.bold(line) : line
  })
  return filled(lines, rows)
}
