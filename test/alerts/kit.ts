/** Change sets, rule sets and dry runs for tests, on a real database. */
import { afterAll, beforeAll } from 'vitest'
import { type DryRun, type DryRunOptions, dryRun } from '../../src/alerts/dry-run.js'
import { type ChangeSource, changesOnly } from '../../src/alerts/evaluate/source.js'
import type { RuleSet } from '../../src/alerts/rules/model.js'
import { readRuleSet } from '../../src/alerts/rules/read.js'
import { openScratch } from '../../src/diff/index.js'
import type { Evidence } from '../../src/store/duckdb.js'

export type Cell = string | number | null
export type TestRow = Readonly<Record<string, Cell>>

export interface TestChange {
  readonly op: 'create' | 'update' | 'delete'
  readonly key: TestRow
  readonly before?: TestRow
  readonly after?: TestRow
}

/** A database for all tests of the file that calls it. */
export function database(threads = 2): { readonly db: Evidence } {
  let scratch: Awaited<ReturnType<typeof openScratch>> | undefined
  beforeAll(async () => {
    scratch = await openScratch({ folders: [], threads })
  })
  afterAll(() => scratch?.close())
  return {
    get db() {
      if (scratch === undefined) throw new Error('no database')
      return scratch.db
    },
  }
}

export const ident = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const lit = (cell: Cell | undefined): string =>
  cell === null || cell === undefined
    ? 'NULL'
    : typeof cell === 'number'
      ? String(cell)
      : `'${cell.replaceAll("'", "''")}'`

let tables = 0

/** A change set as the diff makes it, written by hand: the table's rows stand in the order given, numbered by `positions`. */
export async function source(
  db: Evidence,
  changes: readonly TestChange[],
  types: Readonly<Record<string, string>>,
  options: Partial<ChangeSource> & { readonly order?: readonly number[]; readonly key?: readonly string[] } = {},
): Promise<ChangeSource> {
  const { order = changes.map((_, index) => index), key = Object.keys(changes[0]?.key ?? { id: 1 }), ...rest } = options
  const names = Object.keys(types)
  tables += 1
  const table = `given_${tables}`
  const columns = [
    ...key.map((name) => `${ident(`key.${name}`)} ${types[name]}`),
    ...names.map((name) => `${ident(`before.${name}`)} ${types[name]}`),
    ...names.map((name) => `${ident(`after.${name}`)} ${types[name]}`),
  ]
  await db.run(`CREATE TABLE ${table} (position BIGINT, op VARCHAR, changed VARCHAR[], ${columns.join(', ')})`)
  const rows = order.map((index) => {
    const { op, key: keys, before, after } = changes[index] ?? { op: 'create', key: {} }
    const was = before === undefined ? undefined : { ...keys, ...before }
    const is = after === undefined ? undefined : { ...keys, ...after }
    const changed = op === 'update' ? names.filter((name) => (was?.[name] ?? null) !== (is?.[name] ?? null)) : []
    return `(${[
      index + 1,
      `'${op}'`,
      `[${changed.map(lit).join(', ')}]::VARCHAR[]`,
      ...key.map((name) => lit(keys[name])),
      ...names.map((name) => lit(was?.[name])),
      ...names.map((name) => lit(is?.[name])),
    ].join(', ')})`
  })
  if (rows.length > 0) await db.run(`INSERT INTO ${table} VALUES ${rows.join(', ')}`)
  return {
    ...changesOnly({ table, key, columns: names.map((name) => ({ name, type: types[name] ?? 'VARCHAR' })) }),
    ...rest,
  }
}

export const rules = (text: string): RuleSet => readRuleSet(text, 'rules.yaml')

/** Rules from conditions alone: `a`, `b`, … */
export const conditions = (on: string, ...when: readonly string[]): RuleSet =>
  rules(
    `rules:\n${when.map((one, index) => `  - {id: ${String.fromCharCode(97 + index)}, on: ${on}, when: ${JSON.stringify(one)}}`).join('\n')}`,
  )

export const run = (
  db: Evidence,
  set: RuleSet,
  from: ChangeSource,
  options: Partial<DryRunOptions> = {},
): Promise<DryRun> => dryRun(db, set, [{ relation: null, source: from }], { limit: 10_000, ...options })

/** `rule key-or-group` of each alert, in order. */
export const told = (list: DryRun['alerts']): string[] =>
  list.map(({ compiled, key, group }) => `${compiled.rule.id} ${Object.values(group ?? key ?? {}).join('|')}`)

/** Everything of a dry run that may not hang on the order of rows or the number of threads. */
export const outline = (one: DryRun): unknown => ({
  alerts: one.alerts.map(({ compiled, key, group, message, because }) => [
    compiled.rule.id,
    key,
    group,
    message,
    because,
  ]),
  suppressed: one.suppressed.map(({ compiled, key, group, by }) => [
    compiled.rule.id,
    key,
    group,
    by?.compiled.rule.id,
    by?.key,
  ]),
  unknown: one.unknown.map(({ compiled, count, examples }) => [compiled.rule.id, count, examples]),
  counts: [...one.counts].map(([{ id }, counts]) => [id, counts]),
})
