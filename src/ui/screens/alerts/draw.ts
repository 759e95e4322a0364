/** The review of alerts as lines: alerts at the left, the change and the reasons at the right, or a page above both. */
import { subjectText, valueText } from '../../../cli/views/alerts/dry-run.js'
import { commandText } from '../../../cli/views/explore-views.js'
import { count, plural } from '../../../cli/views/words.js'
import { atEnds, type Brush, inWidth, wrapped } from '../../brush.js'
import { briefKeys, helpTexts } from '../../key-help.js'
import { chosenItem, FIELDS, type Item, type Mark, type Overlay, type State, shownItems } from './state.js'

const SIGNS: Readonly<Record<Mark, string>> = {
  ...{ raised: ' ', added: '+', removed: '-', changed: '~' },
  ...{ 'kept back': '(', 'after another': '(', 'not in force': '(' },
}

export const HEADER_ROWS = 2

export function headerLines(state: State, { colors }: Brush): string[] {
  const { review, file, size, filter } = state
  const { document, difference } = review
  const totals = `${plural(document.totals.alerts, 'alert')}, ${plural(document.changes, 'change')}`
  const edit =
    difference === null
      ? ''
      : `last edit: +${count(difference.added.length)} -${count(difference.removed.length)} ~${count(difference.changed.length)}`
  const named = FIELDS.flatMap((field) => (filter[field] === null ? [] : [`${field}: ${filter[field]}`]))
  const filters = [...named, ...(filter.words === '' ? [] : [`with: ${filter.words}`])].join(', ')
  const shown = shownItems(state).length
  const place = shown === 0 ? 'none' : `${count(state.chosen + 1)}/${count(shown)}`
  return [
    colors.bold(atEnds(file, totals, size.columns)),
    atEnds(
      [filters === '' ? 'all alerts' : filters, edit].filter((text) => text !== '').join('   '),
      place,
      size.columns,
    ),
  ]
}

/** Both sides in so many rows. */
export function bodyLines(state: State, rows: number, brush: Brush): string[] {
  const { columns } = state.size
  const left = Math.max(26, Math.min(70, Math.floor(columns * 0.42)))
  const right = columns - left - 3
  const lefts = listLines(state, rows, left, brush)
  const details = detailTexts(state, right)
  const first = Math.max(0, Math.min(state.top, details.length - rows))
  const bar = brush.isUnicode ? '│' : '|'
  return Array.from(
    { length: rows },
    (_, row) => `${lefts[row] ?? inWidth('', left)} ${bar} ${inWidth(details[first + row] ?? '', right)}`,
  )
}

function listLines(state: State, rows: number, width: number, { colors }: Brush): string[] {
  const items = shownItems(state)
  if (items.length === 0) {
    return [inWidth(state.items.length === 0 ? 'No alerts.' : 'No alert is like this; 0 shows all.', width)]
  }
  const first = Math.max(0, Math.min(items.length - rows, state.chosen - Math.floor(rows / 2)))
  return items.slice(first, first + rows).map((item, index) => {
    const isChosen = first + index === state.chosen
    const { rule, key, group, severity } = item.alert
    const line = atEnds(
      `${isChosen ? '>' : ' '}${SIGNS[item.mark]} ${rule}  ${subjectText(key, group)}`,
      width < 40 ? '' : severity,
      width,
    )
    if (isChosen) return colors.bold(line)
    return item.mark === 'added' ? colors.green(line) : item.mark === 'removed' ? colors.red(line) : line
  })
}

/** A text in lines that all begin so many columns from the edge. */
const indented = (text: string, by: number, width: number): string[] =>
  wrapped(text, width - by).map((line) => ' '.repeat(by) + line)

/** The chosen alert in full: what it says, why, and the row behind it with what changed marked. */
export function detailTexts(state: State, width: number): string[] {
  const item = chosenItem(state)
  if (item === undefined) return []
  const { rule, severity, owner, message, because, key, group, op, file, line, runbook, route } = item.alert
  const mark = item.mark === 'raised' ? [] : [`${item.mark}${item.note === null ? '' : `: ${item.note}`}`]
  return [
    ...wrapped(message === '' ? rule : message, width),
    ...mark.flatMap((text) => wrapped(text, width)),
    '',
    ...wrapped(`${severity}, ${owner ?? 'no owner'}${route.length === 0 ? '' : `, to ${route.join(', ')}`}`, width),
    ...wrapped(`${rule}, ${file}:${line}`, width),
    ...wrapped(`${op ?? 'about'} ${subjectText(key, group)}`, width),
    '',
    'because',
    ...because.flatMap(({ condition, operands }) => [
      ...indented(condition, 2, width),
      ...Object.entries(operands).flatMap(([name, value]) => indented(`${name} = ${valueText(value)}`, 4, width)),
    ]),
    ...rowTexts(item, state, width),
    ...(runbook === null ? [] : ['', ...wrapped(`runbook: ${runbook}`, width)]),
  ]
}

function rowTexts(item: Item, { rows }: State, width: number): string[] {
  const cells = rows.get(item) ?? []
  if (cells.length === 0) return []
  const widest = Math.min(20, Math.max(...cells.map(({ name }) => name.length)))
  const text = (value: string | null) => value ?? '(empty)'
  return [
    '',
    'the row',
    ...cells.flatMap(({ name, before, after }) => {
      const isChanged = before !== after
      const value =
        item.alert.op === 'create'
          ? text(after)
          : item.alert.op === 'delete'
            ? text(before)
            : isChanged
              ? `${text(before)} -> ${text(after)}`
              : text(after)
      const mark = isChanged && item.alert.op === 'update' ? '* ' : '  '
      return wrapped(`${name.padEnd(widest)}  ${value}`, width - 2).map(
        (line, index) => (index === 0 ? mark : '    ') + line,
      )
    }),
  ]
}

/** A page above both sides; null where what is open is a question in the last line. */
export function pageLines(state: State, overlay: Overlay, rows: number): string[] | null {
  if (overlay.kind === 'filter') return null
  const { columns } = state.size
  const texts = overlay.kind === 'help' ? helpLines() : commandTexts(state)
  const lines = texts.flatMap((text) => wrapped(text, columns))
  const first = Math.max(0, Math.min(overlay.top, lines.length - rows))
  return Array.from({ length: rows }, (_, row) => inWidth(lines[first + row] ?? '', columns))
}

const helpLines = (): string[] => [
  ...helpTexts('alerts'),
  '',
  'Signs: + the last edit adds it, - it removes it, ~ it is told otherwise; ( it matched and is not raised.',
  'Nothing that is done here is written anywhere but in the rule file, by your editor.',
]

function commandTexts(state: State): string[] {
  const { file, sourceWords } = state
  const alert = chosenItem(state)?.alert
  const keys = Object.entries(alert?.key ?? {})
  const key = keys.length === 1 ? String(keys[0]?.[1]) : keys.map(([name, value]) => `${name}=${value}`).join(',')
  const run = ['recital', 'alerts', 'dry-run', file, ...sourceWords]
  return [
    'These alerts in print:',
    commandText(run),
    ...(alert === undefined
      ? []
      : ['', 'The rule in plain words:', commandText(['recital', 'alerts', 'explain', file, alert.rule])]),
    ...(key === '' ? [] : ['', 'Each rule about this change:', commandText([...run, '--why-not', key])]),
  ]
}

/** The last line: a question, a notice, or the keys that work now. */
export function footerLine({ overlay, notice, size }: State): string {
  const { columns } = size
  if (overlay?.kind === 'filter') return inWidth(`Only alerts with: ${overlay.text}_`, columns)
  if (overlay !== null) return inWidth('Up Down scroll   Enter close   q leave', columns)
  return inWidth(notice ?? briefKeys('alerts', columns), columns)
}
