/** What is wrong with the rows of a file before they can be compared, with lines and examples. */
import { InputError } from '../errors.js'
import type { Evidence } from '../store/duckdb.js'
import { keyedRows, type Plan } from './candidates.js'
import type { Side } from './sides.js'
import type { SideName } from './ways.js'

const EXAMPLES = 5
const LINES = 5

interface RepeatedKey {
  readonly key: string
  readonly rows: number
  readonly lines: readonly number[]
}

export interface KeyFaults {
  readonly side: SideName
  /** Keys that are on several rows. */
  readonly repeated: number
  /** Rows that stand under them beyond the first. */
  readonly extra: number
  readonly examples: readonly RepeatedKey[]
  /** Rows without any key. */
  readonly empty: { readonly rows: number; readonly lines: readonly number[] }
}

/** Counts repeated and empty keys of one side, which must keep its lines. Rows that cannot be read count as far as their key goes. */
export async function keyFaults(db: Evidence, plan: Plan, side: SideName): Promise<KeyFaults> {
  const keys = plan.columns.key.map((_, index) => `k${index}`)
  const rows = keyedRows(plan, side)
  const [empty] = await db.rows(
    `SELECT count(*) AS n, list_sort(list(line ORDER BY line)[:${LINES}]) AS lines FROM ${rows} WHERE keyed IS NULL AND reject IS NULL`,
  )
  const grouped = `(SELECT ${keys.join(', ')}, count(*) AS n, min(line) AS first FROM ${rows} WHERE keyed GROUP BY ALL HAVING count(*) > 1)`
  const [counted] = await db.rows(`SELECT count(*) AS n, coalesce(sum(n - 1), 0) AS extra FROM ${grouped}`)
  const repeated = Number(counted?.n)
  const examples =
    repeated === 0
      ? []
      : await db.rows(
          `SELECT ${keys.map((key) => `g.${key}`).join(', ')}, any_value(g.n) AS n, list(r.line ORDER BY r.line)[:${LINES}] AS lines
           FROM (SELECT * FROM ${grouped} ORDER BY n DESC, first LIMIT ${EXAMPLES}) g
           JOIN ${rows} r ON ${keys.map((key) => `g.${key} IS NOT DISTINCT FROM r.${key}`).join(' AND ')}
           GROUP BY ${keys.map((key) => `g.${key}`).join(', ')} ORDER BY n DESC, min(r.line)`,
        )
  return {
    side,
    repeated,
    extra: Number(counted?.extra),
    examples: examples.map((row) => ({
      key: keys.map((key) => (row[key] === null ? 'null' : JSON.stringify(row[key]))).join(', '),
      rows: Number(row.n),
      lines: (row.lines as readonly number[]).map(Number),
    })),
    empty: { rows: Number(empty?.n), lines: ((empty?.lines ?? []) as readonly number[]).map(Number) },
  }
}

const placesText = (side: Side, lines: readonly number[], all: number): string => {
  const words = side.opened.unit === 'line' ? ['line', 'lines'] : ['record', 'records']
  return `${all === 1 ? words[0] : words[1]} ${lines.join(', ')}${all > lines.length ? ', …' : ''}`
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

/** The error for repeated keys; null when there are none. */
export function repeatedKeysError(
  faults: readonly KeyFaults[],
  plan: Plan,
  sides: Record<SideName, Side>,
): InputError | null {
  const bad = faults.filter(({ repeated }) => repeated > 0)
  const [first] = bad
  if (first === undefined) return null
  const key = plan.columns.key.map(({ name }) => name).join(', ')
  const parts = bad.map(({ side, repeated }) => {
    const name = sides[side].file.name
    return `${count(repeated, 'key is', 'keys are')} on several rows of ${name}`
  })
  const examples = bad.flatMap(({ side, examples }) =>
    examples.map(
      (one) =>
        `${sides[side].file.name}: ${one.key} on ${one.rows} rows: ${placesText(sides[side], one.lines, one.rows)}`,
    ),
  )
  return new InputError(`The key ${key} does not tell rows apart: ${parts.join(', ')}.`, {
    code: 'duplicate-key',
    file: sides[first.side].file.name,
    ...(first.examples[0]?.lines[0] === undefined ? {} : { line: first.examples[0].lines[0] }),
    examples,
    suggestions: [
      'Add a column to --key that tells these rows apart',
      'Say which row counts with --on-duplicate first or last, or compare all of them with multiset',
    ],
  })
}

/** The error for rows without a key; null when there are none. */
export function emptyKeysError(
  faults: readonly KeyFaults[],
  plan: Plan,
  sides: Record<SideName, Side>,
): InputError | null {
  const bad = faults.filter(({ empty }) => empty.rows > 0)
  const [first] = bad
  if (first === undefined) return null
  const key = plan.columns.key.map(({ name }) => name).join(', ')
  const parts = bad.map(({ side, empty }) => `${count(empty.rows, 'row', 'rows')} of ${sides[side].file.name}`)
  return new InputError(`The key ${key} is empty in ${parts.join(' and ')}.`, {
    code: 'empty-key',
    file: sides[first.side].file.name,
    ...(first.empty.lines[0] === undefined ? {} : { line: first.empty.lines[0] }),
    examples: bad.map(
      ({ side, empty }) => `${sides[side].file.name}: ${placesText(sides[side], empty.lines, empty.rows)}`,
    ),
    suggestions: ['Choose a --key that every row has', 'Repair or remove these rows'],
  })
}

/** Throws InputError `unreadable-row` when rows of a side cannot be read: cells too many or too few, no JSON object, a key of another type. */
export async function refuseBadRows(
  db: Evidence,
  plan: Plan,
  side: SideName,
  sides: Record<SideName, Side>,
): Promise<void> {
  const keys = plan.columns.key.map((_, index) => `k${index}`)
  const rows = keyedRows(plan, side)
  const [counted] = await db.rows(`SELECT count(*) AS n FROM ${rows} WHERE bad`)
  const total = Number(counted?.n)
  if (total === 0) return
  const cells = plan.columns.key.map((column) => `(${plan.way.cell(side, column, (name) => name)})::VARCHAR`)
  const examples = await db.rows(
    `SELECT line, reject, ${cells.map((cell, index) => `${cell} AS v${index}`).join(', ')} FROM ${rows} WHERE bad ORDER BY line LIMIT ${EXAMPLES}`,
  )
  const { file, opened } = sides[side]
  const why = (row: (typeof examples)[number]): string =>
    row.reject === null
      ? `its key ${keys.map((_, index) => JSON.stringify(row[`v${index}`])).join(', ')} is not of the declared type`
      : String(row.reject)
  const [first] = examples
  throw new InputError(
    `${file.name}: ${count(total, 'row', 'rows')} cannot be read; the first, ${opened.unit} ${first?.line}: ${first === undefined ? '' : why(first)}.`,
    {
      code: 'unreadable-row',
      file: file.name,
      line: Number(first?.line),
      examples: examples.map((row) => `${opened.unit} ${row.line}: ${why(row)}`),
      suggestions: ['Repair these rows: a row that is left out would look deleted or created'],
    },
  )
}
