/** The document of `recital diff`. */
import type { Diff, ShownChange } from '../../diff/index.js'

type Plain<T> = { readonly [K in keyof T]: T[K] }

export interface DiffDocument {
  readonly kind: 'recital.diff'
  readonly version: 1
  readonly rows: { readonly old: number; readonly new: number }
  readonly created: number
  readonly updated: number
  readonly deleted: number
  readonly unchanged: number
  readonly duplicateKeys: { readonly old: number; readonly new: number }
  /** Rows not compared, because another row of their key counts. */
  readonly leftOut: { readonly old: number; readonly new: number }
  readonly columns: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly renamed: readonly { readonly from: string; readonly to: string }[]
    readonly reordered: boolean
    readonly changed: Readonly<Record<string, number>>
    readonly ignored: Readonly<Record<string, number>>
  }
  readonly key: readonly string[]
  readonly policy: {
    readonly types: Readonly<Record<string, string>>
    readonly tolerance: Readonly<Record<string, string>>
    readonly null: string | null
    readonly trim: boolean
    readonly ignoreCase: boolean
    readonly emptyEqualsNull: boolean
    readonly typesOfFiles: Readonly<Record<string, string>>
    readonly keyOrder: readonly { readonly column: string; readonly order: 'text' | 'value' }[]
  }
  readonly by:
    | readonly (Plain<NonNullable<Diff['by']>[number]> & {
        readonly rates: {
          readonly created: number | null
          readonly updated: number | null
          readonly deleted: number | null
        }
      })[]
    | null
  readonly concentrations: Diff['concentrations']
  readonly sha256: { readonly old: string; readonly new: string }
  /** The first changes, where a limit was asked for. */
  readonly changes?: readonly ShownChange[]
}

/**
 * A part in percent with at most four decimals: never 0 for some, never 100 for less than all. Null of nothing.
 */
export function percentOf(part: number, whole: number): number | null {
  if (whole === 0) return null
  const rounded = Math.round((part / whole) * 1e6) / 1e4
  if (part > 0 && rounded === 0) return 0.0001
  return part < whole && rounded >= 100 ? 99.9999 : rounded
}

/** @param changes those to put into the document, if any were asked for */
export function diffDocument(diff: Diff, changes?: readonly ShownChange[]): DiffDocument {
  const { counts, schema, policy } = diff
  return {
    kind: 'recital.diff',
    version: 1,
    rows: diff.rows,
    ...counts,
    duplicateKeys: diff.duplicateKeys,
    leftOut: diff.leftOut,
    columns: {
      ...schema,
      changed: Object.fromEntries(diff.changed),
      ignored: Object.fromEntries(diff.ignored),
    },
    key: diff.changeSet.key,
    policy: {
      types: Object.fromEntries([...policy.types].map(([name, { sql }]) => [name, sql.toLowerCase()])),
      tolerance: Object.fromEntries(
        [...policy.tolerance].map(([name, { amount, relative }]) => [name, relative ? `${amount}%` : amount]),
      ),
      null: policy.nullText,
      trim: policy.trim,
      ignoreCase: policy.ignoreCase,
      emptyEqualsNull: policy.emptyEqualsNull,
      typesOfFiles: Object.fromEntries(policy.fromFile),
      keyOrder: policy.keyOrder,
    },
    by:
      diff.by?.map((one) => ({
        ...one,
        rates: {
          created: percentOf(one.created, one.new),
          updated: percentOf(one.updated, one.old),
          deleted: percentOf(one.deleted, one.old),
        },
      })) ?? null,
    concentrations: diff.concentrations,
    sha256: diff.sha256,
    ...(changes === undefined ? {} : { changes }),
  }
}
