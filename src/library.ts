/**
 * What other programs may import: `import { diffSnapshots } from 'recital'`. Everything that it needs to be understood
 * stands in this file, from which the declarations of the package are made.
 */
import { resolve } from 'node:path'
import { columnType, type Diff, diffFiles, openScratch } from './diff/index.js'

/** A value of a snapshot: text as it was written, or what its column was declared to be. Decimals are text, exact. */
export type SnapshotValue = string | number | boolean | null

export type SnapshotRow = Readonly<Record<string, SnapshotValue>>

/** What happened to one key. `before` and `after` are whole rows; `changed` names the columns that differ in an update. */
export interface SnapshotChange {
  readonly op: 'create' | 'update' | 'delete'
  readonly key: SnapshotRow
  readonly before: SnapshotRow | null
  readonly after: SnapshotRow | null
  readonly changed: readonly string[]
}

/** rows.old = unchanged + updated + deleted, rows.new = unchanged + updated + created. */
export interface SnapshotSummary {
  readonly rows: { readonly old: number; readonly new: number }
  readonly created: number
  readonly updated: number
  readonly deleted: number
  readonly unchanged: number
  readonly columns: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly renamed: readonly { readonly from: string; readonly to: string }[]
    readonly reordered: boolean
    /** Column → updates in which it differs. */
    readonly changed: Readonly<Record<string, number>>
    readonly ignored: Readonly<Record<string, number>>
  }
}

export interface DiffSnapshotsOptions {
  /** Columns that tell rows apart. */
  readonly key: string | readonly string[]
  readonly ignore?: readonly string[]
  readonly only?: readonly string[]
  /** Name in the old file → name in the new one. */
  readonly rename?: Readonly<Record<string, string>>
  /** Column → integer, decimal, decimal(12,2), double, date, timestamp, boolean or text. */
  readonly types?: Readonly<Record<string, string>>
  /** Column → how far numbers may be apart: `0.01`, or `'1%'` of the larger one. */
  readonly tolerance?: Readonly<Record<string, number | string>>
  /** The text that stands for no value. */
  readonly nullText?: string
  readonly trim?: boolean
  readonly ignoreCase?: boolean
  readonly onDuplicate?: 'error' | 'first' | 'last' | 'multiset'
  /** Bytes that the comparison should stay under. */
  readonly memoryBytes?: number
  readonly threads?: number
  readonly signal?: AbortSignal
}

/**
 * The changes between two snapshots in the order of their keys. Iterate it once, and to the end or out of the loop:
 * that releases its database and temporary files. Who only wants the summary calls `close` after it.
 */
export interface SnapshotDiff extends AsyncIterable<SnapshotChange> {
  /** The counts; the comparison begins when this or the first change is asked for. */
  summary(): Promise<SnapshotSummary>
  close(): Promise<void>
}

/**
 * Compares two files (CSV, TSV, JSON Lines, a JSON array, Parquet, Avro; plain or .gz) by key. Changes are read from
 * the comparison's database as they are asked for, never all of them held at once.
 * Its promises reject with an Error that has a `code`, such as `duplicate-key` or `missing-key`, and a message for people.
 */
export function diffSnapshots(oldFile: string, newFile: string, options: DiffSnapshotsOptions): SnapshotDiff {
  let opened: Promise<Opened> | undefined
  const open = (): Promise<Opened> => {
    opened ??= compare(oldFile, newFile, options)
    return opened
  }
  const close = async (): Promise<void> => {
    const found = await opened?.catch(() => undefined)
    await found?.close()
  }
  return {
    summary: async () => summaryOf((await open()).diff),
    close,
    async *[Symbol.asyncIterator]() {
      try {
        yield* changesOf(await open())
      } finally {
        await close()
      }
    },
  }
}

type Scratch = Awaited<ReturnType<typeof openScratch>>

interface Opened {
  readonly diff: Diff
  readonly db: Scratch['db']
  close(): Promise<void>
}

async function compare(oldFile: string, newFile: string, options: DiffSnapshotsOptions): Promise<Opened> {
  const { key, types = {}, tolerance = {}, rename = {}, memoryBytes, threads, signal, ...plain } = options
  const [old, now] = [oldFile, newFile].map((name) => ({ path: resolve(name), name }))
  if (old === undefined || now === undefined) throw new TypeError('two files are needed')
  const folders = [old, now].map(({ path }) => resolve(path, '..'))
  const scratch = await openScratch({ folders, memoryBytes, threads, signal })
  try {
    const diff = await diffFiles(scratch.db, {
      ...plain,
      ...{ old, new: now, folder: scratch.folder, memoryBytes, signal },
      key: typeof key === 'string' ? [key] : key,
      types: new Map(Object.entries(types).map(([column, type]) => [column, columnType(type)])),
      tolerance: new Map(Object.entries(tolerance).map(([column, near]) => [column, toleranceOf(near)])),
      rename: new Map(Object.entries(rename)),
    })
    return { diff, db: scratch.db, close: () => scratch.close() }
  } catch (error) {
    await scratch.close()
    throw error
  }
}

function toleranceOf(near: number | string): { amount: string; relative: boolean } {
  const [, amount, percent] = /^(\d{1,18}(?:\.\d{1,10})?)(%?)$/.exec(String(near)) ?? []
  if (amount === undefined) throw new TypeError(`a tolerance is an amount or a percentage, not ${near}`)
  return { amount, relative: percent === '%' }
}

function summaryOf({ rows, counts, schema, changed, ignored }: Diff): SnapshotSummary {
  const columns = { ...schema, changed: Object.fromEntries(changed), ignored: Object.fromEntries(ignored) }
  return { rows, ...counts, columns }
}

async function* changesOf({ diff, db }: Opened): AsyncGenerator<SnapshotChange> {
  const { changeSet, sides } = diff
  for await (const row of db.stream(`SELECT * FROM ${changeSet.table} ORDER BY position`)) {
    const side = (which: string, names: readonly string[]): SnapshotRow =>
      Object.fromEntries(names.map((name) => [name, row[`${which}.${name}`] as SnapshotValue]))
    yield {
      op: row.op as SnapshotChange['op'],
      key: side('key', changeSet.key),
      before: row.op === 'create' ? null : side('before', sides.old),
      after: row.op === 'delete' ? null : side('after', sides.new),
      changed: row.changed as readonly string[],
    }
  }
}
