import type { Brush } from '../../brush.js'
import { tooSmall } from '../../too-small.js'
import { detailLines, footerLine, headerLines, listLines } from './draw.js'
import { pageLines } from './draw-pages.js'
import { SMALLEST } from './layout.js'
import { layoutOfState, type State } from './state.js'

/** The browser: counts and filter, the list with the chosen change below or the page that is open above them, what can be done. */
export function diffScreen(state: State, brush: Brush): string[] {
  const layout = layoutOfState(state)
  if (layout.isTooSmall) return tooSmall(state.size, SMALLEST)
  const { overlay } = state
  const page = overlay === null ? null : pageLines(state, overlay, layout.body, layout.width, brush)
  const rule = (brush.isUnicode ? '─' : '-').repeat(layout.width)
  const list = () => [...listLines(state, layout, brush), rule, ...detailLines(state, layout, brush)]
  return [...headerLines(state, layout, brush), ...(page ?? list()), footerLine(state, layout.width)]
}
