/** Our changes beside theirs: which agree, and of which that do not, what it is that differs. */
import { InputError } from '../errors.js'
import { type ChangeSet, changeColumn } from '../model/change-set.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { causeSql, looseKey, numberOf } from './normal-forms.js'

/** The columns that both sides have, by our names, and those of one side alone. */
export interface ComparedColumns {
  readonly both: readonly { readonly ours: string; readonly theirs: string; readonly type: string }[]
  readonly onlyOurs: readonly string[]
  readonly onlyTheirs: readonly string[]
  readonly key: readonly { readonly ours: string; readonly theirs: string; readonly type: string }[]
}

/** Columns by name, case apart. Throws InputError `other-key` where the two are not about the same key. */
export function compareColumns(ours: ChangeSet, theirs: ChangeSet, file: string): ComparedColumns {
  const named = new Map(theirs.columns.map(({ name }) => [name.toLowerCase(), name]))
  const both = ours.columns.flatMap(({ name, type }) => {
    const other = named.get(name.toLowerCase())
    return other === undefined ? [] : [{ ours: name, theirs: other, type }]
  })
  const fold = (names: readonly string[]) => names.map((name) => name.toLowerCase()).sort()
  if (fold(ours.key).join('\n') !== fold(theirs.key).join('\n')) {
    throw new InputError(`${file} knows rows by ${theirs.key.join(', ')}, we by ${ours.key.join(', ')}.`, {
      code: 'other-key',
      file,
      suggestions: ['Have both systems use one key, or map the feed by theirs'],
    })
  }
  return {
    both,
    onlyOurs: ours.columns.map(({ name }) => name).filter((name) => !named.has(name.toLowerCase())),
    onlyTheirs: theirs.columns
      .map(({ name }) => name)
      .filter((name) => !ours.columns.some((one) => one.name.toLowerCase() === name.toLowerCase())),
    key: ours.key.map((name) => ({
      ours: name,
      theirs: theirs.key.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name,
      type: ours.columns.find((one) => one.name === name)?.type ?? 'VARCHAR',
    })),
  }
}

const isNumber = (type: string): boolean => /^(DECIMAL|BIGINT|INTEGER|DOUBLE|HUGEINT|SMALLINT)/.test(type)

/** SQL text of a value: a number without the zeros that only fill its scale. */
function textOf(cell: string, type: string): string {
  const text = `${cell}::VARCHAR`
  return isNumber(type)
    ? `CASE WHEN contains(${text}, '.') THEN rtrim(rtrim(${text}, '0'), '.') ELSE ${text} END`
    : text
}

/** Equal as texts, or as numbers where our column is one. */
const isEqual = (a: string, b: string, type: string): string =>
  isNumber(type)
    ? `(${a} IS NOT DISTINCT FROM ${b} OR coalesce((${numberOf(a)}) = (${numberOf(b)}), false))`
    : `${a} IS NOT DISTINCT FROM ${b}`

const cellOf = (alias: string, side: 'key' | 'before' | 'after', name: string): string =>
  `${alias}.${quoted(changeColumn(side, name))}`

/**
 * Leaves the table `pairs`: one row per change of either side, paired by key, or else by keys that are written in another
 * way. Columns: `pair` (number in the order of the keys), `ours`, `theirs` (position in their change set; NULL where there
 * is none), `our_op`, `their_op`, `loose` (the keys are written in another way), `shown` (the key for people).
 */
export async function pairChanges(
  db: Evidence,
  ours: ChangeSet,
  theirs: ChangeSet,
  { key }: ComparedColumns,
): Promise<void> {
  const side = (table: string, names: readonly string[], types: readonly string[]) => {
    const texts = names.map((name, index) => textOf(quoted(changeColumn('key', name)), types[index] ?? 'VARCHAR'))
    // Numbers are known by their value, whoever wrote them.
    const exact = texts.map((text, index) =>
      isNumber(types[index] ?? 'VARCHAR') ? `coalesce((${numberOf(text)})::VARCHAR, ${text})` : text,
    )
    const list = `[${exact.join(', ')}]`
    return `SELECT position, op, ${list} AS k, ${looseKey(texts)} AS loose_k, concat_ws(' / ', ${texts.join(', ')}) AS shown,
      row_number() OVER (PARTITION BY ${list} ORDER BY position) AS nth FROM ${table}`
  }
  const types = key.map(({ type }) => type)
  await db.run(
    `CREATE OR REPLACE TABLE our_keys AS ${side(
      ours.table,
      key.map((one) => one.ours),
      types,
    )}`,
  )
  await db.run(
    `CREATE OR REPLACE TABLE their_keys AS ${side(
      theirs.table,
      key.map((one) => one.theirs),
      types,
    )}`,
  )
  await db.run(
    `CREATE OR REPLACE TABLE exact_pairs AS
     SELECT o.position AS ours, t.position AS theirs, o.op AS our_op, t.op AS their_op, coalesce(o.shown, t.shown) AS shown,
       coalesce(o.loose_k, t.loose_k) AS loose_k
     FROM our_keys o FULL JOIN their_keys t ON o.k = t.k AND o.nth = t.nth`,
  )
  // A key that nobody else has and that one key of the other side equals but for its spelling.
  await db.run(
    `CREATE OR REPLACE TABLE loose_pairs AS
     SELECT min(ours) AS ours, min(theirs) AS theirs, min(our_op) AS our_op, min(their_op) AS their_op,
       min(shown) FILTER (ours IS NOT NULL) || ' = ' || min(shown) FILTER (theirs IS NOT NULL) AS shown
     FROM exact_pairs WHERE ours IS NULL OR theirs IS NULL
     GROUP BY loose_k HAVING count(ours) = 1 AND count(theirs) = 1`,
  )
  await db.run(
    `CREATE OR REPLACE TABLE pairs AS SELECT row_number() OVER (ORDER BY shown, ours NULLS LAST, theirs NULLS LAST) AS pair, *
     FROM (
       SELECT ours, theirs, our_op, their_op, false AS loose, shown FROM exact_pairs
       WHERE (ours IS NOT NULL AND theirs IS NOT NULL)
         OR (ours IS NOT NULL AND ours NOT IN (SELECT ours FROM loose_pairs))
         OR (theirs IS NOT NULL AND theirs NOT IN (SELECT theirs FROM loose_pairs))
       UNION ALL SELECT ours, theirs, our_op, their_op, true, shown FROM loose_pairs)`,
  )
}

/**
 * Leaves the table `parts`: one row for each thing in which a pair does not agree. Columns: `pair`, `class`, `cause`,
 * `column_name`, `op`, `our_value`, `their_value`. A pair without parts agrees.
 */
export async function findParts(
  db: Evidence,
  ours: ChangeSet,
  theirs: ChangeSet,
  columns: ComparedColumns,
): Promise<void> {
  const whole = `
    SELECT pair, CASE WHEN theirs IS NULL THEN 'only-ours' WHEN ours IS NULL THEN 'only-theirs'
        WHEN our_op <> their_op THEN 'operation' ELSE 'representation' END AS class,
      CASE WHEN ours IS NOT NULL AND theirs IS NOT NULL AND our_op = their_op THEN 'key' END AS cause,
      NULL::VARCHAR AS column_name, coalesce(our_op, their_op) AS op, our_op AS our_value, their_op AS their_value
    FROM pairs WHERE ours IS NULL OR theirs IS NULL OR our_op <> their_op OR loose`
  const key = new Set(columns.key.map((one) => one.ours))
  const cells = columns.both
    .filter((one) => !key.has(one.ours))
    .flatMap(({ ours: own, theirs: other, type }) =>
      (['before', 'after'] as const).map((side) => {
        const [a, b] = [textOf(cellOf('o', side, own), type), `${cellOf('t', side, other)}::VARCHAR`]
        return `SELECT pair, ${literal(own)} AS column_name, p.our_op AS op, ${a} AS our_value, ${b} AS their_value
          FROM pairs p JOIN ${ours.table} o ON o.position = p.ours JOIN ${theirs.table} t ON t.position = p.theirs
          WHERE p.our_op = p.their_op AND p.our_op <> ${literal(side === 'before' ? 'create' : 'delete')} AND NOT ${isEqual(a, b, type)}`
      }),
    )
  const differing =
    cells.length === 0
      ? `SELECT NULL::BIGINT AS pair, '' AS column_name, '' AS op, '' AS our_value, '' AS their_value WHERE false`
      : cells.join(' UNION ALL ')
  await db.run(
    `CREATE OR REPLACE TABLE parts AS ${whole}
     UNION ALL SELECT pair, split_part(why, ':', 1), split_part(why, ':', 2), column_name, op, our_value, their_value
     FROM (SELECT *, ${causeSql('our_value', 'their_value')} AS why FROM (${differing}))`,
  )
}
