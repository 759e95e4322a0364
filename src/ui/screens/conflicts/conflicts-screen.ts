import type { Brush } from '../../brush.js'
import { tooSmall } from '../../too-small.js'
import { bodyLines, footerLine, headerLines } from './draw.js'
import { pageLines } from './draw-pages.js'
import { SMALLEST } from './layout.js'
import { layoutOfState, type State } from './state.js'

/** The conflicts: which are listed, list and detail or the page that is open above them, what can be done. */
export function conflictsScreen(state: State, brush: Brush): string[] {
  const layout = layoutOfState(state)
  if (layout.isTooSmall) return tooSmall(state.size, SMALLEST)
  const body = pageLines(state, layout) ?? bodyLines(state, layout, brush)
  return [...headerLines(state, layout, brush), ...body, footerLine(state, layout.width)]
}
