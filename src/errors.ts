/**
 * The error classes that people see, with the exit codes of the command contract.
 * Features throw these; only `cli/` turns them into words and exit codes.
 */

export interface ErrorDetails {
  /** Stable machine-readable word for this kind of failure, e.g. `unknown-feed`. */
  code: string
  /** What to type or do next, most useful first. */
  suggestions?: readonly string[]
  /** Where in the input: file as named by the user, line and column counted from 1. */
  file?: string
  line?: number
  column?: number
  /** The offending value or an extract of the line, raw. */
  excerpt?: string
  /** Further places with the same failure, one line each. */
  examples?: readonly string[]
  cause?: unknown
}

/** Base of every failure we foresee. */
export abstract class RecitalError extends Error {
  abstract readonly exitCode: number
  readonly code: string
  readonly suggestions: readonly string[]
  readonly details: ErrorDetails

  constructor(message: string, details: ErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = details.code
    this.suggestions = details.suggestions ?? []
    this.details = details
  }
}

/** Flags or arguments are wrong, or something the command needs was not said. Exit 2. */
export class UsageError extends RecitalError {
  readonly exitCode = 2
}

/** A file is missing, unreadable, of an unknown format or beyond its reject limit. Exit 3. */
export class InputError extends RecitalError {
  readonly exitCode = 3
}

/** The id, feed or snapshot asked for is not in the store. Exit 4. */
export class NotFoundError extends RecitalError {
  readonly exitCode = 4
}

/** The store is locked, damaged, of a newer format, or the disk is full. Exit 5. */
export class StoreError extends RecitalError {
  readonly exitCode = 5
}

/** Ctrl-C, or "no" at a prompt. Exit 130. */
export class CancelledError extends RecitalError {
  readonly exitCode = 130
}

/** Our own bug. Exit 70. */
export class InternalError extends RecitalError {
  readonly exitCode = 70
}
