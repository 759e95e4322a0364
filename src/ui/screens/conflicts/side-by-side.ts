/** Rows side by side, one column for each: what they say differently is marked. */
import type { ConflictRow } from '../../../cli/conflicts-desk.js'
import { inWidth } from '../../brush.js'

const NAMES = 18
const NARROWEST = 18
const WIDEST = 44
const MARK = '* '

/** Ids are a feed's own: rows of two feeds are not compared by them. */
const IDS = ['party_id', 'work_id', 'recording_id', 'licence_id', 'licensor_party_id', 'group_id']

/** So many columns as there is room for, that of the chosen row among them. */
export function sideBySide(rows: readonly ConflictRow[], chosen: number, width: number): string[] {
  if (rows.length === 0) return []
  const room = Math.max(1, Math.floor((width - NAMES - MARK.length) / NARROWEST))
  const shown = Math.min(room, rows.length)
  const column = Math.min(WIDEST, Math.floor((width - NAMES - MARK.length) / shown))
  const first = Math.max(0, Math.min(rows.length - shown, chosen - Math.floor(shown / 2)))
  const seen = rows.slice(first, first + shown)
  const place = rows.length > shown ? `rows ${first + 1} to ${first + shown} of ${rows.length}: Left Right` : ''
  const line = (name: string, differs: boolean, cells: readonly string[]): string =>
    `${differs ? MARK : '  '}${inWidth(name, NAMES)}${cells.map((cell) => inWidth(cell, column - 1)).join(' ')}`
  return [
    line(
      place === '' ? '' : `${chosen + 1}/${rows.length}`,
      false,
      seen.map((_, index) => `${first + index === chosen ? '>' : ' '} row ${first + index + 1}`),
    ),
    ...fieldsOf(rows).map(([name, cells]) =>
      line(name, differsIn(name, cells, rows), cells.slice(first, first + shown)),
    ),
    ...(place === '' ? [] : [`  ${place}`]),
  ]
}

/** Each field that any row has, with the value of every row. */
function fieldsOf(rows: readonly ConflictRow[]): [string, string[]][] {
  const own: [string, string[]][] = [
    ['feed', rows.map(({ source }) => source?.feed ?? '')],
    ['source', rows.map(({ source }) => (source === null ? '' : `${source.file.split('/').at(-1)}:${source.line}`))],
    ['received', rows.map(({ source }) => source?.received ?? '')],
    ['says', rows.map(({ relation }) => relation)],
    ['party', rows.map(({ party }) => party ?? '')],
  ]
  const names = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))]
  const said = names.map((name): [string, string[]] => [name, rows.map(({ values }) => values[name] ?? '')])
  return [...own, ...said].filter(([, cells]) => cells.some((cell) => cell !== ''))
}

const PLACES = ['feed', 'source', 'received']

function differsIn(name: string, cells: readonly string[], rows: readonly ConflictRow[]): boolean {
  if (PLACES.includes(name)) return false
  if (!IDS.includes(name)) return new Set(cells).size > 1
  const byFeed = new Map<string, Set<string>>()
  rows.forEach(({ source }, index) => {
    const feed = source?.feed ?? ''
    byFeed.set(feed, (byFeed.get(feed) ?? new Set()).add(cells[index] ?? ''))
  })
  return [...byFeed.values()].some((values) => values.size > 1)
}
