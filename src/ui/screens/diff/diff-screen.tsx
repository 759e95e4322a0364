import { Box } from 'ink'
import type { Brush } from '../../brush.js'
import { Rows } from '../../components/rows.js'
import { TooSmall } from '../../components/too-small.js'
import { detailLines, footerLine, headerLines, listLines } from './draw.js'
import { pageLines } from './draw-pages.js'
import { SMALLEST } from './layout.js'
import { layoutOfState, type State } from './state.js'

/** The browser: counts and filter, the list with the chosen change below or the page that is open above them, what can be done. */
export function DiffScreen({ state, brush }: { readonly state: State; readonly brush: Brush }) {
  const layout = layoutOfState(state)
  if (layout.isTooSmall) return <TooSmall size={state.size} least={SMALLEST} />
  const { overlay } = state
  const page = overlay === null ? null : pageLines(state, overlay, layout.body, layout.width, brush)
  const rule = (brush.isUnicode ? '─' : '-').repeat(layout.width)
  const list = [...listLines(state, layout, brush), rule, ...detailLines(state, layout, brush)]
  return (
    <Box flexDirection="column">
      <Rows lines={headerLines(state, layout, brush)} />
      <Rows lines={page ?? list} />
      <Rows lines={[footerLine(state, layout.width)]} />
    </Box>
  )
}
