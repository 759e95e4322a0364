/** What the investigation knows and shows. What can happen to it is in reduce.ts. */
import type { ExploreDesk, ExploreFile, Status, ViewAnswer } from '../../../cli/explore-desk.js'
import type { Size } from '../../../cli/terminal.js'
import {
  type Circumstances,
  canGoOn,
  commandText,
  inCircumstances,
  type SubjectKind,
  searchCommand,
  type ViewName,
  viewCommand,
  viewsOf,
} from '../../../cli/views/explore-views.js'
import type { RelatedThing } from '../../../cli/views/related.js'
import type { HitJson, SearchDocument } from '../../../cli/views/search-document.js'
import { narrowed } from './narrow.js'

export interface SearchPage {
  readonly kind: 'search'
  /** What is typed so far. */
  readonly text: string
  /** Whether keys are letters of the question. */
  readonly isTyping: boolean
  readonly chosen: number
}

export interface ThingPage {
  readonly kind: 'thing'
  readonly thing: RelatedThing
  readonly view: ViewName
  /** First line that is shown, or the chosen thing of a list. */
  readonly line: number
  /** Columns to the left of what is shown. */
  readonly column: number
}

export type Page = SearchPage | ThingPage

export type Overlay =
  | { readonly kind: 'help' | 'commands'; readonly top: number }
  | { readonly kind: 'go-to'; readonly text: string; readonly problem: string | null }
  | { readonly kind: 'note'; readonly text: string; readonly isPrivileged: boolean }
  | { readonly kind: 'format' }
  | {
      readonly kind: 'file'
      readonly format: ExploreFile['format']
      /** Its name so far. */
      readonly text: string
      readonly problem: string | null
      /** The id that it will hold, where it holds one. */
      readonly id?: string | undefined
    }
  | { readonly kind: 'overwrite'; readonly file: ExploreFile }

/** What is to be done outside of the screen; it is told when it has been done. */
export type Task =
  | { readonly kind: 'write'; readonly file: ExploreFile }
  | { readonly kind: 'note'; readonly id: string; readonly text: string; readonly isPrivileged: boolean }
  | { readonly kind: 'take-back'; readonly note: KeptNote }
  | { readonly kind: 'go-to' | 'timeline' | 'copy'; readonly id: string }
  | { readonly kind: 'suspend' | 'redraw' | 'leave' }

/** A note that was kept in this session. */
export interface KeptNote {
  readonly number: number
  readonly id: string
}

/** A view that was collected. */
export interface Collected {
  readonly thing: RelatedThing
  readonly view: ViewName
}

export interface Searched {
  readonly text: string
  /** The last word was taken for a beginning. */
  readonly isTyping: boolean
  readonly document: SearchDocument | null
  /** Why there is none. */
  readonly problem: string | null
}

export interface State {
  readonly circumstances: Circumstances
  readonly size: Size
  /** Everything that was opened, and which of it is shown. */
  readonly pages: readonly Page[]
  readonly place: number
  readonly searched: Searched
  /** By `viewKey`. */
  readonly views: ReadonlyMap<string, ViewAnswer | { readonly problem: string }>
  /** By the id of a recording. */
  readonly statuses: ReadonlyMap<string, Status | null>
  readonly collected: readonly Collected[]
  /** Notes of this session that stand, the last one last. */
  readonly notes: readonly KeptNote[]
  /** Commands that print what was looked at, in order. */
  readonly log: readonly string[]
  readonly isSplit: boolean
  readonly overlay: Overlay | null
  readonly notice: string | null
  readonly task: Task | null
}

export const SEARCHING: SearchPage = { kind: 'search', text: '', isTyping: true, chosen: 0 }

export function openingState(desk: Pick<ExploreDesk, 'query' | 'circumstances'>, size: Size): State {
  const { query, circumstances } = desk
  return {
    circumstances,
    size,
    pages: [{ ...SEARCHING, text: query, isTyping: query === '' }],
    place: 0,
    searched: { text: '', isTyping: false, document: null, problem: null },
    views: new Map(),
    statuses: new Map(),
    collected: [],
    notes: [],
    log: [],
    isSplit: true,
    overlay: null,
    notice: null,
    task: null,
  }
}

export const pageOf = ({ pages, place }: State): Page => pages[place] ?? SEARCHING

export const viewKey = (id: string, view: ViewName): string => `${view} ${id}`

/** What is shown now: a thing and one of its views; the chosen hit beside the list. Null where nothing is chosen. */
export function shownThing(state: State): { readonly thing: RelatedThing; readonly view: ViewName } | null {
  const page = pageOf(state)
  if (page.kind === 'thing') return page
  const hit = visibleHits(state)[page.chosen]
  return hit === undefined ? null : { thing: hit, view: viewsOf(hit.kind)[0] ?? 'claims' }
}

/** Hits on the screen: those of what is typed, or, until they are there, the ones at hand that still fit. */
export function visibleHits(state: State): readonly HitJson[] {
  const page = pageOf(state)
  const { searched } = state
  const hits = searched.document?.hits ?? []
  if (page.kind !== 'search' || page.text.trim() === searched.text) return hits
  return page.text.trim() === '' ? [] : narrowed(hits, page.text)
}

export const commandOfView = (state: State, kind: SubjectKind, id: string, view: ViewName): string =>
  commandText(viewCommand(kind, id, view, state.circumstances))

/** The command that prints what is shown. */
export function commandOfPage(state: State): string {
  const page = pageOf(state)
  if (page.kind === 'search') {
    const text = page.text.trim()
    const goesOn = state.searched.text === text && state.searched.isTyping && canGoOn(text)
    return commandText(searchCommand(inCircumstances(goesOn ? `${text}*` : text, state.circumstances)))
  }
  return commandOfView(state, page.thing.kind, page.thing.id, page.view)
}

/** The question to be asked next; null when what is typed has been answered. */
export function wantedSearch(state: State): { readonly text: string; readonly isTyping: boolean } | null {
  const page = pageOf(state)
  if (page.kind !== 'search') return null
  const text = page.text.trim()
  return text === '' || text === state.searched.text ? null : { text, isTyping: page.isTyping }
}

/** The view to be read next; null when it is there. */
export function wantedView(state: State): { readonly thing: RelatedThing; readonly view: ViewName } | null {
  const page = pageOf(state)
  if (page.kind !== 'thing') return null
  return state.views.has(viewKey(page.thing.id, page.view)) ? null : page
}

/** Recordings whose licensing is asked about ahead, nearest to the chosen one first. */
const AHEAD = 12

export function wantedStatus(state: State): string | null {
  const page = pageOf(state)
  if (page.kind !== 'search' || wantedSearch(state) !== null) return null
  const hits = visibleHits(state).slice(page.chosen, page.chosen + AHEAD)
  return hits.find(({ kind, id }) => kind === 'recording' && !state.statuses.has(id))?.id ?? null
}

export const isCollected = ({ collected }: State, id: string, view: ViewName): boolean =>
  collected.some((one) => one.thing.id === id && one.view === view)
