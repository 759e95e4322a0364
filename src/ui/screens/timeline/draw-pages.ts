/** What is opened above the lanes: the keys, the source of a line, the commands, the list of countries. */
import { licensedCommand, shellWord, timelineCommand } from '../../../cli/views/timeline-command.js'
import { dateOfNumber } from '../../../model/dates/day-numbers.js'
import { type Brush, inWidth } from '../../brush.js'
import { helpTexts } from '../../key-help.js'
import { filled, inPieces, scrolled, shellLines } from '../../pages.js'
import { itemsOf } from './details.js'
import { cursorLane, type Overlay, type State, visibleLanes } from './state.js'
import { territoriesMatching } from './territories.js'

/** The page in so many rows; null where what is open is a question in the last line only. */
export function pageLines(state: State, overlay: Overlay, rows: number, width: number, brush: Brush): string[] | null {
  switch (overlay.kind) {
    case 'help':
      return scrolled(helpLines(), overlay.top, rows, width)
    case 'source':
      return scrolled(sourceTexts(state, width), overlay.top, rows, width)
    case 'commands':
      return scrolled(commandTexts(state, width), overlay.top, rows, width)
    case 'territories':
      return territoryLines(state, overlay, rows, width, brush)
    default:
      return null
  }
}

const helpLines = (): string[] => [
  ...helpTexts('timeline'),
  '',
  'Marks below the lanes: ^ cursor, * event of the chosen lane (a figure: so many),',
  ': event of another lane. A column that stands for several results shows the one',
  'with the least licensed; zoom in to tell them apart.',
  'Figures at the left are those of the day under the cursor.',
]

function sourceTexts(state: State, width: number): string[] {
  const item = itemsOf(state)[state.line]
  if (item?.source == null) return ['This line has no statement behind it.']
  const { file, line, feed, snapshot, sha256, published, received } = item.source
  const facts: readonly (readonly [string, string])[] = [
    ['source', `${file}:${line}`],
    ['says', item.source.text],
    ['feed', feed],
    ['published', published],
    ['received', received],
    ['snapshot', snapshot],
    ['sha256', sha256],
    ['statement', item.statement ?? ''],
    ['look up', `recital lookup ${shellWord(item.statement ?? '')}`],
  ]
  return facts.flatMap(([name, value]) =>
    inPieces(value, width - 11).map((piece, index) => `${(index === 0 ? name : '').padEnd(11)}${piece}`),
  )
}

function commandTexts(state: State, width: number): string[] {
  const { shown, matter, cursor } = state
  const right = cursorLane(state, visibleLanes(state))?.right ?? 'all'
  const on = dateOfNumber(cursor.day)
  return [
    'This timeline in print:',
    ...shellLines(timelineCommand(matter.asked, shown), width),
    '',
    `The parties behind it on ${on}:`,
    ...shellLines(licensedCommand(matter.asked, shown, { on, right }), width),
  ]
}

function territoryLines(
  { matter }: State,
  { filter, chosen }: Extract<Overlay, { readonly kind: 'territories' }>,
  rows: number,
  width: number,
  { colors }: Brush,
): string[] {
  const found = territoriesMatching(filter, matter.named)
  const room = rows - 1
  const first = Math.max(0, Math.min(found.length - room, chosen - Math.floor(room / 2)))
  const lines = found.slice(first, first + room).map(({ code, name, isNamed }, index) => {
    const isChosen = first + index === chosen
    const line = inWidth(`${isChosen ? '>' : ' '} ${code}  ${name}${isNamed ? '  (named by statements)' : ''}`, width)
    return isChosen ? colors.bold(line) : line
  })
  const none = found.length === 0 ? ['  No country has this in its code or name.'] : []
  return filled([inWidth(`Territory: ${filter}_`, width), ...none, ...lines], rows)
}
