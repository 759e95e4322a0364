import { Box } from 'ink'
import type { Brush } from '../../brush.js'
import { Rows } from '../../components/rows.js'
import { TooSmall } from '../../components/too-small.js'
import { bodyLines, footerLine, HEADER_ROWS, headerLines, pageLines } from './draw.js'
import { SMALLEST, type State } from './state.js'

/** The review: alerts and what is behind the chosen one, or the page that is open above them. */
export function AlertsScreen({ state, brush }: { readonly state: State; readonly brush: Brush }) {
  const { size, overlay } = state
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows) return <TooSmall size={size} least={SMALLEST} />
  const rows = size.rows - 1 - HEADER_ROWS - 1
  const page = overlay === null ? null : pageLines(state, overlay, rows)
  return (
    <Box flexDirection="column">
      <Rows lines={headerLines(state, brush)} />
      <Rows lines={page ?? bodyLines(state, rows, brush)} />
      <Rows lines={[footerLine(state)]} />
    </Box>
  )
}
