/** What the browser of changes knows and shows. What can happen to it is in reduce.ts. */
import type { DiffDesk, DiffFileToWrite } from '../../../cli/diff-desk.js'
import type { Size } from '../../../cli/terminal.js'
import type { ChangeFilter, ShownChange } from '../../../diff/index.js'
import { type Layout, layoutOf } from './layout.js'

/** What does not change while the screen is open. */
export type Matter = Pick<DiffDesk, 'document' | 'asked' | 'sides'>

export type Overlay =
  | { readonly kind: 'help' | 'commands' | 'change'; readonly top: number }
  | { readonly kind: 'columns'; readonly chosen: number }
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'file'; readonly text: string; readonly problem: string | null }
  | { readonly kind: 'overwrite'; readonly name: string }

/** What is to be done outside of the screen; it is told when it has been done. */
export type Task =
  | { readonly kind: 'write'; readonly file: DiffFileToWrite; readonly filter: ChangeFilter }
  | { readonly kind: 'suspend' | 'redraw' | 'leave' }

/** Changes that pass a filter, from `number * PAGE` on. */
export interface PageQuestion {
  readonly filter: ChangeFilter
  readonly number: number
}

export interface State {
  readonly matter: Matter
  readonly size: Size
  readonly filter: ChangeFilter
  /** How many changes pass the filter; null until it is known. */
  readonly total: number | null
  /** Pages of the filter by their number; the youngest last. */
  readonly pages: ReadonlyMap<number, readonly ShownChange[]>
  /** Pages that failed: not to be asked for again by themselves. */
  readonly failed: ReadonlySet<number>
  /** The chosen change and the first one shown, both from 0 among those that pass the filter. */
  readonly cursor: number
  readonly top: number
  readonly overlay: Overlay | null
  /** Something to tell once, at the bottom. */
  readonly notice: string | null
  readonly task: Task | null
}

/** Changes that are read at once. */
export const PAGE = 100
/** Most pages that are kept. */
export const KEPT_PAGES = 40

export const openingState = (desk: Matter, size: Size): State => ({
  matter: { document: desk.document, asked: desk.asked, sides: desk.sides },
  size,
  filter: {},
  total: null,
  pages: new Map(),
  failed: new Set(),
  cursor: 0,
  top: 0,
  overlay: null,
  notice: null,
  task: null,
})

export const isSameFilter = (a: ChangeFilter, b: ChangeFilter): boolean =>
  a.op === b.op && a.column === b.column && a.key === b.key

export const layoutOfState = ({ size }: State): Layout => layoutOf(size)

/** A change by its place among those that pass the filter; undefined until its page is there. */
export const changeAt = ({ pages }: State, place: number): ShownChange | undefined =>
  pages.get(Math.floor(place / PAGE))?.[place % PAGE]

/** Columns that can be filtered by: those that differ in an update, with how many. */
export const changedColumns = ({ matter }: State): (readonly [string, number])[] =>
  Object.entries(matter.document.columns.changed)

/** The state with its cursor within the changes, and the cursor within what is shown. */
export function placed(state: State, cursor: number): State {
  const last = Math.max(0, (state.total ?? Number.POSITIVE_INFINITY) - 1)
  const within = Math.max(0, Math.min(last, cursor))
  const rows = Math.max(1, layoutOfState(state).list)
  const highest = Math.min(state.top, within)
  const top = Math.max(highest, within - rows + 1)
  return { ...state, cursor: within, top }
}

/** The state that shows what passes another filter, from its beginning. */
export const filtered = (state: State, filter: ChangeFilter): State =>
  isSameFilter(state.filter, filter)
    ? state
    : { ...state, filter, total: null, pages: new Map(), failed: new Set(), cursor: 0, top: 0 }

/** The page that is needed most and is not there: under the cursor, of what is shown, then the next. Null when none is. */
export function questionOf(state: State): PageQuestion | null {
  const { filter, total, top, cursor } = state
  const pageOf = (place: number): number => Math.floor(place / PAGE)
  const bottom = pageOf(top + Math.max(1, layoutOfState(state).list) - 1)
  const wanted = [pageOf(cursor), pageOf(top), bottom, bottom + 1]
  const exists = (number: number): boolean => total === null || number * PAGE < total
  const number = wanted.find((one) => !state.pages.has(one) && !state.failed.has(one) && exists(one))
  return number === undefined ? null : { filter, number }
}
