/** What the page that is shown has to say, in lines, and how many of them have room. */
import type { RelatedThing } from '../../../cli/views/related.js'
import { wrapped } from '../../brush.js'
import { type Layout, layoutOf } from './layout.js'
import { pageOf, type State, shownThing, viewKey } from './state.js'

export interface Content {
  readonly lines: readonly string[]
  /** Things to choose from, one per line. */
  readonly things: readonly RelatedThing[]
}

const NOTHING: Content = { lines: [], things: [] }

export const layoutOfState = (state: State): Layout =>
  layoutOf(state.size, pageOf(state).kind === 'search', state.isSplit)

/** Lines of the list or of the view. */
export const bodyRows = (state: State): number => layoutOfState(state).body

/** Prints of a view are made once for each width. */
const printed = new WeakMap<object, Map<number, readonly string[]>>()

/** What is to be read of the thing that is shown, or of the chosen hit; a remark while it is not there. */
export function contentLines(state: State): Content {
  const shown = shownThing(state)
  if (shown === null) return NOTHING
  const answer = state.views.get(viewKey(shown.thing.id, shown.view))
  if (answer === undefined) return { lines: ['Reading ...'], things: [] }
  if ('problem' in answer) return { lines: [answer.problem], things: [] }
  if (shown.view === 'related') {
    const { things } = answer
    return { lines: things.length === 0 ? ['No statement leads anywhere from here.'] : things.map(thingLine), things }
  }
  const { detail } = layoutOfState(state)
  const widths = printed.get(answer) ?? new Map<number, readonly string[]>()
  printed.set(answer, widths)
  const lines = widths.get(detail) ?? answer.lines(detail).flatMap((line) => fitted(line, detail))
  widths.set(detail, lines)
  return { lines, things: [] }
}

/** Sentences are broken between words; a row of a table, which has gaps, stays whole, to be moved sideways. */
const fitted = (line: string, width: number): string[] =>
  line.length <= width || /\S {2,}\S/.test(line) ? [line] : wrapped(line, width)

const thingLine = ({ kind, id, title }: RelatedThing): string => `${kind.padEnd(9)}  ${id.padEnd(16)}  ${title}`
