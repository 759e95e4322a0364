/** What the screen of conflicts knows and shows. What can happen to it is in reduce.ts. */
import type { ConflictRow, ConflictsDesk, ConflictsFile, NewVerdict } from '../../../cli/conflicts-desk.js'
import type { Size } from '../../../cli/terminal.js'
import type { ConflictJson, ConflictsDocument } from '../../../cli/views/conflicts-document.js'
import { subjectInWords } from '../../../cli/views/conflicts-words.js'
import { type Layout, layoutOf } from './layout.js'

/** What does not change while the screen is open. */
export type Matter = Pick<ConflictsDesk, 'command' | 'rows'>

export const ORDERS = ['gravity', 'streams', 'excess', 'latest'] as const
export type Order = (typeof ORDERS)[number]

export interface Filter {
  readonly text: string
  readonly severity: number | null
  /** Id of a rule. */
  readonly kind: string | null
  readonly decided: 'all' | 'undecided' | 'decided'
}

export const NO_FILTER: Filter = { text: '', severity: null, kind: null, decided: 'all' }

/** What is typed of a decision, question by question; an undoing has the number of what it undoes. */
export interface Draft extends NewVerdict {
  readonly undoes: number | null
}

/** The questions that a decision answers, in this order. */
export type Asked = 'identity' | 'reason' | 'author'

export type Overlay =
  | { readonly kind: 'help' | 'source' | 'commands'; readonly top: number }
  | { readonly kind: 'search'; readonly text: string }
  | { readonly kind: 'verdict' }
  | {
      readonly kind: 'decision'
      readonly draft: Draft
      readonly asked: Asked
      readonly text: string
      readonly problem: string | null
    }
  | { readonly kind: 'format' }
  | {
      readonly kind: 'file'
      readonly format: ConflictsFile['format']
      readonly text: string
      readonly problem: string | null
    }
  | { readonly kind: 'overwrite'; readonly format: ConflictsFile['format']; readonly name: string }

/** What is to be done outside of the screen; it is told when it has been done. */
export type Task =
  | { readonly kind: 'write'; readonly file: ConflictsFile }
  | { readonly kind: 'decide'; readonly draft: Draft }
  | { readonly kind: 'suspend' | 'redraw' | 'leave' }

export interface State {
  readonly matter: Matter
  readonly size: Size
  readonly document: ConflictsDocument
  readonly filter: Filter
  readonly order: Order
  /** Place among those that are listed. */
  readonly chosen: number
  /** Place among the rows of the chosen conflict. */
  readonly row: number
  /** Whether the detail is read: then keys move in it. */
  readonly isOpen: boolean
  readonly top: number
  readonly isSplit: boolean
  /** Who decided last. */
  readonly author: string
  readonly overlay: Overlay | null
  readonly notice: string | null
  readonly task: Task | null
}

export const openingState = ({ document, command, rows, author }: ConflictsDesk, size: Size): State => ({
  matter: { command, rows },
  size,
  document,
  filter: NO_FILTER,
  order: 'gravity',
  chosen: 0,
  row: 0,
  isOpen: false,
  top: 0,
  isSplit: true,
  author,
  overlay: null,
  notice: null,
  task: null,
})

/** Those that pass the filter, in the order that was chosen. */
export function listed({ document, filter, order }: State): readonly ConflictJson[] {
  const found = document.conflicts.filter((conflict) => passes(conflict, filter))
  // The document has them by gravity; sorting keeps that order where two are equal.
  return order === 'gravity' ? found : [...found].sort(COMPARE[order])
}

const passes = (conflict: ConflictJson, { text, severity, kind, decided }: Filter): boolean =>
  (severity === null || conflict.severity === severity) &&
  (kind === null || conflict.id === kind) &&
  (decided === 'all' || conflict.decisions.length > 0 === (decided === 'decided')) &&
  (text === '' || searchable(conflict).includes(text.toLowerCase()))

const searchable = (conflict: ConflictJson): string =>
  [conflict.id, conflict.name, subjectInWords(conflict.subject), conflict.key, conflict.detail ?? '']
    .concat(conflict.parties, conflict.statements)
    .join('\n')
    .toLowerCase()

const COMPARE: Readonly<Record<Exclude<Order, 'gravity'>, (a: ConflictJson, b: ConflictJson) => number>> = {
  streams: (a, b) => b.magnitude.streams - a.magnitude.streams,
  excess: (a, b) => Math.abs(b.magnitude.over ?? 0) - Math.abs(a.magnitude.over ?? 0),
  latest: (a, b) =>
    (a.knownFrom ?? '') < (b.knownFrom ?? '') ? 1 : (a.knownFrom ?? '') > (b.knownFrom ?? '') ? -1 : 0,
}

export const chosenConflict = (state: State): ConflictJson | undefined => listed(state)[state.chosen]

/** The rows of a conflict, in the order in which it names them. */
export const rowsOf = ({ matter }: State, conflict: ConflictJson | undefined): readonly ConflictRow[] =>
  (conflict?.statements ?? []).flatMap((statement) => matter.rows.get(statement) ?? [])

export const layoutOfState = ({ size, isSplit, isOpen }: State): Layout => layoutOf(size, { isSplit, isOpen })
