import type { Brush } from '../../brush.js'
import { tooSmall } from '../../too-small.js'
import { layoutOfState } from './content.js'
import { bodyLines, headerLines } from './draw.js'
import { footerLine, pageLines } from './draw-pages.js'
import { SMALLEST } from './layout.js'
import type { State } from './state.js'

/** The investigation: where one is, the hits or what is read, or the page that is open above them, what can be done. */
export function exploreScreen(state: State, brush: Brush): string[] {
  const layout = layoutOfState(state)
  if (layout.isTooSmall) return tooSmall(state.size, SMALLEST)
  const { overlay } = state
  const page = overlay === null ? null : pageLines(state, overlay, layout.body, layout.width)
  const body = page ?? bodyLines(state, brush)
  return [...headerLines(state, layout, brush), ...body, footerLine(state, layout.width, brush)]
}
