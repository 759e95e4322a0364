/** What is opened above the investigation, and the line at the bottom. */
import { type Brush, inWidth, wrapped } from '../../brush.js'
import { briefKeys, helpTexts } from '../../key-help.js'
import { commandOfPage, type Overlay, pageOf, type State } from './state.js'

/** The page in so many rows; null where what is open is a question in the last line only. */
export function pageLines(state: State, overlay: Overlay, rows: number, width: number): string[] | null {
  if (overlay.kind !== 'help' && overlay.kind !== 'commands') return null
  const texts = overlay.kind === 'help' ? helpLines() : commandLines(state, width)
  const first = Math.max(0, Math.min(overlay.top, texts.length - rows))
  const lines = texts.slice(first, first + rows).map((text) => inWidth(text, width))
  return [...lines, ...new Array(Math.max(0, rows - lines.length)).fill('')]
}

const helpLines = (): string[] => [
  ...helpTexts('explore'),
  '',
  'While a question is typed, letters are letters: Enter, Down or Esc go to the hits.',
  'A star marks what was collected. Every view is what a command prints; c shows it.',
]

function commandLines(state: State, width: number): string[] {
  const { log } = state
  return [
    'What is shown, in print:',
    ...wrapped(commandOfPage(state), width - 2).map((text) => `  ${text}`),
    '',
    `What was looked at (${log.length}); e s writes it to a file for \`recital replay\`:`,
    ...log.flatMap((command) => wrapped(command, width - 2).map((text) => `  ${text}`)),
  ]
}

/** The last line: a question, a notice, or the keys that work now. */
export function footerLine(state: State, width: number, { colors }: Brush): string {
  const { overlay, notice } = state
  if (overlay !== null) return inWidth(overlayFooter(overlay), width)
  if (notice !== null) return colors.bold(inWidth(notice, width))
  const page = pageOf(state)
  if (page.kind === 'search' && page.isTyping)
    return inWidth('Enter or Down to the hits   Ctrl-U clear   Esc done   Ctrl-C leave', width)
  const collected = state.collected.length === 0 ? '' : `${state.collected.length} collected  `
  return inWidth(`${collected}${briefKeys('explore', width - collected.length)}`, width)
}

function overlayFooter(overlay: Overlay): string {
  const problem = 'problem' in overlay && overlay.problem !== null ? `  (${overlay.problem})` : ''
  switch (overlay.kind) {
    case 'go-to':
      return `Go to: ${overlay.text}_${problem}`
    case 'note':
      return `Note${overlay.isPrivileged ? ', privileged' : ''}: ${overlay.text}_   Tab ${overlay.isPrivileged ? 'not ' : ''}privileged   Enter keep`
    case 'format':
      return 'Write findings: h HTML page   v CSV table   c commands   s the whole session   Esc cancel'
    case 'file':
      return `Write to file: ${overlay.text}_${problem}`
    case 'overwrite':
      return `${overlay.file.name} exists already. Write over it? y yes   n no`
    default:
      return 'Up Down scroll   Enter close   q leave'
  }
}
