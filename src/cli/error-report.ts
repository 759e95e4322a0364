/** How a failure is told: to people on stderr, to machines as one JSON document on stdout. */
import type { ChalkInstance } from 'chalk'
import type { RecitalError } from '../errors.js'
import { harmless } from '../model/text/harmless.js'
import { cutToWidth } from './display-width.js'

/** The failure document of the command contract, with the place in the input when there is one. */
export interface ErrorDocument {
  readonly error: {
    readonly code: string
    readonly message: string
    readonly suggestions: readonly string[]
    readonly exitCode: number
    readonly file?: string
    readonly line?: number
    readonly column?: number
    readonly excerpt?: string
    readonly examples?: readonly string[]
  }
}

export function errorDocument(error: RecitalError): ErrorDocument {
  const { file, line, column, excerpt, examples } = error.details
  return {
    error: {
      code: error.code,
      message: error.message,
      suggestions: error.suggestions,
      exitCode: error.exitCode,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
      ...(excerpt === undefined ? {} : { excerpt }),
      ...(examples === undefined ? {} : { examples }),
    },
  }
}

const LONGEST_EXCERPT = 200

/**
 * The failure as lines for a terminal: what, where (file:line:column), the value, what to do next; with `debug` also the
 * stack and its causes. Safe to print whatever the data holds.
 */
export function errorLines(error: RecitalError, colors: ChalkInstance, debug: boolean): string[] {
  const lines = [`${colors.red.bold('error:')} ${harmless(error.message)}`]
  const { excerpt, examples = [] } = error.details
  const place = examples.length > 0 ? undefined : placeOf(error)
  if (place !== undefined) lines.push(`  at ${harmless(place)}`)
  for (const example of examples) lines.push(`  ${harmless(example)}`)
  if (excerpt !== undefined) lines.push(`  value: ${cutToWidth(harmless(excerpt), LONGEST_EXCERPT)}`)
  for (const suggestion of error.suggestions) lines.push(`  ${colors.cyan('next:')} ${harmless(suggestion)}`)
  return debug ? [...lines, ...stackLines(error)] : lines
}

/** `shares.csv:12:5`; undefined when there is nothing beyond what the message says. */
function placeOf({ details, message }: RecitalError): string | undefined {
  const { file, line, column } = details
  if (file === undefined) return line === undefined ? undefined : `line ${line}`
  if (line === undefined) return message.includes(file) ? undefined : file
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`
}

function stackLines(error: RecitalError): string[] {
  const lines: string[] = []
  let current: unknown = error
  // A chain of causes that leads back to itself would never end.
  for (let depth = 0; current !== undefined && depth < 10; depth += 1) {
    const stack = current instanceof Error ? (current.stack ?? current.message) : String(current)
    const label = depth === 0 ? '' : 'caused by: '
    lines.push(...`${label}${stack}`.split('\n').map((text) => `  ${harmless(text)}`))
    current = current instanceof Error ? current.cause : undefined
  }
  return lines
}
