import { describe, expect, it } from 'vitest'
import { printHelp, printOverview } from '../../src/cli/help.js'
import { Output } from '../../src/cli/output.js'
import type { CommandOutline, Program } from '../../src/cli/program.js'
import { MemoryStream } from '../support/memory-stream.js'

const none = { aliases: [], hiddenAliases: [], args: {}, flags: {}, hidden: false }
const json = { name: 'json', type: 'boolean', helpGroup: 'GLOBAL', summary: 'One document.', allowNo: false } as const

const PLAY: CommandOutline = {
  ...none,
  id: 'play',
  summary: 'Play a <%= config.bin %> tune.',
  description: 'As `<%= config.bin %> <%= command.id %>` does, loudly or not.',
  examples: [
    '<%= config.bin %> <%= command.id %> waltz',
    { description: 'Softly', command: '<%= command.id %> waltz' },
  ],
  args: {
    tune: { name: 'tune', required: true, description: 'What.' },
    key: { name: 'key', options: ['C', 'G'], default: 'C', description: 'In which.' },
    secret: { name: 'secret', hidden: true },
  },
  flags: {
    loud: { name: 'loud', char: 'l', type: 'boolean', allowNo: true, summary: 'How.' },
    tempo: {
      name: 'tempo',
      type: 'option',
      multiple: false,
      required: true,
      default: 80,
      env: 'TEMPO',
      summary: 'Beats.',
    },
    mode: {
      name: 'mode',
      type: 'option',
      multiple: true,
      options: ['major', 'minor'],
      summary: 'Which.',
      description: 'Or both.',
    },
    hush: { name: 'hush', type: 'boolean', allowNo: false, hidden: true },
    json,
  },
}
const FEED_LOG: CommandOutline = {
  ...none,
  id: 'feed:log',
  description: 'List deliveries.\nAll of them.',
  aliases: ['log'],
}
const INGEST: CommandOutline = {
  ...none,
  id: 'ingest',
  summary: 'Take deliveries in.',
  strict: false,
  args: { path: { name: 'path', required: true } },
}
const SECRET: CommandOutline = { ...none, id: 'secret', summary: 'Not told.', hidden: true }

const program: Program = {
  name: 'organ',
  bin: 'organ',
  version: '1.2.3',
  description: 'Plays tunes from rolls.',
  commands: new Map([FEED_LOG, INGEST, PLAY, SECRET].map((command) => [command.id, command])),
  topics: new Map([['feed', 'Look at feeds.\nOf all kinds.']]),
  globalFlags: { json },
  load: () => Promise.reject(new Error('help loads no command')),
}

function printed(print: (out: Output) => void, { width = 80, level = 0 as 0 | 1 } = {}): string {
  const stream = new MemoryStream()
  print(new Output(stream, { level, width }))
  return stream.text
}

describe('help on a command', () => {
  it('shows examples, usage, arguments, flags by group, description', () => {
    expect(printed((out) => printHelp(program, 'play', out))).toBe(`Play a organ tune.

EXAMPLES
  $ organ play waltz

  Softly

    $ play waltz

USAGE
  $ organ play TUNE [KEY] [FLAGS]

ARGUMENTS
  TUNE   What.
  [KEY]  (C|G) [default: C] In which.

FLAGS
  -l, --[no-]loud         How.
      --tempo=<value>     (required) [default: 80, env: TEMPO] Beats.
      --mode=<option>...  Which. Or both.
                          <options: major|minor>

GLOBAL FLAGS
  --json  One document.

DESCRIPTION
  As \`organ play\` does, loudly or not.

`)
  })

  it('takes the first line of the description where there is no summary, and tells aliases', () => {
    expect(printed((out) => printHelp(program, 'feed:log', out))).toBe(`List deliveries.

USAGE
  $ organ feed log [FLAGS]

DESCRIPTION
  All of them.

ALIASES
  $ organ log

`)
  })

  it('marks arguments of which there may be several', () => {
    expect(printed((out) => printHelp(program, 'ingest', out))).toContain(
      '  $ organ ingest PATH... [FLAGS]\n\nARGUMENTS\n  PATH...\n',
    )
  })

  it('puts meanings below the names when they would take many lines beside them', () => {
    const summary = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'
    const wordy = {
      ...PLAY,
      flags: { x: { name: 'x', type: 'option', multiple: false, helpValue: 'N', summary } as const, json },
    }
    const text = printed((out) => printHelp({ ...program, commands: new Map([['play', wordy]]) }, 'play', out), {
      width: 30,
    })
    // 30 columns less 2 before the name and 7 for it and the gap leave 21, which makes six lines; 24 are left below it.
    expect(text).toContain(
      'FLAGS\n  --x=N\n      one two three four five\n      six seven eight nine ten\n      eleven twelve thirteen\n      fourteen fifteen sixteen\n\n',
    )
  })

  it('colours headings and values only when it may', () => {
    const text = printed((out) => printHelp(program, 'play', out), { level: 1 })
    expect(text).toContain('\u001b[1mFLAGS\u001b[22m\n')
    expect(text).toContain('      --tempo=\u001b[4m<value>\u001b[24m     (required)')
  })
})

describe('help on a topic', () => {
  it('says what it is and lists its commands', () => {
    expect(printed((out) => printHelp(program, 'feed', out))).toBe(`Look at feeds.

USAGE
  $ organ feed COMMAND

DESCRIPTION
  Of all kinds.

COMMANDS
  feed log  List deliveries.

`)
  })
})

describe('help on everything', () => {
  const OVERVIEW = `EXAMPLES
  $ organ ingest dump/ --feed acme/catalogue  # load a delivery of a provider

organ 1.2.3
Plays tunes from rolls.

USAGE
  $ organ COMMAND [ARGUMENTS] [FLAGS]

TOPICS
  feed  Look at feeds.

COMMANDS
  ingest  Take deliveries in.
  play    Play a organ tune.

`

  it('lists topics and commands, but none that is hidden', () => {
    expect(printed((out) => printOverview(program, out, true))).toBe(
      `${OVERVIEW}Help on one command: organ COMMAND --help\n`,
    )
  })

  it('tells the exit codes in its long form', () => {
    const text = printed((out) => printOverview(program, out, false), { width: 60 })
    expect(text).toContain(`
EXIT CODES
  0 done · 1 found what it was told to look for · 2 usage ·
  3 bad input · 4 not found · 5 store · 70 fault of ours ·
  130 cancelled
`)
  })

  it('is of use before there is any command', () => {
    const text = printed((out) => printOverview({ ...program, commands: new Map(), topics: new Map() }, out, true))
    expect(text).toMatch(/^EXAMPLES\n {2}\$ organ --help {2}# this text\n/)
    expect(text).not.toContain('COMMANDS')
  })
})
