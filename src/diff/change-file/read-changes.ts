/** A file of changes, ours or another system's, as a change set. */
import { rm } from 'node:fs/promises'
import { InputError, UsageError } from '../../errors.js'
import { openTable } from '../../ingest/index.js'
import { type ChangeSet, changeColumn } from '../../model/change-set.js'
import { quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { createChangeSet, differingColumns } from '../change-table.js'
import { type ColumnType, readAs, TEXT } from '../column-types.js'
import { freshName } from '../table-names.js'
import { stageJsonEvents } from './stage-json.js'
import { stageTabularEvents } from './stage-tabular.js'
import type { StagedEvents } from './staged-events.js'

export interface ReadChangesOptions {
  /** Absolute path. */
  readonly path: string
  /** The name by which people know the file. */
  readonly name: string
  /** Existing folder for temporary files, allowed to the database; what is made there is removed again. */
  readonly folder: string
  /** The key's columns, where the file does not say. It must agree with what the file says. */
  readonly key?: readonly string[]
  /** Declared types by column; all others stay text (or as a Parquet file declares them). */
  readonly types?: ReadonlyMap<string, ColumnType>
  readonly signal?: AbortSignal
}

/** A change set that was read. */
export interface ReadChanges extends ChangeSet {
  /** Columns that the rows before and the rows after have; null where there is no such row. */
  readonly sides: { readonly before: readonly string[] | null; readonly after: readonly string[] | null }
}

/**
 * Reads changes: JSON Lines or a JSON array of our change events or Debezium envelopes, and CSV or Parquet as `diff
 * --out` writes them. Several events of one key become the one change that they amount to.
 * Throws InputError: `change-event` (with file and line), `empty-file`, `missing-key`, `not-of-type`, and as opening does;
 * UsageError `key-needed` where neither the file nor `key` says what the key is; CancelledError.
 */
export async function readChanges(db: Evidence, options: ReadChangesOptions): Promise<ReadChanges> {
  const { path, name, folder, signal } = options
  const wanted = ['op', 'changed']
  const opened = await openTable(
    path,
    signal === undefined ? { name, folder, wanted } : { name, folder, wanted, signal },
  )
  try {
    const staged =
      opened.kind === 'jsonl'
        ? await stageJsonEvents(db, opened, options)
        : await stageTabularEvents(db, opened, options)
    const key = keyOf(staged, options)
    const typed = await typedEvents(db, staged, options)
    const single = await oneForEachKey(db, typed, key, name)
    const changeSet = await createChangeSet(db, { from: single, key, columns: typed.columns })
    for (const table of new Set([staged.table, typed.table, single])) await db.run(`DROP TABLE IF EXISTS ${table}`)
    return { ...changeSet, sides: staged.sides }
  } finally {
    if (opened.source.path !== path) await rm(opened.source.path, { force: true })
  }
}

function keyOf(staged: StagedEvents, { key, name }: ReadChangesOptions): readonly string[] {
  const found = staged.key ?? key
  if (found === undefined || found.length === 0) {
    throw new UsageError(`${name} does not say which columns are the key.`, {
      code: 'key-needed',
      suggestions: ['Name them with --key'],
    })
  }
  const names = new Set(staged.columns.map((column) => column.name))
  const missing = found.find((column) => !names.has(column))
  if (missing !== undefined) {
    throw new InputError(`${name} has no column ${missing}, which is part of the key.`, {
      code: 'missing-key',
      file: name,
      suggestions: [`Its columns: ${[...names].slice(0, 20).join(', ')}`],
    })
  }
  return found
}

/** The events with the columns of the declared types read as them. */
async function typedEvents(db: Evidence, staged: StagedEvents, options: ReadChangesOptions): Promise<StagedEvents> {
  const declared = staged.columns.flatMap(({ name, type }) => {
    const wanted = options.types?.get(name)
    return wanted === undefined || wanted.sql === type ? [] : [{ name, type: wanted }]
  })
  if (declared.length === 0) return staged
  const cells = declared.flatMap(({ name, type }) =>
    (['before', 'after'] as const).map((side) => {
      const cell = quoted(changeColumn(side, name))
      return { name, type, cell, read: readAs(`${cell}::VARCHAR`, type) }
    }),
  )
  for (const { name, type, cell, read } of cells) {
    const [bad] = await db.rows(
      `SELECT line, ${cell}::VARCHAR AS value FROM ${staged.table} WHERE ${cell} IS NOT NULL AND (${read}) IS NULL ORDER BY line LIMIT 1`,
    )
    if (bad !== undefined) throw notOfType(options.name, name, type, Number(bad.line), String(bad.value))
  }
  const table = freshName(db, 'typed_events')
  const replaced = cells.map(({ cell, read }) => `${read} AS ${cell}`)
  await db.run(`CREATE TEMP TABLE ${table} AS SELECT * REPLACE (${replaced.join(', ')}) FROM ${staged.table}`)
  const columns = staged.columns.map(({ name, type }) => ({ name, type: options.types?.get(name)?.sql ?? type }))
  return { ...staged, table, columns }
}

function notOfType(file: string, column: string, type: ColumnType, line: number, value: string): InputError {
  return new InputError(`${file}, line ${line}: ${column} is ${JSON.stringify(value)}, which is no ${type.kind}.`, {
    code: 'not-of-type',
    file,
    line,
    excerpt: value,
    suggestions: [`Leave ${column} out of --types, or declare it ${TEXT.kind}`],
  })
}

/**
 * A table with one row per key: `op`, `changed`, key., before. and after. columns. Of several events of a key, the row
 * before the first and the row after the last; none where those are the same.
 */
async function oneForEachKey(
  db: Evidence,
  events: StagedEvents,
  key: readonly string[],
  file: string,
): Promise<string> {
  const names = events.columns.map(({ name }) => name)
  const side = (which: 'before' | 'after', name: string): string => quoted(changeColumn(which, name))
  const keyed = key.map(
    (name) =>
      `CASE WHEN op = 'delete' THEN ${side('before', name)} ELSE ${side('after', name)} END AS ${quoted(changeColumn('key', name))}`,
  )
  const keys = key.map((name) => quoted(changeColumn('key', name))).join(', ')
  const all = `(SELECT *, ${keyed.join(', ')} FROM ${events.table})`
  const [repeated] = await db.rows(
    `SELECT count(*) AS n FROM (SELECT 1 FROM ${all} GROUP BY ${keys} HAVING count(*) > 1)`,
  )
  const table = freshName(db, 'single_events')
  const changed = `CASE WHEN op <> 'update' THEN []::VARCHAR[] ELSE coalesce(changed, ${differingColumns(names)}) END`
  if (Number(repeated?.n) === 0) {
    await db.run(`CREATE TEMP TABLE ${table} AS SELECT * REPLACE (${changed} AS changed) FROM ${all}`)
    return table
  }
  await refuseUnchained(db, all, keys, names, file)
  const place = (order: string): string => `row_number() OVER (PARTITION BY ${keys} ORDER BY line ${order})`
  const sameKey = key
    .map((name) => quoted(changeColumn('key', name)))
    .map((column) => `f.${column} IS NOT DISTINCT FROM l.${column}`)
  const cells = [
    ...names.map((name) => `f.${side('before', name)}`),
    ...names.map((name) => `l.${side('after', name)}`),
    ...key.map((name) => `l.${quoted(changeColumn('key', name))}`),
  ]
  const op = `CASE WHEN f.op = 'create' THEN CASE WHEN l.op = 'delete' THEN NULL ELSE 'create' END
    WHEN l.op = 'delete' THEN 'delete' ELSE 'update' END`
  await db.run(
    `CREATE TEMP TABLE ${table} AS SELECT * REPLACE (${changed} AS changed) FROM (
       SELECT l.line, ${op} AS op, CASE WHEN f.line = l.line THEN l.changed END AS changed, ${cells.join(', ')}
       FROM (SELECT * FROM ${all} QUALIFY ${place('ASC')} = 1) f
       JOIN (SELECT * FROM ${all} QUALIFY ${place('DESC')} = 1) l ON ${sameKey.join(' AND ')})
     WHERE op IS NOT NULL AND (op <> 'update' OR changed IS NOT NULL OR len(${differingColumns(names)}) > 0)`,
  )
  return table
}

/** Each event of a key must begin where the one before it ended: anything else is no history of one row. */
async function refuseUnchained(
  db: Evidence,
  events: string,
  keys: string,
  names: readonly string[],
  file: string,
): Promise<void> {
  const over = `OVER (PARTITION BY ${keys} ORDER BY line)`
  const cells = (side: 'before' | 'after'): string =>
    `row(${names.map((name) => quoted(changeColumn(side, name))).join(', ')})`
  const [bad] = await db.rows(
    `SELECT line FROM (SELECT line, op, lag(op) ${over} AS earlier, ${cells('before')} AS starts, lag(${cells('after')}) ${over} AS ended FROM ${events})
     WHERE earlier IS NOT NULL AND ((earlier = 'delete') <> (op = 'create') OR (op <> 'create' AND starts IS DISTINCT FROM ended))
     ORDER BY line LIMIT 1`,
  )
  if (bad === undefined) return
  throw new InputError(
    `${file}, line ${bad.line}: this does not follow from the change of the same key before it, so the two are no history of one row.`,
    {
      code: 'change-event',
      file,
      line: Number(bad.line),
      suggestions: ['Give the changes in the order in which they happened', 'Compare with a key that tells rows apart'],
    },
  )
}
