/** From the words of a command line to what should be run. */
import { nearMisses } from '../model/text/near-miss.js'

export interface GlobalFlag {
  readonly name: string
  readonly char?: string | undefined
  readonly takesValue: boolean
}

/** Everything that can be named. Ids are separated by colons: `feed:log`. */
export interface Vocabulary {
  readonly commands: readonly string[]
  readonly topics: readonly string[]
  /** Flags that may stand before the command, as in `recital -w folder status`. */
  readonly globalFlags: readonly GlobalFlag[]
}

export type Route =
  | { readonly kind: 'command'; readonly id: string; readonly argv: readonly string[] }
  /** Help on a command or topic; on everything when `id` is absent; `short` when nothing at all was asked. */
  | { readonly kind: 'help'; readonly id?: string; readonly short: boolean }
  | { readonly kind: 'version' }
  | { readonly kind: 'unknown-command'; readonly name: string; readonly near: readonly string[] }
  | { readonly kind: 'unknown-flag'; readonly flag: string }

const HELP = new Set(['--help', '-h'])

/** Decides what a command line means. Flags before the command are given to it first. */
export function route(argv: readonly string[], known: Vocabulary): Route {
  const { leading, rest } = splitLeadingFlags(argv, known.globalFlags)
  const first = rest[0]
  if (first === '--version') return { kind: 'version' }
  if (first !== undefined && HELP.has(first)) return subjectHelp(rest.slice(1), known)
  if (first?.startsWith('-') === true) return { kind: 'unknown-flag', flag: first }
  if (first === undefined) return { kind: 'help', short: true }
  if (first === 'help' && !known.commands.includes('help')) return subjectHelp(rest.slice(1), known)
  return routeWords(leading, rest, known)
}

function routeWords(leading: readonly string[], rest: readonly string[], known: Vocabulary): Route {
  const words = leadingWords(rest)
  const command = longestId(words, known.commands)
  if (command !== undefined) {
    const argv = rest.slice(command.length)
    const options = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
    if (options.some((word) => HELP.has(word))) return { kind: 'help', id: command.id, short: false }
    return { kind: 'command', id: command.id, argv: [...leading, ...argv] }
  }
  const topic = longestId(words, known.topics)
  if (topic !== undefined && words.length === topic.length) return { kind: 'help', id: topic.id, short: false }
  return unknownCommand(words, topic?.length ?? 0, known)
}

/** `recital help feed log`, `recital --help feed`. */
function subjectHelp(rest: readonly string[], known: Vocabulary): Route {
  const words = leadingWords(rest)
  if (words.length === 0) return { kind: 'help', short: false }
  const found = longestId(words, [...known.commands, ...known.topics])
  return found === undefined ? unknownCommand(words, 0, known) : { kind: 'help', id: found.id, short: false }
}

/** Names the words up to the first that is unknown; what comes after may be arguments. */
function unknownCommand(words: readonly string[], depth: number, known: Vocabulary): Route {
  const name = words.slice(0, depth + 1).join(' ')
  const ids = new Set([...known.commands, ...known.topics])
  const names = [...ids].map((id) => id.replaceAll(':', ' '))
  const near = nearMisses(name, names)
  // `recital log` for `recital feed log`.
  const inTopics = names.filter((candidate) => candidate.endsWith(` ${name}`))
  return { kind: 'unknown-command', name, near: near.length > 0 ? near : inTopics }
}

function splitLeadingFlags(argv: readonly string[], flags: readonly GlobalFlag[]) {
  let end = 0
  for (let word = argv[end]; word?.startsWith('-') === true; word = argv[end]) {
    const flag = flags.find(
      ({ name, char }) => word === `--${name}` || word === `-${char}` || word?.startsWith(`--${name}=`),
    )
    if (flag === undefined) break
    end += flag.takesValue && !word.includes('=') ? 2 : 1
  }
  return { leading: argv.slice(0, end), rest: argv.slice(end) }
}

function leadingWords(argv: readonly string[]): readonly string[] {
  const end = argv.findIndex((word) => word.startsWith('-'))
  return end < 0 ? argv : argv.slice(0, end)
}

/** The longest beginning of the words that is an id, and how many words it takes; `feed:log` is one word. */
function longestId(words: readonly string[], ids: readonly string[]): { id: string; length: number } | undefined {
  for (let length = words.length; length > 0; length -= 1) {
    const id = words.slice(0, length).join(':')
    if (ids.includes(id)) return { id, length }
  }
  return undefined
}
