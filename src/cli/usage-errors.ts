/** What oclif's parser throws, as UsageErrors with a near miss where there is one. */
import { RecitalError, UsageError } from '../errors.js'
import { nearMisses } from '../model/text/near-miss.js'

/** The flags a command knows, by name, with their letters. */
export type KnownFlags = Readonly<Record<string, { readonly char?: string | undefined }>>

/**
 * The UsageError for what went wrong while the flags and arguments of `command` (as typed, e.g. `recital feed log`) were
 * parsed. Errors of ours that a flag's own check threw keep their class.
 */
export function usageError(error: unknown, command: string, flags: KnownFlags): RecitalError {
  const help = `See \`${command} --help\``
  if (error instanceof RecitalError) {
    error.message = tidy(error.message)
    return error
  }
  const unknown = listOf(error, 'flags')
  if (unknown.length > 0) return unknownFlags(unknown.map(String), flags, help)
  const message = error instanceof Error ? error.message : String(error)
  const args = listOf(error, 'args')
  if (args.length > 0) return wrongArguments(args, help)
  return new UsageError(tidy(message), { code: 'bad-flag', suggestions: [help], cause: error })
}

/** A UsageError `unknown-flag` that names the flags and the known ones they resemble. */
export function unknownFlags(unknown: readonly string[], flags: KnownFlags, help: string): UsageError {
  const names = Object.keys(flags).map((name) => `--${name}`)
  const near = unknown.flatMap((flag) => nearMisses(flag, names))
  const suggestions = near.length === 0 ? [help] : [`Did you mean ${near.join(' or ')}?`, help]
  const plural = unknown.length === 1 ? 'flag' : 'flags'
  return new UsageError(`Unknown ${plural} ${unknown.join(', ')}.`, { code: 'unknown-flag', suggestions })
}

/** oclif lists surplus arguments as text and missing ones by their definition. */
function wrongArguments(args: readonly unknown[], help: string): UsageError {
  const missing = args.flatMap((arg) => (isDefinition(arg) ? [arg] : []))
  if (missing.length === 0) {
    const plural = args.length === 1 ? 'argument' : 'arguments'
    return new UsageError(`Unexpected ${plural} ${args.join(' ')}.`, {
      code: 'unexpected-argument',
      suggestions: [help],
    })
  }
  const named = missing.map(({ name, description }) =>
    description === undefined ? name.toUpperCase() : `${name.toUpperCase()} (${description})`,
  )
  return new UsageError(`Missing ${named.join(', ')}.`, { code: 'missing-argument', suggestions: [help] })
}

const isDefinition = (arg: unknown): arg is { name: string; description?: string } =>
  typeof arg === 'object' && arg !== null && 'name' in arg && typeof arg.name === 'string'

function listOf(error: unknown, key: 'flags' | 'args'): readonly unknown[] {
  const value = typeof error === 'object' && error !== null && key in error ? Reflect.get(error, key) : undefined
  return Array.isArray(value) ? value : []
}

/** `Parsing --threads \n\tExpected an integer\nSee more help with --help` is told as `--threads: Expected an integer`. */
function tidy(message: string): string {
  const text = message.replaceAll('\nSee more help with --help', '')
  const parsing = /^Parsing (--\S+) \n\t([\s\S]*)$/.exec(text)
  const plain = parsing === null ? text : `${parsing[1]}: ${parsing[2]}`
  return plain.replaceAll(/\s*\n\s*/g, ' ').trim()
}
