import type { Brush } from '../../brush.js'
import { tooSmall } from '../../too-small.js'
import { axisLines, laneLines } from './draw-lanes.js'
import { pageLines } from './draw-pages.js'
import { detailLines, footerLine, headerLines } from './draw-text.js'
import { SMALLEST } from './layout.js'
import { layoutOfState, type State } from './state.js'

/** The timeline: what is shown, the lanes or the page that is open above them, what is said, what can be done. */
export function timelineScreen(state: State, brush: Brush): string[] {
  const layout = layoutOfState(state)
  if (layout.isTooSmall) return tooSmall(state.size, SMALLEST)
  const { overlay, size } = state
  const body = size.rows - 1 - layout.header - 1
  const page = overlay === null ? null : pageLines(state, overlay, body, layout.width, brush)
  const lanes = () => [
    ...laneLines(state, layout, brush),
    ...axisLines(state, layout, brush),
    ...detailLines(state, layout, brush),
  ]
  return [...headerLines(state, layout, brush), ...(page ?? lanes()), footerLine(state, layout.width)]
}
