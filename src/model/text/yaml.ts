/** Settings files in YAML, checked by a schema; every complaint names file, line and column. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Scalar } from 'yaml'
import { type core, z } from 'zod'
import { InputError } from '../../errors.js'
import { nearestName } from './near-miss.js'

export interface YamlFile<T> {
  readonly value: T
  /** A failure at a place inside the file; the message goes after `file:line:column: `. */
  failure(path: readonly PropertyKey[], message: string, suggestions?: readonly string[]): InputError
  /** The text without some keys at the top; just as it was written where it has none of them. */
  without(keys: readonly string[]): string
}

interface Place {
  line: number
  column: number
  excerpt?: string
}

interface Source {
  readonly text: string
  readonly document: ReturnType<typeof parseDocument>
  readonly counter: LineCounter
}

/**
 * Where a path of the document stands: its value, or its key when there is no value or `atKey` asks for it; with
 * `inside`, so many UTF-16 units into its text.
 */
function placeOf(source: Source, path: readonly PropertyKey[], atKey = false, inside?: number): Place {
  const { document, counter } = source
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
  if (inside !== undefined && isScalar(node)) offset = offsetInside(source.text, node, inside)
  const { line, col } = counter.linePos(offset)
  return excerpt === undefined ? { line, column: col } : { line, column: col, excerpt }
}

/**
 * Where a character of a scalar's value stands in the file. Quoting, indentation and folding change white space and add
 * marks, but the other characters keep their order, so they are counted.
 */
function offsetInside(text: string, node: Scalar, inside: number): number {
  const [start, end] = node.range ?? [0, 0]
  const before = String(node.value).slice(0, inside).replace(/\s/g, '').length
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
  const isDouble = node.type === 'QUOTE_DOUBLE'
  const isSingle = node.type === 'QUOTE_SINGLE'
  let at = isBlock ? text.indexOf('\n', start) + 1 : start + (isDouble || isSingle ? 1 : 0)
  for (let seen = 0; at < end; at += 1) {
    if (/\s/.test(text[at] ?? '')) continue
    if (seen === before) break
    seen += 1
    const isPair = (isDouble && text[at] === '\\') || (isSingle && text[at] === "'" && text[at + 1] === "'")
    if (isPair) at += 1
  }
  return Math.min(at, Math.max(start, end - 1))
}

/** The names that a schema knows at a path, to guess what was meant. */
function knownNames(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema
  for (const step of path) at = at instanceof z.ZodObject ? at.shape[String(step)] : undefined
  while (at instanceof z.ZodOptional) at = at.unwrap()
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

/** What is wrong with a value, at its place, as an error to throw or to collect. */
function issueError(
  file: string,
  schema: z.ZodType,
  source: Source,
  base: readonly PropertyKey[],
  issue: core.$ZodIssue,
) {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const path = unknown === undefined ? issue.path : [...issue.path, unknown]
  const { line, column, excerpt } = placeOf(source, [...base, ...path], unknown !== undefined)
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

function cutOut({ text, document }: Source, keys: readonly string[]): string {
  if (!isMap(document.contents)) return text
  const spans = document.contents.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !keys.includes(String(key.value)) || !key.range) return []
    const end = isNode(value) ? (value.range?.[2] ?? key.range[2]) : key.range[2]
    return [[key.range[0], end] as const]
  })
  return spans.reduceRight((rest, [from, to]) => rest.slice(0, from) + rest.slice(to), text)
}

/** A YAML text with the places of everything in it. */
export interface YamlDocument {
  readonly value: unknown
  /** The text without some keys at the top; just as it was written where it has none of them. */
  without(keys: readonly string[]): string
  /** Where a path stands; `offset` is a place inside its text, in UTF-16 units. */
  place(path: readonly PropertyKey[], offset?: number): { readonly line: number; readonly column: number }
  /** A failure at a place inside the file; the message goes after `file:line:column: `. */
  failure(path: readonly PropertyKey[], message: string, options?: FailureOptions): InputError
  /** The value at a path by a schema, or everything that is wrong with it, in the order of the schema. */
  check<T extends z.ZodType>(
    schema: T,
    value: unknown,
    path: readonly PropertyKey[],
  ): { readonly data: z.output<T> } | { readonly problems: readonly InputError[] }
}

export interface FailureOptions {
  readonly code?: string
  readonly suggestions?: readonly string[]
  /** Into the text at the path. */
  readonly offset?: number | null
}

/** Reads a YAML text. Throws InputError `invalid-yaml` with file, line and column. */
export function readYamlDocument(text: string, file: string): YamlDocument {
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true })
  const source: Source = { text, document, counter }
  const [problem] = document.errors
  if (problem !== undefined) {
    const { line, col } = counter.linePos(problem.pos[0])
    throw new InputError(`${file}:${line}:${col}: this is not YAML: ${problem.message}.`, {
      code: 'invalid-yaml',
      ...{ file, line, column: col },
    })
  }
  return {
    value: plainValue(source, file),
    without: (keys) => cutOut(source, keys),
    place: (path, offset) => placeOf(source, path, false, offset),
    failure(path, message, { code = 'invalid-setting', suggestions = [], offset } = {}) {
      const { line, column, excerpt } = placeOf(source, path, false, offset ?? undefined)
      const details = { code, file, line, column, suggestions }
      return new InputError(
        `${file}:${line}:${column}: ${message}`,
        excerpt === undefined ? details : { ...details, excerpt },
      )
    },
    check(schema, value, path) {
      const parsed = schema.safeParse(value)
      if (parsed.success) return { data: parsed.data as z.output<typeof schema> }
      const problems = parsed.error.issues.flatMap((issue): core.$ZodIssue[] =>
        issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue],
      )
      return { problems: problems.map((issue) => issueError(file, schema, source, path, issue)) }
    },
  }
}

/** The plain value. Throws InputError `invalid-yaml` where aliases multiply beyond all use. */
function plainValue({ document }: Source, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {}
  } catch (cause) {
    throw new InputError(`${file}:1:1: this is not YAML that can be used: ${(cause as Error).message}.`, {
      code: 'invalid-yaml',
      ...{ file, line: 1, column: 1, cause },
    })
  }
}

/**
 * Reads a YAML text by a schema. Throws InputError `invalid-yaml`, `unknown-key` (with the nearest name) or
 * `invalid-setting`, each with file, line and column.
 */
export function readYaml<T extends z.ZodType>(text: string, file: string, schema: T): YamlFile<z.output<T>> {
  const document = readYamlDocument(text, file)
  const checked = document.check(schema, document.value, [])
  if ('problems' in checked) throw checked.problems[0] ?? document.failure([], 'the file cannot be read.')
  return {
    value: checked.data,
    without: document.without,
    failure: (path, message, suggestions = []) => document.failure(path, message, { suggestions }),
  }
}
