/** The parts of the screen that are text: what is shown, what is said about the cursor, what can be done. */
import { recordingTitle, territoryTitle } from '../../../cli/views/timeline-words.js'
import { BUCKETS } from '../../../report/index.js'
import { atEnds, type Brush, inWidth, wrapped } from '../../brush.js'
import { briefKeys } from '../../key-help.js'
import { headingsOf, type Item, itemsOf } from './details.js'
import { glyphsFor } from './glyphs.js'
import type { Layout } from './layout.js'
import { documentOf, isSameQuestion, lastKnown, type Overlay, type State } from './state.js'

export function headerLines(state: State, { width, header }: Layout, { colors, isUnicode }: Brush): string[] {
  const document = documentOf(state)
  const glyphs = glyphsFor(isUnicode)
  const legend = BUCKETS.map((bucket) => `${glyphs[bucket]} ${bucket}`).join('   ')
  const isrc = document.recording.isrc ?? state.matter.asked.recording
  const lines = [
    colors.bold(atEnds(recordingTitle(document), isrc, width)),
    questionLine(state, width),
    inWidth(legend, width),
  ]
  return lines.slice(0, header)
}

const LONGEST_DIAL = 15

/** What is shown: the fullest form that the line can hold; the date of knowledge is never cut. */
function questionLine(state: State, width: number): string {
  const { shown, wanted, isCompared, isByWork, matter } = state
  const place = matter.knowledge.indexOf(shown.known)
  const figures = `${place + 1} of ${matter.knowledge.length}`
  const dial = matter.knowledge.map((_, index) => (index === place ? '@' : 'o')).join('-')
  const more = [
    ...(isSameQuestion(shown, wanted) ? [] : [`working out ${wanted.territory} ${wanted.known} ...`]),
    ...(isCompared ? [`compared with ${lastKnown(state)}`] : []),
    ...(isByWork ? ['by work'] : []),
  ]
  const name = territoryTitle(shown.territory)
  const known = `as known on ${shown.known}`
  const forms: readonly (readonly [string, string])[] = [
    ...(matter.knowledge.length > LONGEST_DIAL
      ? []
      : [[[name, known, ...more].join(', '), `${dial} ${figures}`] as const]),
    [[name, known, ...more].join(', '), figures],
    [[shown.territory, known, ...more].join(', '), figures],
    [[shown.territory, known].join(', '), figures],
  ]
  const fitting = forms.find(([left, right]) => left.length + 2 + right.length <= width) ?? forms.at(-1)
  return atEnds(fitting?.[0] ?? '', fitting?.[1] ?? '', width)
}

/** What holds under the cursor, then as many of its lines as there is room for, the chosen one among them. */
export function detailLines(state: State, { width, details }: Layout, { colors }: Brush): string[] {
  const items = itemsOf(state)
  const place = items.length === 0 ? '' : `${state.line + 1}/${items.length}`
  const sentences = headingsOf(state).flatMap((text, index) => wrapped(text, width, index === 0 ? place.length + 2 : 0))
  // One line at least is for the sources.
  const headings = sentences.slice(0, Math.max(1, details - 1))
  const room = Math.max(0, details - headings.length)
  const first = Math.max(0, Math.min(items.length - room, state.line - Math.floor(room / 2)))
  const shown = items.slice(first, first + room).map((item, index) => {
    const isChosen = first + index === state.line
    const line = itemLine(item, isChosen, width)
    return isChosen ? colors.bold(line) : line
  })
  const lines = [...headings.map((text, index) => atEnds(text, index === 0 ? place : '', width)), ...shown]
  return [...lines, ...new Array(Math.max(0, details - lines.length)).fill('')]
}

function itemLine({ kind, text, source }: Item, isChosen: boolean, width: number): string {
  const place = source === null ? '' : `${source.file}:${source.line}`
  return atEnds(`${isChosen ? '>' : ' '} ${kind.padEnd(8)} ${text}`, place, width)
}

/** The last line: a question, a notice, or the keys that work now. */
export function footerLine(state: State, width: number): string {
  const { overlay, notice } = state
  if (overlay !== null) return inWidth(overlayFooter(overlay), width)
  if (notice !== null) return inWidth(notice, width)
  return inWidth(briefKeys('timeline', width), width)
}

function overlayFooter(overlay: Overlay): string {
  const problem = 'problem' in overlay && overlay.problem !== null ? `  (${overlay.problem})` : ''
  switch (overlay.kind) {
    case 'date':
      return `Go to date: ${overlay.text}_${problem}`
    case 'format':
      return 'Write as: h HTML page   s SVG picture   Esc cancel'
    case 'file':
      return `Write to file: ${overlay.text}_${problem}`
    case 'overwrite':
      return `${overlay.name} exists already. Write over it? y yes   n no`
    case 'territories':
      return 'type to search   Up Down choose   Enter show   Esc cancel'
    default:
      return 'Up Down scroll   Enter close   q leave'
  }
}
