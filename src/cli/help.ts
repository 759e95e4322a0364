/** Help texts, made of what the manifest says: examples first, then usage, arguments, flags, description. */
import { type Entry, HelpLayout } from './help-layout.js'
import type { Output } from './output.js'
import { type CommandOutline, type Program, spoken } from './program.js'

type FlagOutline = CommandOutline['flags'][string]
type ArgOutline = CommandOutline['args'][string]

/** What people try first; a line is shown when its command exists. */
const FIRST_STEPS: readonly (readonly [command: string, example: string, comment: string])[] = [
  ['ingest', 'ingest dump/ --feed acme/catalogue', 'load a delivery of a provider'],
  ['lookup', 'lookup USRC17607839', 'everything known about a recording, work or party'],
  ['licensed', 'licensed USRC17607839 --on 2019-06-01 --territory US', 'was it licensed then and there?'],
  ['conflicts', 'conflicts --severity 1', 'who contradicts whom'],
  ['diff', 'diff old.csv new.csv --key id', 'what changed between two files'],
]

const EXIT_CODES =
  '0 done · 1 found what it was told to look for · 2 usage · 3 bad input · 4 not found · 5 store · 70 fault of ours · 130 cancelled'

/** Help on everything; the short form leaves out what is the same for all commands. */
export function printOverview(program: Program, out: Output, short: boolean): void {
  const { bin, version, description } = program
  const layout = new HelpLayout(out)
  const steps = FIRST_STEPS.filter(([name]) => program.commands.has(name)).map(([, ...step]) => step)
  const shown = steps.length > 0 ? steps : [['--help', 'this text'] as const]
  const longest = Math.max(...shown.map(([example]) => example.length))
  layout.section(
    'EXAMPLES',
    shown.map(([example, comment]) => `$ ${bin} ${example.padEnd(longest)}  # ${comment}`),
  )
  layout.paragraph(`${bin} ${version}`, ...layout.wrap(description, 0))
  layout.section('USAGE', [`$ ${bin} COMMAND [ARGUMENTS] [FLAGS]`])
  listBelow(program, '', layout)
  if (!short) layout.section('EXIT CODES', layout.wrap(EXIT_CODES))
  layout.paragraph(`Help on one command: ${bin} COMMAND --help`)
  layout.print()
}

/** Help on a command, a topic, or what is both. */
export function printHelp(program: Program, id: string, out: Output): void {
  const layout = new HelpLayout(out)
  const command = program.commands.get(id)
  if (command === undefined) topicHelp(program, id, layout)
  else commandHelp(program.bin, command, layout)
  listBelow(program, `${id}:`, layout)
  layout.print()
  out.line()
}

function topicHelp({ bin, topics }: Program, id: string, layout: HelpLayout): void {
  const [summary = '', ...more] = (topics.get(id) ?? '').split('\n')
  layout.paragraph(...layout.wrap(summary, 0))
  layout.section('USAGE', [`$ ${bin} ${spoken(id)} COMMAND`])
  layout.section('DESCRIPTION', layout.wrap(more.join('\n').trim()))
}

/** Topics and commands one level below a prefix. */
function listBelow(program: Program, prefix: string, layout: HelpLayout): void {
  const isBelow = (id: string) => id.startsWith(prefix) && !id.slice(prefix.length).includes(':')
  const topics = [...program.topics].filter(([name]) => isBelow(name))
  const commands = [...program.commands.values()].filter(
    ({ id, hidden }) => !hidden && isBelow(id) && !program.topics.has(id),
  )
  layout.list(
    'TOPICS',
    topics.map(([name, description]) => [spoken(name), description.split('\n')[0] ?? '']),
  )
  layout.list(
    'COMMANDS',
    commands.map((command) => [spoken(command.id), summaryOf(program.bin, command)]),
  )
}

function commandHelp(bin: string, command: CommandOutline, layout: HelpLayout): void {
  const { args, flags, examples = [], aliases } = command
  const fill = (text: string) => filled(text, bin, command.id)
  const shownArgs = Object.values(args).filter(({ hidden }) => hidden !== true)
  const shownFlags = Object.entries(flags).filter(([, { hidden }]) => hidden !== true)
  const groups = new Set(shownFlags.map(([, { helpGroup }]) => helpGroup))
  layout.paragraph(...layout.wrap(summaryOf(bin, command), 0))
  layout.section('EXAMPLES', exampleLines(examples, fill))
  layout.section(
    'USAGE',
    layout.wrap(`$ ${[bin, spoken(command.id), ...shownArgs.map(typedArg(command))].join(' ')} [FLAGS]`),
  )
  layout.list('ARGUMENTS', shownArgs.map(argEntry(command)))
  for (const group of [undefined, ...[...groups].filter((name) => name !== undefined)]) {
    const own = shownFlags.filter(([, { helpGroup }]) => helpGroup === group)
    const hasLetters = own.some(([, { char }]) => char !== undefined)
    const header = group === undefined ? 'FLAGS' : `${group.toUpperCase()} FLAGS`
    layout.list(
      header,
      own.map(([name, flag]) => flagEntry(name, flag, hasLetters, layout)),
    )
  }
  layout.section('DESCRIPTION', layout.wrap(fill(furtherDescription(command))))
  layout.section(
    'ALIASES',
    aliases.map((alias) => `$ ${bin} ${spoken(alias)}`),
  )
}

/** In the texts of a command these two stand for what people type. */
const filled = (text: string, bin: string, id: string): string =>
  text.replaceAll('<%= config.bin %>', bin).replaceAll('<%= command.id %>', spoken(id))

const summaryOf = (bin: string, { id, summary, description }: CommandOutline): string =>
  filled((summary ?? description ?? '').split('\n')[0] ?? '', bin, id)

/** Without what stands at the top already. */
const furtherDescription = ({ summary, description = '' }: CommandOutline): string =>
  summary === undefined ? description.split('\n').slice(1).join('\n').trim() : description

/** Each on a line of its own, never broken: they are there to be copied. */
function exampleLines(examples: NonNullable<CommandOutline['examples']>, fill: (text: string) => string): string[] {
  const each = examples.map((example) =>
    typeof example === 'string'
      ? [`$ ${fill(example)}`]
      : [fill(example.description), '', `  $ ${fill(example.command)}`],
  )
  return each.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]))
}

const takesSeveral = ({ strict }: CommandOutline, arg: ArgOutline): boolean => arg.multiple === true || strict === false

const typedArg = (command: CommandOutline) => (arg: ArgOutline) => {
  const name = arg.name.toUpperCase()
  return `${arg.required === true ? name : `[${name}]`}${takesSeveral(command, arg) ? '...' : ''}`
}

const argEntry =
  (command: CommandOutline) =>
  (arg: ArgOutline): Entry => {
    const name = `${arg.name.toUpperCase()}${takesSeveral(command, arg) ? '...' : ''}`
    const options = arg.options === undefined ? [] : [`(${arg.options.join('|')})`]
    const standard = isSaid(arg.default) ? [`[default: ${arg.default}]`] : []
    return [arg.required === true ? name : `[${name}]`, [...options, ...standard, arg.description ?? ''].join(' ')]
  }

const isSaid = (standard: unknown): boolean => standard !== undefined && standard !== false && standard !== ''

function flagEntry(name: string, flag: FlagOutline, hasLetters: boolean, layout: HelpLayout): Entry {
  const letter = flag.char === undefined ? '    ' : `-${flag.char}, `
  const long = flag.type === 'boolean' && flag.allowNo ? `--[no-]${name}` : `--${name}`
  const value = flag.type === 'option' ? `=${layout.value(placeholder(flag))}` : ''
  return [`${hasLetters ? letter : ''}${long}${value}`, flagMeaning(flag)]
}

type OptionOutline = Extract<FlagOutline, { type: 'option' }>

function placeholder({ helpValue, options, multiple }: OptionOutline): string {
  const given = helpValue === undefined ? undefined : [helpValue].flat().join(' ')
  return `${given ?? (options === undefined ? '<value>' : '<option>')}${multiple === true ? '...' : ''}`
}

function flagMeaning(flag: FlagOutline): string {
  const standard = flag.type === 'option' && isSaid(flag.default) ? [`default: ${flag.default}`] : []
  const facts = [...standard, ...(flag.env === undefined ? [] : [`env: ${flag.env}`])]
  const words = [
    flag.required === true ? '(required)' : '',
    facts.length === 0 ? '' : `[${facts.join(', ')}]`,
    flag.summary ?? '',
    flag.description ?? '',
  ]
  const choice = flag.type === 'option' && flag.helpValue === undefined ? flag.options : undefined
  const text = words.filter((word) => word !== '').join(' ')
  return choice === undefined ? text : `${text}\n<options: ${choice.join('|')}>`
}
