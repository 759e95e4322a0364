/** The changes that tests in a rule file give, as change sets of the same columns and types. */
import { type ColumnType, freshName, readAs } from '../../diff/index.js'
import { InputError } from '../../errors.js'
import { type ChangedColumn, changeColumn } from '../../model/change-set.js'
import { parseInstant } from '../../model/dates/instants.js'
import { literal, quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import type { DataShape } from '../compile/compile.js'
import type { ChangeSource } from '../evaluate/source.js'
import type { Cell, Cells, RuleSet, RuleTest } from '../rules/model.js'

export interface TestShape extends DataShape {
  readonly columns: readonly ChangedColumn[]
  readonly types: ReadonlyMap<string, ColumnType>
}

/**
 * The columns of all tests of a set, and of whatever else is declared. A column without a declared type is a number where
 * all of its values are numbers, true or false where they are that, else text.
 */
export function testShape(set: RuleSet, declared: ReadonlyMap<string, ColumnType>): TestShape {
  const tests = set.rules.flatMap((rule) => rule.tests)
  const rows = tests.flatMap(({ changes, unchanged }) => [
    ...changes.flatMap(({ key, before, after }) => [key, before ?? {}, after ?? {}]),
    ...unchanged.map(({ row }) => row),
  ])
  const values = new Map<string, Cell[]>([...declared.keys()].map((name) => [name, []]))
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) values.set(name, [...(values.get(name) ?? []), value])
  const types = new Map(
    [...values].map(([name, cells]): [string, ColumnType] => [name, declared.get(name) ?? typeOf(cells)]),
  )
  const key = [...new Set(tests.flatMap(({ changes }) => changes.flatMap((change) => Object.keys(change.key))))]
  return { key, types, columns: [...types].map(([name, { sql }]) => ({ name, type: sql })) }
}

function typeOf(cells: readonly Cell[]): ColumnType {
  const given = cells.filter((cell) => cell !== null)
  if (given.length > 0 && given.every((cell) => typeof cell === 'number')) {
    return given.every((cell) => Number.isInteger(cell))
      ? { kind: 'integer', sql: 'BIGINT' }
      : { kind: 'decimal', sql: 'DECIMAL(38,10)' }
  }
  if (given.length > 0 && given.every((cell) => typeof cell === 'boolean')) return { kind: 'boolean', sql: 'BOOLEAN' }
  return { kind: 'text', sql: 'VARCHAR' }
}

/** Makes the change set of a test. Throws InputError `not-of-type` where a value is not of the type declared. */
export async function testSource(
  db: Evidence,
  test: RuleTest,
  shape: TestShape,
  context: { readonly rule: string; readonly file: string },
): Promise<{ source: ChangeSource; tables: readonly string[] }> {
  const { columns, types } = shape
  const key = test.changes.length === 0 ? shape.key : Object.keys(test.changes[0]?.key ?? {})
  const sided = test.changes.map(({ op, key: keys, before, after }) => ({
    op,
    keys,
    before: before === null ? null : { ...keys, ...before },
    after: after === null ? null : { ...keys, ...after },
  }))
  checkTypes(await unreadable(db, sided, test, types), test, context)
  const value = (row: Cells | null, name: string) => cellSql(row?.[name] ?? null, types.get(name))
  const selects = sided.map(({ op, keys, before, after }) => {
    const changed =
      op === 'update' ? columns.filter(({ name }) => before?.[name] !== after?.[name]).map(({ name }) => name) : []
    return `SELECT ${[
      `${literal(op)} AS op`,
      `[${changed.map(literal).join(', ')}]::VARCHAR[] AS changed`,
      ...shape.key.map((name) => `${value(keys, name)} AS ${quoted(changeColumn('key', name))}`),
      ...columns.map(({ name }) => `${value(before, name)} AS ${quoted(changeColumn('before', name))}`),
      ...columns.map(({ name }) => `${value(after, name)} AS ${quoted(changeColumn('after', name))}`),
    ].join(', ')}`
  })
  const none = `SELECT ${[
    "'' AS op, []::VARCHAR[] AS changed",
    ...(['key', 'before', 'after'] as const).flatMap((side) =>
      (side === 'key' ? shape.key : columns.map(({ name }) => name)).map(
        (name) => `NULL::${types.get(name)?.sql ?? 'VARCHAR'} AS ${quoted(changeColumn(side, name))}`,
      ),
    ),
  ].join(', ')} WHERE false`
  const table = freshName(db, 'test_changes')
  const order = key.map((name) => `${quoted(changeColumn('key', name))} NULLS FIRST`).join(', ')
  await db.run(
    `CREATE TEMP TABLE ${table} AS SELECT row_number() OVER (${order === '' ? '' : `ORDER BY ${order}`}) AS position, * FROM (${[none, ...selects].join(' UNION ALL ')})`,
  )
  const rows = { old: freshName(db, 'test_rows'), new: freshName(db, 'test_rows') }
  for (const [side, name] of [
    ['before', rows.old],
    ['after', rows.new],
  ] as const) {
    const own = columns.map((column) => `${quoted(changeColumn(side, column.name))} AS ${quoted(column.name)}`)
    const stay = test.unchanged.map(
      ({ times, row }) =>
        ` UNION ALL SELECT ${columns.map((column) => value(row, column.name)).join(', ')} FROM range(${times})`,
    )
    const absent = side === 'before' ? 'create' : 'delete'
    await db.run(
      `CREATE TEMP TABLE ${name} AS SELECT ${own.join(', ')} FROM ${table} WHERE op <> '${absent}'${stay.join('')}`,
    )
  }
  const instant = (text: string | null) => (text === null ? null : parseInstant(text))
  return {
    source: {
      changes: { table, key, columns },
      ...{ oldRows: rows.old, newRows: rows.new, feed: null, returned: returnedOf(test, table) },
      published: instant(test.published ?? test.received),
      received: instant(test.received ?? test.published),
      earlier: earlierOf(test, context.rule),
    },
    tables: [table, rows.old, rows.new],
  }
}

const textOf = (cell: Cell): string | null => (cell === null ? null : String(cell))

function cellSql(cell: Cell, type: ColumnType = { kind: 'text', sql: 'VARCHAR' }): string {
  const text = textOf(cell)
  return text === null ? `NULL::${type.sql}` : `(${readAs(literal(text), type)})::${type.sql}`
}

async function unreadable(
  db: Evidence,
  changes: readonly { readonly before: Cells | null; readonly after: Cells | null }[],
  { unchanged }: RuleTest,
  types: TestShape['types'],
): Promise<string | null> {
  const rows = [
    ...changes.flatMap(({ before, after }) => [before ?? {}, after ?? {}]),
    ...unchanged.map(({ row }) => row),
  ]
  for (const row of rows) {
    for (const [name, cell] of Object.entries(row)) {
      const type = types.get(name)
      if (cell === null || type === undefined || type.kind === 'text') continue
      const [read] = await db.rows(`SELECT ${cellSql(cell, type)} IS NULL AS bad`)
      if (read?.bad === true) return `${name} is ${JSON.stringify(cell)}, which is no ${type.kind}`
    }
  }
  return null
}

function checkTypes(problem: string | null, test: RuleTest, { rule, file }: { rule: string; file: string }): void {
  if (problem === null) return
  throw new InputError(`${file}:${test.line}: ${rule}, test "${test.name}": ${problem}.`, {
    code: 'not-of-type',
    ...{ file, line: test.line },
  })
}

/** Rows that are said to have returned: those of changes whose test says so by the column `history.returned`. */
const returnedOf = ({ returned }: RuleTest, table: string): string | null =>
  returned === null
    ? null
    : `(SELECT position FROM ${table} WHERE ${
        returned
          .map(
            (key) =>
              `(${Object.entries(key)
                .map(
                  ([name, cell]) =>
                    `${quoted(changeColumn('key', name))}::VARCHAR IS NOT DISTINCT FROM ${textOf(cell) === null ? 'NULL' : literal(textOf(cell) ?? '')}`,
                )
                .join(' AND ')})`,
          )
          .join(' OR ') || 'false'
      })`

function earlierOf({ earlier }: RuleTest, rule: string): string | null {
  if (earlier.length === 0) return null
  const selects = earlier.map((one) => {
    const values = Object.values(one.group ?? one.key ?? {}).map((cell) =>
      cell === null ? 'NULL::VARCHAR' : literal(String(cell)),
    )
    const identity = values.length === 0 ? "'[]'" : `to_json([${values.join(', ')}])::VARCHAR`
    const received = parseInstant(one.received)?.replace('T', ' ').replace('Z', '') ?? ''
    return `SELECT ${literal(one.rule === '' ? rule : one.rule)} AS rule, ${identity} AS identity, ${identity} AS subject, TIMESTAMP '${received}' AS received`
  })
  return `(${selects.join(' UNION ALL ')})`
}
