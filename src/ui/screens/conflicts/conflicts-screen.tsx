import type { Brush } from '../../brush.js'
import { Rows } from '../../components/rows.js'
import { TooSmall } from '../../components/too-small.js'
import { bodyLines, footerLine, headerLines } from './draw.js'
import { pageLines } from './draw-pages.js'
import { SMALLEST } from './layout.js'
import { layoutOfState, type State } from './state.js'

/** The conflicts: which are listed, list and detail or the page that is open above them, what can be done. */
export function ConflictsScreen({ state, brush }: { readonly state: State; readonly brush: Brush }) {
  const layout = layoutOfState(state)
  if (layout.isTooSmall) return <TooSmall size={state.size} least={SMALLEST} />
  const page = pageLines(state, layout)
  const lines = [
    ...headerLines(state, layout, brush),
    ...(page ?? bodyLines(state, layout, brush)),
    footerLine(state, layout.width),
  ]
  return <Rows lines={lines} />
}
