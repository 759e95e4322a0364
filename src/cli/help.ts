/** Help texts: examples first, then the rest as oclif lays it out. */
import { CommandHelp, type Config, Help } from '@oclif/core'
import type { Output } from './output.js'

class ExamplesFirst extends CommandHelp {
  /** Flags are listed below; repeating them all here, global ones included, hides the arguments. */
  protected override defaultUsage(): string {
    const { id, args = {}, strict } = this.command
    const names = Object.values(args)
      .filter(({ hidden }) => hidden !== true)
      .map((arg) => (arg.multiple === true || strict === false ? `${this.arg(arg)}...` : this.arg(arg)))
    return [id, ...names, '[FLAGS]'].join(' ')
  }

  /** Without the summary, which stands at the top already. */
  protected override description(): string | undefined {
    const { summary, description } = this.command
    const text = summary === undefined ? description?.split('\n').slice(1).join('\n').trim() : description
    return text ? this.wrap(text) : undefined
  }

  protected override sections() {
    const sections = super.sections()
    const isExamples = ({ header }: { header: string }) => header === 'EXAMPLES'
    return [...sections.filter(isExamples), ...sections.filter((section) => !isExamples(section))]
  }
}

/** What people try first; a line is shown when its command exists. */
const FIRST_STEPS: readonly (readonly [command: string, example: string, comment: string])[] = [
  ['ingest', 'ingest dump/ --feed acme/catalogue', 'load a delivery of a provider'],
  ['lookup', 'lookup USRC17607839', 'everything known about a recording, work or party'],
  ['licensed', 'licensed USRC17607839 --on 2019-06-01 --territory US', 'was it licensed then and there?'],
  ['conflicts', 'conflicts --severity 1', 'who contradicts whom'],
  ['diff', 'diff old.csv new.csv --key id', 'what changed between two files'],
]

export class CliHelp extends Help {
  readonly #out: Output
  override CommandHelpClass = ExamplesFirst

  constructor(config: Config, out: Output, isColored: boolean) {
    super(config, { maxWidth: out.width, stripAnsi: !isColored, flagSortOrder: 'none' })
    this.#out = out
  }

  protected override log(...texts: string[]): void {
    for (const text of texts) this.#out.line(text)
  }

  /** Help on everything; the short form leaves out what is the same for all commands. */
  showOverview(short: boolean): void {
    const { bin, version, pjson } = this.config
    const commands = this.sortedCommands.filter(({ id }) => !id.includes(':'))
    const topics = this.sortedTopics.filter(({ name }) => !name.includes(':'))
    const isThere = (name: string) => commands.some(({ id }) => id === name)
    const steps = FIRST_STEPS.filter(([name]) => isThere(name)).map(
      ([, example, comment]) => [example, comment] as const,
    )
    const shown = steps.length > 0 ? steps : [['--help', 'this text'] as const]
    const longest = Math.max(...shown.map(([example]) => example.length))
    const sections = [
      this.section(
        'EXAMPLES',
        shown.map(([example, comment]) => `$ ${bin} ${example.padEnd(longest)}  # ${comment}`).join('\n'),
      ),
      `${bin} ${version}\n${this.wrap(pjson.description ?? '', 0)}`,
      this.section('USAGE', `$ ${bin} COMMAND [ARGUMENTS] [FLAGS]`),
      this.formatTopics(topics),
      this.formatCommands(commands.filter(({ id }) => !topics.some(({ name }) => name === id))),
      ...(short ? [] : [this.#exitCodes()]),
      `Help on one command: ${bin} COMMAND --help`,
    ]
    this.log(sections.filter((section) => section !== '').join('\n\n'))
  }

  #exitCodes(): string {
    const meanings = [
      '0 done',
      '1 found what it was told to look for',
      '2 usage',
      '3 bad input',
      '4 not found',
      '5 store',
      '70 fault of ours',
      '130 cancelled',
    ]
    return this.section('EXIT CODES', this.wrap(meanings.join(' · ')))
  }
}
