/** The program: finds out what is asked, runs it, tells what went wrong, leaves with the right exit code. */
import type { Config } from '@oclif/core'
import { InternalError, UsageError } from '../errors.js'
import { colorLevel, colorsOf } from './color.js'
import { errorDocument, errorLines } from './error-report.js'
import { toRecitalError } from './errors.js'
import { printHelp, printOverview } from './help.js'
import { toJson } from './json.js'
import { flushed, Output, onReaderGone, widthOf } from './output.js'
import { type Program, type ProgramPlace, readProgram } from './program.js'
import { type Route, route } from './routing.js'
import { type System, thisSystem } from './system.js'
import { unknownFlags } from './usage-errors.js'

type Asked<K extends Route['kind']> = Route & { readonly kind: K }

/** Runs the command line of this process and ends it. */
export async function main(place: ProgramPlace, system: System = thisSystem()): Promise<void> {
  const end = async (code: number) => {
    await Promise.all([flushed(system.stdout), flushed(system.stderr)])
    system.exit(code)
  }
  // Nobody is left to be told that nobody is left: a failure told into the void must not be the next failure.
  onReaderGone(system.stdout, system.stderr, () => undefined)
  // What nobody awaited is a fault of ours, and must not end in a bare stack.
  const onFault = (error: unknown) => void end(report(error, system))
  system.events.on('uncaughtException', onFault)
  system.events.on('unhandledRejection', onFault)
  try {
    await end(await dispatch(readProgram(place), system))
  } catch (error) {
    await end(report(error, system))
  }
}

async function dispatch(program: Program, system: System): Promise<number> {
  const { commands, topics, globalFlags } = program
  const flags = Object.entries(globalFlags).map(([name, { char, type }]) => ({
    name,
    char,
    takesValue: type === 'option',
  }))
  const asked = route(system.argv, { commands: [...commands.keys()], topics: [...topics.keys()], globalFlags: flags })
  if (asked.kind === 'command') return runCommand(program, asked, system)
  if (asked.kind === 'unknown-command') throw unknownCommand(asked, program.bin)
  if (asked.kind === 'unknown-flag') throw unknownFlags([asked.flag], globalFlags, `See \`${program.bin} --help\``)
  await showText(program, asked, system)
  return 0
}

async function runCommand(program: Program, { id, argv }: Asked<'command'>, system: System): Promise<number> {
  // Only now: help and version do without the parser of arguments.
  const { BaseCommand } = await import('./base-command.js')
  const { default: CommandClass } = await program.load(id)
  CommandClass.id = id
  const command = new CommandClass([...argv], configOf(program))
  if (command instanceof BaseCommand) return command.run(system)
  throw new InternalError(`The command ${id} is not built on BaseCommand.`, { code: 'internal' })
}

/** What a command asks of oclif's configuration: its names, and hooks, of which there are none. */
function configOf({ bin, version }: Program): Config {
  const config: Pick<Config, 'bin' | 'version' | 'runHook'> = {
    bin,
    version,
    runHook: async () => ({ successes: [], failures: [] }),
  }
  return config as Config
}

async function showText(program: Program, asked: Asked<'help' | 'version'>, system: System): Promise<void> {
  const { stdout, stderr, env, argv } = system
  const saidHelp = argv.some((word) => word === 'help' || word === '--help' || word === '-h')
  if (asked.kind === 'help' && !saidHelp && argv.includes('--json')) {
    throw new UsageError('With --json, say which command to run.', { code: 'no-command' })
  }
  const level = colorLevel(stdout, env, argv.includes('--no-color'))
  const out = new Output(stdout, { level, width: widthOf(stdout) })
  const stopListening = onReaderGone(stdout, stderr, () => system.exit(0))
  if (asked.kind === 'version') out.line(`${program.name}/${program.version} ${system.platform}`)
  else if (asked.id === undefined) printOverview(program, out, asked.short)
  else printHelp(program, asked.id, out)
  await flushed(stdout)
  stopListening()
}

function unknownCommand({ name, near }: Asked<'unknown-command'>, bin: string): UsageError {
  const suggestions = near.map((candidate) => `${bin} ${candidate}`)
  return new UsageError(`Unknown command \`${name}\`.`, {
    code: 'unknown-command',
    suggestions: [
      ...(suggestions.length === 0 ? [] : [`Did you mean \`${suggestions.join('` or `')}\`?`]),
      `See \`${bin} --help\` for all commands`,
    ],
  })
}

/** Tells a failure, as text on stderr or, with --json, as the document on stdout; returns the exit code. */
function report(thrown: unknown, { argv, env, stdout, stderr, cwd }: System): number {
  const error = toRecitalError(thrown, cwd())
  const end = argv.indexOf('--')
  const options = new Set(end < 0 ? argv : argv.slice(0, end))
  const isDebug = options.has('--debug')
  if (options.has('--json')) stdout.write(toJson(errorDocument(error)))
  // The document has no room for a stack: with --debug it still goes to stderr.
  if (!options.has('--json') || isDebug) {
    const colors = colorsOf(colorLevel(stderr, env, options.has('--no-color')))
    stderr.write(`${errorLines(error, colors, isDebug).join('\n')}\n`)
  }
  return error.exitCode
}
