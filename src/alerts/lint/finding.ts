/** What lint finds. */
import type { InputError } from '../../errors.js'

export type Level = 'info' | 'warning' | 'error'

export interface LintFinding {
  readonly level: Level
  readonly code: string
  /** With file, line and column in front. */
  readonly message: string
  readonly rule: string | null
  readonly file: string
  readonly line: number
  readonly column: number
  readonly suggestions: readonly string[]
}

export function asFinding(problem: InputError, level: Level, code: string, rule: string | null = null): LintFinding {
  const { file = '', line = 1, column = 1 } = problem.details
  const named = rule ?? /^[^ ]+: ([^ :]+): /.exec(problem.message)?.[1] ?? null
  return { level, code, message: problem.message, rule: named, file, line, column, suggestions: problem.suggestions }
}
