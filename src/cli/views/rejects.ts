/** The answer of `recital rejects`. */
import type { Rejects } from '../../snapshots/index.js'
import type { Output } from '../output.js'
import { count, plural } from './words.js'

export interface RejectsDocument extends Rejects {
  kind: 'recital.rejects'
  version: 1
}

/** Totals by reason first, then line by line. */
export function printRejects(document: RejectsDocument, out: Output): void {
  if (document.total === 0) {
    out.line('No line was rejected.')
    return
  }
  out.line(out.colors.bold(`${plural(document.total, 'line')} rejected`))
  out.table(
    [{ header: 'lines', kind: 'number' }, { header: 'reason' }],
    document.byReason.map(({ lines, reason }) => [count(lines), reason]),
  )
  out.line()
  for (const line of document.lines) {
    const value = line.value === null ? '' : ` ("${line.value}")`
    out.safe(`${line.feed}  ${line.file}:${line.line}: ${line.reason}${value}`)
    out.safe(`    ${line.raw}`)
  }
  if (document.lines.length < document.total) {
    out.line(`${plural(document.total - document.lines.length, 'more line')}; raise --limit to see them.`)
  }
}
