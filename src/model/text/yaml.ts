/** Settings files in YAML, checked by a schema; every complaint names file, line and column. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import { type core, z } from 'zod'
import { InputError } from '../../errors.js'
import { nearestName } from './near-miss.js'

export interface YamlFile<T> {
  readonly value: T
  /** A failure at a place inside the file; the message goes after `file:line:column: `. */
  failure(path: readonly PropertyKey[], message: string, suggestions?: readonly string[]): InputError
}

interface Place {
  line: number
  column: number
  excerpt?: string
}

type Document = ReturnType<typeof parseDocument>

/** Where a path of the document stands: its value, or its key when there is no value or `atKey` asks for it. */
function placeOf(document: Document, counter: LineCounter, path: readonly PropertyKey[], atKey = false): Place {
  let node: unknown = document.contents
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
  let excerpt: string | undefined
  for (const [index, step] of path.entries()) {
    if (!isMap(node) && !(isNode(node) && 'items' in node)) break
    const items = node.items as unknown[]
    const found = isMap(node)
      ? items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step))
      : items[Number(step)]
    const key = isPair(found) ? found.key : found
    const value = isPair(found) ? found.value : found
    node = atKey && index === path.length - 1 ? key : (value ?? key)
    if (isNode(node)) offset = node.range?.[0] ?? offset
    if (isScalar(node)) excerpt = node.source ?? String(node.value)
  }
  const { line, col } = counter.linePos(offset)
  return excerpt === undefined ? { line, column: col } : { line, column: col, excerpt }
}

/** The names that a schema knows at a path, to guess what was meant. */
function knownNames(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema
  for (const step of path) at = at instanceof z.ZodObject ? at.shape[String(step)] : undefined
  while (at instanceof z.ZodOptional) at = at.unwrap()
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

function issueError(file: string, schema: z.ZodType, document: Document, counter: LineCounter, issue: core.$ZodIssue) {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknown === undefined ? issue.path : [...issue.path, unknown]
  const { line, column, excerpt } = placeOf(document, counter, path, unknown !== undefined)
  const names = unknown === undefined ? [] : knownNames(schema, issue.path)
  const near = unknown === undefined ? undefined : nearestName(unknown, names)
  const what = unknown === undefined ? `${path.join('.') || 'the file'}: ${issue.message}` : `unknown key ${unknown}`
  const value = unknown === undefined && excerpt !== undefined ? ` (found ${JSON.stringify(excerpt)})` : ''
  return new InputError(`${file}:${line}:${column}: ${what}${value}.`, {
    code: unknown === undefined ? 'invalid-setting' : 'unknown-key',
    ...{ file, line, column },
    ...(excerpt === undefined ? {} : { excerpt }),
    suggestions:
      near === undefined ? (names.length === 0 ? [] : [`Known keys: ${names.join(', ')}`]) : [`Did you mean ${near}?`],
  })
}

/**
 * Reads a YAML text by a schema. Throws InputError `invalid-yaml`, `unknown-key` (with the nearest name) or
 * `invalid-setting`, each with file, line and column.
 */
export function readYaml<T extends z.ZodType>(text: string, file: string, schema: T): YamlFile<z.output<T>> {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true })
  const [problem] = document.errors
  if (problem !== undefined) {
    const { line, col } = counter.linePos(problem.pos[0])
    throw new InputError(`${file}:${line}:${col}: this is not YAML: ${problem.message}.`, {
      code: 'invalid-yaml',
      ...{ file, line, column: col },
    })
  }
  const parsed = schema.safeParse(document.toJS() ?? {})
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    if (issue !== undefined) throw issueError(file, schema, document, counter, issue)
  }
  return {
    value: parsed.data as z.output<T>,
    failure(path, message, suggestions = []) {
      const { line, column, excerpt } = placeOf(document, counter, path)
      const details = { code: 'invalid-setting', file, line, column, suggestions }
      return new InputError(
        `${file}:${line}:${column}: ${message}`,
        excerpt === undefined ? details : { ...details, excerpt },
      )
    },
  }
}
