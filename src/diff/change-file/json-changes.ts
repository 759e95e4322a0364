/** Change events as JSON: ours (op, key, before, after, changed) and Debezium's envelope, one object per line. */
import { InputError } from '../../errors.js'
import type { ChangeOp } from '../../model/change-set.js'

/** A row's columns as text, as the line has them; other values than texts and numbers as JSON. */
export type EventRow = ReadonlyMap<string, string | null>

export interface ChangeEvent {
  readonly op: ChangeOp
  /** Null where the event does not say which of its columns are the key. */
  readonly key: EventRow | null
  readonly before: EventRow | null
  readonly after: EventRow | null
  /** Null where the event does not say which columns differ. */
  readonly changed: readonly string[] | null
}

const OPS: Readonly<Record<string, ChangeOp>> = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  c: 'create',
  u: 'update',
  d: 'delete',
  // Read while a table was copied: the row is there.
  r: 'create',
}

interface Members {
  readonly [name: string]: unknown
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Digits that a JavaScript number would not give back as they were: 1.10, 1e3, -0, whole numbers beyond 2^53. */
const INEXACT = /[0-9][.eE]|[0-9]{16}|-0/
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]]|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/g

/** Numbers of the rows (objects in objects) as texts, so that their digits survive. */
function withNumbersAsText(line: string, rowDepth: number): string {
  let depth = 0
  return line.replace(TOKEN, (token) => {
    if (token === '{' || token === '[') depth += 1
    else if (token === '}' || token === ']') depth -= 1
    else if (token[0] !== '"' && depth === rowDepth) return `"${token}"`
    return token
  })
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function rowOf(value: unknown): EventRow | null {
  if (!isObject(value)) return null
  return new Map(Object.entries(value).map(([name, cell]) => [name, textOf(cell)]))
}

function parsed(line: string): unknown {
  const plain: unknown = JSON.parse(line)
  if (!INEXACT.test(line)) return plain
  const rowDepth = isObject(plain) && (isObject(plain.payload) || isObject(plain.value)) ? 3 : 2
  return JSON.parse(withNumbersAsText(line, rowDepth))
}

/**
 * The event of one line; null for lines that say nothing of a row (blank, a tombstone, Debezium's own messages).
 * Throws InputError `change-event` with file and line where it is no change event.
 */
export function changeEvent(text: string, file: string, line: number): ChangeEvent | null {
  const refused = (why: string): InputError =>
    new InputError(`${file}, line ${line}: ${why}.`, {
      code: 'change-event',
      file,
      line,
      excerpt: text.slice(0, 200),
      suggestions: [
        'A change is {"op": "create|update|delete", "key": {…}, "before": {…} or null, "after": {…} or null, "changed": [...]}, or a Debezium envelope',
      ],
    })
  if (text.trim() === '') return null
  let value: unknown
  try {
    value = parsed(text)
  } catch {
    throw refused('this is no JSON')
  }
  if (value === null) return null
  if (!isObject(value)) throw refused('this is no change event, which is a JSON object')
  // A schema beside the payload, or key and value as a consumer prints them.
  const outer = isObject(value.value) ? value.value : value
  const inner = isObject(outer.payload) ? outer.payload : outer
  if (inner.op === 'm') return null
  const op = typeof inner.op === 'string' ? OPS[inner.op] : undefined
  if (op === undefined) throw refused(`its op is ${JSON.stringify(inner.op) ?? 'missing'}`)
  const [before, after] = [rowOf(inner.before), rowOf(inner.after)]
  if (op !== 'create' && before === null) {
    throw refused(`${op === 'delete' ? 'a delete' : 'an update'} needs the row that was: "before"`)
  }
  if (op !== 'delete' && after === null)
    throw refused(`${op === 'create' ? 'a create' : 'an update'} needs the row that is: "after"`)
  const changed = Array.isArray(inner.changed) ? inner.changed.map(String) : null
  const key = rowOf(inner.key) ?? keyOf(value.key)
  return { op, key, before: op === 'create' ? null : before, after: op === 'delete' ? null : after, changed }
}

/** The key of a message, with or without a schema beside it. */
const keyOf = (key: unknown): EventRow | null =>
  isObject(key) ? rowOf(isObject(key.payload) ? key.payload : key) : null
