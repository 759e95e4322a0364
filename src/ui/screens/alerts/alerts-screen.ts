import type { Brush } from '../../brush.js'
import { tooSmall } from '../../too-small.js'
import { bodyLines, footerLine, HEADER_ROWS, headerLines, pageLines } from './draw.js'
import { SMALLEST, type State } from './state.js'

/** The review: alerts and what is behind the chosen one, or the page that is open above them. */
export function alertsScreen(state: State, brush: Brush): string[] {
  const { size, overlay } = state
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows) return tooSmall(size, SMALLEST)
  const rows = size.rows - 1 - HEADER_ROWS - 1
  const page = overlay === null ? null : pageLines(state, overlay, rows)
  return [...headerLines(state, brush), ...(page ?? bodyLines(state, rows, brush)), footerLine(state)]
}
