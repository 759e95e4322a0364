import { Box } from 'ink'
import type { Brush } from '../../brush.js'
import { Rows } from '../../components/rows.js'
import { TooSmall } from '../../components/too-small.js'
import { layoutOfState } from './content.js'
import { bodyLines, headerLines } from './draw.js'
import { footerLine, pageLines } from './draw-pages.js'
import { SMALLEST } from './layout.js'
import type { State } from './state.js'

/** The investigation: where one is, the hits or what is read, or the page that is open above them, what can be done. */
export function ExploreScreen({ state, brush }: { readonly state: State; readonly brush: Brush }) {
  const layout = layoutOfState(state)
  if (layout.isTooSmall) return <TooSmall size={state.size} least={SMALLEST} />
  const { overlay } = state
  const page = overlay === null ? null : pageLines(state, overlay, layout.body, layout.width)
  return (
    <Box flexDirection="column">
      <Rows lines={headerLines(state, layout, brush)} />
      <Rows lines={page ?? bodyLines(state, brush)} />
      <Rows lines={[footerLine(state, layout.width, brush)]} />
    </Box>
  )
}
