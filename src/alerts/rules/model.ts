/** A rule file as data: everything about a rule stands in one place, nothing is inherited from elsewhere. */
import type { InputError } from '../../errors.js'
import type { ChangeOp } from '../../model/change-set.js'
import type { MessagePart } from './messages.js'

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** `active` raises alerts; `evaluate` only says what it would raise; `off` is not looked at. */
export const MODES = ['active', 'evaluate', 'off'] as const
export type Mode = (typeof MODES)[number]

/** What one verdict is about: one change of a kind, the changes of a group of rows, or a whole snapshot. */
export const TRIGGERS = ['create', 'update', 'delete', 'any', 'group', 'snapshot'] as const
export type Trigger = (typeof TRIGGERS)[number]

/** A length of time, as written and in whole microseconds. */
export interface Period {
  readonly text: string
  readonly micros: number
}

/** After an alert, the same rule stays quiet for the same thing: its key or group, or the columns named. */
export interface Dedupe {
  readonly within: Period
  /** Columns whose values make two alerts the same; null: the key, or the group. */
  readonly by: readonly string[] | null
}

/** Another rule's alert about the same key or group, in this snapshot or within the period before it, keeps this one back. */
export interface Suppression {
  readonly by: string
  /** Null: in the same snapshot only. */
  readonly within: Period | null
}

export type Cell = string | number | boolean | null
export type Cells = Readonly<Record<string, Cell>>

export interface TestChange {
  readonly op: ChangeOp
  readonly key: Cells
  readonly before: Cells | null
  readonly after: Cells | null
}

/** An alert that a test expects; what is not given may be anything. */
export interface ExpectedAlert {
  readonly rule: string | null
  readonly key: Cells | null
  readonly group: Cells | null
  readonly message: string | null
  readonly severity: Severity | null
}

export interface RuleTest {
  readonly name: string
  readonly changes: readonly TestChange[]
  /** Rows that stand in both snapshots, each so many times. */
  readonly unchanged: readonly { readonly times: number; readonly row: Cells }[]
  /** Instants of the snapshot, as written. */
  readonly received: string | null
  readonly published: string | null
  /** Keys whose row had been stated before and replaced; null: the history is not known. */
  readonly returned: readonly Cells[] | null
  /** Alerts raised by earlier snapshots. */
  readonly earlier: readonly {
    readonly rule: string
    readonly received: string
    readonly key: Cells | null
    readonly group: Cells | null
  }[]
  readonly alerts: readonly ExpectedAlert[]
  readonly line: number
}

/** Where something of a rule stands in its file. */
export interface RulePlace {
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface Rule {
  readonly id: string
  readonly title: string
  readonly severity: Severity
  readonly owner: string | null
  readonly mode: Mode
  readonly on: Trigger
  /** Relation that the rule is about; null: whatever the changes are about. */
  readonly relation: string | null
  readonly when: string
  readonly message: readonly MessagePart[]
  readonly messageText: string
  readonly route: readonly string[]
  readonly dedupe: Dedupe | null
  readonly suppress: readonly Suppression[]
  readonly runbook: string | null
  readonly groupBy: readonly string[]
  /** Rows that a group had to have before, for a verdict; null: any number. */
  readonly minBase: number | null
  readonly tests: readonly RuleTest[]
  readonly place: RulePlace
  /** A failure at a part of the rule; `offset` into its text. */
  failure(
    part: RulePart,
    message: string,
    options?: { code?: string; suggestions?: readonly string[]; offset?: number | null },
  ): InputError
}

export type RulePart = readonly (string | number)[]

export interface RuleSet {
  /** As named by whoever asked. */
  readonly file: string
  /** Pattern of the feeds that the rules are for; null: any. */
  readonly feed: string | null
  readonly match: 'all' | 'first'
  /** Column → type, for changes that come without types. */
  readonly types: Readonly<Record<string, string>>
  readonly rules: readonly Rule[]
  /** What is wrong with the file; the rules concerned are left out. */
  readonly problems: readonly InputError[]
}
