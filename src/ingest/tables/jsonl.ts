/** JSON Lines into the staging database: one object per line, every value as the text that stood there. */
import { InputError } from '../../errors.js'
import { literal } from '../../store/columns.js'
import { stageLines } from '../files/lines.js'
import type { RepeatedFinding } from '../reader.js'
import type { Staging } from '../staging.js'
import { columnName } from './header.js'
import type { RawTable, TableFile } from './types.js'

/** More different keys than this are no table. */
const KEY_LIMIT = 2000

/** What JSON does not allow but the database's parser does: NaN, Infinity, a comma before a closing bracket. */
const SLOPPY = '(?i)nan|inf|,\\s*[}\\]]'

interface Keys {
  /** Trimmed name as first written → the spellings that occur, in order of occurrence. */
  readonly spellings: ReadonlyMap<string, readonly string[]>
  readonly repeated: { readonly count: number; readonly first: number }
}

/**
 * Stages a JSONL file as text: strings as they are, numbers as written where the line tells (1.10 stays 1.10), other
 * values as JSON text, null as nothing. A line that is no JSON object is a row to reject; a key that is there twice in
 * one object counts by its first value and is reported.
 * Throws InputError: `empty-file`, `too-many-columns`, `unreadable`.
 * Rules: RFC 8259; one object per line.
 */
export async function readJsonl(
  staging: Staging,
  { file, facts }: TableFile,
  signal?: AbortSignal | undefined,
): Promise<RawTable> {
  const { name } = file.source
  const lines = await stageLines(staging, file, facts, signal)
  const { table, count, overlong } = lines
  const findings: RepeatedFinding[] = [...lines.findings]
  const objects = `(SELECT rowid + 1 AS line, l, ${isObjectSql('l')} AS ok FROM ${table} WHERE trim(l) <> '')`
  const [counted] = await staging.db.rows(`SELECT count(*) FILTER (trim(l) <> '') AS filled FROM ${table}`)
  const filled = Number(counted?.filled)
  if (filled + overlong === 0) throw new InputError(`${name} is empty.`, { code: 'empty-file', file: name, line: 1 })
  const { spellings, repeated } = await keysOf(staging, objects, name)
  if (repeated.count > 0) {
    const { count: occurrences, first } = repeated
    const message = `${name}, line ${first}: a key is there twice in one object; its first value counts`
    findings.push({ code: 'duplicate-key', line: first, message, occurrences })
  }
  return {
    names: [...spellings.keys()],
    select: objectsSelect(objects, [...spellings.values()]),
    tally: { header: 0, staged: filled, rejected: overlong, continued: 0, blank: count - filled - overlong },
    lines: count,
    ...(facts.endsWithNewline ? {} : { unfinishedLine: count }),
    findings,
  }
}

/** Whether a line is one JSON object in the strict sense. The costly look is only for lines that hold a suspicious text. */
function isObjectSql(l: string): string {
  const outsideStrings = `regexp_replace(${l}, '"(?:[^"\\\\]|\\\\.)*"', '""', 'g')`
  return `(regexp_matches(${l}, '^\\s*\\{') AND json_valid(${l}) AND CASE WHEN regexp_matches(${l}, ${literal(SLOPPY)})
    THEN NOT regexp_matches(${outsideStrings}, ${literal(SLOPPY)}) ELSE true END)`
}

/** The keys of all objects in the order in which they first occur. */
async function keysOf(staging: Staging, objects: string, name: string): Promise<Keys> {
  const sets = staging.freshTable('keys')
  await staging.db.run(
    `CREATE TEMP TABLE ${sets} AS SELECT k, min(line) AS first, count(*) AS n
     FROM (SELECT line, json_keys(l) AS k FROM ${objects} WHERE ok) GROUP BY k`,
  )
  const rows = await staging.db.rows(
    `SELECT key, min(first) AS first, min(place) AS place FROM
       (SELECT first, unnest(k) AS key, generate_subscripts(k, 1) AS place FROM ${sets})
     GROUP BY key ORDER BY 2, 3, 1 LIMIT ${KEY_LIMIT + 1}`,
  )
  if (rows.length > KEY_LIMIT) {
    throw new InputError(`${name} has more than ${KEY_LIMIT} different keys; it is not a table.`, {
      code: 'too-many-columns',
      file: name,
    })
  }
  const [repeated] = await staging.db.rows(
    `SELECT coalesce(sum(n), 0) AS n, coalesce(min(first), 0) AS first FROM ${sets}
     WHERE len(k) <> len(list_distinct(list_transform(k, lambda key: lower(trim(key)))))`,
  )
  await staging.db.run(`DROP TABLE ${sets}`)
  const spellings = new Map<string, string[]>()
  const named = new Map<string, string>()
  for (const row of rows) {
    const key = String(row.key)
    const trimmed = columnName(key) || 'column without name'
    const known = named.get(trimmed.toLowerCase())
    if (known === undefined) {
      named.set(trimmed.toLowerCase(), trimmed)
      spellings.set(trimmed, [key])
    } else spellings.get(known)?.push(key)
  }
  return { spellings, repeated: { count: Number(repeated?.n), first: Number(repeated?.first) } }
}

/** RFC 6901: the one way to name any key, whatever characters it has. */
const pointer = (key: string): string => literal(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)

/** Escapes a text for a regular expression of RE2. */
const inPattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/**
 * A number's own digits. The parser gives 1.1 for 1.10; the text after the key in the line is taken if it is the same
 * number, so that a key of the same name inside another value cannot stand in for it.
 */
function numberSql(key: string, value: string): string {
  const pattern = `${inPattern(JSON.stringify(key))}\\s*:\\s*(-?[0-9]+(?:[.][0-9]+)?(?:[eE][+-]?[0-9]+)?)`
  const found = `regexp_extract(l, ${literal(pattern)}, 1)`
  return `CASE WHEN TRY_CAST(${found} AS DOUBLE) = TRY_CAST(${value} AS DOUBLE) THEN ${found} ELSE ${value} END`
}

function objectsSelect(objects: string, columns: readonly (readonly string[])[]): string {
  const keys = columns.flat()
  const pointers = `[${keys.map(pointer).join(', ')}]`
  const cell = (key: string, place: number) =>
    `CASE WHEN t[${place}] = 'DOUBLE' THEN ${numberSql(key, `v[${place}]`)} ELSE v[${place}] END`
  let place = 0
  const cells = columns.map((spellings, index) => {
    const values = spellings.map((key) => {
      place += 1
      return cell(key, place)
    })
    return `, ${values.length === 1 ? values[0] : `coalesce(${values.join(', ')})`} AS c${index}`
  })
  const parsed =
    keys.length === 0
      ? 'NULL AS v, NULL AS t'
      : `CASE WHEN ok THEN json_extract_string(l, ${pointers}) END AS v, CASE WHEN ok THEN json_type(l, ${pointers}) END AS t`
  return `SELECT line, CASE WHEN NOT ok THEN 'is not a JSON object' END AS reject, l AS reject_text${cells.join('')}
    FROM (SELECT line, l, ok, ${parsed} FROM ${objects})`
}
