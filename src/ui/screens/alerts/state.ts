/** What the review of alerts knows and shows. What can happen to it is in reduce.ts. */
import type { CellChange } from '../../../alerts/index.js'
import type { Review } from '../../../cli/alerts/review.js'
import type { Size } from '../../../cli/terminal.js'
import type { AlertEntry } from '../../../cli/views/alerts/dry-run-document.js'

export const SMALLEST: Size = { columns: 60, rows: 15 }

/** What became of a match, or what the last edit of the rules did to it. */
export type Mark = 'raised' | 'kept back' | 'after another' | 'not in force' | 'added' | 'removed' | 'changed'

/** One line at the left. */
export interface Item {
  readonly mark: Mark
  readonly alert: AlertEntry
  /** Why it is not raised, or why the edit changed it; null where there is nothing to say. */
  readonly note: string | null
}

/** Fields of an alert that a filter can look at. */
export const FIELDS = ['rule', 'severity', 'owner'] as const
export type Field = (typeof FIELDS)[number]

export interface Filter {
  readonly rule: string | null
  readonly severity: string | null
  readonly owner: string | null
  readonly words: string
}

export const NO_FILTER: Filter = { rule: null, severity: null, owner: null, words: '' }

export type Overlay =
  | { readonly kind: 'help' | 'commands'; readonly top: number }
  | { readonly kind: 'filter'; readonly text: string }

export type Task = { readonly kind: 'edit' | 'suspend' | 'redraw' | 'leave' }

export interface State {
  readonly file: string
  readonly sourceWords: readonly string[]
  readonly size: Size
  readonly review: Review
  readonly items: readonly Item[]
  readonly filter: Filter
  /** Place among the items that the filter leaves. */
  readonly chosen: number
  /** First line shown at the right. */
  readonly top: number
  /** Rows behind alerts, as far as they were asked for; by item. */
  readonly rows: ReadonlyMap<Item, readonly CellChange[]>
  readonly overlay: Overlay | null
  readonly notice: string | null
  readonly task: Task | null
}

/** Owner of rules that name none. */
const NO_OWNER = '(no owner)'

export const fieldOf = ({ alert }: Item, field: Field): string =>
  field === 'owner' ? (alert.owner ?? NO_OWNER) : alert[field]

export function openingState(
  desk: { readonly file: string; readonly sourceWords: readonly string[] },
  review: Review,
  size: Size,
): State {
  return {
    ...{ file: desk.file, sourceWords: desk.sourceWords, size, review, items: itemsOf(review) },
    ...{ filter: NO_FILTER, chosen: 0, top: 0, rows: new Map(), overlay: null, notice: null, task: null },
  }
}

/** What an edit did comes first, then the alerts in their order, then what is not raised. */
export function itemsOf({ document, difference }: Review): Item[] {
  const idOf = ({ rule, key, group }: AlertEntry) => JSON.stringify([rule, key, group])
  const added = new Map((difference?.added ?? []).map((entry) => [idOf(entry), entry]))
  const changed = new Map((difference?.changed ?? []).map((entry) => [idOf(entry), entry]))
  const raised = document.alerts.map((alert): Item => {
    const isNew = added.get(idOf(alert))
    if (isNew !== undefined) return { mark: 'added', alert, note: reason(isNew) }
    const other = changed.get(idOf(alert))
    return other === undefined
      ? { mark: 'raised', alert, note: null }
      : { mark: 'changed', alert, note: `${other.differs.join(', ')} told otherwise` }
  })
  const removed = (difference?.removed ?? []).map(
    (alert): Item => ({ mark: 'removed', alert, note: alert.by === null ? reason(alert) : `kept back by ${alert.by}` }),
  )
  const kept = (mark: Mark, list: DryRunKept): Item[] =>
    list.map((alert) => ({
      ...{ mark, alert },
      note: `by ${alert.by.rule}${alert.by.received === null ? '' : ` of the snapshot received ${alert.by.received}`}`,
    }))
  return [
    ...raised.filter(({ mark }) => mark !== 'raised'),
    ...removed,
    ...raised.filter(({ mark }) => mark === 'raised'),
    ...kept('kept back', document.suppressed),
    ...kept('after another', document.shadowed),
    ...document.evaluate.map((alert): Item => ({ mark: 'not in force', alert, note: 'mode: evaluate' })),
  ]
}

type DryRunKept = Review['document']['suppressed']

const reason = ({ rule, ruleChange, by }: { rule: string; ruleChange: string; by: string | null }): string =>
  by !== null
    ? `no longer kept back by ${by}`
    : ruleChange === 'unchanged'
      ? 'by other rules'
      : `${rule} was ${ruleChange}`

/** The items that the filter leaves. Each word must be somewhere; `rule:word` must be in that field. */
export function shownItems({ items, filter }: Pick<State, 'items' | 'filter'>): readonly Item[] {
  const words = filter.words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return items.filter((item) => {
    if (FIELDS.some((field) => filter[field] !== null && filter[field] !== fieldOf(item, field))) return false
    return words.every((word) => {
      const field = FIELDS.find((name) => word.startsWith(`${name}:`))
      if (field !== undefined)
        return fieldOf(item, field)
          .toLowerCase()
          .includes(word.slice(field.length + 1))
      const { rule, message, key, group, severity } = item.alert
      const text = [rule, severity, fieldOf(item, 'owner'), message, JSON.stringify(group ?? key ?? {}), item.mark]
      return text.join(' ').toLowerCase().includes(word)
    })
  })
}

export const chosenItem = (state: State): Item | undefined => shownItems(state)[state.chosen]

/** The item whose row should be asked for next; undefined where nothing is wanted. */
export function wantedRow(state: State): Item | undefined {
  const item = chosenItem(state)
  return item === undefined || item.alert.key === null || state.rows.has(item) ? undefined : item
}
