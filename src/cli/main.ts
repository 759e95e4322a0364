/** The program: finds out what is asked, runs it, tells what went wrong, leaves with the right exit code. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Command, Config, type Interfaces, Plugin, settings } from '@oclif/core'
import { InternalError, UsageError } from '../errors.js'
import { BaseCommand } from './base-command.js'
import { colorLevel, colorsOf } from './color.js'
import { errorDocument, errorLines } from './error-report.js'
import { toRecitalError } from './errors.js'
import { globalFlags } from './flags.js'
import { CliHelp } from './help.js'
import { toJson } from './json.js'
import { flushed, Output, onReaderGone, widthOf } from './output.js'
import { type GlobalFlag, type Route, route } from './routing.js'
import { type System, thisSystem } from './system.js'
import { unknownFlags } from './usage-errors.js'

export interface MainOptions {
  /** Folder with package.json and the built commands. */
  readonly root: string
  /** Folder of the commands, relative to the root, when they are to be read instead of the manifest: in development. */
  readonly commandsFrom?: string
}

/** Runs the command line of this process and ends it. */
export async function main(options: MainOptions, system: System = thisSystem()): Promise<void> {
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
    await end(await dispatch(options, system))
  } catch (error) {
    await end(report(error, system))
  }
}

async function dispatch(options: MainOptions, system: System): Promise<number> {
  const config = await loadConfig(options)
  const asked = route(system.argv, {
    commands: config.commandIDs,
    topics: config.topics.map(({ name }) => name),
    globalFlags: globalFlagList,
  })
  if (asked.kind === 'command') return runCommand(config, asked.id, asked.argv, system)
  if (asked.kind === 'unknown-command') throw unknownCommand(asked, config.bin)
  if (asked.kind === 'unknown-flag') throw unknownFlags([asked.flag], globalFlags, `See \`${config.bin} --help\``)
  await showText(config, asked, system)
  return 0
}

const globalFlagList: readonly GlobalFlag[] = Object.entries(globalFlags).map(([name, flag]) => ({
  name,
  char: 'char' in flag ? flag.char : undefined,
  takesValue: flag.type === 'option',
}))

async function loadConfig({ root, commandsFrom }: MainOptions): Promise<Config> {
  settings.enableAutoTranspile = false
  if (commandsFrom === undefined) return Config.load({ root })
  const pjson = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Interfaces.PJSON
  pjson.oclif.commands = commandsFrom
  const plugin = new Plugin({ root, isRoot: true, ignoreManifest: true, pjson })
  await plugin.load()
  return Config.load({ root, plugins: new Map([[plugin.name, plugin]]) })
}

async function runCommand(config: Config, id: string, argv: readonly string[], system: System): Promise<number> {
  const CommandClass = await config.findCommand(id, { must: true }).load()
  // oclif types the class as abstract; what a command file exports is not.
  const command = new (CommandClass as unknown as new (argv: string[], config: Config) => Command)([...argv], config)
  if (command instanceof BaseCommand) return command.run(system)
  throw new InternalError(`The command ${id} is not built on BaseCommand.`, { code: 'internal' })
}

async function showText(config: Config, asked: Route & { kind: 'help' | 'version' }, system: System): Promise<void> {
  const { stdout, stderr, env, argv } = system
  const saidHelp = argv.some((word) => word === 'help' || word === '--help' || word === '-h')
  if (asked.kind === 'help' && !saidHelp && argv.includes('--json')) {
    throw new UsageError('With --json, say which command to run.', { code: 'no-command' })
  }
  const level = colorLevel(stdout, env, argv.includes('--no-color'))
  const out = new Output(stdout, { level, width: widthOf(stdout) })
  const stopListening = onReaderGone(stdout, stderr, () => system.exit(0))
  if (asked.kind === 'version') out.line(config.userAgent)
  else {
    const help = new CliHelp(config, out, level > 0)
    if (asked.id === undefined) help.showOverview(asked.short)
    else await help.showHelp([asked.id])
  }
  await flushed(stdout)
  stopListening()
}

function unknownCommand({ name, near }: { name: string; near: readonly string[] }, bin: string): UsageError {
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
