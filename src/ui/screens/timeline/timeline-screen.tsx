import { Box } from 'ink'
import type { Brush } from '../../brush.js'
import { Rows } from '../../components/rows.js'
import { TooSmall } from '../../components/too-small.js'
import { axisLines, laneLines } from './draw-lanes.js'
import { pageLines } from './draw-pages.js'
import { detailLines, footerLine, headerLines } from './draw-text.js'
import { SMALLEST } from './layout.js'
import { layoutOfState, type State } from './state.js'

/** The timeline: what is shown, the lanes or the page that is open above them, what is said, what can be done. */
export function TimelineScreen({ state, brush }: { readonly state: State; readonly brush: Brush }) {
  const layout = layoutOfState(state)
  if (layout.isTooSmall) return <TooSmall size={state.size} least={SMALLEST} />
  const { overlay, size } = state
  const body = size.rows - 1 - layout.header - 1
  const page = overlay === null ? null : pageLines(state, overlay, body, layout.width, brush)
  return (
    <Box flexDirection="column">
      <Rows lines={headerLines(state, layout, brush)} />
      {page === null ? <Lanes state={state} brush={brush} /> : <Rows lines={page} />}
      <Rows lines={[footerLine(state, layout.width)]} />
    </Box>
  )
}

function Lanes({ state, brush }: { readonly state: State; readonly brush: Brush }) {
  const layout = layoutOfState(state)
  return (
    <>
      <Rows lines={laneLines(state, layout, brush)} />
      <Rows lines={axisLines(state, layout, brush)} />
      <Rows lines={detailLines(state, layout, brush)} />
    </>
  )
}
