/** The chosen conflict in words: what it is, what was decided, the arithmetic, what to do next, when, the rows side by side. */
import type { ConflictJson } from '../../../cli/views/conflicts-document.js'
import { cellInWords, knownInWords, subjectInWords } from '../../../cli/views/conflicts-words.js'
import { count } from '../../../cli/views/words.js'
import { wrapped } from '../../brush.js'
import { arithmetic } from './arithmetic.js'
import { sideBySide } from './side-by-side.js'
import { spanLines } from './spans.js'
import { chosenConflict, rowsOf, type State } from './state.js'

/** Lines of at most that many columns; empty where nothing is chosen. */
export function detailTexts(state: State, width: number): string[] {
  const conflict = chosenConflict(state)
  if (conflict === undefined || width === 0) return []
  const rows = rowsOf(state, conflict)
  const row = Math.min(state.row, Math.max(0, rows.length - 1))
  const sections = [
    headingTexts(conflict),
    arithmetic(conflict, rows),
    conflict.decisions.map(
      ({ id, at, author, verdict, identity, reason }) =>
        `Decision ${id}, ${at.slice(0, 10)}, ${author}: ${verdict}${identity === null ? '' : ` ${identity}`}. ${reason}`,
    ),
  ].map((texts) => texts.flatMap((text) => wrapped(text, width)))
  const [heading = [], sum = [], decisions = []] = sections
  const blocks = [
    heading,
    decisions,
    sum,
    wrapped(`Next: ${conflict.next}`, width),
    spanLines(conflict, rows, width),
    sideBySide(rows, row, width),
    [`key ${conflict.key}`],
  ].filter((block) => block.length > 0)
  return blocks.flatMap((block, index) => (index === 0 ? block : ['', ...block]))
}

function headingTexts(conflict: ConflictJson): string[] {
  const { id, name, severity, right, detail, paymentOnly, magnitude, parties } = conflict
  const cell = [right, cellInWords(conflict)].filter(Boolean).join('; ')
  return [
    `${id} ${name} (severity ${severity})`,
    subjectInWords(conflict.subject),
    ...(cell === '' ? [] : [cell]),
    ...(detail === null ? [] : [detail]),
    ...(parties.length === 0 ? [] : [`between ${parties.join(', ')}`]),
    ...(magnitude.streams === 0 ? [] : [`${count(magnitude.streams)} streams at stake`]),
    ...(paymentOnly ? ['A question of payment only: whoever is right, the use is licensed.'] : []),
    `It ${knownInWords(conflict)}.`,
  ]
}
