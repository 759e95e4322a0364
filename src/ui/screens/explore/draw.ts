/** The investigation as lines: where one is, what is listed, what is read, what can be done. */
import { cutToWidth } from '../../../cli/display-width.js'
import type { Status } from '../../../cli/explore-desk.js'
import { VIEW_TITLES, viewsOf } from '../../../cli/views/explore-views.js'
import { beside, FOUND_WORDS, searchRemarks } from '../../../cli/views/search.js'
import type { HitJson } from '../../../cli/views/search-document.js'
import { harmless } from '../../../model/text/harmless.js'
import { atEnds, type Brush, inWidth } from '../../brush.js'
import { contentLines, layoutOfState } from './content.js'
import type { Layout } from './layout.js'
import {
  isCollected,
  type Page,
  pageOf,
  type SearchPage,
  type State,
  shownThing,
  visibleHits,
  wantedSearch,
} from './state.js'

/** The way here, and the circumstances; below the question, or the tabs of what is open. */
export function headerLines(state: State, { width }: Layout, { colors }: Brush): string[] {
  const { territory, on, known } = state.circumstances
  const where = `${territory}, ${on}, as known on ${known}`
  const page = pageOf(state)
  return [
    colors.bold(atEnds(breadcrumbs(state, Math.max(10, width - where.length - 2)), where, width)),
    page.kind === 'search' ? questionLine(state, page, width) : tabsLine(state, page, width),
  ]
}

const nameOf = (page: Page): string => (page.kind === 'search' ? `search ${page.text}`.trim() : page.thing.title)

/** The last steps of the way, as many as there is room for. */
function breadcrumbs({ pages, place }: State, width: number): string {
  const names = pages.slice(0, place + 1).map(nameOf)
  const more = pages.length > place + 1 ? ' >' : ''
  for (let first = 0; first < names.length; first += 1) {
    const text = `${first > 0 ? '... > ' : ''}${names.slice(first).join(' > ')}${more}`
    if (text.length <= width || first === names.length - 1) return text
  }
  return ''
}

function questionLine(state: State, { text, isTyping, chosen }: SearchPage, width: number): string {
  const hits = visibleHits(state).length
  const isAsking = wantedSearch(state) !== null
  const count = isAsking ? 'searching ...' : text.trim() === '' ? '' : `${hits === 0 ? 0 : chosen + 1} of ${hits}`
  return atEnds(`Search: ${text}${isTyping ? '_' : ''}`, count, width)
}

/** The tab that is shown stands in brackets, a collected one has a plus. */
function tabsLine(state: State, page: Extract<Page, { kind: 'thing' }>, width: number): string {
  const tabs = viewsOf(page.thing.kind).map((view) => {
    const title = `${VIEW_TITLES[view]}${isCollected(state, page.thing.id, view) ? '+' : ''}`
    return view === page.view ? `[${title}]` : ` ${title} `
  })
  const id = `${page.thing.kind} ${page.thing.id}`
  const text = tabs.join('')
  return atEnds(text.length + id.length + 2 > width ? tabs.join('').replaceAll('  ', ' ') : text, id, width)
}

const GLYPHS: Readonly<Record<Status, readonly [ascii: string, sign: string]>> = {
  'fully-licensed': ['#', '●'],
  'partly-licensed': ['+', '◐'],
  'not-licensed': ['.', '○'],
  undetermined: ['?', '?'],
}

function glyphOf(state: State, { kind, id }: HitJson, isUnicode: boolean): string {
  if (kind !== 'recording') return ' '
  const status = state.statuses.get(id)
  return status == null ? (status === null ? '-' : ' ') : (GLYPHS[status][isUnicode ? 1 : 0] ?? ' ')
}

/** Rows of remarks below the hits at most. */
const REMARKS = 2

export function listLines(state: State, layout: Layout, brush: Brush): string[] {
  const page = pageOf(state)
  if (page.kind !== 'search') return []
  const { list, body } = layout
  const hits = visibleHits(state)
  const remarks = remarksOf(state, page).slice(0, REMARKS)
  const room = Math.max(1, body - remarks.length)
  const first = Math.max(0, Math.min(hits.length - room, page.chosen - Math.floor(room / 2)))
  const rows = hits.slice(first, first + room).map((hit, index) => {
    const isChosen = first + index === page.chosen && !page.isTyping
    const line = hitLine(state, hit, isChosen, list, brush)
    return isChosen ? brush.colors.bold(line) : line
  })
  const lines = [...rows, ...new Array(Math.max(0, room - rows.length)).fill(inWidth('', list))]
  return [...lines, ...remarks.map((text) => inWidth(text, list))].slice(0, body)
}

function hitLine(state: State, hit: HitJson, isChosen: boolean, width: number, { isUnicode }: Brush): string {
  const mark = isChosen ? '>' : ' '
  const collected = state.collected.some(({ thing }) => thing.id === hit.id) ? '*' : ' '
  const by = beside(hit)
  const text = `${mark}${collected}${glyphOf(state, hit, isUnicode)} ${hit.kind.padEnd(9)} ${hit.title}${by === '' ? '' : `, ${by}`}${hit.withdrawn ? ' (withdrawn)' : ''}`
  const tail = width >= 90 ? `${FOUND_WORDS[hit.found].padEnd(10)} ${hit.id}` : hit.id
  return atEnds(text, tail, width)
}

function remarksOf(state: State, { text }: SearchPage): string[] {
  const { document, problem } = state.searched
  if (text.trim() === '')
    return ['Words, "phrases", beginnings*, title: artist: writer: isrc: iswc: ipi: label: feed:, -not.']
  if (wantedSearch(state) !== null) return []
  if (problem !== null) return [problem]
  if (document === null) return []
  const legend = document.hits.some(({ kind }) => kind === 'recording') ? [LEGEND] : []
  return document.hits.length === 0 ? [`Nothing found for: ${text}`] : [...searchRemarks(document), ...legend]
}

const LEGEND = 'Over all rights: # or ● fully licensed, + or ◐ partly, . or ○ not, ? undetermined.'

/** What is read, from the line on that is shown first; the chosen thing of a list is marked. */
export function detailLines(state: State, layout: Layout, { colors }: Brush): string[] {
  const { body, detail } = layout
  const page = pageOf(state)
  const { lines } = contentLines(state)
  const isChoice = page.kind === 'thing' && page.view === 'related'
  const line = page.kind === 'thing' ? page.line : 0
  const first = isChoice
    ? Math.max(0, Math.min(lines.length - body, line - Math.floor(body / 2)))
    : Math.max(0, Math.min(lines.length - body, line))
  const rows = lines.slice(first, first + body).map((text, index) => {
    if (!isChoice) return inWidth(fromColumn(text, page.kind === 'thing' ? page.column : 0), detail)
    const isChosen = first + index === line
    const row = inWidth(`${isChosen ? '>' : ' '} ${text}`, detail)
    return isChosen ? colors.bold(row) : row
  })
  return [...rows, ...new Array(Math.max(0, body - rows.length)).fill(inWidth('', detail))]
}

/** What of a line stands from a column on. */
function fromColumn(text: string, column: number): string {
  if (column === 0) return text
  const whole = harmless(text)
  const before = cutToWidth(whole, column + 1)
  // The cut text ends with a sign for what was left out.
  return before === whole ? '' : whole.slice(before.length - 1)
}

/** List and detail side by side, or the one that has the room. */
export function bodyLines(state: State, brush: Brush): string[] {
  const layout = layoutOfState(state)
  if (layout.list === 0) return detailLines(state, layout, brush)
  const list = listLines(state, layout, brush)
  if (layout.detail === 0) return list
  const details = detailLines(state, layout, brush)
  const bar = brush.isUnicode ? ' │ ' : ' | '
  return list.map((line, row) => `${line}${bar}${details[row] ?? ''}`)
}

/** Whether a thing is read beside the list: then it must be asked for. */
export const besideList = (state: State): ReturnType<typeof shownThing> =>
  layoutOfState(state).list > 0 && layoutOfState(state).detail > 0 ? shownThing(state) : null
