/** The answer of `recital diff apply`. */
import type { Applied } from '../../diff/index.js'
import type { Output } from '../output.js'
import { count, plural } from './words.js'

export interface DiffApplyDocument extends Applied {
  readonly kind: 'recital.diff.apply'
  readonly version: 1
}

export function printDiffApply(
  { rows, created, updated, deleted }: DiffApplyDocument,
  file: string,
  out: Output,
): void {
  out.line(
    `${count(created)} created, ${count(updated)} updated, ${count(deleted)} deleted: ${plural(rows.old, 'row')} became ${count(rows.new)}`,
  )
  out.safe(`Wrote ${file}`)
}
