/** Changes put onto the file that they start from (or taken back from the one that they lead to). */
import { statSync } from 'node:fs'
import { InputError } from '../errors.js'
import { changeColumn } from '../model/change-set.js'
import { quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { type ReadChanges, readChanges } from './change-file/read-changes.js'
import { createChangeSet } from './change-table.js'
import { columnType, readAs } from './column-types.js'
import { type JsonKind, jsonKinds, jsonOfKinds } from './json-kinds.js'
import { matchColumns } from './match-columns.js'
import type { DiffFile } from './request.js'
import { cellText, openSide, readSide, type Side, type SideRows } from './sides.js'
import { type OutputFile, type RowFormat, writeRows } from './write-rows.js'

export interface ApplyOptions {
  /** The file to change. */
  readonly old: DiffFile
  readonly changes: DiffFile
  readonly key?: readonly string[] | undefined
  /** Take the changes back: created rows go, deleted rows come back, updated ones are as they were. */
  readonly reverse: boolean
  readonly nullText?: string | undefined
  readonly out: OutputFile & { readonly format: RowFormat }
  readonly folder: string
  readonly signal?: AbortSignal | undefined
}

export interface Applied {
  readonly rows: { readonly old: number; readonly new: number }
  readonly created: number
  readonly updated: number
  readonly deleted: number
}

/** The sides of a change as an application sees them. */
interface Direction {
  readonly from: 'before' | 'after'
  readonly to: 'before' | 'after'
  /** The op that makes a row appear, and the one that makes it go. */
  readonly appears: 'create' | 'delete'
  readonly goes: 'create' | 'delete'
}

const FORWARD: Direction = { from: 'before', to: 'after', appears: 'create', goes: 'delete' }
const BACKWARD: Direction = { from: 'after', to: 'before', appears: 'delete', goes: 'create' }

/**
 * Writes the file that the changes lead to: rows in the order of the old file, new ones after them in the order of their
 * keys. Nothing is written unless every change fits: what it deletes or updates is there as it says, what it creates is not.
 * Throws InputError: `does-not-apply`, `other-columns`, and as reading does; UsageError as writing does.
 */
export async function applyChanges(db: Evidence, options: ApplyOptions): Promise<Applied> {
  const { folder, signal, reverse, nullText } = options
  const read = { folder, ...(signal === undefined ? {} : { signal }) }
  const given = isNothing(options.changes)
    ? null
    : await readChanges(db, {
        ...read,
        ...options.changes,
        ...(options.key === undefined ? {} : { key: options.key }),
      })
  const side = await openSide(db, options.old, given?.key ?? options.key ?? [], read)
  const rows = await readSide(db, side, read)
  const changes = given ?? (await noChanges(db, rows.names, options.key))
  const kinds = options.out.format === 'jsonl' ? await jsonKinds(db, side, rows.names) : NO_KINDS
  const plan = new Application(
    options,
    changes,
    { ...rows, kinds },
    side,
    reverse ? BACKWARD : FORWARD,
    nullText ?? null,
  )
  plan.checkColumns()
  await plan.checkRows(db)
  return plan.write(db)
}

/** JSON Lines without a line: what `diff --out` writes when nothing differs. */
const isNothing = ({ path, name }: DiffFile): boolean =>
  /\.(jsonl|ndjson)$/i.test(name) && statSync(path, { throwIfNoEntry: false })?.size === 0

/** A change set of no changes, about these columns. */
async function noChanges(
  db: Evidence,
  names: readonly string[],
  key: readonly string[] = names.slice(0, 1),
): Promise<ReadChanges> {
  const columns = names.map((name) => ({ name, type: 'VARCHAR' }))
  const cells = [
    ...key.map((name) => changeColumn('key', name)),
    ...(['before', 'after'] as const).flatMap((side) => names.map((name) => changeColumn(side, name))),
  ]
  const from = `(SELECT ''::VARCHAR AS op, []::VARCHAR[] AS changed, ${cells.map((name) => `''::VARCHAR AS ${quoted(name)}`).join(', ')} LIMIT 0)`
  return { ...(await createChangeSet(db, { from, key, columns })), sides: { before: null, after: null } }
}

const NO_KINDS: ReadonlyMap<string, ReadonlySet<JsonKind>> = new Map()

const NUMBER = columnType('decimal')
const INSTANT = columnType('timestamp')

/**
 * SQL condition: a cell is what a change says it is. A change set that was made with declared types has lost how a number
 * or an instant was spelled; a CSV file cannot tell an empty text from no value.
 */
function sameText(cell: string, said: string): string {
  const alike = [NUMBER, INSTANT].map((type) => `coalesce(${readAs(cell, type)} = ${readAs(said, type)}, false)`)
  return `coalesce(${cell}, '') = coalesce(${said}, '') OR ${alike.join(' OR ')}`
}

class Application {
  readonly #names: readonly string[]
  /** Column of the old file → its name in the change set. */
  readonly #called: ReadonlyMap<string, string>

  constructor(
    private readonly options: ApplyOptions,
    private readonly changes: ReadChanges,
    private readonly rows: SideRows & { readonly kinds: typeof NO_KINDS },
    private readonly side: Side,
    private readonly direction: Direction,
    private readonly nullText: string | null,
  ) {
    const names = changes.columns.map(({ name }) => name)
    const { all } = matchColumns(rows.names, names, { ...options, key: changes.key, new: options.changes })
    this.#names = rows.names
    this.#called = new Map(
      all.flatMap((column) => (column.old === null ? [] : [[rows.names[column.old] ?? '', column.name] as const])),
    )
  }

  /** Throws InputError `other-columns` unless both sides of the changes have the columns of the file. */
  checkColumns(): void {
    const own = new Set([...this.#called.values()].map((name) => name.toLowerCase()))
    for (const side of ['before', 'after'] as const) {
      const theirs = this.changes.sides[side]
      if (theirs === null) continue
      const extra = theirs.find((name) => !own.has(name.toLowerCase()))
      const missing = [...own].find((name) => !theirs.some((other) => other.toLowerCase() === name))
      if (extra === undefined && missing === undefined) continue
      const { old, changes } = this.options
      throw new InputError(
        `${changes.name} is about other columns than ${old.name}: ${extra ?? missing} is only in ${extra === undefined ? old.name : changes.name}.`,
        {
          code: 'other-columns',
          file: changes.name,
          suggestions: [
            'Changes say nothing of an added or removed column in rows that did not change: give both files the same columns first',
          ],
        },
      )
    }
  }

  #change(side: 'before' | 'after', name: string): string {
    return `c.${quoted(changeColumn(side, name))}::VARCHAR`
  }

  /** SQL for the text of a cell of the old file. */
  #cell(index: number): string {
    const text = cellText(`o.c${index}`, this.rows.types?.[index] ?? null)
    return this.nullText === null ? text : `nullif(${text}, '${this.nullText.replaceAll("'", "''")}')`
  }

  #joined(kind: 'LEFT' | 'FULL'): string {
    const same = this.changes.key.map((name) => {
      const index = this.#names.findIndex((own) => this.#called.get(own)?.toLowerCase() === name.toLowerCase())
      return `coalesce(${this.#cell(index)}, '') = coalesce(c.${quoted(changeColumn('key', name))}::VARCHAR, '')`
    })
    return `(SELECT *, true AS here FROM ${this.rows.from}) o ${kind} JOIN ${this.changes.table} c ON ${same.join(' AND ')}`
  }

  /** Throws InputError `does-not-apply` with examples where the file is not what the changes start from. */
  async checkRows(db: Evidence): Promise<void> {
    const { from, appears } = this.direction
    const differs = this.#names.map((name, index) => {
      const called = this.#called.get(name) ?? name
      return `NOT (${sameText(this.#cell(index), this.#change(from, called))})`
    })
    const key = this.changes.key.map((name) => `c.${quoted(changeColumn('key', name))}::VARCHAR`).join(`, ', ', `)
    const problem = `CASE WHEN c.op = '${appears}' THEN CASE WHEN o.here THEN 'is there already' END
      WHEN o.here IS NULL THEN 'is not there' WHEN ${differs.join(' OR ')} THEN 'is not as it should be' END`
    const [repeated] = await db.rows(
      `SELECT count(*) AS n FROM (SELECT c.position FROM ${this.#joined('FULL')} WHERE c.position IS NOT NULL AND o.here GROUP BY c.position HAVING count(*) > 1)`,
    )
    const bad = await db.rows(
      `SELECT count(*) OVER () AS n, concat(${key}) AS key, ${problem} AS problem, o.line FROM ${this.#joined('FULL')}
       WHERE c.position IS NOT NULL AND (${problem}) IS NOT NULL ORDER BY c.position, o.line LIMIT 5`,
    )
    const { old, changes } = this.options
    const unreadable = await db.rows(
      `SELECT line, reject FROM ${this.rows.from} WHERE reject IS NOT NULL ORDER BY line LIMIT 1`,
    )
    if (unreadable[0] !== undefined) {
      throw new InputError(
        `${old.name}, ${this.side.opened.unit} ${unreadable[0].line}: the row ${String(unreadable[0].reject)}.`,
        {
          code: 'unreadable-row',
          file: old.name,
          line: Number(unreadable[0].line),
        },
      )
    }
    if (bad.length === 0 && Number(repeated?.n) === 0) return
    const count = Number(bad[0]?.n ?? repeated?.n)
    throw new InputError(`${changes.name} does not apply to ${old.name}: ${count} of its changes do not fit.`, {
      code: 'does-not-apply',
      file: old.name,
      examples:
        bad.length === 0
          ? ['A key is on several rows']
          : bad.map(
              ({ key: which, problem: why, line }) =>
                `${String(which)} ${String(why)}${line === null ? '' : ` (${this.side.opened.unit} ${String(line)})`}`,
            ),
      suggestions: ['Apply changes to the very file that they start from', 'Use --reverse to take changes back'],
    })
  }

  async write(db: Evidence): Promise<Applied> {
    const { to, goes, appears } = this.direction
    const given = (name: string, index: number): string => {
      const called = this.#called.get(name) ?? name
      const [was, is] = [this.#change(this.direction.from, called), this.#change(to, called)]
      // What the change leaves as it was keeps its spelling.
      return `CASE WHEN c.op = 'update' AND ${was} IS NOT DISTINCT FROM ${is} THEN ${this.#cell(index)} ELSE ${is} END`
    }
    const from = `(SELECT o.line, c.position, ${this.#names
      .map(
        (name, index) => `CASE WHEN c.op IS NULL THEN ${this.#cell(index)} ELSE ${given(name, index)} END AS w${index}`,
      )
      .join(', ')} FROM ${this.#joined('FULL')} WHERE c.op IS DISTINCT FROM '${goes}') r`
    const out = this.options.out
    const columns = this.#names.map((name, index) => this.#written(name, index, out.format))
    await writeRows(db, { from, order: 'r.line NULLS LAST, r.position', columns }, out, out.format)
    const [counted] = await db.rows(`SELECT count(*) AS n FROM ${this.rows.from}`)
    const ops = await db.rows(`SELECT op, count(*) AS n FROM ${this.changes.table} GROUP BY op`)
    const count = (op: string): number => Number(ops.find((row) => row.op === op)?.n ?? 0)
    const old = Number(counted?.n)
    const result = { created: count(appears), updated: count('update'), deleted: count(goes) }
    return { rows: { old, new: old + result.created - result.deleted }, ...result }
  }

  #written(name: string, index: number, format: RowFormat) {
    const type = this.rows.types?.[index] ?? 'VARCHAR'
    const text =
      this.nullText === null || format === 'parquet'
        ? `w${index}`
        : `coalesce(w${index}, '${this.nullText.replaceAll("'", "''")}')`
    // What a Parquet file declared stays declared, where its text can be read back.
    const isPlain = type !== 'VARCHAR' && !/[[(]/.test(type.replace(/^DECIMAL\(.*\)$/, 'DECIMAL'))
    const kinds = this.rows.kinds.get(name)
    if (kinds !== undefined) return { name, value: text, type: 'VARCHAR', json: jsonOfKinds(text, kinds) }
    return isPlain ? { name, value: `CAST(${text} AS ${type})`, type } : { name, value: text, type: 'VARCHAR' }
  }
}
